#!/bin/sh
# SPDX-License-Identifier: MIT
# The later steps on files as AWS, kubectl and GitLab write them: a stack with its events, a cluster,
# aws-auth, storage classes, a pipeline, an agent, profiles. Each case is the correct one with files added.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

role=arn:aws:iam::123456789012:role/gitlab-eks-provision
stack=arn:aws:cloudformation:ap-northeast-1:123456789012:stack/production/11111111-2222-3333-4444-555555555555

start() {
    rm -rf case
    cp -R "$EKSLINT_SOURCE_DIR/testdata/cases/gitlab/correct" case
}

# What was said of each rule, one a line: of a case with nothing to say, nothing.
expect_rules() {
    run check --format oneline case
    sed -n 's/^[^ ]* \([a-z]*\): .*\[\([a-z]*\/[-a-z0-9]*\)\]$/\1 \2/p' "$out" | sort >said
    printf '%s' "$1" | sort >wanted
    cmp -s said wanted || fail "says $(tr '\n' ',' <said) and not $(tr '\n' ',' <wanted)"
    run check --format json case
    grep -qF '"unknown": [],' "$out" || fail "something is undecided"
}

stacks() { # STATUS
    cat >case/describe-stacks.json <<END
{"Stacks": [{"StackId": "$stack", "StackName": "production", "StackStatus": "$1",
 "CreationTime": "2021-11-15T10:00:00.000Z",
 "Parameters": [{"ParameterKey": "ClusterName", "ParameterValue": "production"}],
 "Outputs": [{"OutputKey": "NodeInstanceRole", "OutputValue": "arn:aws:iam::123456789012:role/node"},
  {"OutputKey": "ClusterEndpoint", "OutputValue": "https://x.eks.amazonaws.com"},
  {"OutputKey": "ClusterCertificate", "OutputValue": "LS0t"}]}]}
END
}

events() { # STATUS REASON TIME: of the last event
    cat >case/describe-stack-events.json <<END
{"StackEvents": [
 {"StackId": "$stack", "EventId": "2", "StackName": "production", "LogicalResourceId": "NodeLaunchConfig",
  "ResourceType": "AWS::AutoScaling::LaunchConfiguration", "Timestamp": "$3",
  "ResourceStatus": "$1", "ResourceStatusReason": "$2"},
 {"StackId": "$stack", "EventId": "1", "StackName": "production", "LogicalResourceId": "production",
  "ResourceType": "AWS::CloudFormation::Stack", "Timestamp": "2021-11-15T10:00:00.000Z",
  "ResourceStatus": "CREATE_IN_PROGRESS", "ResourceStatusReason": "User Initiated"}]}
END
}

cluster() { # ROLE PUBLIC
    cat >case/describe-cluster.json <<END
{"cluster": {"name": "production", "arn": "arn:aws:eks:ap-northeast-1:123456789012:cluster/production",
 "version": "1.20", "status": "ACTIVE", "roleArn": "arn:aws:iam::123456789012:role/$1",
 "resourcesVpcConfig": {"vpcId": "vpc-0a1b2c3d4e5f60718", "endpointPublicAccess": $2,
  "publicAccessCidrs": ["0.0.0.0/0"]}}}
END
}

# A cluster that works, with everything at hand.
start
stacks CREATE_COMPLETE
events CREATE_COMPLETE "" 2021-11-15T10:20:00.000Z
cluster eks-cluster true
mkdir -p case/.gitlab/agents/production case/ap-northeast-1
echo '{"clusters": ["production"]}' >case/ap-northeast-1/list-clusters.json
cp "$EKSLINT_SOURCE_DIR/testdata/kinds/aws-auth.yaml" "$EKSLINT_SOURCE_DIR/testdata/kinds/kubernetes.yaml" case
cp "$EKSLINT_SOURCE_DIR/testdata/kinds/aws-config.ini" case
cat >>case/gitlab-eks.yaml <<'END'
  base_domain: apps.example.com
auto_devops: {enabled: true}
END
printf 'include: [{template: Auto-DevOps.gitlab-ci.yml}]\nvariables: {POSTGRES_ENABLED: "true"}\n' >case/.gitlab-ci.yml
printf 'ci_access: {projects: [{id: group/app}]}\n' >case/.gitlab/agents/production/config.yaml
expect_rules ""
run diagnose case
expect 0 "passes   6. Create the cluster's resources"
expect 0 "passes   7. Connect GitLab to the cluster"
expect 0 "passes   8. Deploy to the cluster"

# The same in September 2026, without the cluster: what EKS, GitLab and AWS withdrew.
SOURCE_DATE_EPOCH=1790000000
rm case/describe-*.json case/ap-northeast-1/list-clusters.json
expect_rules "error gitlab/kubernetes-version-not-offered
warning gitlab/integration-superseded
warning gitlab/launch-configurations-withdrawn
"
SOURCE_DATE_EPOCH=1636934400

# Stacks that failed.
start
stacks ROLLBACK_FAILED
events CREATE_FAILED "The Launch Configuration creation operation is not available in your account. Use launch templates to create configuration templates for your Auto Scaling groups." 2021-11-15T10:15:00.000Z
expect_rules "error gitlab/stack-event-cause
error gitlab/stack-rollback-failed
warning gitlab/failed-stack-left
"
events CREATE_FAILED "User: arn:aws:sts::123456789012:assumed-role/gitlab-eks-provision/gitlab-eks-cluster-7-user-3 is not authorized to perform: iam:PassRole on resource: x" 2021-11-15T10:15:00.000Z
stacks ROLLBACK_IN_PROGRESS
expect_rules "error gitlab/stack-event-denied
error gitlab/stack-status-unexpected
"
run check case
expect 1 "symptom: Unexpected status; ROLLBACK_IN_PROGRESS"
expect 1 "symptom: User: arn:aws:sts::123456789012:assumed-role/gitlab-eks-provision/gitlab-eks-cluster-7-user-3 is not authorized to perform: iam:PassRole"
rm case/describe-stacks.json
events CREATE_FAILED "Internal Failure" 2021-11-15T10:15:00.000Z
expect_rules "error gitlab/stack-event-failed
"
events CREATE_IN_PROGRESS "" 2021-11-15T10:45:00.000Z
expect_rules "error gitlab/stack-creation-timeout
"
# No settings at hand: the events speak for themselves.
mkdir alone
events CREATE_FAILED "Internal Failure" 2021-11-15T10:15:00.000Z
mv case/describe-stack-events.json alone
run check --format oneline alone
expect 1 "[gitlab/stack-event-failed]"

# What was said of a failure stands before what the files let expect.
start
cp "$EKSLINT_SOURCE_DIR"/testdata/cases/gitlab/rollback-failed/list-attached-role-policies.eks-cluster.json case
events CREATE_FAILED "Internal Failure" 2021-11-15T10:15:00.000Z
mv case/describe-stack-events.json case/stack-events.json
run diagnose --format json case
grep -A 4 '"errors": \[$' "$out" | grep -qF '"rule": "gitlab/stack-event-failed"' || fail "another error stands first"
expect 1 '"rule": "gitlab/service-role-lacks-cluster-policy"'

# A cluster that is not the form's, and one that cannot be reached.
start
cluster other true
expect_rules "error gitlab/cluster-name-taken
"
cluster eks-cluster false
expect_rules "warning gitlab/cluster-endpoint-private
"

# kubectl.
start
printf '[profile a]\nrole_arn = %s\nsource_profile = b\n' "$role" >case/config.ini
expect_rules "warning gitlab/profile-external-id
warning gitlab/profile-source-missing
"

# Pipelines and agents.
start
printf 'stages: [a]\nvariables: {KUBE_NAMESPACE: x, KUBE_INGRESS_BASE_DOMAIN: y, POSTGRES_ENABLED: no}\n' >case/.gitlab-ci.yml
mkdir -p case/.gitlab/agents/Prod
printf 'user_access: {projects: [{id: group/app}]}\n' >case/.gitlab/agents/Prod/config.yaml
expect_rules "error gitlab/agent-access-as-missing
error gitlab/agent-name-invalid
warning gitlab/ci-variable-not-quoted
warning gitlab/kube-namespace-overridden
"

finish
