# SPDX-License-Identifier: MIT
"""policies.py PATH: each policy of a folder, or one, through parliament's public function. Its command ends at the first
policy that it has an exception for; here these are counted."""
import os
import sys

import parliament

path = sys.argv[1]
files = [path]
if os.path.isdir(path):
    files = [os.path.join(path, name) for name in sorted(os.listdir(path)) if name.endswith(".json")]
findings = 0
raised = 0
for name in files:
    with open(name, encoding="utf-8") as file:
        text = file.read()
    try:
        findings += len(parliament.analyze_policy_string(text, name).findings)
    except Exception:
        raised += 1
print(f"{len(files)} files, {findings} findings, {raised} exceptions")
