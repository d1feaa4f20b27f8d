// What Linux knows about a process.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const TICK_MICROSECONDS = 10_000 // USER_HZ is 100 on every Linux that Node runs on

/** User and system time so far, children that have ended included. Counted in ticks of 10 ms. */
export function cpuMicroseconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number)
  return (user + system + childUser + childSystem) * TICK_MICROSECONDS
}

/** Resident memory now (`VmRSS`) and at its highest (`VmHWM`), in kB. */
export function memoryKilobytes(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  const read = name => Number(new RegExp(`${name}:\\s*(\\d+) kB`).exec(status)[1])
  return { now: read('VmRSS'), peak: read('VmHWM') }
}

/** Its fair share of memory, shared pages divided by their users, in kB. */
export function shareKilobytes(pid) {
  return Number(/^Pss:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))[1])
}

/** Makes the highest memory count anew from now on. */
export function forgetPeak(pid) { writeFileSync(`/proc/${pid}/clear_refs`, '5') }

/** The processes that a process has started and that are there still, those that only wait to be buried included. */
export function childrenOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap(task => {
    try { return readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').filter(text => text).map(Number) } catch { return [] }
  })
}

/** One letter, such as S for one that sleeps and Z for one that is dead and not buried; null where there is none. */
export function stateOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat[stat.lastIndexOf(')') + 2]
  } catch {
    return null
  }
}
