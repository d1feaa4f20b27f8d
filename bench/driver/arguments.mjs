// What was asked for on the command line.
import { parseArgs } from 'node:util'

/** The arguments; where they are asked for or wrong, the help is shown and the process ends. */
export function argumentsOf(help, options) {
  try {
    const { values, positionals } = parseArgs({ ...options, options: { ...options.options, help: { type: 'boolean' } } })
    if (!values.help) return { values, positionals }
    console.log(help)
    process.exit(0)
  } catch (error) {
    wrong(help, error.message)
  }
}

/** Says what is wrong, shows the help, and ends the process. */
export function wrong(help, message) {
  console.error(`${message}\n\n${help}`)
  process.exit(2)
}
