// Collects measured values by subject and case, and turns them into ratios and verdicts.
import { loadavg } from 'node:os'
import { median, round } from './statistics.mjs'

export class Results {
  #arms = new Map()
  load = []

  /** Adds one run of a case. Runs with the same position belong to the same round. */
  add(subject, name, unit, value, extra = {}) {
    const key = `${subject.name} ${name}`
    const arm = this.#arms.get(key) ?? { subject: subject.name, version: subject.version, case: name, unit, runs: [], errors: 0 }
    arm.runs.push(round(value, 5))
    this.#arms.set(key, Object.assign(arm, extra))
  }

  /** To be called before each round: a busy machine makes the result noisy. */
  noteLoad() { this.load.push(round(loadavg()[0], 3)) }

  get noisy() { return this.load.some(value => value > 1) }

  find(subject, name) { return this.#arms.get(`${subject} ${name}`) }

  get arms() {
    return [...this.#arms.values()].map(arm => ({ ...arm, median: round(median(arm.runs), 5), min: Math.min(...arm.runs) }))
  }

  /** Median of the ratios of the rounds; a case of ours may be compared with another case of the peer's. */
  ratio(name, peer, peerName = name) {
    const [ours, theirs] = [this.find('hypergate', name), this.find(peer, peerName)]
    if (!ours || !theirs) return null
    const runs = ours.runs.map((value, index) => round(value / theirs.runs[Math.min(index, theirs.runs.length - 1)], 3))
    return { of: 'hypergate', to: peer, case: name, ...(peerName !== name && { toCase: peerName }), median: round(median(runs), 3), runs }
  }

  /** The verdict on a ratio that must not be above a limit; `met` is null where it was not measured. */
  target(text, limit, ratio) {
    return { text, kind: 'must', limit, value: ratio?.median ?? null, met: ratio ? ratio.median <= limit : null }
  }
}
