// The caller's text: how it is wrapped, and where in it something happened.
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core'
import type { Fault } from './messages'

const FILE = 'script'
const WRAPPER_LINES = 1
const MOST_FRAMES = 8
const STATEMENTS = 1 << 3 | 1 << 7 // Strict, with await.
const COMPILE_ONLY = 1 << 5
const WORD = /[\p{ID_Continue}$]/u
const TWICE = /redefinition|already defined/ // Found behind the name.
const GLOBAL_DECLARATION = /\bvar\b/
const FUNCTION = /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*(?:async\b|function\b|\(|[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=>)/u

/** A function of no arguments whose call runs the text: a body, or one expression that may be a function. */
export function wrap(vm: QuickJSContext, code: string): { code: QuickJSHandle, isBody?: true } | { fault: Fault } {
  const text = code.replace(/;\s*$/, '')
  if (FUNCTION.test(text)) {
    const expression = vm.evalCode(`(async function () { "use strict"; const main = (\n${text}\n); return typeof main === "function" ? await main() : main })`, FILE)
    if (!expression.error) return { code: expression.value }
  }
  const compiled = vm.evalCode(body(code), FILE)
  return compiled.error ? { fault: located(vm, code, { ...faultOf(vm.dump(compiled.error)), code: 'syntax_error' }) } : { code: compiled.value, isBody: true }
}

// The engine tells the line of a syntax error and no column. A line feed moves or changes the error as long as it stands before the
// end of the token that was not expected, and does nothing behind it: that is how the token is found. It is compiled alone.
function located(vm: QuickJSContext, code: string, fault: Fault): Fault {
  const lines = code.split('\n')
  const text = lines[(fault.line ?? 0) - 1]
  if (text === undefined) return { ...fault, message: fault.message.startsWith('unexpected end') ? fault.message : 'unexpected end: a bracket is left open, or closed once too often', column: undefined }
  const before = lines.slice(0, fault.line! - 1).join('\n').length + (fault.line! > 1 ? 1 : 0)
  let [low, high] = [0, text.length + 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const { error, value } = vm.evalCode(body(`${code.slice(0, before + middle)}\n${code.slice(before + middle)}`), FILE, COMPILE_ONLY)
    value?.dispose()
    const same = error !== undefined && isSame(faultOf(vm.dump(error)), fault)
    if (same) high = middle
    else low = middle
  }
  const start = startOf(text, low, fault.message)
  return { ...fault, column: 1 + (TWICE.test(fault.message) ? startOf(text, text.slice(0, start).trimEnd().length - 1, '') : start), exact: true }
}

const isSame = (one: Fault, other: Fault) => one.line === other.line && one.message === other.message

// The token's first character: what was found may lie within it.
function startOf(text: string, at: number, message: string): number {
  const token = /'(.+)'/.exec(message)?.[1] ?? ''
  for (let back = 0; back < token.length && back <= at; back++) if (text.startsWith(token, at - back)) return at - back
  while (at > 0 && WORD.test(text[at]!) && WORD.test(text[at - 1]!)) at--
  return at
}

/** Whether a body returns nothing by itself, so that its last value is its result, as in a console. Runs nothing. */
export function isStatements(vm: QuickJSContext, code: string): boolean {
  return !GLOBAL_DECLARATION.test(code) && !vm.evalCode(block(code), FILE, STATEMENTS | COMPILE_ONLY).error
}

/** Runs such a body; gives a promise of {value}. */
export function runStatements(vm: QuickJSContext, code: string) {
  return vm.evalCode(block(code), FILE, STATEMENTS)
}

const body = (code: string) => `(async function () { "use strict";\n${code}\n})`

// A block keeps its declarations away from the globals.
const block = (code: string) => `{\n${code}\n}`

/** The same for a gate, which is one function and nothing else: what merely stands there would never be run, and let everything pass. */
export function wrapGate(vm: QuickJSContext, code: string): { code: QuickJSHandle } | { fault: Fault } {
  const gate = vm.evalCode(`(async function () { "use strict"; const main = (\n${code.replace(/;\s*$/, '')}\n); if (typeof main !== "function") throw new TypeError("a gate is function (ctx) { … }"); return await main(...arguments) })`, FILE)
  return gate.error ? { fault: { ...faultOf(vm.dump(gate.error)), code: 'syntax_error' } } : { code: gate.value }
}

/** The innermost place in the caller's text, counted from 1. */
export function placeOf(stack: string): { line?: number, column?: number } {
  const place = /\bscript:(\d{1,7})(?::(\d{1,7}))?/.exec(stack) // A script may write a stack of its own.
  return place ? { line: Math.max(1, Number(place[1]) - WRAPPER_LINES), ...(place[2] ? { column: Number(place[2]) } : {}) } : {}
}

/** The frames of the caller's text, with its own line numbers. */
export function frames(stack: string): string[] {
  return stack.split('\n').filter(line => line.includes(`${FILE}:`)).slice(0, MOST_FRAMES)
    .map(line => line.trim().replace(/\bscript:(\d+)/, (_, number) => `script:${Math.max(1, Number(number) - WRAPPER_LINES)}`))
}

/**
 * What went wrong, as data: a thrown value that the isolate described. Its place is exact where what was called failed, or was no function;
 * else it is that of the call before.
 */
export function faultOf(error: unknown): Fault {
  const { name = 'Error', message = '', stack = '', data } = typeof error === 'object' && error !== null ? error as { name?: string, message?: string, stack?: string, data?: { code?: string } } : { message: String(error) }
  const isOfCallee = stack.length > 0 && !stack.split('\n', 1)[0]!.includes(`${FILE}:`)
  const exact = data !== undefined || isOfCallee || /\bnot a function$/.test(message)
  return { code: codeOf(name, message, data), name, message, ...placeOf(stack), ...(exact ? { exact } : {}), stack: frames(stack), ...(data ? { data } : {}) }
}

function codeOf(name: string, message: string, data?: { code?: string }): string {
  if (name === 'output_limit') return name
  if (data) return typeof data.code === 'string' ? data.code : 'script_error'
  if (name === 'RangeError' && /call stack/i.test(message)) return 'stack_overflow'
  if (/out of memory/i.test(message)) return 'memory_limit'
  return 'script_error'
}
