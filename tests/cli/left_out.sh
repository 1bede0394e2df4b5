#!/bin/sh
# SPDX-License-Identifier: MIT
# Policies of which a rule need not look at all: what is left out must not change what is said of the rest.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# rule ID SELECT REQUIRE: a rule of policies, in the folder ID.
rule() {
    mkdir -p "$1"
    cat >"$1/rule.yaml" <<EOF
id: test/$1
severity: error
kind: iam-policy
title: A test
select: $2
if-absent: skip
require: "$3"
message: "wrong: {@}"
fix: Mend it.
docs: [https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html]
EOF
}
policy() { printf '{"Version": "2012-10-17", "Statement": [%s]}\n' "$1"; }

# A fault is asked of the judged node, or of another one.
policy '{"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}' >effect.json
rule here '$.Statement[*].Effect' "!fault(@, 'effect')"
rule below '$.Statement[*]' "!fault(@.Effect, 'effect')"
rule both '$.Statement[*]' "!fault(@, 'effect-missing') && !fault(@.Effect, 'effect')"
rule elsewhere '$.Statement[*].Action' "!fault(\$.Statement[0].Effect, 'effect')"
for id in here below both elsewhere; do
    run check --no-config --no-builtin --rules "$id" --format oneline effect.json
    expect 1 "error: wrong: "
done

# A placeholder may be written with escapes, beside one that is not.
printf '%s\n' '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
    "Resource": ["arn:aws:s3:::${bucket}/x", "\u007b\u007b .Values.arn }}"]}]}' >escaped.json
run check --no-config --format oneline escaped.json
expect 0
expect_no "{{"

# A '?' stands for one character, of however many bytes.
policy '{"Effect": "Allow", "Action": ["?c2:X", "x?y:Z"], "Resource": "*"}' >mark.json
rule mark '$.Statement' "!policy_names('éc2:X')"
rule inner '$.Statement' "!policy_names('xéy:Z')"
for id in mark inner; do
    run check --no-config --no-builtin --rules "$id" --format oneline mark.json
    expect 1 "error: wrong: "
done

# Many actions with many types of resources, of which the statement names the last: none of it is too much to ask.
awk 'BEGIN {
    count = split("CreateTransitGatewayVpcAttachment CreateSubnet CreateSecurityGroup CreateNetworkAcl CreateRouteTable " \
                  "AttachInternetGateway CreateFlowLogs CreateVpcEndpoint CreateVpcPeeringConnection " \
                  "AcceptVpcPeeringConnection AttachVpnGateway CreateEgressOnlyInternetGateway AssociateDhcpOptions " \
                  "CreateCarrierGateway CreateClientVpnEndpoint AssociateVpcCidrBlock " \
                  "CreateLocalGatewayRouteTableVpcAssociation CreateNetworkInsightsPath CreateInstanceConnectEndpoint " \
                  "CreateVerifiedAccessEndpoint AssociateRouteServer AssociateSecurityGroupVpc " \
                  "CreateVpcBlockPublicAccessExclusion CreateLocalGatewayRouteTable CreateIpamPool", name, " ")
    for (i = 1; i <= count; i++) actions = actions (i > 1 ? ", " : "") "\"ec2:" name[i] "\""
    count = split("CreateCarrierGateway CreateLocalGatewayRouteTableVpcAssociation CreateRouteTable CreateVpcEndpoint", name, " ")
    for (i = 1; i <= count; i++)
        for (k = 1; k <= 24; k++)
            actions = actions ", \"ec2:" substr(name[i], 1, k) toupper(substr(name[i], k + 1, 1)) substr(name[i], k + 2) "\""
    for (i = 0; i < 300; i++)
        resources = resources (i ? ", " : "") sprintf("\"arn:aws:ec2:us-east-1:111122223333:vpc/vpc-%017x\"", i)
    printf "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [%s], \"Resource\": [%s]}]}\n", actions, resources
}' >types.json
run check --no-config --profile pedantic --fail-on unknown --select iam/listed-resource-mismatch --format json types.json
expect 0
expect_no '"reason"'

finish
