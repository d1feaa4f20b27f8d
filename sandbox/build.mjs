// Bundles the worker into artifacts/sandbox/worker.mjs, and writes down its hash for the program that starts it. The packages are
// installed by the lock file into artifacts/npm/sandbox first, where they are not there yet.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const artifacts = join(here, '../artifacts')
const target = join(artifacts, 'sandbox')
const modules = install(join(artifacts, 'npm/sandbox'))
const { build } = createRequire(join(modules, 'package.json'))('esbuild')
const packages = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).devDependencies

// What the worker must not be able to reach by an import of its own or of a package.
const forbidden = /\b(?:from|import|require)\s*\(?\s*["'](?:node:)?(?:net|https?2?|http2|dgram|dns|tls|child_process|worker_threads|vm|inspector|cluster|module|os)["']/

const result = await build({
  entryPoints: [join(here, 'src/main.ts')],
  bundle: true,
  nodePaths: [modules],
  write: false,
  format: 'esm',
  platform: 'neutral',
  conditions: ['browser', 'import'],
  mainFields: ['module', 'main'],
  external: ['node:fs'],
  target: 'node20',
  loader: { '.wasm': 'binary', '.isolate.js': 'text' },
  define: { JQ_VERSION: JSON.stringify(packages['jq-wasm'].split('-jq-')[1]) },
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'warning',
})

const worker = result.outputFiles[0].contents
const found = forbidden.exec(Buffer.from(worker).toString('utf8'))
if (found) throw new Error(`The worker imports what it must not have: ${found[0]}`)

mkdirSync(target, { recursive: true })
writeFileSync(join(target, 'worker.mjs'), worker)
writeFileSync(join(target, 'worker.mjs.sha256'), createHash('sha256').update(worker).digest('hex') + '\n')
writeFileSync(join(target, 'THIRD-PARTY.md'), notices(['quickjs-emscripten-core', '@jitl/quickjs-ng-wasmfile-release-sync', '@jitl/quickjs-ffi-types', 'jq-wasm']))

function notices(names) {
  const texts = names.map(name => {
    const folder = join(modules, name)
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return `## ${name} ${version}\n\n${readFileSync(join(folder, licence(folder)), 'utf8').trim()}\n`
  })
  return `# Packages inside worker.mjs\n\n${texts.join('\n')}`
}

function licence(folder) {
  for (const name of ['LICENSE', 'LICENSE.md', 'LICENCE']) {
    try { readFileSync(join(folder, name)); return name } catch { /* the next name */ }
  }
  throw new Error(`${folder} has no licence text.`)
}

function install(folder) {
  const stamp = join(folder, 'node_modules/.installed')
  const lock = join(here, 'package-lock.json')
  if (read(stamp) !== read(lock)) {
    mkdirSync(folder, { recursive: true })
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(here, name), join(folder, name))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' })
    copyFileSync(lock, stamp)
  }
  return join(folder, 'node_modules')
}

function read(path) {
  try { return readFileSync(path, 'utf8') } catch { return undefined }
}
