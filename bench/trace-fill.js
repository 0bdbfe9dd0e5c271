// Tracing and filling masks against cv2, in turns, each timed inside its own process; and how their cost grows with the
// canvas. `node bench/trace-fill.js`; needs a build. ANNOFORM_PYTHON names the interpreter (default python3). Prints markdown.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { fillParts, fillRings, intersection, Mask, traceMask, tracePixels, union, xor } from '../dist/mask/index.js'
import { outlines, polygons, salted } from './trace-fill-data.js'

const ROUNDS = 9
const SIZES = [
  ['1080p', 1920, 1080],
  ['12 MP', 4000, 3000],
]
const folder = mkdtempSync(join(tmpdir(), 'annoform-bench-'))
const python = process.env.ANNOFORM_PYTHON ?? 'python3'

/** cv2 in a process of its own that answers one request at a time, or null when it does not import. */
async function startRival() {
  const script = fileURLToPath(new URL('trace_fill.py', import.meta.url))
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

/** Runs until the optimizer has seen enough, and says how many calls make about 30 ms. */
function warmed(work) {
  const until = performance.now() + 400
  while (performance.now() < until) work()
  return Math.max(1, Math.round(30 / timed(work, 1)))
}

/** One row: our work and cv2's, in turns. */
async function compare(rival, title, target, work, request) {
  const repeat = warmed(work)
  const ours = []
  const theirs = []
  let repeatTheirs = 1
  if (rival !== null) {
    const { ms } = await rival.ask({ ...request, repeat: 1 })
    repeatTheirs = Math.max(1, Math.round(30 / ms))
  }
  const rounds = rival !== null && request.rounds !== undefined ? request.rounds : ROUNDS
  for (let round = 0; round < rounds; round++) {
    ours.push(timed(work, repeat))
    if (rival !== null) theirs.push((await rival.ask({ ...request, repeat: repeatTheirs })).ms)
  }
  const own = median(ours).toFixed(2)
  if (rival === null) return console.log(`| ${title} | ${own} | absent | | ${target} |`)
  const ratios = ours.map((ms, i) => ms / theirs[i])
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)]
  console.log(
    `| ${title} | ${own} | ${median(theirs).toFixed(2)} | ${ratio(median(ratios))} (${ratio(low)} to ${ratio(high)}) | ${target} |`,
  )
}

const ratio = (value) => (value < 0.1 ? value.toFixed(3) : value.toFixed(2))

function check(holds, what) {
  if (!holds) throw new Error(`not the same: ${what}`)
}

async function traceRows(rival) {
  console.log('\n| trace | annoform ms | cv2 ms | ratio (least to most) | target |\n|---|---|---|---|---|')
  for (const [name, width, height] of SIZES) {
    const blobs = fillParts(outlines(3, width, height, 'blobs').map(part), width, height)
    const object = fillRings(outlines(5, width, height, 'object'), width, height)
    const masks = [
      ['object', object.toDense(), '≤ 3', '< 1'],
      ['blobs', blobs.toDense(), '≤ 3', '< 1'],
      ['noise', salted(blobs.toDense(), 7, 0.02), width < 2000 ? '≤ 1/6' : '≤ 1/25', '< 1'],
    ]
    for (const [kind, pixels, target, fromRuns] of masks) {
      const file = join(folder, `${kind}-${width}`)
      writeFileSync(file, pixels)
      const mask = Mask.fromDense(pixels, width, height)
      check(fillParts(traceMask(mask), width, height).equals(mask), `${kind} after tracing and filling`)
      const rings = traceMask(mask, { connectivity: 8 }).reduce((sum, { holes }) => sum + 1 + holes.length, 0)
      const request = { task: 'trace', file, width, height, mode: 'CCOMP', rounds: kind === 'noise' ? 5 : ROUNDS }
      if (rival !== null) {
        const { result } = await rival.ask({ ...request, repeat: 1 })
        check(result === rings, `outlines of ${kind}: ${rings} and ${result}`)
      }
      const title = `${name} ${kind} (${rings} outlines)`
      const dense = () => tracePixels(pixels, width, height)
      await compare(rival, `${title}, from dense, CCOMP`, target, dense, request)
      if (kind === 'noise') {
        await compare(rival, `${title}, from dense, TREE`, target, dense, { ...request, mode: 'TREE', rounds: 3 })
      }
      await compare(rival, `${title}, from runs, CCOMP from dense`, fromRuns, () => traceMask(mask), request)
    }
  }
}

/**
 * One mask of all polygons compares with painting one image; a mask for each polygon compares with an image for each, as
 * the masks of annotations are made. The rows in between are the hardest on us: 1000 masks to keep against one image.
 */
async function fillRows(rival) {
  console.log(
    '\n| fill of 1000 polygons | annoform ms | cv2 ms | ratio (least to most) | target |\n|---|---|---|---|---|',
  )
  for (const [name, width, height] of SIZES) {
    const rings = polygons(11, width, height, 1000)
    const whole = rings.map((ring) => ring.map(Math.round))
    const file = join(folder, `polygons-${width}`)
    writeFileSync(
      file,
      Int32Array.from([[whole.length], whole.map((ring) => ring.length / 2), ...whole.map((ring) => [...ring])].flat()),
    )
    const one = { task: 'fill one', file, width, height }
    const each = { task: 'fill each', file, width, height }
    const parts = rings.map(part)
    const wholeParts = whole.map(part)
    if (rival !== null) {
      const out = join(folder, 'out')
      await rival.ask({ ...one, repeat: 1, out })
      const painted = Mask.fromDense(new Uint8Array(readFileSync(out)), width, height)
      check(painted.equals(fillParts(wholeParts, width, height, { rule: 'opencv' })), 'the opencv rule and cv2')
    }
    const target = width < 2000 ? '≤ 1.5' : '≤ 2'
    await compare(
      rival,
      `${name}, pixel-center, all into one mask; cv2 into one image`,
      target,
      () => fillParts(parts, width, height),
      one,
    )
    await compare(
      rival,
      `${name}, opencv rule, all into one mask; cv2 into one image`,
      target,
      () => fillParts(wholeParts, width, height, { rule: 'opencv' }),
      one,
    )
    const single = () => {
      for (const ring of rings) fillRings([ring], width, height)
    }
    const singleWhole = () => {
      for (const ring of whole) fillRings([ring], width, height, { rule: 'opencv' })
    }
    const coco = () => {
      for (const ring of rings) fillRings([ring], width, height, { rule: 'coco' })
    }
    await compare(rival, `${name}, pixel-center, 1000 masks; cv2 into one image`, '', single, one)
    await compare(rival, `${name}, opencv rule, 1000 masks; cv2 into one image`, '', singleWhole, one)
    await compare(rival, `${name}, coco rule, 1000 masks; cv2 into one image`, '', coco, one)
    await compare(rival, `${name}, pixel-center, 1000 masks; cv2 1000 fresh images`, target, single, {
      ...each,
      rounds: 3,
    })
    await compare(rival, `${name}, opencv rule, 1000 masks; cv2 1000 fresh images`, target, singleWhole, {
      ...each,
      rounds: 3,
    })
  }
}

/** The same shapes on ever larger canvases. */
function sizeRows() {
  const tasks = ['from dense', 'trace', 'fill', 'fill opencv', 'union', 'intersection', 'xor', 'area and box']
  console.log(`\n| canvas | ${tasks.join(' | ')} |\n|---|${tasks.map(() => '---').join('|')}|`)
  const shapes = polygons(13, 1000, 1000, 200).map(part)
  const others = polygons(17, 1000, 1000, 200).map(part)
  for (const side of [1000, 2000, 4000, 8000]) {
    const a = fillParts(shapes, side, side)
    const b = fillParts(others, side, side)
    const pixels = a.toDense()
    const works = [
      () => Mask.fromDense(pixels, side, side),
      () => traceMask(a),
      () => fillParts(shapes, side, side),
      () => fillParts(shapes, side, side, { rule: 'opencv' }),
      () => union([a, b]),
      () => intersection([a, b]),
      () => xor(a, b),
      () => Mask.fromRuns(side, side, a.runs).bounds,
    ]
    const cells = works.map((work) => {
      const repeat = warmed(work)
      return median(Array.from({ length: 5 }, () => timed(work, repeat))).toFixed(3)
    })
    console.log(`| ${(side * side) / 1e6} MP | ${cells.join(' | ')} |`)
  }
}

const part = (outer) => ({ outer, holes: [] })

const rival = await startRival()
try {
  console.log(`Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} threads; `)
  console.log(
    rival === null
      ? `cv2: absent (${python} does not import it)`
      : `cv2 ${rival.versions.cv2}, Python ${rival.versions.python}, 1 thread`,
  )
  const only = process.argv[2]
  if (only === undefined || only === 'trace') await traceRows(rival)
  if (only === undefined || only === 'fill') await fillRows(rival)
  if (only === undefined || only === 'size') sizeRows()
} finally {
  rival?.stop()
  rmSync(folder, { recursive: true, force: true })
}
