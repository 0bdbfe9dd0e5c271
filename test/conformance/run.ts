import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { loadLibrary } from './library.js'
import { judgeMany } from './many-files.js'
import { reportOf } from './table.js'
import type { Tally } from './tally.js'
import { judgeAll } from './walk.js'

// Judges the built library by real data and by the answers of programs everybody trusts. Exit code 0: all is well;
// 1: something failed, or was skipped for no known reason; 2: there is nothing to judge by.

/** Files of annotations in a data set that is converted without any pictures. */
const MANY = 10_000

const folders = ['ANNOFORM_CORPORA', 'ANNOFORM_GOLDENS'].map((variable) => {
  const value = process.env[variable]
  return { variable, folder: value === undefined || value === '' ? undefined : resolve(value) }
})
const faults = folders.flatMap(({ variable, folder }) => {
  if (folder === undefined) return [`${variable} is not set: give it the folder to judge by.`]
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? []
    : [`${variable}: there is no folder ${folder}.`]
})
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`)
  process.exitCode = 2
} else await judge(folders[0]?.folder, folders[1]?.folder)

async function judge(corpora: string | undefined, goldens: string | undefined): Promise<void> {
  const library = await loadLibrary(new URL('../dist/', import.meta.url))
  const tallies: Tally[] = []
  for await (const tally of judgeAll(goldens, { library, corpora })) tallies.push(tally)
  const found = tallies.length > 0
  if (found) tallies.push(await judgeMany(MANY, library))
  else process.stderr.write('There is no folder to judge by in either of them.\n')
  process.stdout.write(reportOf(tallies))
  process.exitCode = found && tallies.every(({ sound }) => sound) ? 0 : 1
}
