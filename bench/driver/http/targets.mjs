// Which figures of the served gateway have to be reached.
const PEER = 'P-SDK'

/** Every case that both have. */
export const ratiosOf = results => results.arms
  .filter(arm => arm.subject === 'hypergate')
  .map(arm => results.ratio(arm.case, PEER))
  .filter(ratio => ratio !== null && Number.isFinite(ratio.median))

export function targetsOf(results, what) {
  return what === 'soak'
    ? [
        most(results, 'memory, highest of the last third beside the first, ×', 1.1, 'soak/memory, last third'),
        most(results, 'handles, the same, ×', 1.1, 'soak/handles, last third'),
        most(results, 'threads, the same, ×', 1.25, 'soak/threads, last third'),
      ]
    : [
        most(results, 'governance, µs of a call', 60, 'governance/cost'),
        least(results, '32 clients, calls/s', 5_000, '32 clients/rate'),
        leastRatio(results, '32 clients, × the calls/s of the SDK', 3, '32 clients/rate'),
        most(results, 'idle session, kB', 50, 'memory/idle session'),
      ]
}

const middle = (results, name) => results.arms.find(arm => arm.subject === 'hypergate' && arm.case === name)?.median ?? null

const verdict = (text, limit, value, isMet) => ({ text, kind: 'must', limit, value, met: value === null ? null : isMet })

function most(results, text, limit, name) {
  const value = middle(results, name)
  return verdict(text, limit, value, value <= limit)
}

function least(results, text, limit, name) {
  const value = middle(results, name)
  return { ...verdict(text, limit, value, value >= limit), isFloor: true }
}

function leastRatio(results, text, limit, name) {
  const value = results.ratio(name, PEER)?.median ?? null
  return { ...verdict(text, limit, value, value >= limit), isFloor: true }
}
