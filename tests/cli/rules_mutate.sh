#!/bin/sh
# SPDX-License-Identifier: MIT
# rules test --mutate: what the tests in rule files do not notice.
. "$EKSLINT_SOURCE_DIR/tests/cli/lib.sh"

# No test of the built-in rules overlooks one; what cannot matter is marked with a reason.
run rules test --mutate
expect 0 " 0 survived, "
run rules test --mutate "$top/rules/no-star.yaml"
expect 1 "no-star.yaml:6:12: survived: no test notices when 'skip' in 'if-absent' becomes 'fail' [test/no-star]"
expect 1 "  mutant: if-absent: fail"
expect 1 "5 mutants, 3 killed, 2 survived, 0 marked as equivalent, 0 invalid"
run rules test --mutate --lang ja "$top/rules/no-star.yaml"
expect 1 "「skip」（if-absent）を「fail」に変えても、どのテストにも影響しません"
run rules test --mutate --format json "$top/rules/no-star.yaml"
expect 1 '"survived": 2'
expect 1 '"change": "skip"'
printf '  - not-applicable: {Statement: []}\n' | cat "$top/rules/no-star.yaml" - >proven.yaml
run rules test --mutate proven.yaml
expect 0 "5 mutants, 5 killed, 0 survived"
sed '/^tests/i\
equivalent-mutants:\
  - {in: if-absent, change: skip, to: fail, reason: none}' proven.yaml >stale.yaml
run rules test --mutate stale.yaml
expect 1 "stale.yaml:12:5: stale: no mutant that survives is the one marked here [test/no-star]"

# Where a test fails there is nothing to compare with.
sed 's/\["s3:GetObject"\]/["*"]/' "$top/rules/no-star.yaml" >noisy.yaml
run rules test noisy.yaml --mutate
expect 1 "0 mutants, 0 killed"

finish
