import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { registerConvert } from './convert.js'
import { registerDemo } from './demo.js'
import { EXIT, exitCodeOfError } from './exit-code.js'
import { failureText } from './failure.js'
import { registerFormats } from './formats.js'
import { registerInspect } from './inspect.js'
import { styleOf, type Terminal } from './terminal.js'

/** Runs a command line (without the program's name) and gives the exit code. Never throws. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.clean
  try {
    const program = buildProgram(terminal, (result) => {
      code = result
    })
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    // Help and version end this way too; commander has said already what there was to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage
    const debug = (terminal.env.ANNOFORM_DEBUG ?? '') !== ''
    terminal.stderr.write(failureText(error, styleOf(terminal.stderr, terminal.env), debug))
    return exitCodeOfError(error)
  }
}

function buildProgram(terminal: Terminal, done: (code: number) => void): Command {
  const program = new Command('annoform')
    .description('Turns annotations of images, videos and captions from any common format into any other, exactly.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText('after', EXIT_HELP)
  registerConvert(program, terminal, done)
  registerInspect(program, terminal, done)
  registerFormats(program, terminal, done)
  registerDemo(program, terminal, done)
  return program
}

const EXIT_HELP = `
Exit codes:
  0    clean
  1    a condition of --fail-on was met
  2    wrong usage
  3    the input is unreadable, of no known format or empty, or the output cannot be written
  4    finished, but problems left something out
  70   a defect of annoform
  130  interrupted`

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}
