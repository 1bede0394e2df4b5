#!/bin/sh
# SPDX-License-Identifier: MIT
# A secret is in no output: whatever name it stands behind, wherever it was put, however it is written,
# whatever is wrong around it, and whatever a rule of the user does to print it. Not five bytes of it: the last four may be shown.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

secret=h8Zk2LmQ9xTtR4/Bn6YpWc1DsFgJe3Ua/HiKoXuM
front=h8Zk2LmQ9xTtR4/Bn6Yp
back=Wc1DsFgJe3Ua/HiKoXuM
escaped='\x688Zk2LmQ9xTtR4/Bn6YpWc1DsFgJe3Ua/HiKoXuM'
escaped_json='\u00688Zk2LmQ9xTtR4\/Bn6YpWc1DsFgJe3Ua\/HiKoXuM'
# As like it as suggest() takes.
like=h8Zk2LxQ9xTtR4xBn6YpWcxDsFgJe3xa/HiKoXxM
chunk=IQoJb3JpZ2luX2VjEHQaCXVzLWVhc3QtMSJHMEUCIQD
token=$chunk$chunk$chunk
# A secret that has no shape at all is known by its name alone.
plain=qorrekt-hjrze-bqtzery-stxple

guard "$secret" "$chunk" "$plain"

# ---- files ----

mkdir cases
start='apiVersion: ekslint/v1
kind: GitLabEKSIntegration
region: ap-northeast-1
gitlab:
  version: "14.4"
  amazon_eks:
    enabled: true
'
start_json='{"apiVersion": "ekslint/v1", "kind": "GitLabEKSIntegration", "gitlab": {"amazon_eks": '

# Standard input is a file of a case of its own.
file() { # CASE FILE
    mkdir -p "cases/$1/$(dirname "$2")"
    cat >"cases/$1/$2"
}
# settings CASE LINES: what stands below amazon_eks and after it, in printf's words
settings() {
    # shellcheck disable=SC2059
    printf "%s$2" "$start" | file "$1" gitlab-eks.yaml
}
json() { # CASE TEXT-BEHIND-AMAZON_EKS
    printf '%s%s' "$start_json" "$2" | file "$1" gitlab-eks.json
}
credentials() { # CASE TEXT
    # shellcheck disable=SC2059
    printf "$2" | file "$1" .aws/credentials
    printf '%s' "$start" | file "$1" gitlab-eks.yaml
}

key='    secret_access_key:'

# As it should stand.
settings good "$key $secret\n"
settings good-single "$key '$secret'\n"
settings good-double "$key \"$secret\"\n"
settings good-plain "$key $plain\n"
settings escaped "$key \"$(printf '%s' "$escaped" | sed 's/\\/\\\\/')\"\n"
settings block "$key |\n      $secret\n"
settings block-plain "$key |\n      $plain\n"
settings folded "$key >-\n      $front\n      $back\n"
settings lines "$key \"$front\\\\\n      $back\"\n"
settings lines-plain "$key $front\n      $back\n"
settings anchor "$key &s $plain\n    identity: *s\n"
settings alias "    identity: &s $plain\n$key *s\n"
settings merged "    <<: {secret_access_key: $plain}\n"
settings crlf "$key\r\n      $secret\r\n    secret_acces_key: $secret\r\n"
json json "{\"secret_access_key\": \"$secret\", \"x\": 1}}}"
json json-plain "{\"secret_access_key\": \"$plain\", \"x\": 1}}}"
json json-escaped "{\"secret_access_key\": \"$escaped_json\", \"x\": 1}}}"

# Under another name, beside the right one, twice.
for name in secret_acces_key secretAccessKey aws_secret_access_key secret_key 'Secret Access Key' \
    AWS_SECRET_ACCESS_KEY secrt_access_key password session_token; do
    settings "name-$name" "$key $secret\n    $name: $plain\n"
done
settings name-key "    key: $secret\n"
settings name-token "    session_token: $token\n"
settings twice "$key $plain\n$key $plain\n"
settings comment "$key x # $secret\n    secret_acess_key: y # $secret\n"

# In the wrong place, or as the name of something.
settings swapped "    access_key_id: $secret\n$key AKIAIOSFODNN7EXAMPLE\n"
settings both "    access_key_id: $secret\n$key $secret\n"
settings outside "secret_access_key: $plain\n"
settings fields "    account_id: $secret\n    policies: [$secret]\ncluster: {name: $secret, key_pair: $secret}\n"
settings role "provision_role:\n  arn: $secret\n  secret_access_key: [$plain]\n"
settings external "provision_role: {arn: x, trust_policy: $secret}\nservice_role: {arn: $secret}\n"
settings object "$key {value: $plain}\n"
settings list "$key [$plain, $plain]\n"
settings names "    $secret: a\n    $secret: b\n    ? $secret\n    : secret_access_key\n"
json names "{\"$secret\": \"secret_access_key\"}}}"
json inner "\"{\\\"secret_access_key\\\": \\\"$secret\\\"}\"}}"

# Without a blank, a colon, a comma.
settings glued "$key$plain\n"
settings glued-flow "cluster: {secret_access_key:$secret}\n"
settings glued-flow-plain "cluster: {secret_access_key:$plain}\n"
settings equals "    secret_access_key = $plain\n"
settings equals-key "    secret_access_key=$secret: x\n"
settings blank "    secret_access_key $plain\n"
settings comma "provision_role: {secret_access_key: , $secret, enabled: true}\n"
json no-colon "{\"secret_access_key\" \"$plain\"}}}"
json comma "{\"secret_access_key\": \"$plain\",}}}"
json no-comma "{\"secret_access_key\": \"$plain\" \"x\": 1}}}"
json lines "{\"secret_access_key\":

\"$plain\" x}}}"
json name-escaped "{\"secret\\u005faccess_key\": \"$secret\" 1}}}"
json cut "{\"secret_access_key\": \"$plain"

# Where the syntax breaks around it.
settings tab "$key\n\t$plain\n"
settings broken-line "$key $front\n$back\n"
settings broken-block "$key |\n  $plain\n x: [\n"
settings broken-later "$key |\n      $plain\n\tx: [\n"
settings broken-quote "$key '$plain\n    x: y\n"
settings broken-quote-lines "$key '$front\n      $back\n x\n"
for mark in @ '%%' '*' '!' '&' '"\\\\q' '[' '{' '`'; do
    settings "mark-$mark" "$key $mark$plain\n    identity: x\n"
done
settings control "$key $plain\001\n"
settings behind "$key \"$plain\" x\n"
settings misspelt "    secrt_acces_key: $plain: x: [\n"
settings outdented "   secretAccessKey: $plain\n"
settings words "   Secret access key $secret\n"

# Other files: the AWS CLI's, its output, pipelines, Kubernetes.
credentials cli "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = $plain\naws_session_token=$token\n"
credentials cli-swapped "[default]\naws_access_key_id = $secret\naws_secret_access_key\n = $plain\nregion = $secret\n"
credentials cli-misspelt "[default]\naws_secret_acces_key = $plain\naws_secret_access_key = $plain\n[profile $secret]\n[x\nAwsSecretKey: $plain\n$secret\n"
credentials cli-nested "[default]\ns3 =\n   aws_secret_access_key = $plain\n   $secret = x\nsource_profile = $secret\n"
printf '{"Credentials": {"SecretAccessKey": "%s", "SessionToken": "%s"}}' "$plain" "$token" | file output x.json
printf '{"AccessKey": {"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "%s"}' "$plain" | file output-cut x.json
printf 'variables:\n  AWS_SECRET_ACCESS_KEY: %s\n  KUBE_NAMESPACE: %s\ndeploy:\n  script: [echo %s]\n' \
    "$plain" "$secret" "$secret" | file pipeline .gitlab-ci.yml
printf 'variables:\n  AWS_SECRET_ACCESS_KEY: {value: %s}\n  x: [\n' "$plain" | file pipeline-cut .gitlab-ci.yml
printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData: {any: %s}\ndata: {any: %s}\n' "$plain" "$plain" |
    file kubernetes x.yaml
printf 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, data: {any: %s}}\n' "$plain" |
    file kubernetes-list x.yaml

# ---- rules of the user that want to print it ----

mkdir shout
shout() { # NAME KIND SELECT TEXT
    printf "id: mine/%s\nseverity: error\nstage: authenticate\nkind: %s\ntitle: t\nselect: %s\nif-absent: skip\n" "$1" "$2" "$3"
    printf "require: \"1 == 2\"\nmessage: |-\n  %s\nfix: |-\n  %s\nsymptoms:\n  - where: x\n    source: y\n    text: |-\n      %s\n" \
        "$4" "$4" "$4"
}
number=0
for kind in gitlab-eks aws-config gitlab-ci kubernetes; do
    case $kind in
    gitlab-eks) at='$.gitlab.amazon_eks' name=secret_access_key ;;
    aws-config) at='$[*]' name=aws_secret_access_key ;;
    gitlab-ci) at='$.variables' name=AWS_SECRET_ACCESS_KEY ;;
    kubernetes) at='$' name=data ;;
    esac
    for text in '{@}' '{list(@.*)}' "{@.$name}" "{text(@.$name)}" "{first_of(@.$name, 1)}" "{suggest('$like', \$..*)}" \
        "{arn_part(@.$name, 'name')}" '{list($..*)}'; do
        number=$((number + 1))
        shout "r$number" "$kind" "$at" "$text" >"shout/r$number.yaml"
    done
done
for text in '{list($..*)}' '{list(@.*)}' "{suggest('$like', \$..*)}" '{list($.profiles[*].*)}' '{list($.objects..*)}' \
    '{list($.ci.variables[*].value)}'; do
    number=$((number + 1))
    shout "r$number" case '$.gitlab.*' "$text" >"shout/r$number.yaml"
done
run check --rules shout cases/good
expect 1 "[mine/r1]"

# ---- every output ----

denied='Access denied: User: arn:aws:iam::111122223333:user/gitlab is not authorized to perform: sts:AssumeRole on resource: x'
for rules in '' '--rules shout'; do
    # shellcheck disable=SC2086
    for format in text oneline json jsonl sarif gitlab junit github checkstyle tap access-analyzer; do
        run_guarded check --color always --format "$format" $rules cases
        run_guarded check --kind gitlab-eks --format "$format" $rules cases
    done
done
run_guarded check --kind iam-policy cases
for folder in cases/*; do
    run_guarded diagnose --color always --lang ja --rules shout "$folder"
    run_guarded diagnose --format json --rules shout "$folder"
    run_guarded diagnose --collect --rules shout "$folder"
    run_guarded explain --error "$denied" --rules shout "$folder"
    run_guarded rules list --rules "$folder"
    for path in "$folder"/*.* "$folder"/.aws/credentials; do
        [ ! -f "$path" ] || run_guarded query --nodes '$..*' "$path"
    done
done
for path in cases/*/*.json; do
    run_guarded simulate "$path"
    run_guarded query --paths '$..*' "$path"
done
[ "$runs" -gt 500 ] || fail "only $runs runs"

# ---- names of files: the lines of a file that is no list of them ----

printf '[default]\naws_secret_access_key = %s\n%s\nno-such-folder/policy.json\n' "$secret" "$token" >list
for format in text json sarif gitlab; do
    run check --format $format --files-from list
    expect_no "$back"
    expect 3 "no-such-folder/policy.json"
done

# ---- and what is none is shown ----

# An external ID, a digest, a long name: forty characters each.
printf '%sprovision_role: {arn: arn:aws:iam::123456789012:role/ThisIsARoleNameOfFortyCharactersExactly00}\n' "$start" >eks.yaml
printf 'cluster: {key_pair: 0123456789abcdef0123456789abcdef01234567, nam: AmazonEC2ContainerRegistryReadOnly}\n' >>eks.yaml
run check eks.yaml
expect 1 "key_pair: 0123456789abcdef0123456789abcdef01234567, nam: AmazonEC2ContainerRegistryReadOnly"
run query '$..*' eks.yaml
expect 0 "ThisIsARoleNameOfFortyCharactersExactly00"
expect_no '***'

finish
