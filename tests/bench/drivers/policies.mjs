// SPDX-License-Identifier: MIT
// node policies.mjs PACKAGES PATH: each policy of a folder, or one, through the public function of @cloud-copilot/iam-policy that
// validates identity policies. The package lies in the folder PACKAGES.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [packages, target] = process.argv.slice(2)
const { validateIdentityPolicy } = createRequire(path.resolve(packages, 'package.json'))('@cloud-copilot/iam-policy')
const files = fs.statSync(target).isDirectory()
  ? fs.readdirSync(target).filter((name) => name.endsWith('.json')).map((name) => path.join(target, name))
  : [target]
let faults = 0
for (const file of files) {
  faults += validateIdentityPolicy(JSON.parse(fs.readFileSync(file, 'utf8'))).length
}
console.log(`${files.length} files, ${faults} faults`)
