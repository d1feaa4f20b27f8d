// What a jq program adds to a call: the same list of 100 rows with a transform and without, from a platform that has it ready.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Gateway, now, resultOf } from './gateway.mjs'
import { settings } from './settings.mjs'
import { StaticPlatform } from './static.mjs'
import { median } from './statistics.mjs'

const ROWS = 100
const CALLS = 30

const description = url => `spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
backend:
  name: rows
  type: rest
  base_url: ${url}
  description: A list that is always there
  auth: { type: bearer, credential: none }
  tools:
    plain:
      method: GET
      path: /guests
      access: read
      description: The list
    shaped:
      method: GET
      path: /guests
      access: read
      description: The list in another shape
      response:
        transform: 'map(select(.power == "Running") | { id, name, memory: (.memory / 1048576) }) | sort_by(.name)'
`

/** Case `scripts/jq on 100 rows`. */
export async function transforms({ ours, data, rounds, results }) {
  const rows = Array.from({ length: ROWS }, (_, number) => ({ id: `${number}`, name: `guest-${number}`, power: number % 3 ? 'Running' : 'Halted', memory: 1073741824 * (1 + number % 8), tags: ['a', 'b'] }))
  const platform = await StaticPlatform.start(Buffer.from(JSON.stringify(rows)))
  const file = join(data, 'rows.dadl')
  writeFileSync(file, description(platform.url))
  const gateway = new Gateway(ours, settings([{ name: 'rows', kind: 'dadl', url: platform.url, auth: {}, dadl: { file } }], data, 'rows', ['search']))
  try {
    await gateway.initialize()
    await ask(gateway, 'shaped')
    for (let round = 0; round < rounds; round++) {
      results.noteLoad()
      const took = { plain: [], shaped: [] }
      for (let number = 0; number < CALLS; number++) {
        for (const operation of ['plain', 'shaped']) {
          const began = now()
          await ask(gateway, operation)
          took[operation].push((now() - began) / 1000)
        }
      }
      results.add(ours, 'scripts/jq on 100 rows', 'ms', median(took.shaped) - median(took.plain))
    }
  } finally {
    await gateway.close()
    platform.stop()
  }
}

async function ask(gateway, operation) {
  const result = resultOf(await gateway.call('call_operation', { operation, arguments: {} }))
  const text = result.content.map(block => block.text).join('\n')
  if (result.isError || !text.includes('guest-1')) throw new Error(`no list: ${text.slice(0, 300)}`)
}
