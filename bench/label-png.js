// Label maps against OpenCV: polygons painted, the map written as PNG and read again, in turns with a process of
// Python that is kept running and measures itself. `node bench/label-png.js [rounds]`; needs a build.
// The environment variable ANNOFORM_PYTHON names the Python, else it is python3.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'

const ROUNDS = Number(process.argv[2] ?? 21)
/** The compiler of Node takes its time; OpenCV needs no warming, but gets the same. */
const WARM_UP = 40
const LABELS = 50
const SIZES = [
  { name: '1080p', width: 1920, height: 1080 },
  { name: '12 MP', width: 4000, height: 3000 },
]
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const dist = process.env.ANNOFORM_DIST ?? here('../dist/')

/** A 32-bit generator (mulberry32): the same picture everywhere. */
function randomFrom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Closed curves around centres anywhere, waved three times over, whole coordinates as OpenCV wants them. */
function blobs({ width, height }, random) {
  return Array.from({ length: LABELS }, () => {
    const [cx, cy] = [random() * width, random() * height]
    const radius = (0.03 + 0.12 * random()) * height
    const waves = [2, 5, 13].map((times) => ({ times, size: (0.35 * random()) / times ** 0.5, turn: random() * 7 }))
    const vertices = 60 + Math.floor(random() * 240)
    return Array.from({ length: vertices }, (_, i) => {
      const angle = (2 * Math.PI * i) / vertices
      const r = radius * waves.reduce((sum, wave) => sum + wave.size * Math.sin(wave.times * angle + wave.turn), 1)
      return [Math.round(cx + r * Math.cos(angle)), Math.round(cy + r * Math.sin(angle))]
    }).flat()
  })
}

/** The process of Python, or undefined when it cannot import OpenCV. */
async function startRival() {
  const command = process.env.ANNOFORM_PYTHON ?? 'python3'
  const child = spawn(command, [here('label-png.py')], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.on('error', () => undefined)
  const failed = new Promise((resolve) => child.on('error', () => resolve(undefined)))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value)
  const hello = await Promise.race([next().catch(() => undefined), failed])
  if (hello === undefined) return undefined
  return {
    version: hello.version,
    async ask(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`)
      return next()
    },
    stop: () => child.stdin.end(),
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

function timed(work) {
  const started = process.hrtime.bigint()
  const result = work()
  return { ms: Number(process.hrtime.bigint() - started) / 1e6, result }
}

/** Lets a row run on both sides in turns, each round beginning with the other one. */
async function measure(rival, { ours, theirs }) {
  const runs = []
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    let [own, other] = [undefined, undefined]
    if (round % 2 === 0) own = timed(ours)
    if (rival !== undefined) other = await rival.ask(theirs)
    own ??= timed(ours)
    if (round >= 0) runs.push({ own: own.ms, other: other?.ms })
  }
  return runs
}

function row(name, runs, note) {
  const ratios = runs.map(({ own, other }) => own / other)
  const own = median(runs.map((run) => run.own)).toFixed(2)
  if (runs[0].other === undefined) return `| ${name} | ${own} | absent | | ${note} |`
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`
  const other = median(runs.map((run) => run.other)).toFixed(2)
  return `| ${name} | ${own} | ${other} | ${median(ratios).toFixed(2)} (${range}) | ${note} |`
}

function same(what, a, b) {
  if (a !== b) throw new Error(`${what} differ: ${a} and ${b}`)
}

async function benchSize(size, rival, folder, library) {
  const { name, width, height } = size
  const { paintLabelMap, encodePng, decodePng, nodeDeflate } = library
  const rings = blobs(size, randomFrom(20_080 + width))
  const layers = rings.map((ring, i) => ({ value: i + 1, parts: [{ outer: Float64Array.from(ring), holes: [] }] }))
  const byOpencv = layers.map((layer) => ({ ...layer, rule: 'opencv' }))
  const map = paintLabelMap(width, height, layers, { bits: 8 })
  const image = { width, height, kind: 'grey', bitDepth: 8, data: map.data }
  const file = encodePng(image, nodeDeflate)
  const files = Object.fromEntries(['polygons', 'map', 'png', 'cv2.png'].map((key) => [key, join(folder, key)]))
  writeFileSync(files.polygons, JSON.stringify(rings))
  writeFileSync(files.map, map.data)
  writeFileSync(files.png, file)
  await rival?.ask({ do: 'load', width, height, ...files })

  const rows = []
  const painted = await rival?.ask({ do: 'paint' })
  if (painted)
    same('the maps painted by the rule opencv', crc32(paintLabelMap(width, height, byOpencv).data), painted.crc)
  const paint = (which) => ({ ours: () => paintLabelMap(width, height, which, { bits: 8 }), theirs: { do: 'paint' } })
  rows.push(row(`paint ${LABELS} polygons, ${name}, pixel-center`, await measure(rival, paint(layers)), ''))
  rows.push(
    row(
      `paint ${LABELS} polygons, ${name}, opencv`,
      await measure(rival, paint(byOpencv)),
      rival ? 'equal pixels' : '',
    ),
  )

  const written = await rival?.ask({ do: 'write', to: files['cv2.png'] })
  const bytes = written
    ? `${file.length} / ${written.bytes} bytes = ${(file.length / written.bytes).toFixed(3)}`
    : `${file.length} bytes`
  const write = { ours: () => encodePng(image, nodeDeflate), theirs: { do: 'write' } }
  rows.push(row(`write PNG, ${name}`, await measure(rival, write), bytes))

  for (const whose of rival ? ['ours', 'theirs'] : ['ours']) {
    const source = whose === 'ours' ? file : new Uint8Array(readFileSync(files['cv2.png']))
    const read = { ours: () => decodePng(source, nodeDeflate), theirs: { do: 'read', whose } }
    same('the pixels read', crc32(read.ours().data), crc32(map.data))
    if (rival) same('the pixels OpenCV reads', (await rival.ask(read.theirs)).crc, crc32(map.data))
    rows.push(
      row(
        `read PNG, ${name}, written by ${whose === 'ours' ? 'annoform' : 'OpenCV'}`,
        await measure(rival, read),
        rival ? 'equal pixels' : '',
      ),
    )
  }
  return rows
}

const folder = mkdtempSync(join(tmpdir(), 'annoform-bench-'))
let rival
try {
  if (!existsSync(join(dist, 'node.js'))) throw new Error('build first: npm run build')
  const load = (path) => import(`file://${join(dist, path)}`)
  const library = {
    ...(await load('mask/index.js')),
    ...(await load('png/index.js')),
    ...(await load('io/deflate.js')),
  }
  rival = await startRival()
  console.log(
    `Node ${process.versions.node}, ${rival ? `OpenCV ${rival.version}` : 'OpenCV absent (Python cannot import cv2)'}, ${ROUNDS} rounds in turns\n`,
  )
  console.log('| work | annoform ms | OpenCV ms | ratio, median (least to most) | |')
  console.log('|---|---|---|---|---|')
  for (const size of SIZES) for (const line of await benchSize(size, rival, folder, library)) console.log(line)
  const peak = process.resourceUsage().maxRSS / 1024
  console.log(
    `\nPeak memory: annoform ${peak.toFixed(0)} MB${rival ? `, OpenCV ${(await rival.ask({ do: 'paint' })).megabytes.toFixed(0)} MB` : ''}`,
  )
} finally {
  rival?.stop()
  rmSync(folder, { recursive: true, force: true })
}
