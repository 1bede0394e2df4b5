# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Inputs of the benchmark, the same in each run; to be sourced. Nothing here is anybody's file but ours. Needs
# $source_dir, the checkout, and for accounts $policies, the program of policies.c. Each makes what it names in the current folder.

: "${source_dir:?is not set}" "${policies:?is not set}"

# make_policies COUNT: the folder policies: small ones of a few statements, in which many an action does not go with its resource.
make_policies() {
    mkdir policies
    awk -v count="$1" 'BEGIN {
        split("s3:GetObject s3:PutObject s3:ListBucket ec2:Describe* ec2:RunInstances eks:DescribeCluster " \
              "iam:PassRole logs:CreateLogGroup kms:Decrypt sts:AssumeRole sqs:SendMessage sns:Publish", action, " ")
        for (i = 0; i < count; i++) {
            file = "policies/" i ".json"
            printf "{\"Version\": \"2012-10-17\",\n \"Statement\": [" >file
            for (s = 0; s < 2 + i % 4; s++) {
                printf "%s\n  {\"Sid\": \"S%d\", \"Effect\": \"Allow\",\n   \"Action\": [", (s ? "," : ""), s >file
                for (a = 0; a < 1 + (i + s) % 5; a++) {
                    printf "%s\n    \"%s\"", (a ? "," : ""), action[1 + (i + 3 * s + a) % 12] >file
                }
                printf "],\n   \"Resource\": \"arn:aws:s3:::bucket-%d-%d/*\"", i, s >file
                printf ",\n   \"Condition\": {\"StringEquals\": {\"aws:RequestedRegion\": \"eu-west-%d\"}}}", s + 1 >file
            }
            print "]}" >file
            close(file)
        }
    }'
}

# make_gitlab_case COUNT: the folder case. GitLab's integration in an account with many roles, of which as many service
# accounts have one each.
make_gitlab_case() {
    cp -R "$source_dir/testdata/cases/gitlab/complete" case
    chmod -R u+w case
    "$policies" account "$1" >case/account.json
    awk -v count="$1" 'BEGIN {
        for (i = 0; i < count; i++) {
            printf "---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: service-%d\n", i
            printf "  namespace: team-%d\n  annotations:\n    eks.amazonaws.com/role-arn: ", i % 50
            printf "arn:aws:iam::111122223333:role/team-%d/service-%d\n", i % 50, i
        }
    }' >case/service-accounts.yaml
}

# make_manifests COUNT: deployments with their service accounts, as one stream of YAML on standard output.
make_manifests() {
    awk -v count="$1" 'BEGIN {
        for (i = 0; i < count; i++) {
            printf "---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app-%d\n  namespace: team-%d\n", i, i % 20
            printf "  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/app-%d\n", i
            printf "---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app-%d\n  namespace: team-%d\n", i, i % 20
            printf "spec:\n  replicas: 2\n  selector:\n    matchLabels: {app: app-%d}\n  template:\n", i
            printf "    metadata:\n      labels: {app: app-%d}\n    spec:\n      serviceAccountName: app-%d\n", i, i
            printf "      containers:\n        - name: main\n          image: registry.example.com/app-%d:1.%d\n", i, i % 9
            printf "          ports: [{containerPort: 8080}]\n          env:\n            - {name: REGION, value: eu-west-1}\n"
        }
    }'
}

# make_mixed COUNT [policies]: the folder mixed, a hundred files to a folder, few of them with a mistake: policies alone,
# or policies, trust policies, manifests, settings of eksctl, templates of CloudFormation, saved output of the AWS CLI, and
# files that are none of ekslint's business.
make_mixed() {
    mkdir mixed
    awk -v count="$1" -v only="${2:-}" '
    function policy(i, file,    s) {
        printf "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [" >file
        for (s = 0; s < 1 + i % 3; s++) {
            printf "%s\n    {\"Sid\": \"S%d\", \"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\", \"%s\"],\n", (s ? "," : ""),
                s, (i % 40 ? "s3:ListBucket" : "s3:ListBuket") >file
            printf "     \"Resource\": [\"arn:aws:s3:::bucket-%d\", \"arn:aws:s3:::bucket-%d/*\"]}", i + s, i + s >file
        }
        print "\n  ]\n}" >file
    }
    function trust(i, file) {
        print "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\"," >file
        printf "  \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:role/caller-%d\"},\n", i >file
        print "  \"Action\": \"sts:AssumeRole\"}]}" >file
    }
    function manifest(i, file) {
        printf "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app-%d\n  namespace: team-%d\n", i, i % 20 >file
        printf "---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app-%d\n  namespace: team-%d\n", i, i % 20 >file
        printf "spec:\n  selector:\n    matchLabels: {app: app-%d}\n  template:\n    metadata:\n      labels: ", i >file
        printf "{app: app-%d}\n    spec:\n      serviceAccountName: app-%d\n      containers:\n", i, i >file
        printf "        - {name: main, image: \"registry.example.com/app:%d\"}\n", i >file
    }
    function eksctl(i, file) {
        printf "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata:\n  name: cluster-%d\n", i >file
        printf "  region: eu-west-1\n  version: \"1.34\"\nmanagedNodeGroups:\n  - name: general\n" >file
        printf "    instanceType: m6i.large\n    desiredCapacity: 3\n" >file
    }
    function template(i, file) {
        printf "AWSTemplateFormatVersion: \"2010-09-09\"\nParameters:\n  Subnets:\n    Type: List<AWS::EC2::Subnet::Id>\n" >file
        printf "Resources:\n  NodeRole:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n" >file
        printf "        Version: \"2012-10-17\"\n        Statement:\n          - Effect: Allow\n" >file
        printf "            Principal: {Service: ec2.amazonaws.com}\n            Action: sts:AssumeRole\n" >file
        printf "      ManagedPolicyArns:\n        - arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy\n" >file
        printf "        - arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy\n" >file
        printf "        - arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly\n  Nodes:\n" >file
        printf "    Type: AWS::EKS::Nodegroup\n    Properties:\n      ClusterName: cluster-%d\n", i >file
        printf "      NodeRole: !GetAtt NodeRole.Arn\n      Subnets: !Ref Subnets\n" >file
    }
    function listing(i, file,    r) {
        print "{\"Roles\": [" >file
        for (r = 0; r < 3; r++) {
            printf "%s  {\"RoleName\": \"role-%d-%d\", \"Path\": \"/\", \"RoleId\": \"AROAEXAMPLE%d\",\n", (r ? ",\n" : ""), i, r, i >file
            printf "   \"Arn\": \"arn:aws:iam::111122223333:role/role-%d-%d\", \"CreateDate\": \"2021-11-15T00:00:00Z\",\n", i, r >file
            print "   \"AssumeRolePolicyDocument\": {\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\"," >file
            printf "     \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}]}}" >file
        }
        print "\n]}" >file
    }
    function other(i, file) {
        printf "{\"name\": \"package-%d\", \"private\": true, \"scripts\": {\"test\": \"true\"}, \"keywords\": [\"a\", \"b\"]}\n", i >file
    }
    function make(i, folder,    file) {
        if (only == "policies" || i % 10 < 3) { file = folder i ".policy.json"; policy(i, file) }
        else if (i % 10 == 3) { file = folder i ".trust.json"; trust(i, file) }
        else if (i % 10 < 6) { file = folder i ".app.yaml"; manifest(i, file) }
        else if (i % 10 == 6) { file = folder i ".cluster.yaml"; eksctl(i, file) }
        else if (i % 10 == 7) { file = folder i ".cfn.yaml"; template(i, file) }
        else if (i % 10 == 8) { file = folder i ".roles.json"; listing(i, file) }
        else { file = folder i ".json"; other(i, file) }
        close(file)
    }
    BEGIN {
        for (i = 0; i < count; i++) {
            folder = "mixed/" int(i / 100) "/"
            if (i % 100 == 0) system("mkdir " folder)
            make(i, folder)
        }
    }'
}

# make_rules COUNT: the folder rules, of users' rules, each with its texts and tests; they judge policies, and find nothing in
# most.
make_rules() {
    mkdir rules
    awk -v count="$1" 'BEGIN {
        for (i = 0; i < count; i++) {
            file = "rules/rule-" i ".yaml"
            printf "id: company/rule-%d\nseverity: error\nkind: iam-policy\n", i >file
            printf "title: {en: Action %d is not for us, ja: アクション %d は使えません}\n", i, i >file
            printf "select: $.Statement[?@.Effect == \x27Allow\x27].Action[*]\nif-absent: skip\n" >file
            printf "require: \"@ != \x27s3:Thing%d\x27 && @ != \x27ec2:Thing%d\x27\"\n", i, i >file
            printf "message: {en: \"the action \x27{@}\x27 is not for us\", ja: \"アクション「{@}」は使えません\"}\n" >file
            printf "fix: {en: Use another one., ja: ほかのものを使ってください。}\ndocs: [https://example.com/%d]\n", i >file
            printf "tests:\n  - fails: {Version: \"2012-10-17\", Statement: [{Effect: Allow, Action: [\"s3:Thing%d\"], ", i >file
            printf "Resource: [\"*\"]}]}\n  - passes: {Version: \"2012-10-17\", Statement: [{Effect: Allow, " >file
            printf "Action: [\"s3:GetObject\"], Resource: [\"*\"]}]}\n" >file
            close(file)
        }
    }'
}

# make_stream LINES: lines for `check --stdin-jsonl` on standard output, of which every fifth has an error.
make_stream() {
    awk -v lines="$1" 'BEGIN {
        q = "\\\""
        text = "{@Version@: @2012-10-17@, @Statement@: [{@Sid@: @S0@, @Effect@: @Allow@, @Action@: @s3:ListAllMyBuckets@, " \
               "@Resource@: @*@}]}"
        gsub(/@/, q, text)
        # Put together from parts: replacing in each line takes some awks longer with every line.
        at = index(text, "S0")
        before = substr(text, 1, at)
        good = bad = substr(text, at + 2)
        sub(/Allow/, "Permit", bad)
        for (i = 1; i <= lines; i++) {
            printf "{\"name\": \"p%d.json\", \"content\": \"%s%d%s\"}\n", i, before, i, (i % 5 ? good : bad)
        }
    }'
}
