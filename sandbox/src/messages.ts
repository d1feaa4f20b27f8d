// The messages of the protocol. Payloads travel as JSON text inside JSON, so that no digit of a number is lost on the way.

export interface Limits {
  cpu_ms: number
  stack_kb: number
  memory_mb: number
  log_lines: number
  log_bytes: number
  result_bytes: number
}

export type Incoming =
  | { t: 'hello', protocol: number, nonce: string, limits: Limits }
  | { t: 'run', job: string, kind: 'script' | 'composite' | 'gate', code: string, vars: Record<string, string>, backends: { name: string, kind: string, title: string }[], open?: string, limits?: Partial<Limits> }
  | { t: 'jq', job: string, program: string, input: string, max_outputs: number, max_bytes: number }
  | { t: 'check', job: string, kind: 'script' | 'jq', code: string }
  | { t: 'reply', job: string, call: number, ok: boolean, json?: string, error?: object }
  | { t: 'cancel', job: string, why: string }
  | { t: 'ping', n: number }
  | { t: 'bye' }

export interface Fault {
  code: string
  name: string
  message: string
  line?: number
  column?: number
  /** Whether line and column are where it happened. */
  exact?: true
  stack?: string[]
  data?: object
}
