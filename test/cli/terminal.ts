import { run } from '../../src/cli/program.js'
import type { Terminal } from '../../src/cli/terminal.js'

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line in this process; `tty` makes it believe that somebody looks on. */
export async function runHere(
  args: readonly string[],
  options: { readonly env?: Terminal['env']; readonly tty?: boolean; readonly signal?: AbortSignal } = {},
): Promise<Ran> {
  const said = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: options.tty === true,
    write: (text: string) => {
      said[name] += text
    },
  })
  const code = await run(args, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: options.env ?? {},
    signal: options.signal ?? new AbortController().signal,
  })
  return { code, ...said }
}
