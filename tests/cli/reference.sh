#!/bin/sh
# SPDX-License-Identifier: MIT
# Files that a document refers to are read only inside what was given on the command line.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# settings REFERENCE: a gitlab-eks document that refers to a file.
settings() {
    cat <<END
apiVersion: ekslint/v1
kind: GitLabEKSIntegration
provision_role:
  arn: arn:aws:iam::123456789012:role/gitlab-eks-provision
  policies: ["$1"]
END
}

# reads / skips FILE PATHS: whether the file's own finding is in the report.
reads() {
    # shellcheck disable=SC2086
    run $rules --format oneline "$@"
    grep -q 'test/no-star' "$out" || fail "the file is not read"
}
skips() {
    # shellcheck disable=SC2086
    run $rules --format oneline "$@"
    if grep -q 'test/no-star' "$out"; then fail "the file is read"; fi
}

mkdir -p case/policies case/.hidden outside case2
echo "$bad" >case/policies/p.txt
echo "$bad" >case/.hidden/h.txt
echo "$bad" >outside/o.txt
echo "$bad" >case2/p.txt
ln -s ../outside/o.txt case/link.txt
ln -s ../outside case/away
ln -s policies/p.txt case/near.txt
mkfifo case/pipe.txt

settings policies/p.txt >case/gitlab-eks.yaml
reads case
reads case/gitlab-eks.yaml
expect 1 "case/policies/p.txt:1:71: error: "
reads ./case/gitlab-eks.yaml
cd case || exit 1
reads gitlab-eks.yaml
reads .
expect 1 "policies/p.txt:1:71: error: "
reads "$top/work/case"
input=gitlab-eks.yaml
reads --stdin-filename gitlab-eks.yaml -
skips -
cd ..
input=case/gitlab-eks.yaml
reads --stdin-filename case/gitlab-eks.yaml -
skips -
input=/dev/null

settings .hidden/h.txt >case/gitlab-eks.yaml
reads case
settings near.txt >case/gitlab-eks.yaml
reads case

# Outside, as written or through a link, unless that was given, too.
settings ../outside/o.txt >case/gitlab-eks.yaml
skips case
skips case/gitlab-eks.yaml
reads case outside
reads case/gitlab-eks.yaml outside
reads .
settings ../case2/p.txt >case/gitlab-eks.yaml
skips case
settings link.txt >case/gitlab-eks.yaml
skips case
reads .
settings away/o.txt >case/gitlab-eks.yaml
skips case
settings "$top/work/outside/o.txt" >case/gitlab-eks.yaml
skips case
settings policies/../../outside/o.txt >case/gitlab-eks.yaml
skips case
# Outside as written, even where a link leads back.
ln -s ../case/policies/p.txt outside/back.txt
settings ../outside/back.txt >case/gitlab-eks.yaml
skips case

# Never opened: this must not block.
settings pipe.txt >case/gitlab-eks.yaml
skips case
expect 3 "is not a regular file"
settings nowhere.txt >case/gitlab-eks.yaml
skips case
expect 1 "nowhere.txt"

finish
