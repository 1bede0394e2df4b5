#!/bin/sh
# SPDX-License-Identifier: MIT
# `redact`: which files are copied and where to, what is refused, the map, and how broken files fare.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# ---- usage ----

mkdir case full
echo 'a: b' >case/a.yaml
echo x >full/x
run redact
expect_error 2 "redact needs the folder or the files of a case"
run redact case
expect_error 2 "redact needs --output DIR"
run redact - --output new
expect_error 2 "standard input is none"
run redact case --output full
expect_error 2 "'full' is not empty"
run redact case --output case/a.yaml
expect_error 2 "'case/a.yaml' cannot be written to"
run redact case --output case/new
expect_error 2 "'case/new' lies in 'case', which is read"
ln -s case link
run redact case --output link/new
expect_error 2 "lies in 'case'"
run redact . --output new
expect_error 2 "lies in '.'"
run redact case --output new --map new/map
expect_error 2 "'new/map' lies in the copy"
[ ! -e new ] || fail "a folder was made"
run redact missing --output new
expect_error 3 "'missing' cannot be read"
[ ! -e new ] || fail "a folder was made for nothing"
mkdir nothing
run redact nothing --output new
expect_error 4 "there is no text to copy"
echo mine >map
run redact case --output new --map map
[ "$status" -eq 2 ] || fail "exit status $status"
grep -qF "'map' exists already" "$err" || fail "silent about the map"
[ "$(cat map)" = mine ] || fail "the map was overwritten"
rm -r new map
mkdir empty
run redact case --output empty --map map
expect 0
[ "$(stat -c %a map)" = 600 ] || fail "others may read the map: $(stat -c %a map)"
cmp -s case/a.yaml empty/a.yaml || fail "a text without names was changed"

# ---- files ----

account=210987654321
mkdir -p files/.aws "files/$account/eu-west-1" files/.git
printf '[profile zebra]\nrole_arn = arn:aws:iam::%s:role/zebra-admin\n' $account >files/.aws/config
printf '{"Role": {"RoleName": "zebra-admin", "Arn": "arn:aws:iam::%s:role/zebra-admin"}}' $account \
    >"files/$account/eu-west-1/get-role.zebra-admin.json"
printf '\357\273\277{"Roles": [ "zebra-admin", \n \t}, # of %s' $account >files/broken.json
printf 'error in zebra-admin of 2109-8765-4321, see https://wiki.zebra.example.org/x\r\nask ops@zebra.example.org, 52.95.110.1\n' >files/error.txt
printf 'a\000b' >files/binary.json
ln -s ../case/a.yaml files/outside.yaml
ln -s "$account" files/inside
echo secret >files/.git/config
chmod 600 files/error.txt
run redact files --output twin --map map2
[ "$status" -eq 3 ] || fail "exit status $status"
grep -qF "'files/binary.json' is no text, and is left out" "$err" || fail "silent about the binary file"
grep -qF "'files/outside.yaml' is a symbolic link out of the folder" "$err" || fail "silent about the link"
[ "$(cd twin && find . -type f | sort | tr '\n' ' ')" = "./.aws/config ./111111111111/eu-west-1/get-role.xxxxx-yxxxx.json ./broken.json ./error.txt " ] ||
    fail "other files: $(cd twin && find . -type f | sort | tr '\n' ' ')"
if grep -rlE "zebra|$account|2109|52\.95|ops@" twin >"$out"; then
    fail "something is left"
fi
[ "$(wc -l <twin/error.txt)" -eq 2 ] || fail "lines were lost"
grep -q '1111-1111-1111, see https://.*\.org/x' twin/error.txt || fail "the note reads: $(cat twin/error.txt)"
run check --no-config files/broken.json
grep -o '[0-9]*:[0-9]*: error.*' "$out" >"$top/before"
run check --no-config twin/broken.json
grep -o '[0-9]*:[0-9]*: error.*' "$out" >"$top/after"
[ -s "$top/before" ] || fail "the broken file is not broken"
cmp -s "$top/before" "$top/after" || fail "the broken file is broken otherwise"
grep -qF '"zebra"' map2 || fail "the map does not know the name"
grep -qF '"twin/error.txt": "files/error.txt"' map2 || fail "the map does not know the file"
[ -z "$(find . -name '*.tmp')" ] || fail "something temporary is left"

# One bad file does not stop the others; the same input gives the same copy.
run redact files --output twin2
diff -r twin twin2 >"$out" || fail "two copies differ"
run redact files/error.txt files/broken.json --output some
expect 0
[ "$(find some -type f | wc -l)" -eq 2 ] || fail "not the files that were named"

# ---- what is kept equal, and what patterns match ----

cat >names.yaml <<'END'
Resource: ["arn:aws:iam::210987654321:role/quokka*", "arn:aws:iam::210987654321:role/quokkas/wombat-7", "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"]
Image: 602401143452.dkr.ecr.eu-west-1.amazonaws.com/eks/coredns:v1
clusterName: Quokka
roleName: quokka
keys: {"kubernetes.io/cluster/quokka": owned, "system:masters": 1, namespace: kube-system}
role: arn:aws:iam::210987654321:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS
vpc: vpc-0fedcba9876543210
account: "098765432109"
END
run redact names.yaml --output names
expect 0
cat names/names.yaml >"$out"
expect 0 'role/xxxxxx*", "arn:aws:iam::111111111111:role/xxxxxxx/'
expect 0 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy'
expect 0 '602401143452.dkr.ecr.eu-west-1.amazonaws.com/eks/coredns:v1'
expect 0 'clusterName: Xxxxxx'
expect 0 'roleName: xxxxxx'
expect 0 'kubernetes.io/cluster/xxxxxx": owned, "system:masters": 1, namespace: kube-system'
expect 0 'role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS'
grep -qE '^vpc: vpc-[0-9a-f]{17}$' "$out" || fail "the id has lost its form"
grep -qE '^account: "0[0-9]{11}"$' "$out" || fail "the account has lost its zero"
expect_no 0fedcba
expect_no 098765432109

finish
