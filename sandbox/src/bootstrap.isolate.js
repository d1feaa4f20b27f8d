// Runs inside the isolate before the script does. `host` is all there is outside; every built-in that is used later is taken now,
// so that a script that replaces one hurts nobody but itself.
(function (host, setup) {
  'use strict'

  const { parse, stringify } = JSON
  const { create, defineProperty, freeze, keys, getOwnPropertyNames, preventExtensions } = Object
  const { isArray, from } = Array
  const OwnPromise = Promise, OwnError = Error, OwnProxy = Proxy, OwnMap = Map, OwnSet = Set, OwnTypeError = TypeError, OwnString = String
  const uncurry = Function.prototype.call.bind.bind(Function.prototype.call)
  const slice = uncurry(String.prototype.slice)
  const wellFormed = uncurry(String.prototype.toWellFormed)
  const join = uncurry(Array.prototype.join)
  const slices = uncurry(Array.prototype.slice)
  const digits = uncurry(BigInt.prototype.toString)

  const LONGEST_MESSAGE = 4000, LONGEST_LOG = 400
  const SILENT = create(null)
  for (const name of ['then', 'toJSON', 'constructor', 'prototype', 'valueOf', 'toString', 'inspect', '__proto__']) SILENT[name] = true

  for (const name of ['performance', 'SharedArrayBuffer', 'WeakRef', 'FinalizationRegistry', 'queueMicrotask', 'DOMException', 'Atomics', 'navigator', 'gc', 'print', 'std', 'os', 'bjson', 'scriptArgs']) delete globalThis[name]
  defineProperty(OwnError, 'prepareStackTrace', { value: undefined, writable: false, configurable: false })

  class ToolError extends Error {
    constructor(message, fields) {
      super(message)
      defineProperty(this, 'message', { value: this.message, enumerable: true, configurable: true, writable: true }) // It stands in JSON of the error as well.
      if (fields) for (const name of keys(fields)) if (name !== 'message' && name !== '__proto__') defineProperty(this, name, { value: fields[name], enumerable: true, configurable: true, writable: true })
    }
  }
  defineProperty(ToolError.prototype, 'name', { value: 'ToolError', writable: true, configurable: true })

  const fixed = (name, value) => defineProperty(globalThis, name, { value, writable: false, configurable: false, enumerable: true })
  const pending = create(null)

  function unfit(path, problem) {
    const tool = slice(join(path, '.'), path[0] === '@hypergate' ? 1 : 0)
    const backend = path.length > 1 && setup.names.includes(path[0]) ? { backend: path[0] } : {}
    return new ToolError(`${tool} ${problem}`, { code: 'invalid_input', tool, ...backend, sent: false })
  }

  function send(path, args) {
    return new OwnPromise((resolve, reject) => {
      const isNone = args.length === 0 || (args.length === 1 && args[0] === undefined)
      if (args.length > 1 || (!isNone && (typeof args[0] !== 'object' || args[0] === null || isArray(args[0])))) throw unfit(path, "takes one object with its arguments, such as ({ id: 'x' })")
      const json = isNone ? '{}' : stringify(args[0], plain) ?? ''
      if (json[0] !== '{') throw unfit(path, "takes a plain object with its arguments, such as ({ id: 'x' })") // A date is an object, but no such thing as JSON.
      if (json.length > setup.argumentBytes) throw unfit(path, 'is given arguments that are too long')
      const { stack } = new OwnError('')
      const id = host.call(stringify(path), json, stack)
      if (id < 0) throw new ToolError('there is no operation of such a name', { code: 'unknown_operation', sent: false })
      if (id === 0) throw unfit(path, 'is given arguments that are too long')
      pending[id] = { __proto__: null, resolve, reject, stack }
    })
  }

  const plain = (_, value) => typeof value === 'bigint' ? digits(value) : typeof value === 'string' ? wellFormed(value) : value
  const returned = (_, value) => value instanceof OwnMap || value instanceof OwnSet ? from(value) : value instanceof OwnError ? described(value) : plain('', value)

  // JSON of an error alone would leave out what it says.
  function described(error) {
    const all = { __proto__: null, name: error.name, message: error.message }
    for (const name of keys(error)) all[name] = error[name]
    return all
  }

  const denied = () => { throw new OwnTypeError('api cannot be changed') }
  const traps = (get, names) => ({
    __proto__: null,
    get,
    has: (_, key) => typeof key === 'string' && !SILENT[key],
    ownKeys: () => names,
    getOwnPropertyDescriptor: (_, key) => typeof key === 'string' && names.includes(key) ? { value: get(_, key), enumerable: true, configurable: true, writable: false } : undefined,
    getPrototypeOf: () => null,
    isExtensible: () => true,
    set: denied, deleteProperty: denied, defineProperty: denied, setPrototypeOf: denied, preventExtensions: denied, construct: denied,
  })
  // A function as target makes the proxy callable; whatever a reader asks of it that is not an operation is undefined.
  const callable = path => new OwnProxy(() => {}, {
    ...traps((_, key) => typeof key !== 'string' || SILENT[key] || path.length > 2 ? undefined : callable([...path, key]), []),
    __proto__: null,
    apply: (_, self, args) => send(path, args),
  })
  const api = new OwnProxy(create(null), traps((_, key) => typeof key !== 'string' || SILENT[key] ? undefined : callable([key]), setup.names))

  fixed('ToolError', ToolError)
  for (const name of setup.isScript ? ['api', 'toolmesh', 'tools', 'codemode'] : setup.hasApi ? ['api'] : []) fixed(name, api)
  for (const name of keys(setup.vars)) fixed(name, frozen(parse(setup.vars[name])))
  if (setup.isScript) fixed('hypergate', freeze({
    __proto__: null,
    backends: deepFreeze(setup.backends),
    search: (text, limit) => send(['@hypergate', 'search'], [{ text, limit }]),
    describe: name => send(['@hypergate', 'describe'], [{ name }]),
    waitTask: (task, options) => send(['@hypergate', 'waitTask'], [{ task, ...options }]),
    pause: milliseconds => send(['@hypergate', 'pause'], [{ milliseconds }]),
    previous: run => send(['@hypergate', 'previous'], [{ run }]),
  }))
  const log = level => (...values) => host.log(level, slice(join(values.length === 1 ? [shown(values[0])] : from(values, shown), ' '), 0, LONGEST_LOG + 1))
  fixed('console', freeze({ __proto__: null, log: log('log'), info: log('info'), warn: log('warn'), error: log('error'), debug: log('debug') }))

  // A line of the console never fails the script.
  function shown(value) {
    try {
      if (typeof value === 'string') return value
      if (typeof value === 'bigint') return digits(value)
      if (value instanceof OwnError) return `${value.name}: ${value.message}`
      return stringify(value, returned) ?? OwnString(typeof value === 'function' ? '[function]' : value)
    } catch {
      return '[cannot be shown]'
    }
  }

  // A gate may change one member of what it is given, and nothing else.
  function frozen(value) {
    if (setup.open === undefined) return deepFreeze(value)
    for (const name of keys(value)) {
      if (name !== setup.open) defineProperty(value, name, { value: deepFreeze(value[name]), writable: false, configurable: false })
    }
    return preventExtensions(value)
  }

  function deepFreeze(value) {
    if (typeof value === 'object' && value !== null) {
      for (const name of getOwnPropertyNames(value)) if (!(isArray(value) && name === 'length')) deepFreeze(value[name])
      freeze(value)
    }
    return value
  }

  // Whatever a script throws is told, also what cannot be read.
  function told(error) {
    try {
      return wellFormed(stringify(fault(error), plain))
    } catch {
      return stringify({ __proto__: null, name: 'Error', message: 'what the script threw cannot be shown; throw an Error with a message', stack: '' })
    }
  }

  function fault(error) {
    const known = { __proto__: null, name: 'Error', message: '', stack: '' }
    if (typeof error !== 'object' || error === null) {
      known.message = slice(typeof error === 'string' ? error : typeof error === 'bigint' ? digits(error) : stringify(error, returned) ?? OwnString(error), 0, LONGEST_MESSAGE)
      return known
    }
    known.name = slice(OwnString(error.name ?? 'Error'), 0, 100)
    known.message = slice(OwnString(error.message ?? stringify(error, returned)), 0, LONGEST_MESSAGE)
    if (known.message === '' && isArray(error.errors)) known.message = slice(join(from(error.errors, shown), '; '), 0, LONGEST_MESSAGE)
    known.stack = slice(OwnString(error.stack ?? ''), 0, LONGEST_MESSAGE)
    if (error instanceof ToolError) {
      known.data = { __proto__: null }
      for (const name of keys(error)) known.data[name] = error[name]
    }
    return known
  }

  // A promise that the script rejects itself, and of which nobody ever asks how it ended. Whoever waits for it reads its constructor first.
  const rejected = new OwnMap()
  const rejects = uncurry(OwnPromise.reject)
  const remember = uncurry(OwnMap.prototype.set), forget = uncurry(OwnMap.prototype.delete), reasons = uncurry(OwnMap.prototype.values)
  defineProperty(OwnPromise, 'reject', {
    value: function reject(reason) {
      const promise = rejects(this, reason)
      if (this === OwnPromise) {
        defineProperty(promise, 'constructor', { get: () => (forget(rejected, promise), OwnPromise), enumerable: false, configurable: true })
        remember(rejected, promise, reason)
      }
      return promise
    }, writable: true, configurable: true,
  })

  function tellRejected() {
    const lost = from(reasons(rejected), shown)
    if (lost.length > 0) host.log('warn', slice(`${lost.length === 1 ? 'A promise was' : `${lost.length} promises were`} rejected and never awaited: ${lost[0]}`, 0, LONGEST_LOG))
  }

  async function run(main) {
    try {
      const value = setup.open === undefined ? await main() : (await main(globalThis.ctx), globalThis.ctx[setup.open])
      if (typeof value === 'function') host.log('warn', 'The script returned a function, which is no data: call it, and return what it gives.')
      const json = stringify(value, returned) ?? 'null'
      if (json.length > setup.resultBytes) return host.done(false, stringify({ __proto__: null, name: 'output_limit', message: `the returned value is longer than ${setup.resultBytes} bytes; return less of it` }))
      tellRejected()
      host.done(true, json)
    } catch (error) {
      host.done(false, told(error))
    }
  }

  function settle(id, ok, json) {
    const { resolve, reject, stack } = pending[id]
    delete pending[id]
    if (ok) return resolve(parse(json))
    const fields = parse(json)
    const error = new ToolError(fields.message, fields)
    defineProperty(error, 'stack', { value: stack, writable: true, configurable: true })
    reject(error)
  }

  // Statements that run by themselves: their last value is the result.
  const follow = statements => run(async () => (await statements).value)

  return { run, follow, settle }
})
