#!/bin/sh
# SPDX-License-Identifier: MIT
# Files of eksctl as tutorials and pipelines have them, before envsubst or a template engine fills them in: what
# stands in a placeholder's place is not known, which is no mistake and no pass; what is written beside it is judged.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
day=2026-11-22

# write MARK-BEFORE MARK-AFTER
write() {
    cat >cluster.yaml <<FILE
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata:
  name: '$1NAME$2'
  region: '$1REGION$2'
  version: '$1VERSION$2'
iam:
  withOIDC: true
accessConfig:
  authenticationMode: '$1MODE$2'
  accessEntries:
  - principalARN: 'arn:$1PARTITION$2:iam::$1ACCOUNT$2:role/admin'
    type: '$1TYPE$2'
kubernetesNetworkConfig: {serviceIPv4CIDR: '$1RANGE$2'}
managedNodeGroups:
- name: '$1NAME$2-ng'
  instanceType: '$1INSTANCE_TYPE$2'
  amiFamily: '$1FAMILY$2'
  taints: [{key: a, value: b, effect: '$1EFFECT$2'}]
- name: second
  instanceTypes: ['$1ONE$2', m7i.large]
  amiFamily: AmazonLinux2023
  preBootstrapCommands: ["echo $1NAME$2"]
FILE
}

# shellcheck disable=SC2016 # the dollars are for the files
for marks in '${ }' '$( )' '{{ }}' '$ '; do
    write "${marks% *}" "${marks#* }"
    run check --date $day --no-config cluster.yaml
    expect 0 "no problems among what could be decided"
    run diagnose --date $day --no-config --format json cluster.yaml
    expect 0 '"outcome": "unknown"'
    expect_no '"outcome": "fails"'
    sed -i 's/second/a.dot/' cluster.yaml
    run check --date $day --no-config --format oneline cluster.yaml
    expect 1 "[eks/node-group-name]"
    [ "$(grep -c 'error:' "$out")" -eq 1 ] || fail "more than one error"
done

# An override that is a script is there, whatever it holds.
cat >cluster.yaml <<'FILE'
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: {name: demo, region: us-west-2, version: "1.32"}
nodeGroups:
- name: own-image
  ami: ami-0123456789abcdef0
  amiFamily: AmazonLinux2
  overrideBootstrapCommand: |
    #!/bin/bash
    /etc/eks/bootstrap.sh ${CLUSTER_NAME}
FILE
run check --date 2025-06-01 --no-config --format oneline cluster.yaml
expect_no bootstrap-command-missing
expect_no "could not be decided"

finish
