// Run-length encoding against pycocotools: its C functions called straight in its extension module, and the calls a user
// makes; in turns, each timed inside its own process. `node bench/rle.js [rows…]`; needs a build. ANNOFORM_PYTHON names the
// interpreter (default python3). Everything is checked to give the same bytes first. Prints markdown.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { cocoRleString, fillRings, iouMatrix, Mask, maskFromCocoString } from '../dist/mask/index.js'
import { outlines, polygons, salted } from './trace-fill-data.js'

const ROUNDS = 9
const SIZES = [
  ['1080p', 1920, 1080],
  ['12 MP', 4000, 3000],
]
const folder = mkdtempSync(join(tmpdir(), 'annoform-bench-'))
const python = process.env.ANNOFORM_PYTHON ?? 'python3'
const only = process.argv.slice(2)

/** pycocotools in a process of its own that answers one request at a time, or null when it does not import. */
async function startRival() {
  const script = fileURLToPath(new URL('rle.py', import.meta.url))
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await answers.next()
    return done ? null : JSON.parse(value)
  }
  const versions = await next()
  if (versions === null) return null
  return {
    versions,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`)
      const answer = await next()
      if (answer === null) throw new Error(`${python} ended early`)
      return answer
    },
    stop: () => child.stdin.end(),
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

/** Milliseconds a call, over so many calls. */
function timed(work, repeat) {
  const started = process.hrtime.bigint()
  for (let i = 0; i < repeat; i++) work()
  return Number(process.hrtime.bigint() - started) / 1e6 / repeat
}

/** Runs until the optimizer has seen enough, and says how many calls make about 25 ms. */
function warmed(work) {
  const until = performance.now() + 250
  while (performance.now() < until) work()
  return Math.max(1, Math.round(25 / timed(work, 3)))
}

const shown = (value) => value.toFixed(value < 0.1 ? 3 : 2)

/** One row: our work and theirs, in turns, after theirs was found to give `result`. */
async function compare(title, target, work, request, result) {
  if (only.length > 0 && !only.some((word) => title.includes(word))) return
  const repeat = warmed(work)
  const ours = []
  const theirs = []
  let repeatTheirs = 1
  if (rival !== null) {
    const out = join(folder, 'out')
    const { ms } = await rival.ask({ ...request, repeat: 3, out })
    const equal = result === undefined || Buffer.from(result).equals(readFileSync(out))
    if (!equal) throw new Error(`not the same: ${title}`)
    repeatTheirs = Math.max(1, Math.round(25 / ms))
  }
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(timed(work, repeat))
    if (rival !== null) theirs.push((await rival.ask({ ...request, repeat: repeatTheirs })).ms)
  }
  const own = median(ours).toFixed(3)
  if (rival === null) return console.log(`| ${title} | ${own} | absent | | ${target} |`)
  const ratios = ours.map((ms, i) => ms / theirs[i])
  console.log(
    `| ${title} | ${own} | ${median(theirs).toFixed(3)} | ${shown(median(ratios))} (${shown(Math.min(...ratios))} to ${shown(Math.max(...ratios))}) | ${target} |`,
  )
}

/** Saves bytes or text, and gives the path. */
function saved(name, data) {
  const file = join(folder, name)
  writeFileSync(file, data)
  return file
}

/** A mask of the same runs that has looked at none of them yet: what a mask keeps once found must not be free. */
const afresh = (mask) => Mask.trusted(mask.width, mask.height, mask.runs)

const texts = (masks) => masks.map((mask) => cocoRleString(mask)).join('\n')

async function imageRows(name, width, height) {
  const object = fillRings(outlines(5, width, height, 'object'), width, height, { rule: 'coco' })
  const blobs = fillRings(outlines(3, width, height, 'blobs'), width, height, { rule: 'coco' })
  const noise = Mask.fromDense(salted(blobs.toDense(), 7, 0.02), width, height)
  for (const [kind, mask] of Object.entries({ object, blobs, noise })) {
    const size = { width, height }
    const title = `${name} ${kind} (${mask.runs.length} runs)`
    const rows = mask.toDense('row')
    const columns = mask.toDense('column')
    const text = cocoRleString(mask)
    const column = { ...size, order: 'column', file: saved(`${name}-${kind}-columns`, columns) }
    const row = { ...size, order: 'row', file: saved(`${name}-${kind}-rows`, rows) }
    const string = { ...size, file: saved(`${name}-${kind}-text`, text) }
    const encodeColumns = () => Mask.fromDense(columns, width, height, { order: 'column' })
    const encodeRows = () => Mask.fromDense(rows, width, height)
    const fromColumns = { task: 'encode', ...column }
    await compare(`encode, both from columns, ${title}`, '≤ 0.7', encodeColumns, fromColumns, text)
    await compare(
      `encode, both from rows (numpy turns first), ${title}`,
      '≤ 0.7',
      encodeRows,
      { task: 'encode', ...row },
      text,
    )
    await compare(`encode, ours from rows, theirs from columns, ${title}`, '', encodeRows, fromColumns, text)
    const toColumns = { task: 'decode', order: 'column', ...string }
    const into = new Uint8Array(width * height)
    const decodeColumns = () => mask.toDense('column', 1, into)
    await compare(`decode, both to columns, ${title}`, '≤ 0.4', decodeColumns, toColumns, columns)
    await compare(
      `decode, both to rows (numpy turns after), ${title}`,
      '≤ 0.4',
      () => mask.toDense('row', 1, into),
      { task: 'decode', order: 'row', ...string },
      rows,
    )
    const read = { task: 'read', ...string }
    await compare(`string read, ${title}`, '≤ 2.5', () => maskFromCocoString(text, width, height), read, text)
    await compare(`string write, ${title}`, '≤ 5', () => cocoRleString(mask), { task: 'write', ...string }, text)
    await compare(`box, ${title}`, '', () => afresh(mask).bounds, { task: 'box', ...string })
    await compare(
      `mask.encode(np.asfortranarray(rows)), text from rows, ${title}`,
      '',
      () => cocoRleString(Mask.fromDense(rows, width, height)),
      { task: 'numpy encode', ...row },
      text,
    )
    await compare(
      `np.ascontiguousarray(mask.decode(text)), rows from text, ${title}`,
      '',
      () => maskFromCocoString(text, width, height).toDense(),
      { task: 'numpy decode', ...string },
      rows,
    )
  }
}

async function objectRows(name, width, height) {
  const size = { width, height }
  const rings = polygons(11, width, height, 1000)
  const each = () => rings.map((ring) => fillRings([ring], width, height, { rule: 'coco' }))
  const masks = each()
  const numbers = [rings.length, ...rings.map((ring) => ring.length), ...rings.flatMap((ring) => [...ring])]
  const file = saved(`${name}-rings`, Float64Array.from(numbers))
  const all = texts(masks)
  await compare(`polygon → RLE, ${name}, 1000 polygons`, '≤ 0.6', each, { task: 'fill', ...size, file }, all)
  await compare(
    `mask.frPyObjects(polygons), polygon → text, ${name}, 1000 polygons`,
    '',
    () => each().map((mask) => cocoRleString(mask)),
    { task: 'numpy fill', ...size, file },
    all,
  )
  const list = all.split('\n')
  const string = { ...size, file: saved(`${name}-texts`, all) }
  const read = { task: 'read', ...string }
  await compare(`string read, ${name}, 1000 objects`, '≤ 2.5', () => readAll(list, width, height), read, all)
  const write = { task: 'write', ...string }
  await compare(
    `string write, ${name}, 1000 objects`,
    '≤ 5',
    () => masks.map((mask) => cocoRleString(mask)),
    write,
    all,
  )
  const sets = [
    ['100 × 100 objects', masks.slice(0, 100), masks.slice(100, 200)],
    ['20 × 20 whole-image blobs', ...[23, 29].map((seed) => several(seed, width, height, 20))],
  ]
  for (const [title, a, b] of sets) {
    const matrix = () => iouMatrix(a.map(afresh), b.map(afresh))
    const paths = { file: saved(`${name}-${title}-a`, texts(a)), other: saved(`${name}-${title}-b`, texts(b)) }
    const result = Buffer.from(matrix().buffer)
    await compare(`IoU matrix, ${name}, ${title}`, '≤ 0.7', matrix, { task: 'iou', ...size, ...paths }, result)
  }
}

/** Masks of twenty blobs all over the picture each. */
function several(seed, width, height, count) {
  return Array.from({ length: count }, (_, i) =>
    fillRings(outlines(seed * 100 + i, width, height, 'blobs'), width, height),
  )
}

function readAll(list, width, height) {
  for (const text of list) maskFromCocoString(text, width, height)
}

const rival = await startRival()
try {
  console.log(`Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} threads; `)
  console.log(
    rival === null
      ? `pycocotools: absent (${python} does not import it)`
      : `pycocotools in Python ${rival.versions.python}, numpy ${rival.versions.numpy}`,
  )
  console.log('\n| work | annoform ms | pycocotools ms | ratio (least to most) | target |\n|---|---|---|---|---|')
  for (const [name, width, height] of SIZES) {
    await imageRows(name, width, height)
    await objectRows(name, width, height)
  }
} finally {
  rival?.stop()
  rmSync(folder, { recursive: true, force: true })
}
