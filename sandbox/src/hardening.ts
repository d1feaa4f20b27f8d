// Takes away what a worker has no use for, before any message is read. Outermost of several walls: scripts never run in this
// JavaScript, but a fault in an engine must find nothing here either.

export const now: () => number = performance.now.bind(performance)

const STEP_MS = 10

export function harden(): void {
  // Both engines read these two clocks and no others: scripts get steps of 10 ms.
  const date = Date.now.bind(Date)
  Date.now = () => Math.floor(date() / STEP_MS) * STEP_MS
  performance.now = () => Math.floor(now() / STEP_MS) * STEP_MS

  remove(globalThis, ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'Request', 'Response', 'BroadcastChannel', 'MessageChannel', 'navigator', 'localStorage', 'sessionStorage'])
  remove(process, ['binding', '_linkedBinding', 'dlopen', 'getBuiltinModule', 'kill', 'chdir', 'mainModule', 'report', '_debugProcess', '_debugEnd', '_startProfilerIdleNotifier', 'setuid', 'setgid', 'umask'])
  for (const one of [Object, Array, Function, Promise]) Object.freeze(one.prototype)
}

function remove(from: object, names: string[]): void {
  for (const name of names) {
    try {
      Object.defineProperty(from, name, { value: undefined, writable: false, configurable: false, enumerable: false })
    } catch { /* It was never configurable; the permission flags deny what is behind it. */ }
  }
}
