// Counts tokens as a model of the o200k family does, and checks the counter against a second one.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(fileURLToPath(new URL('../peers/package.json', import.meta.url)))
const { countTokens } = require('gpt-tokenizer/encoding/o200k_base')

export const tokens = text => countTokens(text)

/** Throws where the two counters differ on any of the texts. */
export function checkCounter(texts) {
  const { Tiktoken } = require('js-tiktoken/lite')
  const second = new Tiktoken(require('js-tiktoken/ranks/o200k_base').default ?? require('js-tiktoken/ranks/o200k_base'))
  for (const text of texts) {
    const counts = [countTokens(text), second.encode(text).length]
    if (counts[0] !== counts[1]) throw new Error(`the token counters differ: ${counts}`)
  }
}
