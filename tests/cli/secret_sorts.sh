#!/bin/sh
# SPDX-License-Identifier: MIT
# Every sort of secret in every sort of file, whole and with broken syntax: in no output of any command, and not in the
# copy that `redact` makes; of a long secret at most its last four characters.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# None of these opens anything: they were made up for this test.
key=AKIAQ3EGRZX7TESTKEY2
secret=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
chunk=FwoGZXIvYXdzEBYaDGp9kQ7rT3uV5wXyZ2aBcDeFgHiJkLm
session=$chunk$chunk$chunk
password=tulip-Granite-98-lantern
gitlab=glpat-x9Kq2ZrT7vLm4NwBs8Yd
github=ghp_a8Fk2LzQ9mXtR4vBn6YpWc1DsFgJe3Ua5HiK
jwt=eyJhbGciOiJSUzI1NiIsImtpZCI6IjQyIn0.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6eCJ9.k9Zq2LmT7xVb4NwRs8YdPc3FgHj5KtUe
eks=k8s-aws-v1.aHR0cHM6Ly9zdHMuZXUtd2VzdC0xLmFtYXpvbmF3cy5jb20vP0FjdGlvbj1HZXRDYWxsZXJJZGVudGl0eQ
body=MIIEowIBAAKCAQEAz3kQ7rT9uV5wXyZ2aBcDeFgHiJkLmNoPqRsTuVwXyZ012345
begin='-----BEGIN RSA PRIVATE KEY-----'
end='-----END RSA PRIVATE KEY-----'
keydata=LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb3dJQkFBS0NBUUVBejNrUTdyVDk

guard "$secret" "$chunk" "$password" "${gitlab#glpat-}" "${github#ghp_}" "${jwt##*.}" \
    "${eks#k8s-aws-v1.}" "$body" "$keydata"

mkdir cases
file() { # CASE FILE
    mkdir -p "cases/$1" "cases/$1-broken"
    cat >"cases/$1/$2"
    { cat "cases/$1/$2" && printf '\n\t}: [ "%s\n' x; } >"cases/$1-broken/$2"
}

printf 'apiVersion: ekslint/v1\nkind: GitLabEKSIntegration\ngitlab:\n  amazon_eks:\n    access_key_id: %s\n    secret_access_key: %s\n    %s: x\n' \
    "$key" "$secret" "$github" | file settings gitlab-eks.yaml
mkdir -p cases/ini/.aws cases/ini-broken/.aws
printf '[default]\naws_access_key_id = %s\naws_secret_access_key = %s\naws_session_token = %s\nmfa = %s\n' \
    "$key" "$secret" "$session" "$gitlab" >cases/ini/.aws/credentials
{ cat cases/ini/.aws/credentials && printf '[x\nregion = %s\n = %s\n' "$secret" "$jwt"; } >cases/ini-broken/.aws/credentials
printf 'apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: "https://x.example.com"}}]\nusers:\n- name: a\n  user: {token: "%s"}\n- name: b\n  user:\n    password: %s\n    username: %s\n    client-key-data: %s\n- name: c\n  user: {auth-provider: {config: {id-token: %s, refresh-token: %s}}}\n' \
    "$eks" "$password" "$jwt" "$keydata" "$jwt" "$password" | file kubeconfig kubeconfig.yaml
printf 'variables:\n  AWS_ACCESS_KEY_ID: %s\n  AWS_SECRET_ACCESS_KEY: %s\n  DEPLOY_TOKEN: %s\n  KUBE_NAMESPACE: %s\ndeploy: {script: ["echo %s"]}\n' \
    "$key" "$secret" "$gitlab" "$github" "$jwt" | file pipeline .gitlab-ci.yml
printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {p: %s}\ndata: {k: %s}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - {name: AWS_SECRET_ACCESS_KEY, value: %s}\n    - {name: TOKEN, value: %s}\n' \
    "$password" "$keydata" "$secret" "$gitlab" | file kubernetes pod.yaml
printf 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: x, region: eu-west-1, tags: {t: %s}}\nmanagedNodeGroups:\n- name: n\n  preBootstrapCommands: ["export AWS_SECRET_ACCESS_KEY=%s", "export T=%s"]\n' \
    "$gitlab" "$secret" "$jwt" | file eksctl eksctl.yaml
printf 'AWSTemplateFormatVersion: "2010-09-09"\nParameters: {Password: {Type: String, Default: %s}}\nResources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: %s\n      AssumeRolePolicyDocument: {Statement: [{Sid: "%s"}]}\n      Key: |\n        %s\n        %s\n        %s\n' \
    "$gitlab" "$secret" "$github" "$begin" "$body" "$end" | file template template.yaml
printf '{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"address": "aws_iam_role.x", "mode": "managed", "type": "aws_iam_role", "name": "x", "values": {"name": "%s", "password": "%s", "k": "%s\\n%s\\n%s"}, "sensitive_values": {"password": true}}]}}}' \
    "$secret" "$password" "$begin" "$body" "$end" | file plan plan.json
printf '{"Credentials": {"AccessKeyId": "%s", "SecretAccessKey": "%s", "SessionToken": "%s", "Expiration": "x"}}' \
    "$key" "$secret" "$session" | file assumed assume-role.json
printf '{"AccessKey": {"UserName": "u", "AccessKeyId": "%s", "SecretAccessKey": "%s"}}' "$key" "$secret" | file created create-access-key.json
printf '{"kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1beta1", "status": {"token": "%s"}}' "$eks" |
    file token get-token.json
printf '{"KeyName": "k", "KeyMaterial": "%s\\n%s\\n%s"}' "$begin" "$body" "$end" | file pair create-key-pair.json
printf '{"Role": {"RoleName": "%s", "Arn": "arn:aws:iam::111122223333:role/%s", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Sid": "%s", "Effect": "%s", "Condition": {"StringEquals": {"sts:ExternalId": "%s"}}}]}}}' \
    "$secret" "$github" "$gitlab" "$jwt" "$secret" | file role get-role.json
printf '# ekslint: allow gitlab/region-missing -- the key is %s and the token %s\napiVersion: v1\nkind: Pod\n' "$secret" "$gitlab" | file comment c.yaml

for format in text oneline json jsonl sarif gitlab junit github checkstyle tap access-analyzer; do
    run_guarded check --no-config --profile pedantic --color always --format $format cases
    run_guarded check --no-config --kind iam-policy --format $format cases
done
for folder in cases/*; do
    run_guarded diagnose --no-config "$folder"
    run_guarded diagnose --no-config --format json "$folder"
    run_guarded diagnose --no-config --collect "$folder"
    run_guarded check --no-config --diff --unsafe "$folder"
    run_guarded check --no-config --write-baseline "$top/baseline" "$folder"
    run cat "$top/baseline"
    ! grep -qF -f "$top/pieces" "$top/baseline" || fail "the baseline of $folder shows a secret"
    run_guarded suppressions --no-config "$folder"
    run_guarded trace gitlab/secret-access-key-missing "$folder"
    run_guarded rules check --rules "$folder"
    for path in "$folder"/*.* "$folder"/.gitlab-ci.yml "$folder"/.aws/credentials; do
        [ ! -f "$path" ] || run_guarded query --nodes '$..*' "$path"
        [ ! -f "$path" ] || run_guarded simulate "$path"
        [ ! -f "$path" ] || run_guarded config --no-config --config "$path"
    done
    run_guarded redact "$folder" --output "$top/twin" --map "$top/map"
    expect 0
    if grep -rhqF -f "$top/pieces" "$top/twin" "$top/map"; then
        fail "the copy or the map shows a secret: $(grep -rhF -f "$top/pieces" "$top/twin" "$top/map" | head -n 1)"
    fi
    rm -rf "$top/twin" "$top/map"
done
denied="AccessDenied with $key and $secret and $session and $password and token: $gitlab and $github and $jwt and $eks"
run_guarded explain --no-config --error "$denied"
run_guarded explain --no-config --format json --error "$denied" cases/settings
[ "$runs" -gt 300 ] || fail "only $runs runs"
finish
