// Registry files of DADL: what reading one takes, beside reading one with a single tool, each in a process of its own that has nothing compiled yet.
import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { now } from '../gateway.mjs'
import { environment } from '../subjects.mjs'
import { median } from '../statistics.mjs'

const folder = fileURLToPath(new URL('../../../tests/Hypergate.Tests/Data/dadl/', import.meta.url))
const SMALL = `spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
backend:
  name: small
  type: rest
  description: One tool
  base_url: "https://small.example"
  auth: { type: bearer, credential: small }
  tools: { get_it: { method: GET, path: /it, access: read, description: It } }
`

/** Case `dadl/load`, ms: of the slowest file, with its name. */
export async function files({ ours, program, data, repeats, results }) {
  const small = join(data, 'small.dadl')
  writeFileSync(small, SMALL)
  const env = environment(null, data)
  const all = readdirSync(folder).filter(name => name.endsWith('.dadl'))
  for (let repeat = 0; repeat < repeats; repeat++) {
    results.noteLoad()
    const nothing = median([1, 2, 3].map(() => read(program, small, env)))
    const [slowest] = all.map(name => ({ name, took: read(program, join(folder, name), env) - nothing })).sort((a, b) => b.took - a.took)
    results.add(ours, 'dadl/load', 'ms', slowest.took, { slowest: slowest.name, files: all.length })
  }
}

function read(program, file, env) {
  const began = now()
  const listing = execFileSync(program, ['dadl', 'list', file], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  if (!/\d+ tools/.test(listing)) throw new Error(`${file} was not read: ${listing.slice(0, 200)}`)
  return (now() - began) / 1000
}
