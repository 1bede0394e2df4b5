#!/bin/sh
# SPDX-License-Identifier: MIT
# The script of `diagnose --collect`: it is sound shell, only reads, is run with an `aws` that prints
# prepared outputs, and leaves nothing undecided that it has collected.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

complete=$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/complete
# The day of the complete case.
options="--date 2021-11-15"

# An `aws` that logs its arguments, one call a line, and prints the file of $top/answers that is named
# after them, with '_' for blanks; it fails where there is none.
mkdir "$top/bin" "$top/answers"
cat >"$top/bin/aws" <<'END'
#!/bin/sh
printf '%s\n' "$*" >>"$TOP/calls"
answer=$TOP/answers/$(printf '%s' "$*" | tr ' /' '__')
if [ -f "$answer" ]; then cat "$answer"; else
    echo "An error occurred (AccessDenied) when calling $2" >&2
    exit 254
fi
END
chmod +x "$top/bin/aws"
TOP=$top
export TOP

answer() { # ARGUMENTS: standard input is what that call prints
    cat >"$top/answers/$(printf '%s' "$1" | tr ' /' '__')"
}

# The credentials are of the case's account where nothing else is said.
account=123456789012

# script: what the program prints for ./case, checked, in ./collect.sh
script() {
    # shellcheck disable=SC2086
    run diagnose --collect $options case
    expect 0 '#!/bin/sh'
    [ ! -s "$err" ] || fail "writes to standard error"
    cp "$out" collect.sh
    sh -n collect.sh || fail "no shell script"
    if command -v shellcheck >/dev/null 2>&1; then
        shellcheck collect.sh >"$out" 2>&1 || fail "shellcheck complains"
    else
        echo "shellcheck is not installed" >&2
        exit 77
    fi
    # Every command but the functions' own begins with aws and reads.
    grep -E '^ *(save|list) ' collect.sh | grep -v '()' | sed 's/^ *save [^ ]* //; s/^ *list //' >commands
    if grep -vE '^aws [a-z0-9-]+ (describe|get|list)-[a-z0-9-]+ ' commands; then
        fail "a command that does not read"
    fi
    commands=$(wc -l <commands)
}

# collect: run it with the prepared `aws`; its status is in $status
collect() {
    last="sh collect.sh"
    : >"$top/calls"
    printf '%s\n' "$account" | answer "sts get-caller-identity --query Account --output text"
    PATH=$top/bin:$PATH sh collect.sh case >"$out" 2>"$err"
    status=$?
}

fresh() {
    rm -rf case
    cp -R "$complete" case
    chmod -R u+w case
}

# ---- everything that has a command is collected, and decided then ----

fresh
rm -r case/ap-northeast-1/key-pairs.json case/list-attached-role-policies.eks-cluster.json \
    case/provision-role.trust.json case/get-role.gitlab-eks-provision.json
sed '/trust_policy: provision-role/d' case/gitlab-eks.yaml >new && mv new case/gitlab-eks.yaml
run diagnose --date 2021-11-15 --format json case
for id in key-pair-not-in-region service-role-lacks-cluster-policy trust-policy-lacks-account; do
    expect 0 "\"rule\": \"gitlab/$id\""
done
script
[ "$commands" -eq 3 ] || fail "$commands commands, not 3: duplicates are merged"
for id in key-pair-not-in-region service-role-lacks-cluster-policy trust-policy-lacks-account \
    external-id-mismatch; do
    grep -q "^# decides gitlab/$id: " collect.sh || fail "no comment says that it decides gitlab/$id"
done

answer "ec2 describe-key-pairs --region ap-northeast-1 --output json" <"$complete/ap-northeast-1/key-pairs.json"
answer "iam list-attached-role-policies --role-name eks-cluster --output json" \
    <"$complete/list-attached-role-policies.eks-cluster.json"
answer "iam get-role --role-name gitlab-eks-provision --output json" <"$complete/get-role.gitlab-eks-provision.json"
collect
expect 0
[ ! -s "$out" ] || fail "writes to standard output"
[ ! -e case/errors ] || fail "leaves a file 'errors' though nothing failed"
[ "$(grep -vc "^sts " "$top/calls")" -eq 3 ] || fail "not three calls"
[ "$(grep -c "^sts " "$top/calls")" -eq 1 ] || fail "the account is not asked once"
for file in ap-northeast-1/key-pairs.json list-attached-role-policies.eks-cluster.json \
    get-role.gitlab-eks-provision.json; do
    [ -s "case/$file" ] || fail "$file was not written"
done
run diagnose --date 2021-11-15 --format json case
expect 0 '"unknown": 0,'
expect_no '"collect": "aws'
script_of_nothing() {
    run diagnose --collect case
    expect 0 "No rule that applies here lacks anything that a command could collect."
    expect_no "aws"
}
script_of_nothing

# ---- the document of a managed policy of the account, which is attached by its ARN alone ----

rm -rf case
cp -R "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/correct" case
chmod -R u+w case
rm case/provision-role.policy.json
sed 's/^  policies: \[provision-role.*/  policies: []/
     s|^  managed_policies: \[\]|  managed_policies: ["arn:aws:iam::123456789012:policy/gitlab-eks"]|' \
    case/gitlab-eks.yaml >new && mv new case/gitlab-eks.yaml
script
[ "$commands" -eq 1 ] || fail "$commands commands, not 1, for the managed policy"
printf '{"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [], "Policies": [%s]}\n' \
    "{\"PolicyName\": \"gitlab-eks\", \"Arn\": \"arn:aws:iam::123456789012:policy/gitlab-eks\",
      \"DefaultVersionId\": \"v2\", \"PolicyVersionList\": [
      {\"VersionId\": \"v2\", \"IsDefaultVersion\": true, \"Document\": $(cat "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/correct/provision-role.policy.json")},
      {\"VersionId\": \"v1\", \"IsDefaultVersion\": false, \"Document\": {\"Statement\": []}}]}" |
    answer "iam get-account-authorization-details --filter LocalManagedPolicy --output json"
collect
expect 0
run diagnose --format json --date 2021-11-15 case
expect 0 '"unknown": 0,'
expect_no '"severity"'

# ---- a user has the policies of its groups, too: without them nothing is refused ----

fresh
rm case/gitlab-user.policy.json case/get-user-policy* case/list-groups-for-user*
sed '/policies: .gitlab-user/d; /^    managed_policies: /d' case/gitlab-eks.yaml >new && mv new case/gitlab-eks.yaml
echo '{"PolicyNames": []}' >case/list-user-policies.gitlab.json
echo '{"AttachedPolicies": []}' >case/list-attached-user-policies.gitlab.json
run diagnose --format json --date 2021-11-15 case
expect_no '"severity"'
script
grep -q '^ *save list-groups-for-user.gitlab.json aws iam list-groups-for-user --user-name gitlab ' collect.sh ||
    fail "does not ask for the groups"
echo '{"Groups": []}' >case/list-groups-for-user.gitlab.json
run diagnose --format json --date 2021-11-15 case
expect 1 '"unknown": 0,'
expect 1 '"rule": "gitlab/assume-role-not-allowed"'

# ---- a command that fails stops no other; what is there stays ----

fresh
rm -r case/ap-northeast-1/key-pairs.json case/list-attached-role-policies.eks-cluster.json
script
mv "$top/answers" "$top/away" && mkdir "$top/answers"
cp "$top/away"/iam_list* "$top/answers"
collect
[ "$status" -eq 1 ] || fail "exit status $status, not 1, though a command failed"
grep -q "AccessDenied" "$err" || fail "does not say what failed"
grep -q "^aws ec2 describe-key-pairs" case/errors || fail "'errors' does not name the command"
[ -s case/list-attached-role-policies.eks-cluster.json ] || fail "a failure stopped the others"
[ ! -e case/ap-northeast-1/key-pairs.json ] || fail "a failed command left a file"
[ -z "$(find case -name '*.part')" ] || fail "leaves a partial file"
rm -r "$top/answers" && mv "$top/away" "$top/answers"
echo '{"KeyPairs": []}' >case/ap-northeast-1/key-pairs.json
collect
expect 0
[ "$(cat case/ap-northeast-1/key-pairs.json)" = '{"KeyPairs": []}' ] || fail "overwrites a file"
[ "$(cat "$top/calls")" = "sts get-caller-identity --query Account --output text" ] || fail "asks for what is there"

# ---- inline policies: the names are listed, and each is got ----

fresh
sed '/  policies: \[/d; /managed_policies: \[\]/d' case/gitlab-eks.yaml >new && mv new case/gitlab-eks.yaml
rm case/provision-role.policy.json case/gitlab-user.policy.json case/list-*-polic* case/get-*-policy*
script
grep -q '^ *list aws iam list-role-policies --role-name gitlab-eks-provision ' collect.sh ||
    fail "does not list the role's inline policies"
grep -q '^ *list aws iam list-user-policies --user-name gitlab ' collect.sh ||
    fail "does not list the user's inline policies"
printf 'one\ttwo.x\n' | answer "iam list-role-policies --role-name gitlab-eks-provision --query PolicyNames[] --output text"
# A name that is none is not run, whatever it looks like.
printf '../x\t-rf\t$(touch${IFS}owned)\tnone/of/these\n' |
    answer "iam list-user-policies --user-name gitlab --query PolicyNames[] --output text"
for name in one two.x; do
    printf '{"RoleName": "gitlab-eks-provision", "PolicyName": "%s", "PolicyDocument": %s}\n' "$name" \
        "$(cat "$complete/provision-role.policy.json")" |
        answer "iam get-role-policy --role-name gitlab-eks-provision --policy-name $name --output json"
done
echo '{"PolicyNames": ["one", "two.x"], "IsTruncated": false}' |
    answer "iam list-role-policies --role-name gitlab-eks-provision --output json"
collect
! grep -q 'user-polic' "$top/calls" || fail "asks for a user of another account"
grep -q "run this again with credentials of 111122223333" "$err" || fail "does not say which credentials are missing"
[ "$status" -eq 1 ] || fail "exit status $status, not 1, though something was not asked"
[ -s case/list-role-policies.gitlab-eks-provision.json ] || fail "the list of the names is not kept"
account=111122223333
collect
[ "$status" -eq 1 ] || fail "exit status $status, not 1, though something was not asked"
grep -q "run this again with credentials of 123456789012" "$err" || fail "does not say which credentials are missing"
! grep -q 'role-polic' "$top/calls" || fail "asks for a role of another account"
account=123456789012
for name in one two.x; do
    [ -s "case/get-role-policy.gitlab-eks-provision.$name.json" ] || fail "the policy $name was not got"
done
[ ! -e case/owned ] && [ ! -e owned ] || fail "ran a name"
! grep -q 'get-user-policy' "$top/calls" || fail "took for a name what is none"
grep -q "is no name" "$err" || fail "does not say that a name is none"

# ---- values from strangers ----

hostile() { # KEY-PAIR-REGION: as the region of the settings
    fresh
    rm -r case/ap-northeast-1
    awk -v region="$1" '/^region:/ { print "region: \"" region "\""; next } { print }' \
        "$complete/gitlab-eks.yaml" >case/gitlab-eks.yaml
    script
    collect
    [ ! -e owned ] && [ ! -e case/owned ] || fail "a value was run: $1"
    [ -z "$(find . -newer collect.sh -type f ! -path './case/*' ! -name commands)" ] ||
        fail "wrote outside of the folder: $1"
}
hostile "x'; touch owned; '"
hostile '$(touch owned)'
hostile '`touch owned`'
hostile "../../up"
hostile "a b"
grep -q -- "--region 'a b' " collect.sh || fail "a value is not quoted"
hostile '/etc'
hostile 'x\\n\ntouch owned\n'
grep -v '^#' collect.sh | grep -q 'touch owned' && fail "a value with a line end is in a command"
# The AWS CLI would take these for an option, or read the file and send it.
for value in --endpoint-url=http://example.com file:///etc/passwd http://example.com/x; do
    hostile "$value"
    if grep -qF -e "$value" commands; then fail "a command with $value"; fi
done

# ---- from the settings to an answer for every step ----

# What is asked of AWS comes from the complete case: each file that the script writes has the name that
# the file has there, and the key that this command prints.
key_of() { # COMMAND
    case $1 in
    "ec2 describe-availability-zones "*) echo AvailabilityZones ;;
    "ec2 describe-instance-type-offerings "*) echo InstanceTypeOfferings ;;
    "ec2 describe-key-pairs "*) echo KeyPairs ;;
    "ec2 describe-regions "*) echo Regions ;;
    "ec2 describe-route-tables "*) echo RouteTables ;;
    "ec2 describe-security-groups "*) echo SecurityGroups ;;
    "ec2 describe-subnets "*) echo Subnets ;;
    "ec2 describe-vpcs "*) echo Vpcs ;;
    "iam get-role "*) echo AssumeRolePolicyDocument ;;
    "iam get-role-policy "* | "iam get-user-policy "*) echo PolicyDocument ;;
    "iam list-attached-role-policies "* | "iam list-attached-user-policies "*) echo AttachedPolicies ;;
    "iam list-groups-for-user "*) echo Groups ;;
    "iam list-role-policies "* | "iam list-user-policies "*) echo PolicyNames ;;
    *) echo "no such command: $1" ;;
    esac
}

answers_of_complete() {
    rm -f "$top"/answers/*
    # Lines that list names go on with a loop over them, whose command holds "$name".
    sed -n 's/^ *save \([^ ]*\) aws \(.*\)$/\1 \2/p' collect.sh | tr -d '"' >wanted
    [ -s wanted ] || fail "the script asks for nothing"
    while read -r file command; do
        case $file in
        *'$name'*)
            find "$complete" -name "$(printf '%s' "$file" | sed 's/[$]name/*/')" | while IFS= read -r found; do
                name=$(sed -n 's/.*"PolicyName": "\(.*\)".*/\1/p' "$found")
                answer "$(printf '%s' "$command" | sed "s/[$]name/$name/")" <"$found"
                list=$(printf '%s' "$command" | sed 's/get-\(role\|user\)-policy/list-\1-policies/; s/ --policy-name.*//')
                printf '%s\n' "$name" | answer "$list --query PolicyNames[] --output text"
            done
            ;;
        *)
            [ -f "$complete/$file" ] || fail "$file is not in the complete case: $command"
            grep -q "\"$(key_of "$command")\": " "$complete/$file" || fail "$file is not what it prints: $command"
            answer "$command" <"$complete/$file"
            ;;
        esac
    done <wanted
}

undecided() {
    run diagnose --date 2021-11-15 --format json case
    expect 0
    sed -n 's/^ *"outcome": "unknown",$/x/p' "$out" | wc -l
}

whole() { # SED-COMMANDS FILES...: settings without these, and these files beside
    rm -rf case && mkdir case
    sed "$1" "$complete/gitlab-eks.yaml" >case/gitlab-eks.yaml
    shift
    for file in "$@"; do cp "$complete/$file" case; done
    before=$(undecided)
    [ "$before" -ge 4 ] || fail "only $before steps are open before anything is collected"
    rounds=0
    while script && [ "$commands" -gt 0 ] && [ "$rounds" -lt 3 ]; do
        rounds=$((rounds + 1))
        answers_of_complete
        account=111122223333
        collect
        account=123456789012
        collect
        ! grep -q AccessDenied case/errors 2>/dev/null || fail "asked for what is not in the complete case"
    done
    [ "$rounds" -eq 1 ] || fail "$rounds rounds, not 1"
    run diagnose --date 2021-11-15 --format json case
    expect 0 '"unknown": 0,'
    expect_no '"outcome": "unknown"'
    expect_no '"outcome": "fails"'
}

whole '/trust_policy:/d' gitlab-user.policy.json provision-role.policy.json
whole '/trust_policy:/d; / policies: /d; /managed_policies:/d'

# ---- no settings: no command collects them ----

mkdir bare
run diagnose --collect bare
expect 4 "ekslint init"
cp "$complete/ap-northeast-1/key-pairs.json" bare
run diagnose --collect bare
expect 0 "# 'ekslint init' writes one"
tr -d '#\n' <"$out" | grep -q "say *--flow eks" || fail "does not say that there are other flows"
sh "$out" || fail "a script without commands fails"

# ---- rules of the user ----

fresh
rm case/ap-northeast-1/instance-type-offerings.json
mkdir rules
rule() { # ID COLLECT-AND-SAVE-AS
    printf 'id: mine/%s\nseverity: error\nstage: deploy\nkind: case\ntitle: "t\\u001b[2J"\nselect: $.gitlab.region\n' "$1"
    printf 'if-absent: skip\nrequire: $.regions[?@.name == this()].instance_types[0]\nmessage: m\nneeds:\n'
    printf '  - {fact: "$.regions[?@.name == $.gitlab.region].instance_types", %s}\n' "$2"
}
rule a 'collect: aws ec2 describe-instance-types, save-as: same.json' >rules/a.yaml
rule b 'collect: aws ec2 describe-instance-types --x, save-as: same.json' >rules/b.yaml
rule c 'collect: aws ec2 describe-instance-types' >rules/c.yaml
rule d 'collect: aws ec2 delete-vpc --vpc-id x' >rules/d.yaml
rule e 'collect: aws iam get-role-policy --policy-name NAME' >rules/e.yaml
rule f 'collect: aws ec2 describe-addresses' >rules/f.yaml
run diagnose --collect --rules rules case
expect 0 "save same.json aws ec2 describe-instance-types"
expect 0 "save same.2.json aws ec2 describe-instance-types --x"
expect 0 "save describe-addresses.json aws ec2 describe-addresses"
expect 0 "#   aws ec2 delete-vpc --vpc-id x"
expect 0 "#   aws iam get-role-policy --policy-name NAME"
[ "$(grep -c '^save ' "$out")" -eq 3 ] || fail "not three commands are run"
if LC_ALL=C grep -q "$(printf '\033')" "$out"; then fail "a control character in the script"; fi
run diagnose --rules rules --color never case
if LC_ALL=C grep -q "$(printf '\033')" "$out"; then fail "a control character in the report"; fi

# --output writes it, and what is not decided does not make it a failure.
run diagnose --collect --output new.sh --fail-on unknown --rules rules case
expect 0
grep -q '^save ' new.sh || fail "--output has no script"

finish
