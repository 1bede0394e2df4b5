#!/bin/sh
# SPDX-License-Identifier: MIT
# A complete case in its own time and today, and for each step of the flow one case that stops there,
# one that passes it and one in which it is open: put together from testdata/cases/gitlab/complete and
# what differs (testdata/cases/gitlab/stages/README.md), against golden files, in both languages and as
# JSON. UPDATE_GOLDEN=1 rewrites the files instead; look at the difference before you commit it.
# shellcheck source=tests/cli/lib.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"
cases=$EKSLINT_SOURCE_DIR/testdata/cases/gitlab
golden=$EKSLINT_SOURCE_DIR/testdata/golden/gitlab/stages
then=2021-11-15
now=2026-11-25

# diagnose CASE GOLDEN STATUS DATE: in three forms; what the last (JSON) says of the steps is in
# ./steps, "STEP OUTCOME" a line.
diagnose() {
    for form in en.txt ja.txt json; do
        set -- "$1" "$2" "$3" "$4"
        case $form in
        json) options="--format json" ;;
        *) options="--lang ${form%.txt}" ;;
        esac
        # shellcheck disable=SC2086
        run diagnose --date "$4" $options "$1"
        expect "$3"
        [ ! -s "$err" ] || fail "$2 $form: writes to standard error"
        if [ -n "${UPDATE_GOLDEN:-}" ]; then
            cp "$out" "$golden/$2.$form"
        elif ! diff -u "$golden/$2.$form" "$out"; then
            fail "$2 $form: differs from its golden file"
        fi
    done
    # "id", "title", "outcome" follow each other, a line each.
    sed -n 's/^ *"id": "\(.*\)",$/\1/p; s/^ *"outcome": "\(.*\)",$/\1/p' "$out" | paste -d ' ' - - >steps
    [ "$(wc -l <steps)" -eq 8 ] || fail "$2: not eight steps"
}

# ---- all documents are there ----

COLUMNS=80
export COLUMNS

cp -R "$cases/complete" complete
diagnose complete "complete.$then" 0 "$then"
if grep -v ' passes$' steps; then fail "complete: a step does not pass"; fi
grep -q '"findings": \[\]' "$out" || fail "complete: has findings"
grep -q '"unknown": 0,' "$out" || fail "complete: something is unknown"

# Today: what AWS and GitLab have withdrawn since, each with what replaces it.
diagnose complete "complete.$now" 1 "$now"
[ "$(grep -m 1 ' fails$' steps)" = "create-resources fails" ] || fail "complete, today: does not stop at create-resources"
if grep ' unknown$' steps; then fail "complete, today: a step is unknown"; fi
for rule in kubernetes-version-not-offered launch-configurations-withdrawn integration-superseded; do
    grep -q "\"rule\": \"gitlab/$rule\"" "$out" || fail "complete, today: lacks gitlab/$rule"
done

# ---- one case for each step and outcome ----

for step in configure-instance authenticate load-form submit-form create-stack create-resources finalize deploy; do
    for outcome in fails passes unknown; do
        name=$step-$outcome
        [ -f "$cases/stages/$name/CASE" ] || fail "$name: there is no CASE"
        if grep -vE '^(#|without )' "$cases/stages/$name/CASE"; then fail "$name/CASE: a line that says nothing"; fi
        assemble "$name"
        case $outcome in fails) status=1 ;; *) status=0 ;; esac
        diagnose "$name" "$name" "$status" "$then"
        grep -qx "$step $outcome" steps || fail "$name: the step does not end so"
        case $outcome in
        fails)
            [ "$(grep -m 1 -v ' passes$' steps)" = "$step fails" ] || fail "$name: the steps before it do not pass"
            ;;
        passes)
            if grep -v ' passes$' steps; then fail "$name: a step does not pass"; fi
            ;;
        esac
        rm -r "$name"
    done
done
for folder in "$cases"/stages/*/; do
    name=$(basename "$folder")
    [ -s "$golden/$name.json" ] || fail "$name: is of no step"
done

# ---- what the user of a case that fails sees, word for word ----

# Whatever the wrapping: blanks and line ends are dropped.
sees() { # STEP TEXT
    squeezed=$(sed -n '/the user sees:/,/^[^ ].*: error: /p' "$golden/$1-fails.en.txt" | tr -d ' \n')
    wanted=$(printf '%s' "$2" | tr -d ' \n')
    case $squeezed in
    *"$wanted"*) ;;
    *) fail "$1: the user does not see: $2" ;;
    esac
}
user=arn:aws:iam::111122223333:user/gitlab
role=arn:aws:iam::123456789012:role/gitlab-eks-provision
sees configure-instance "is too short (minimum is 16 characters)"
sees configure-instance "can't be blank"
sees authenticate "Access denied: User: $user is not authorized to perform: sts:AssumeRole on resource: $role"
sees load-form "Could not load Security Groups for this VPC"
sees load-form "Could not load security groups for the selected VPC"
sees submit-form "You should select at least two subnets"
sees create-stack "Amazon CloudFormation request failed; "
sees create-resources "ROLLBACK_FAILED during cluster creation"
sees create-resources "The provided role doesn't have the Amazon EKS Managed Policies associated with it."
sees finalize "Failed to run Kubeclient: "
sees deploy "no persistent volumes available for this claim and no storage class is set"

finish
