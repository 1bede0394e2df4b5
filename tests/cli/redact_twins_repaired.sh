#!/bin/sh
# SPDX-License-Identifier: MIT
# The repaired cases of EKS and their redacted twins.
part=/repaired
least=44
# shellcheck source=tests/cli/redact_twins.sh
. "$EKSLINT_SOURCE_DIR/tests/cli/redact_twins.sh"
