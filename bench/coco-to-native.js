// COCO → native against Python's json.load of the same file, in turns, whole processes.
// `npm run bench:coco [-- images]`; needs a build. Prints medians and their ratio.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROUNDS = 7
const images = process.argv[2] ?? '10000'
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'annoform-bench-'))
const file = join(folder, 'data.json')
const main = here('../dist/cli/main.js')

/** Runs a process whose last line of standard output is its peak memory in kilobytes. */
function measured(command, args) {
  const started = process.hrtime.bigint()
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`)
  return { seconds, megabytes: Number(stdout.trim().split('\n').at(-1)) / 1024 }
}

const ours = () => {
  const out = join(folder, 'out')
  rmSync(out, { recursive: true, force: true })
  const script = `process.argv.splice(1, 1); process.on('exit', () => console.log(process.resourceUsage().maxRSS)); await import(${JSON.stringify(`file://${main}`)})`
  return measured(process.execPath, [
    '--input-type=module',
    '-e',
    script,
    'x',
    main,
    'convert',
    file,
    '--to',
    'native',
    '--out',
    out,
    '--quiet',
  ])
}
const theirs = () =>
  measured('python3', [
    '-c',
    'import json, resource, sys; json.load(open(sys.argv[1])); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)',
    file,
  ])
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

try {
  if (!existsSync(main)) throw new Error('build first: npm run build')
  spawnSync(process.execPath, [here('coco-data.js'), file, images], { stdio: 'inherit' })
  const python = spawnSync('python3', ['-c', 'import json']).status === 0
  const rows = { annoform: [], 'json.load': [] }
  for (let round = 0; round < ROUNDS; round++) {
    rows.annoform.push(ours())
    if (python) rows['json.load'].push(theirs())
  }
  console.log(`${(statSync(file).size / 1e6).toFixed(1)} MB, ${ROUNDS} rounds`)
  for (const [name, runs] of Object.entries(rows)) {
    if (runs.length === 0) console.log(`${name}: absent (python3 is not here)`)
    else
      console.log(
        `${name.padEnd(10)} ${median(runs.map((run) => run.seconds)).toFixed(2)} s  ${Math.max(...runs.map((run) => run.megabytes)).toFixed(0)} MB peak`,
      )
  }
  if (python) {
    const ratio = rows.annoform.map((run, i) => run.seconds / rows['json.load'][i].seconds)
    console.log(
      `ratio      ${median(ratio).toFixed(2)} (${Math.min(...ratio).toFixed(2)} to ${Math.max(...ratio).toFixed(2)})`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
