// One QuickJS instance with memory of its own. It serves one job and is dropped whole: nothing can survive from one caller to the next.
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSContext, type QuickJSHandle, type QuickJSRuntime, type QuickJSSyncVariant } from 'quickjs-emscripten-core'
import { QuickJSFFI } from '@jitl/quickjs-ng-wasmfile-release-sync/ffi'
import load from '@jitl/quickjs-ng-wasmfile-release-sync/emscripten-module'
import binary from '@jitl/quickjs-ng-wasmfile-release-sync/wasm'
import bootstrap from './bootstrap.isolate.js'

const PAGE = 64 * 1024
const INITIAL_PAGES = 256

const compiled = new WebAssembly.Module(binary)
const base: QuickJSSyncVariant = { type: 'sync', importFFI: async () => QuickJSFFI, importModuleLoader: async () => load }

export interface Isolate {
  runtime: QuickJSRuntime
  vm: QuickJSContext
  /** The function of the bootstrap text; it takes the host and the settings of the job. */
  boot: QuickJSHandle
  memory: WebAssembly.Memory
  memoryMb: number
}

/** A fresh isolate. The memory's own maximum is the limit: QuickJS's does not hold in these builds. */
export async function create(memoryMb: number, stackKb: number): Promise<Isolate> {
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: Math.max(INITIAL_PAGES, memoryMb * 1024 * 1024 / PAGE) })
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(base, {
    wasmModule: compiled,
    wasmMemory: memory,
    emscriptenModule: { print: note, printErr: note } as never,
  }))
  const runtime = quickjs.newRuntime()
  runtime.setMaxStackSize(stackKb * 1024)
  const vm = runtime.newContext()
  return { runtime, vm, boot: vm.unwrapResult(vm.evalCode(bootstrap, 'bootstrap')), memory, memoryMb }
}

function note(text: string): void {
  process.stderr.write(String(text) + '\n')
}
