#!/bin/sh
# SPDX-License-Identifier: MIT
# Saved output of commands about networks, groups of instances, keys and registries: as what it is recognised, and
# what the case learns from it.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
samples=$EKSLINT_SOURCE_DIR/testdata/kinds

# Rules that fire on every document of these kinds, one for each.
names="describe-dhcp-options describe-internet-gateways describe-security-group-rules describe-network-acls
    describe-network-interfaces describe-addresses describe-instances describe-auto-scaling-groups
    describe-scaling-activities describe-load-balancers describe-tags describe-key get-key-policy list-grants
    describe-repositories get-repository-policy simulate-principal-policy list-policies
    describe-policy"
mkdir "$top/any"
for name in $names; do
    cat >"$top/any/$name.yaml" <<END
id: test/$name
severity: warning
kind: aws-cli/$name
title: A document
select: \$
if-absent: skip
require: "1 == 2"
message: found
END
done
for name in $names; do
    run check --no-builtin --rules "$top/any" --format json "$samples/$name.json"
    expect 0 "\"kind\": \"aws-cli/$name\""
    expect_no '"rule": "syntax/'
done

# What looks similar is something else.
other() {
    echo "$2" >other.json
    run check --no-builtin --rules "$top/any" --format json other.json
    expect_no "\"kind\": \"aws-cli/$1\""
}
other list-grants '{"Owner": {"ID": "a"}, "Grants": [{"Grantee": {"ID": "a"}, "Permission": "READ"}]}'
other get-key-policy '{"Policy": "{\"Statement\":[{\"Action\":\"s3:GetObject\"}]}"}'
other get-key-policy '{"Policy": "{\"Statement\":[{\"Action\":\"lambda:InvokeFunction\"}]}", "RevisionId": "a"}'
other describe-policy '{"Policy": {"PolicyName": "a", "Arn": "arn:aws:iam::111122223333:policy/a"}}'
other describe-repositories '{"repositories": [{"repositoryArn": "arn:aws:ecr-public::111122223333:repository/a", "repositoryUri": "public.ecr.aws/a1b2c3d4/a"}]}'
other list-policies '{"Policies": [{"PolicyName": "a", "Arn": "arn:aws:iam::111122223333:policy/a"}]}'
other describe-network-interfaces '{"ImageId": "ami-1", "NetworkInterfaces": [{"DeviceIndex": 0}]}'

# Policies in strings are checked as what they are, where they stand.
run check --no-config --format json "$samples/get-key-policy.json"
expect 0 '"kind": "iam-resource-policy"'
run check --no-config --format oneline "$samples/get-key-policy.json"
expect 0 "get-key-policy.json:2:224: warning: 'kms:Decrypd'"
run check --no-config --format oneline "$samples/get-repository-policy.json"
expect 0 "get-repository-policy.json:4:153: warning: 'ecr:BatchGetImages'"
run check --no-config --format json "$samples/describe-policy.json"
expect 0 '"kind": "iam-scp"'
run check --no-config --format oneline "$samples/describe-policy.json"
expect 0 "describe-policy.json:10:91: warning: 'eks:DeleteClusters'"
sed 's/SERVICE_CONTROL_POLICY/TAG_POLICY/' "$samples/describe-policy.json" >tags.json
run check --no-config --format oneline tags.json
expect_no eks:DeleteClusters

# What the case learns, as rules see it.
mkdir "$top/case"
see() {
    cat >"$top/case/see.yaml" <<END
id: test/see
severity: warning
kind: case
title: A case
select: \$
if-absent: skip
require: "1 == 2"
message: "saw {list($1)}"
END
    shift
    run check --no-builtin --rules "$top/case" --format oneline "$@"
}
see "$.dhcp_options[*].options[?@.key == 'domain-name-servers'].values[*]" "$samples/describe-dhcp-options.json"
expect 0 "saw AmazonProvidedDNS"
see "$.network_acls[?@.subnets[0] == 'subnet-0a1b2c3d4e5f60711'].entries[?@.egress == false].to_port" "$samples/describe-network-acls.json"
expect 0 "saw 65535"
see "$.key_policies[*].file" "$samples/get-key-policy.json"
expect 0 "saw get-key-policy.json"
see "$.key_policies[*].document.Statement[*].Principal.AWS[*]" "$samples/get-key-policy.json"
expect 0 "saw arn:aws:iam::111122223333:root"
see "$.key_grants[*].grants[*].operations[*]" "$samples/list-grants.json"
expect 0 "saw Decrypt, CreateGrant"
see "$.keys[*]['region','state','spec']" "$samples/describe-key.json"
expect 0 "saw us-west-2, Enabled, SYMMETRIC_DEFAULT"
see "$.auto_scaling_groups[*]['region','launch_template']" "$samples/describe-auto-scaling-groups.json"
expect 0 "saw us-west-2, lt-0a1b2c3d4e5f60718"
see "$.instances[*]['state','hop_limit']" "$samples/describe-instances.json"
expect 0 "saw running, 2"
see "$.regions[?@.name == 'us-west-2'].repositories[*].name" "$samples/describe-repositories.json"
expect 0 "saw shop"

# Rules of security groups come to the groups that describe-security-groups lists, and list none themselves.
echo '{"SecurityGroups": [{"GroupId": "sg-0a1b2c3d4e5f60711", "VpcId": "vpc-1"}, {"GroupId": "sg-2", "VpcId": "vpc-1"}]}' >groups.json
mkdir us-west-2 && mv groups.json us-west-2
see "$.regions[*].security_groups[*]['id','vpc']" "$samples/describe-security-group-rules.json" us-west-2
expect 0 "saw sg-0a1b2c3d4e5f60711, vpc-1, sg-2, vpc-1"
see "$.regions[*].security_groups[0]['ingress','egress'][*]['groups','cidrs'][*]" "$samples/describe-security-group-rules.json" us-west-2
expect 0 "saw sg-0a1b2c3d4e5f60711, 0.0.0.0/0"
cat >"$top/case/see.yaml" <<'END'
id: test/see
severity: warning
kind: case
title: A case
select: $
if-absent: skip
require: in('sg-9', $.regions[*].security_groups[*].id)
message: no such group
END
run check --no-builtin --rules "$top/case" --format oneline "$samples/describe-security-group-rules.json" us-west-2
expect 0 "no such group"
run check --no-builtin --rules "$top/case" --format json "$samples/describe-security-group-rules.json"
expect_no "no such group"
expect 0 '"unknown": 1'

# A list that goes on may have what is not seen.
cat >"$top/case/see.yaml" <<'END'
id: test/see
severity: warning
kind: case
title: A case
select: $
if-absent: skip
require: in('igw-9', $.regions[*].internet_gateways[*].id)
message: no such gateway
END
cp "$samples/describe-internet-gateways.json" us-west-2
run check --no-builtin --rules "$top/case" --format oneline us-west-2
expect 0 "no such gateway"
sed 's/^{/{"NextToken": "x",/' "$samples/describe-internet-gateways.json" >us-west-2/describe-internet-gateways.json
run check --no-builtin --rules "$top/case" --format json us-west-2
expect_no "no such gateway"
expect 0 '"unknown": 1'
finish
