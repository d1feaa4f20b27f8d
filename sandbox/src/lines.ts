// JSON lines over standard input and output.
import { writeSync } from 'node:fs'

/** The longest line either side may send. */
export const LONGEST_LINE = 16 * 1024 * 1024

const LINE_FEED = 10
const PAUSE = new Int32Array(new SharedArrayBuffer(4))

/** Writes one message; blocks while the gateway does not read, which is all the flow control there is. */
export function send(message: Record<string, unknown>): boolean {
  const line = Buffer.from(JSON.stringify(message) + '\n', 'utf8')
  if (line.length > LONGEST_LINE) return false
  for (let at = 0; at < line.length;) at += write(line, at)
  return true
}

function write(line: Buffer, at: number): number {
  try {
    return writeSync(1, line, at)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EAGAIN') process.exit(1)
    Atomics.wait(PAUSE, 0, 0, 1)
    return 0
  }
}

/** Calls back with every line that arrives; ends the process with the input, so that no worker outlives its gateway. */
export function receive(onLine: (text: string) => void): void {
  let parts: Buffer[] = []
  process.stdin.on('data', (chunk: Buffer) => {
    let start = 0
    for (let end; (end = chunk.indexOf(LINE_FEED, start)) >= 0; start = end + 1) {
      parts.push(chunk.subarray(start, end))
      const line = Buffer.concat(parts).toString('utf8')
      parts = []
      onLine(line)
    }
    if (start < chunk.length) parts.push(chunk.subarray(start))
  })
  process.stdin.on('end', () => process.exit(0))
  process.stdin.on('error', () => process.exit(0))
}
