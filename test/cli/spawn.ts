import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = process.env.ANNOFORM_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url))
/** The built program. */
export const main = join(resolve(dist), 'cli', 'main.js')

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the built program in a folder. */
export function startCli(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  if (!existsSync(main)) throw new Error(`${main} is not there: run "npm run build" first, or set ANNOFORM_DIST`)
  return spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, NO_COLOR: '', ...env } })
}

/** What it said and how it ended. */
export function finished(child: ChildProcess): Promise<Finished> {
  return new Promise((done, fail) => {
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', fail)
    child.on('close', (code) => done({ code, stdout, stderr }))
  })
}

export function runCli(
  args: readonly string[],
  cwd: string,
  env?: Readonly<Record<string, string>>,
): Promise<Finished> {
  return finished(startCli(args, cwd, env))
}
