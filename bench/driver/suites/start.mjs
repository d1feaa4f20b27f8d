// Start: from before the spawn to the whole reply of `initialize`, and of `tools/list`. A fresh process each time.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { environment } from '../subjects.mjs'
import { Gateway, resultOf } from '../gateway.mjs'
import { memoryKilobytes } from '../process.mjs'

/** Peer, ours with a remembered catalog, ours without one, in turn. */
export async function start({ ours, peer, simulator, data, starts, results }) {
  const cold = join(data, 'cold')
  const arms = [
    [peer, 'start', data],
    [ours, 'start', data],
    [ours, 'cold start', cold],
  ]
  for (let run = -1; run < starts; run++) {
    results.noteLoad()
    for (const [subject, name, home] of arms) {
      if (home === cold) rmSync(cold, { recursive: true, force: true })
      const value = await once(subject, environment(simulator, home))
      if (run < 0) continue // the first round fills the caches of the machine, and ours
      results.add(subject, `${name}/initialize`, 'ms', value.initialize)
      results.add(subject, `${name}/tools-list`, 'ms', value.list)
      results.add(subject, `${name}/cpu`, 'ms', value.cpu)
      results.add(subject, `${name}/peak`, 'kB', value.peak)
    }
  }
}

async function once(subject, env) {
  const gateway = new Gateway(subject, env)
  const first = await gateway.initialize()
  const list = await gateway.send('tools/list', {})
  const [cpu, { peak }] = [gateway.cpu, memoryKilobytes(gateway.pid)]
  const { tools } = resultOf(list)
  if (!tools.some(tool => tool.name === 'vms_query')) throw new Error(`${subject.name} lists no tools of the platform at start`)
  await gateway.close()
  return { initialize: (first.at - gateway.startedAt) / 1000, list: (list.at - gateway.startedAt) / 1000, cpu: cpu / 1000, peak }
}
