/* SPDX-License-Identifier: MIT */
/*
 * hostile: the names of the files that it makes, one a line.
 * hostile NAME BYTES: such a file of about so many bytes, on standard output.
 *
 * Each is made to cost more than its share: it repeats what readers, rules or comparisons might pay for twice. What
 * is expected of each stands in tests/cli/hostile.sh; tests/bench/hostile.sh measures them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * head, then `unit` as often as fits, then middle, then `close` as often as unit, then tail. In unit, '%' is the
 * running number and '~' the one before; in all texts '^' is a NUL and
 * a vertical tab a percent sign.
 */
struct shape {
    const char *name, *head, *unit, *middle, *close, *tail;
};

#define POLICY "{\"Version\": \"2012-10-17\", \"Statement\": ["
#define ALLOW POLICY "{\"Effect\": \"Allow\", \"Resource\": \"*\", "
#define END_POLICY "]}"
#define CONFIG_MAP "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata:\n"
#define AWS_AUTH                                                                                   \
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata:\n"
#define TEMPLATE "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
#define ROLE "  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: "

static const struct shape shapes[] = {
    /* nesting */
    {"open-brackets.json", "", "[", "", "", ""},
    {"nested-brackets.json", "", "[", "", "]", ""},
    {"open-objects.json", "", "{\"a\":", "", "", ""},
    {"nested-objects.json", "", "{\"a\":", "1", "}", ""},
    {"nested-500.json", "[0",
     ",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "", "",
     "]"},
    {"closing.json", "", "]", "", "", ""},
    {"open-brackets.yaml", "", "[", "", "", ""},
    {"nested-brackets.yaml", "", "[", "", "]", ""},
    {"open-braces.yaml", "", "{a: ", "", "", ""},
    {"dashes.yaml", "", "- ", "", "", ""},
    {"dash-lines.yaml", "", "-\n", "", "", ""},
    {"questions.yaml", "", "? ", "", "", ""},
    {"question-lines.yaml", "", "?\n", "", "", ""},
    {"colons.yaml", "", "a: ", "", "", ""},
    {"colon-lines.yaml", "", ":\n", "", "", ""},
    {"commas.yaml", "[", ",", "", "", "]"},
    {"empty-entries.yaml", "[", "a,", "", "", "]"},
    {"flow-pairs.yaml", "[", "a: b,", "", "", "]"},
    {"flow-questions.yaml", "[", "? a,", "", "", "]"},
    {"entries.json", "[0", ",0", "", "", "]"},
    /* texts */
    {"quotes.json", "", "\"", "", "", ""},
    {"quotes.yaml", "", "\"", "", "", ""},
    {"apostrophes.yaml", "", "'", "", "", ""},
    {"backslashes.json", "\"", "\\\\", "", "", "\""},
    {"odd-backslashes.json", "\"\\", "\\\\", "", "", "\""},
    {"escaped-nuls.json", "[\"", "\\u0000", "", "", "\"]"},
    {"surrogates.json", "[\"", "\\uD800", "", "", "\"]"},
    {"escaped-nuls.yaml", "- \"", "\\0", "", "", "\"\n"},
    {"nuls.json", "", "^", "", "", ""},
    {"nuls.yaml", "", "^", "", "", ""},
    {"nuls-in-string.json", "[\"", "^", "", "", "\"]"},
    {"one-line.json", "[\"", "a", "", "", "\"]"},
    {"one-line.yaml", "", "a", "", "", ""},
    {"words.yaml", "", "a ", "", "", ""},
    {"lines.yaml", "", "a\n", "", "", ""},
    {"huge-key.json", "{\"", "a", "", "", "\": 1}"},
    {"huge-key.yaml", "", "a", "", "", ": 1\n"},
    {"cr-only.json", "[", "1,\r", "", "", "1]\r"},
    {"cr-only.yaml", "", "- a\r", "", "", ""},
    {"crs.yaml", "", "\r", "", "", ""},
    {"newlines.yaml", "", "\n", "", "", ""},
    {"newlines.json", "", "\n", "", "", ""},
    {"blanks.json", "", " ", "", "", ""},
    {"blanks.yaml", "a:", " ", "", "", "1\n"},
    {"tabs.yaml", "", "\t", "", "", ""},
    {"marks.yaml", "", "\xEF\xBB\xBF", "", "", ""},
    {"marks.json", "", "\xEF\xBB\xBF", "", "", ""},
    {"bad-utf8.json", "[\"", "\xFF", "", "", "\"]"},
    {"bad-utf8.yaml", "", "\xFF", "", "", ""},
    {"wide.yaml", "- ", "\xE2\x80\xAE\xF0\x9F\x92\xA9", "", "", "\n"},
    {"separators.yaml", "- \"", "\xE2\x80\xA8", "", "", "\"\n"},
    {"escapes.yaml", "", "\"\\e[31m%\": 1\n", "", "", ""},
    {"block-scalar.yaml", "a: |\n", " b\n", "", "", ""},
    {"folded.yaml", "a: >\n", " b\n\n", "", "", ""},
    {"block-scalars.yaml", "", "- |\n", "", "", ""},
    /* what YAML has besides */
    {"anchors.yaml", "", "&a ", "", "", ""},
    {"many-anchors.yaml", "", "- &a% x\n", "", "", ""},
    {"same-anchors.yaml", "", "- &a x\n", "", "", ""},
    {"aliases.yaml", "- &a x\n", "- *a\n", "", "", ""},
    {"many-aliases.yaml", "- &a0 x\n", "- &a% y\n- *a~\n", "", "", ""},
    {"alias-tower.yaml", "a0: &a0 [x]\n", "a%: &a% [*a~, *a~]\n", "", "", ""},
    {"alias-chain.yaml", "a0: &a0 [x]\n", "a%: &a% [*a~]\n", "", "", ""},
    {"alias-keys.yaml", "&a x: 1\n", "*a : 1\n", "", "", ""},
    {"merge-chain.yaml", "a0: &a0 {x: 1}\n", "a%: &a% {<<: *a~}\n", "", "", ""},
    {"merge-tower.yaml", "a0: &a0 {x: 1}\n", "a%: &a% {<<: [*a~, *a~], y%: 1}\n", "", "", ""},
    {"merge-list.yaml", "a: &a {x: 1}\nb: {<<: [*a", ", *a", "", "", "]}\n"},
    {"merges.yaml", "a: &a {x: 1}\nb:\n", " <<: *a\n", "", "", ""},
    {"unknown-alias.yaml", "", "- *a\n", "", "", ""},
    {"bangs.yaml", "", "!", "", "", ""},
    {"tags.yaml", "", "- !!str a\n", "", "", ""},
    {"tag-escapes.yaml", "!<", "\v25", "", "", "> a\n"},
    {"directives.yaml", "", "\vYAML 1.2\n", "", "", "--- a\n"},
    {"tag-directives.yaml", "", "\vTAG !a! tag:a\n", "", "", "--- a\n"},
    {"documents.yaml", "", "---\n", "", "", ""},
    {"document-ends.yaml", "", "...\n", "", "", ""},
    {"small-documents.yaml", "", "--- {}\n", "", "", ""},
    {"lines.jsonl", "", "{}\n", "", "", ""},
    {"bad-lines.jsonl", "", "{\n", "", "", ""},
    {"policy-lines.jsonl", "", ALLOW "\"Action\": \"*\"}]}\n", "", "", ""},
    {"hashes.yaml", "", "#", "", "", ""},
    {"comments.yaml", "", "# a\n", "", "", "a: 1\n"},
    {"allows.yaml", "", "# ekslint: allow\n", "", "", "a: 1\n"},
    {"good-allows.yaml", "", "# ekslint: allow iam/invalid-action -- because\n", "", "", "a: 1\n"},
    {"allow-beside.yaml", "Version: '2012-10-17'\nStatement:\n",
     "- {Effect: Allow, Action: 'x:y', Resource: '*'} # ekslint: allow iam/action-service-unknown "
     "-- %\n",
     "", "", ""},
    {"kind-comments.yaml", "", "# ekslint: kind=iam-policy\n", "", "", "a: 1\n"},
    {"unknown-words.yaml", "", "# ekslint: alow\n", "", "", "a: 1\n"},
    /* members */
    {"equal-keys.json", "{\"a\":1", ",\"a\":1", "", "", "}"},
    {"equal-keys.yaml", "", "a: 1\n", "", "", ""},
    {"many-keys.json", "{\"a\":1", ",\"a%\":1", "", "", "}"},
    {"many-keys.yaml", "", "a%: 1\n", "", "", ""},
    {"policy-keys.json", "{\"Version\": \"2012-10-17\", \"Statement\": []", ",\"a%\":1", "", "",
     "}"},
    {"statement-keys.json", POLICY "{\"Effect\": \"Allow\"", ",\"a%\":1", "", "", "}]}"},
    {"equal-statement-keys.json", POLICY "{\"Effect\": \"Allow\"", ",\"Action\":\"*\"", "", "",
     "}]}"},
    /* numbers */
    {"digits.json", "[", "1", "", "", "]"},
    {"digits.yaml", "- ", "1", "", "", "\n"},
    {"fraction.json", "[0.", "0", "", "", "1]"},
    {"exponent.json", "[1e", "9", "", "", "]"},
    {"zeros.json", "[", "0", "", "", "]"},
    {"octal.yaml", "- 0o", "7", "", "", "\n"},
    {"sexagesimal.yaml", "- 1", ":59", "", "", "\n"},
    {"version-digits.yaml",
     "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: a, region: us-east-1, "
     "version: \"1.",
     "9", "", "", "\"}\n"},
    {"account-digits.json", ALLOW "\"Principal\": {\"AWS\": \"", "1", "", "",
     "\"}, \"Action\": \"sts:AssumeRole\"}]}"},
    /* policies */
    {"equal-actions.json", ALLOW "\"Action\": [\"s3:GetObject\"", ",\"s3:GetObject\"", "", "",
     "]}" END_POLICY},
    {"short-actions.json", ALLOW "\"Action\": [\"*\"", ",\"*\"", "", "", "]}" END_POLICY},
    {"unknown-actions.json", ALLOW "\"Action\": [\"s3:GetObject\"", ",\"s3:a%\"", "", "",
     "]}" END_POLICY},
    {"unknown-services.json", ALLOW "\"Action\": [\"s3:GetObject\"", ",\"a%:b\"", "", "",
     "]}" END_POLICY},
    {"wild-action.json", ALLOW "\"Action\": \"", "*a", "", "", "\"}" END_POLICY},
    {"wild-service-action.json", ALLOW "\"Action\": \"s3:", "*e", "", "", "\"}" END_POLICY},
    {"question-action.json", ALLOW "\"Action\": \"s3:", "?", "", "", "\"}" END_POLICY},
    {"star-action.json", ALLOW "\"Action\": \"s3:", "*", "", "", "\"}" END_POLICY},
    {"wild-actions.json", ALLOW "\"Action\": [\"s3:*\"", ",\"*e*t*%\"", "", "", "]}" END_POLICY},
    {"wild-ec2-actions.json", ALLOW "\"Action\": [\"s3:*\"", ",\"ec2:*e*t*a*?\"", "", "",
     "]}" END_POLICY},
    {"wild-not-actions.json", ALLOW "\"NotAction\": [\"s3:*\"", ",\"*:*e*t*%\"", "", "",
     "]}" END_POLICY},
    {"wild-resource.json",
     POLICY "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::",
     "*a", "", "", "\"}" END_POLICY},
    {"wild-resources.json",
     POLICY "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": [\"*\"",
     ",\"arn:aws:s3:::*a*b*%*\"", "", "", "]}" END_POLICY},
    {"colons.json", POLICY "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn", ":",
     "", "", "\"}" END_POLICY},
    {"variables.json",
     POLICY "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::",
     "${aws:username}", "", "", "\"}" END_POLICY},
    {"open-variables.json",
     POLICY "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::", "${", "",
     "", "\"}" END_POLICY},
    {"late-variables.json",
     POLICY "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::", "${", "",
     "", "}\"}" END_POLICY},
    {"shell-variables.json",
     POLICY "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::", "$(", "",
     "", "\"}" END_POLICY},
    {"statements.json", POLICY "{}", ",{}", "", "", END_POLICY},
    {"full-statements.json", POLICY "{}",
     ",{\"Effect\":\"Allow\",\"Action\":\"s3:Get%\",\"Resource\":\"arn:aws:s3:::a%/*\"}", "", "",
     END_POLICY},
    {"covering-statements.json", POLICY "{}",
     ",{\"Effect\":\"Allow\",\"Action\":[\"s3:G*%*\",\"ec2:*\"],\"Resource\":\"*\"}", "", "",
     END_POLICY},
    {"deny-statements.json", POLICY "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}",
     ",{\"Effect\":\"Deny\",\"NotAction\":[\"s3:*%\",\"iam:*\"],\"Resource\":\"*\"}", "", "",
     END_POLICY},
    {"equal-sids.json", POLICY "{\"Sid\":\"a\"}", ",{\"Sid\":\"a\"}", "", "", END_POLICY},
    {"principals.json",
     POLICY "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":[\"*\"",
     ",\"arn:aws:iam::123456789012:role/a%\"", "", "", "]}}" END_POLICY},
    {"bad-principals.json",
     POLICY "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":[\"*\"",
     ",\"a%\"", "", "", "]}}" END_POLICY},
    {"services.json",
     POLICY "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":[\"eks."
            "amazonaws.com\"",
     ",\"ekz%.amazonaws.com\"", "", "", "]}}" END_POLICY},
    {"condition-arrays.json", ALLOW "\"Action\": \"*\", \"Condition\": ", "[", "{}", "]",
     "}" END_POLICY},
    {"condition-lists.json", ALLOW "\"Action\": \"*\", \"Condition\": [{}",
     ",{\"StringEquals\":[[{\"a\":[[\"b\"]]}]]}", "", "", "]}" END_POLICY},
    {"operators.json", ALLOW "\"Action\": \"*\", \"Condition\": {\"StringEquals\": {}",
     ",\"StringEqual%\": {\"a\":\"b\"}", "", "", "}}" END_POLICY},
    {"condition-keys.json",
     ALLOW "\"Action\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:a\":\"b\"",
     ",\"aws:a%\":\"b\"", "", "", "}}}" END_POLICY},
    {"condition-values.json",
     ALLOW "\"Action\": \"*\", \"Condition\": {\"StringLike\": {\"aws:username\":[\"b\"",
     ",\"*a*b*%*\"", "", "", "]}}}" END_POLICY},
    {"addresses.json",
     ALLOW "\"Action\": \"*\", \"Condition\": {\"IpAddress\": {\"aws:SourceIp\":[\"10.0.0.0/8\"",
     ",\"10.0.0.0/%\"", "", "", "]}}}" END_POLICY},
    {"dates.json",
     ALLOW
     "\"Action\": \"*\", \"Condition\": {\"DateLessThan\": {\"aws:CurrentTime\":[\"2020-01-01\"",
     ",\"2020-01-01T00:00:%\"", "", "", "]}}}" END_POLICY},
    /* texts inside texts */
    {"map-of-policies.yaml", CONFIG_MAP,
     "  p%: '{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": "
     "\"*\", \"Resource\": \"*\"}]}'\n",
     "", "", ""},
    {"map-of-brackets.yaml", CONFIG_MAP "  p: '", "[", "", "", "'\n"},
    {"map-of-objects.yaml", CONFIG_MAP "  p: '", "{\"Statement\":", "", "", "'\n"},
    {"map-of-base64.yaml", CONFIG_MAP "  p: ", "eyJTdGF0", "", "", "\n"},
    {"map-of-keys.yaml", CONFIG_MAP "  p: '", "-----BEGIN PRIVATE KEY-----x-----END ", "", "",
     "'\n"},
    {"map-of-encoded-keys.yaml", CONFIG_MAP "  p: '", "LS0tLS1CRUdJTi/", "", "", "'\n"},
    {"map-of-tokens.yaml", CONFIG_MAP, "  p%: glpat-aB3dE6gH9jK%Lm2Np4\n", "", "", ""},
    {"map-roles.yaml", AWS_AUTH "  mapRoles: |\n",
     "    - {rolearn: 'arn:aws:iam::123456789012:role/a%', username: a, groups: "
     "[system:masters]}\n",
     "", "", ""},
    {"map-equal-roles.yaml", AWS_AUTH "  mapRoles: |\n",
     "    - {rolearn: 'arn:aws:iam::123456789012:role/a', username: a, groups: []}\n", "", "", ""},
    {"map-roles-open.yaml", AWS_AUTH "  mapRoles: '", "[", "", "", "'\n"},
    {"map-roles-aliases.yaml", AWS_AUTH "  mapRoles: |\n    - &a0 {rolearn: a}\n",
     "    - &a% [*a~, *a~]\n", "", "", ""},
    {"kubeconfig.yaml",
     "apiVersion: v1\nkind: Config\ncurrent-context: a\nclusters: []\nusers: []\ncontexts:\n",
     "- {name: a%, context: {cluster: a%, user: a%}}\n", "", "", ""},
    {"kubeconfig-users.yaml", "apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers:\n",
     "- {name: a, user: {exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: aws, "
     "args: [eks, get-token]}}}\n",
     "", "", ""},
    {"saved-roles.json", "{\"Roles\": [{}",
     ",{\"RoleName\":\"a%\",\"Arn\":\"arn:aws:iam::123456789012:role/"
     "a%\",\"AssumeRolePolicyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":"
     "\"Allow\",\"Principal\":{\"Service\":\"eks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"
     "}",
     "", "", "]}"},
    {"saved-equal-roles.json", "{\"Roles\": [{}",
     ",{\"RoleName\":\"a\",\"Arn\":\"arn:aws:iam::123456789012:role/a\"}", "", "", "]}"},
    {"saved-percent.json",
     "{\"Roles\": "
     "[{\"RoleName\":\"a\",\"Arn\":\"arn:aws:iam::123456789012:role/"
     "a\",\"AssumeRolePolicyDocument\":\"",
     "\v25", "", "", "\"}]}"},
    {"saved-subnets.json", "{\"Subnets\": [{}",
     ",{\"SubnetId\":\"subnet-%\",\"VpcId\":\"vpc-1\",\"CidrBlock\":\"10.0.0.0/"
     "24\",\"AvailabilityZone\":\"us-east-1a\"}",
     "", "", "]}"},
    {"saved-groups.json", "{\"SecurityGroups\": [{}",
     ",{\"GroupId\":\"sg-%\",\"VpcId\":\"vpc-1\",\"IpPermissions\":[{\"IpProtocol\":\"-1\"}]}", "",
     "", "]}"},
    {"saved-events.json", "{\"StackEvents\": [{}",
     ",{\"StackName\":\"a\",\"EventId\":\"%\",\"ResourceStatus\":\"CREATE_FAILED\","
     "\"ResourceStatusReason\":\"Resource handler returned message: a\"}",
     "", "", "]}"},
    /* templates, plans, clusters, objects */
    {"template-nested.yaml", TEMPLATE ROLE, "{Fn::If: [c, ", "1", ", 2]}", "}}\n"},
    {"template-ifs.yaml", TEMPLATE,
     "  R%: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Fn::If: [a, {Fn::If: "
     "[b, {Fn::If: [c, 1, 2]}, 3]}, 4]}}}\n",
     "", "", ""},
    {"template-sub.yaml", TEMPLATE "  R: {Type: AWS::IAM::Role, Properties: {RoleName: !Sub '",
     "${a}", "", "", "'}}\n"},
    {"template-sub-open.yaml", TEMPLATE "  R: {Type: AWS::IAM::Role, Properties: {RoleName: !Sub '",
     "${", "", "", "'}}\n"},
    {"template-refs.yaml", TEMPLATE "  R0: {Type: AWS::IAM::Role}\n",
     "  R%: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref R~}}\n", "", "", ""},
    {"template-join.yaml",
     TEMPLATE "  R: {Type: AWS::IAM::Role, Properties: {RoleName: !Join ['', [a", ", !Ref a", "",
     "", "]]}}\n"},
    {"template-roles.yaml", TEMPLATE,
     "  R%: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: "
     "Allow, Principal: {Service: eks.amazonaws.com}, Action: 'sts:AssumeRole'}]}}}\n",
     "", "", ""},
    {"template-clusters.yaml", TEMPLATE,
     "  C%: {Type: AWS::EKS::Cluster, Properties: {Name: c, RoleArn: !GetAtt R.Arn, "
     "ResourcesVpcConfig: {SubnetIds: [!Ref S%]}}}\n",
     "", "", ""},
    {"template-mappings.yaml", "Mappings:\n  M:\n", "    K%: {a: b}\n", "", "",
     "AWSTemplateFormatVersion: '2010-09-09'\nResources: {R: {Type: AWS::IAM::Role, Properties: "
     "{RoleName: !FindInMap [M, K1, a]}}}\n"},
    {"plan-modules.json",
     "{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.0\",\"planned_values\":{\"root_"
     "module\":",
     "{\"child_modules\":[", "{}", "]}", "}}"},
    {"plan-resources.json",
     "{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.0\",\"planned_values\":{\"root_"
     "module\":{\"resources\":[{}",
     ",{\"address\":\"aws_iam_role.a%\",\"mode\":\"managed\",\"type\":\"aws_iam_role\",\"name\":"
     "\"a%\",\"values\":{\"name\":\"a%\",\"assume_role_policy\":\"{}\"}}",
     "", "", "]}}}"},
    {"plan-changes.json",
     "{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":{}},\"resource_changes\":[{}",
     ",{\"address\":\"aws_eks_cluster.a\",\"type\":\"aws_eks_cluster\",\"name\":\"a\",\"change\":{"
     "\"actions\":[\"create\"],\"after_unknown\":{\"arn\":true}}}",
     "", "", "]}"},
    {"plan-references.json",
     "{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":{\"resources\":[{\"address\":"
     "\"aws_eks_cluster.a\",\"type\":\"aws_eks_cluster\",\"name\":\"a\",\"values\":{\"name\":\"a\"}"
     "}]}},\"configuration\":{\"root_module\":{\"resources\":[{\"address\":\"aws_eks_cluster.a\","
     "\"expressions\":{\"role_arn\":{\"references\":[\"a\"",
     ",\"aws_iam_role.r%.arn\"", "", "", "]}}}]}}}"},
    {"eksctl-groups.yaml",
     "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: a, region: us-east-1, "
     "version: \"1.32\"}\nmanagedNodeGroups:\n",
     "- {name: a, instanceType: m5.large, desiredCapacity: 9, maxSize: 1}\n", "", "", ""},
    {"eksctl-variables.yaml",
     "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {region: us-east-1, name: '",
     "${", "", "", "'}\n"},
    {"eksctl-braces.yaml",
     "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {region: us-east-1, name: '",
     "{{", "", "", "'}\n"},
    {"eksctl-accounts.yaml",
     "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: a, region: us-east-1, "
     "version: \"1.32\"}\niam:\n  withOIDC: true\n  serviceAccounts:\n",
     "  - {metadata: {name: a%, namespace: b}, attachPolicyARNs: "
     "['arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy']}\n",
     "", "", ""},
    {"accounts.yaml", "",
     "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a%, namespace: b, annotations: "
     "{eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/a%'}}\n",
     "", "", ""},
    {"equal-accounts.yaml", "apiVersion: v1\nkind: List\nitems:\n",
     "- {apiVersion: v1, kind: ServiceAccount, metadata: {name: a, namespace: b, annotations: "
     "{eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/a'}}}\n",
     "", "", ""},
    {"lists.yaml", "", "{apiVersion: v1, kind: List, items: [", "", "", ""},
    {"nested-lists.json", "", "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[", "", "]}", ""},
    {"services.yaml", "apiVersion: v1\nkind: List\nitems:\n",
     "- {apiVersion: v1, kind: Service, metadata: {name: a%, annotations: "
     "{service.beta.kubernetes.io/aws-load-balancer-type: nlb}}, spec: {type: LoadBalancer}}\n",
     "", "", ""},
    {"claims.yaml", "apiVersion: v1\nkind: List\nitems:\n",
     "- {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a%}, spec: "
     "{storageClassName: a%}}\n",
     "", "", ""},
    {"pools.yaml", "apiVersion: v1\nkind: List\nitems:\n",
     "- {apiVersion: karpenter.sh/v1, kind: NodePool, metadata: {name: a%}, spec: {template: "
     "{spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: b%}}}}}\n",
     "", "", ""},
    {"gitlab-ci.yaml", "stages: [a]\n",
     "j%: {stage: a, script: ['kubectl get pods'], environment: {name: a%, kubernetes: {namespace: "
     "b}}}\n",
     "", "", ""},
    {"integration-policies.yaml",
     "apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\nprovision_role: {policies: [a.json",
     ", a%.json", "", "", "]}\n"},
    {"integration-keys.yaml", "apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\n",
     "cluster%: 1\n", "", "", ""},
    {"profiles.ini", "", "[profile a%]\nregion = us-east-1\n", "", "", ""},
    {"equal-profiles.ini", "", "[profile a]\n", "", "", ""},
    {"source-profiles.ini", "[profile a0]\n", "[profile a%]\nsource_profile = a~\nrole_arn = a\n",
     "", "", ""},
    {"settings.ini", "[default]\n", "region = a\n", "", "", ""},
    {"sections.ini", "", "[", "", "", ""},
    /* files of the tool's own */
    {"rules.yaml", "", "---\nid: a/b%\nseverity: error\n", "", "", ""},
    {"pattern-rule.yaml", "id: a/b\nrequire: \"match(@, '", "(a*)*", "", "", "')\"\n"},
    {"parens-rule.yaml", "id: a/b\nrequire: \"", "(", "", "", "\"\n"},
    {"nots-rule.yaml", "id: a/b\nrequire: \"", "!", "", "", "@\"\n"},
    {"query-rule.yaml", "id: a/b\nselect: $", "..*", "", "", "\n"},
    {"filters-rule.yaml", "id: a/b\nselect: $", "[?@", "", "", "\n"},
    {"message-rule.yaml", "id: a/b\nmessage: {en: \"", "{@}", "", "", "\"}\n"},
    {"config-ignore.yaml", "ignore:\n", "- a%*\n", "", "", ""},
    {"config-exclude.yaml", "exclude:\n", "- '**/a*a*a*%'\n", "", "", ""},
    {"config-extends.yaml", "extends:\n", "- ./x%.yaml\n", "", "", ""},
    {"config-allows.yaml", "suppressions:\n",
     "- {rule: iam/invalid-action, file: 'a*a*a*%', reason: a}\n", "", "", ""},
    {"config-severity.yaml", "severity:\n", "  a/b%: error\n", "", "", ""},
    {"baseline.json",
     "{\"version\": 1, \"findings\": "
     "[{\"file\":\"a\",\"rule\":\"a/b\",\"fingerprint\":\"0000000000000000\",\"count\":1}",
     ",{\"file\":\"a%\",\"rule\":\"a/b\",\"fingerprint\":\"0123456789abcdef\",\"count\":1}", "", "",
     "]}"},
    {"names.txt", "", "a%.json\n", "", "", ""},
    {"one-name.txt", "", "a", "", "", ""},
    {"slashes.txt", "", "../", "", "", ""},
    {"gitignore.txt", "", "**/a*a*a*%\n", "", "", ""},
    {"gitignore-stars.txt", "", "*a", "", "", "\n"},
    {"gitignore-deep.txt", "", "**/", "", "", "a\n"},
    {"gitignore-classes.txt", "", "[!a-", "", "", "\n"},
    {"error.txt", "", "Access denied: User: a% is not authorized ", "", "", ""},
    {"error-words.txt", "", "a ", "", "", ""},
    {"simulate-actions.json",
     "{\"PolicyInputList\": [\"{\\\"Statement\\\":[]}\"], \"ActionNames\": [\"s3:GetObject\"",
     ",\"s3:a%\"", "", "", "]}"},
    {"simulate-policies.json",
     "{\"ActionNames\": [\"s3:GetObject\"], \"PolicyInputList\": [\"{\\\"Statement\\\":[]}\"",
     ",\"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"*a*b*%*\\\","
     "\\\"Resource\\\":\\\"*\\\"}]}\"",
     "", "", "]}"},
    {"simulate-wild.json",
     "{\"ActionNames\": [\"s3:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"], "
     "\"PolicyInputList\": "
     "[{\"Statement\":[{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":\"s3:",
     "*a", "", "", "*c\"}]}]}"},
    {"simulate-keys.json",
     "{\"ActionNames\": [\"s3:GetObject\"], \"PolicyInputList\": [\"{\\\"Statement\\\":[]}\"], "
     "\"ContextEntries\": "
     "[{\"ContextKeyName\":\"aws:a\",\"ContextKeyValues\":[\"a\"],\"ContextKeyType\":\"string\"}",
     ",{\"ContextKeyName\":\"aws:a%\",\"ContextKeyValues\":[\"a\"],\"ContextKeyType\":\"string\"}",
     "", "", "]}"},
    {"query-objects.json", "[1", ",{\"a\":1,\"b\":[1]}", "", "", "]"},
    {"query-nested.json", "", "{\"a\":", "1", "}", ""},
    {"search-one-line.json", "[\"", "a", "", "", "\"]"},
    {"search-lines.json", "[\"a\"", ",\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "", "",
     "]"},
    {"simulate-product.json",
     "{\"PolicyInputList\": [], \"ActionNames\": "
     "[\"s3:a\",\"s3:b\",\"s3:c\",\"s3:d\",\"s3:e\",\"s3:f\",\"s3:g\",\"s3:h\"], \"ResourceArns\": "
     "[\"arn:aws:s3:::a\"",
     ",\"arn:aws:s3:::a%\"", "", "", "]}"},
    {"simulate-lines.jsonl", "", "{\"PolicyInputList\":[],\"ActionNames\":[\"s3:GetObject\"]}\n",
     "", "", ""},
};

enum { SHAPES = sizeof shapes / sizeof shapes[0] };

/* Write a text for number i and return how many bytes it has; only counts with to == NULL. */
static size_t put(FILE *to, const char *text, unsigned long i)
{
    size_t bytes = 0;
    for (; *text; text++) {
        char part[24] = {*text == '^' ? '\0' : *text == '\v' ? '%' : *text};
        size_t len = 1;
        if (*text == '%' || *text == '~') {
            len = (size_t)snprintf(part, sizeof part, "%lu", i - (*text == '~'));
        }
        bytes += to ? fwrite(part, 1, len, to) : len;
    }
    return bytes;
}

static void make(const struct shape *shape, size_t size)
{
    size_t used =
        put(NULL, shape->head, 0) + put(NULL, shape->middle, 0) + put(NULL, shape->tail, 0);
    unsigned long count = 0;
    put(stdout, shape->head, 0);
    do {
        count++;
        used += put(stdout, shape->unit, count) + put(NULL, shape->close, count);
    } while (used < size);
    put(stdout, shape->middle, 0);
    for (unsigned long i = count; i > 0 && shape->close[0]; i--) {
        put(stdout, shape->close, i);
    }
    put(stdout, shape->tail, 0);
}

int main(int argc, char **argv)
{
    for (size_t i = 0; i < SHAPES; i++) {
        if (argc == 1) {
            puts(shapes[i].name);
        } else if (argc == 3 && strcmp(argv[1], shapes[i].name) == 0) {
            make(&shapes[i], strtoul(argv[2], NULL, 10));
            return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
        }
    }
    return argc == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
