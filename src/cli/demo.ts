import type { Command } from 'commander'
import { EXIT } from './exit-code.js'
import { styleOf, type Terminal } from './terminal.js'

interface Values {
  readonly out: string
  readonly overwrite?: boolean
}

/** Adds `demo`; `done` is told the exit code. */
export function registerDemo(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('demo')
    .summary('draw a small data set, write it in every format, and show what becomes of it')
    .description(
      'Draws a small data set with every type of annotation, writes it in every format, draws previews,\n' +
        'and shows what became of every annotation in every format. Needs no data and no network.',
    )
    .requiredOption('--out <folder>', 'where to write; must be empty or not exist')
    .option('--overwrite', 'write into a folder that is not empty; only files of the same name are replaced')
    .action(async ({ out, overwrite }: Values) => {
      const start = performance.now()
      // Loaded only now: what draws the pictures would slow down every other command.
      const [{ runDemo }, { demoSummary }] = await Promise.all([import('./demo/run.js'), import('./demo/summary.js')])
      const status = statusLine(terminal)
      try {
        const result = await runDemo({ out, overwrite, signal: terminal.signal, onStep: status.show })
        status.clear()
        const seconds = (performance.now() - start) / 1000
        terminal.stdout.write(demoSummary(result, out, seconds, styleOf(terminal.stdout, terminal.env)))
      } finally {
        status.clear()
      }
      done(EXIT.clean)
    })
}

/** One line that says what is being done, only where a person looks. */
function statusLine({ stderr, env }: Terminal): { show(what: string): void; clear(): void } {
  const watched = stderr.isTTY === true && env.TERM !== 'dumb'
  let shown = false
  return {
    show(what) {
      if (!watched) return
      stderr.write(`\r\u001b[K${what} …`)
      shown = true
    },
    clear() {
      if (shown) stderr.write('\r\u001b[K')
      shown = false
    },
  }
}
