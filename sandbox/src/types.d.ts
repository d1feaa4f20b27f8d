declare module '*.isolate.js' { const text: string; export default text }
declare module '@jitl/quickjs-ng-wasmfile-release-sync/wasm' { const bytes: Uint8Array; export default bytes }
declare const JQ_VERSION: string
declare module 'jq-wasm/jq.wasm' { const bytes: Uint8Array; export default bytes }
