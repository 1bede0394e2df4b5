// SPDX-License-Identifier: MIT
// node simulate.mjs PACKAGES REQUESTS: JSON lines as `ekslint simulate` takes them (those of requests.awk), through the public function
// of @cloud-copilot/iam-simulate. The package lies in the folder PACKAGES.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import readline from 'node:readline'

const [packages, requests] = process.argv.slice(2)
const { runSimulation } = createRequire(path.resolve(packages, 'package.json'))('@cloud-copilot/iam-simulate')
let count = 0
let allowed = 0
for await (const line of readline.createInterface({ input: fs.createReadStream(requests) })) {
  const request = JSON.parse(line)
  const answer = await runSimulation(
    {
      request: {
        principal: request.CallerArn,
        action: request.ActionNames[0],
        resource: { resource: request.ResourceArns[0], accountId: request.ResourceArns[0].split(':')[4] },
        contextVariables: Object.fromEntries(request.ContextEntries.map((entry) => [entry.ContextKeyName, entry.ContextKeyValues])),
      },
      identityPolicies: request.PolicyInputList.map((text, i) => ({ name: `policy${i}`, policy: JSON.parse(text) })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: JSON.parse(request.ResourcePolicy),
    },
    {},
  )
  if (answer.resultType === 'error') {
    console.error(JSON.stringify(answer.errors))
    process.exit(2)
  }
  count++
  allowed += answer.overallResult === 'Allowed' ? 1 : 0
}
console.log(`${count} requests, ${allowed} allowed`)
