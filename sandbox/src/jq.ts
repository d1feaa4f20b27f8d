// jq programs: a fresh engine for each, without files, environment or modules. Nothing can interrupt it; the gateway ends the process.
import { loadJq } from 'jq-wasm'
import binary from 'jq-wasm/jq.wasm'

export type Transformed = { ok: true, outputs: string[] } | { ok: false, code: string, error: string }

const COMPILE_ERROR = 3
const LONGEST_ERROR = 2000

let compiled: WebAssembly.Module | undefined
let spare: ReturnType<typeof loadJq> | undefined

export async function transform(program: string, input: string, maxOutputs: number, maxBytes: number): Promise<Transformed> {
  const { stdout, stderr, exitCode } = await run(program, input)
  if (exitCode !== 0) return { ok: false, code: exitCode === COMPILE_ERROR ? 'syntax_error' : 'jq_error', error: words(stderr, exitCode) }
  if (stdout.length > maxBytes) return { ok: false, code: 'output_limit', error: `the program gives more than ${maxBytes} bytes` }
  const outputs = stdout.length === 0 ? [] : stdout.split('\n')
  return outputs.length > maxOutputs
    ? { ok: false, code: 'output_limit', error: `the program gives more than ${maxOutputs} outputs` }
    : { ok: true, outputs }
}

/** What is wrong with a program; undefined where it compiles. Without input nothing of it runs. */
export async function check(program: string): Promise<string | undefined> {
  const { stderr, exitCode } = await run(program, '')
  return exitCode === COMPILE_ERROR ? words(stderr, exitCode) : undefined
}

/** Makes the engine of the next program: its memory, and the garbage of the one before, cost more than most programs. */
export function prepare(): void {
  spare ??= engine()
}

function engine(): ReturnType<typeof loadJq> {
  compiled ??= new WebAssembly.Module(binary as unknown as Uint8Array)
  return loadJq({ wasmModule: compiled })
}

// The line feed in front keeps a program that begins with "-" from being read as an option.
async function run(program: string, input: string) {
  const taken = spare ?? engine()
  spare = undefined
  const jq = await taken
  return jq.raw(input, '\n' + program, ['-c'])
}

// jq's own words without its name, and with the lines of the caller's text.
function words(stderr: string, exitCode: number): string {
  const text = stderr
    .replace(/^jq: (?:error \(at [^)]*\)(?: \(not a string\))?: |error: )?/gm, '')
    .replace(/\bline (\d+)/g, (_, line) => `line ${Math.max(1, Number(line) - 1)}`)
    .trim()
  return (text.length > 0 ? text : `jq ended with ${exitCode}`).slice(0, LONGEST_ERROR)
}
