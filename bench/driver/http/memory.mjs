// Memory when nothing happens, at its highest so far, and what each session that waits takes.
import { memoryKilobytes, shareKilobytes } from '../process.mjs'
import { openSession } from './client.mjs'
import { Wire } from './wire.mjs'

const SESSIONS = [0, 1_000, 3_000]

/** Cases `memory/…`; the price of a session is the slope over their number. */
export async function memory({ ours, peer, results }) {
  for (const server of [ours, peer]) {
    results.add(server.subject, 'memory/peak under load', 'kB', memoryKilobytes(server.pid).peak)
    results.add(server.subject, 'memory/after load', 'kB', shareKilobytes(server.pid))
    await (await openSession(server)).end() // the first of a kind costs more
    const at = []
    const wire = await Wire.open(server.url)
    let open = 0
    for (const wanted of SESSIONS) {
      for (; open < wanted; open++) await openSession(server, wire)
      at.push(shareKilobytes(server.pid))
    }
    wire.close()
    const slope = (at[2] - at[1]) / (SESSIONS[2] - SESSIONS[1])
    results.add(server.subject, 'memory/idle session', 'kB', Math.max(slope, 0.001))
  }
}
