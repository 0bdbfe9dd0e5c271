import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Library } from './library.js'
import { Tally } from './tally.js'

// Data sets of many small files, made on the spot: what they become is known beforehand, and there is no picture of any.

const WIDTH = 640
const HEIGHT = 480
const OBJECTS = 3
/** By code point, as formats without a list of classes have them. */
const NAMES = ['a horse & cart', 'cat', 'dog']

interface Made {
  readonly name: string
  readonly label: number
  /** Left, top, right, bottom, in whole pixels. */
  readonly edges: readonly [number, number, number, number]
}

/** Converts as many VOC documents, and files of YOLO rows, into each other's format and into COCO, on the disk. */
export async function judgeMany(count: number, library: Library): Promise<Tally> {
  const tally = new Tally(`${count} files made here`)
  const folder = mkdtempSync(join(tmpdir(), 'annoform-many-'))
  try {
    for (const from of ['voc', 'yolo'] as const) {
      const source = join(folder, from)
      mkdirSync(join(source, from === 'voc' ? 'Annotations' : 'labels'), { recursive: true })
      for (let i = 0; i < count; i++) writeSource(from, source, i)
      if (from === 'yolo') writeFileSync(join(source, 'classes.txt'), NAMES.join('\n'))
      for (const to of from === 'voc' ? ['yolo', 'coco'] : ['voc', 'coco'])
        await tally.check(`${from} → ${to}`, () =>
          difference(source, from, join(folder, `${from}-${to}`), to, count, library),
        )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return tally
}

async function difference(
  source: string,
  fromFormat: string,
  out: string,
  to: string,
  count: number,
  { node }: Library,
): Promise<string | undefined> {
  const size = { width: WIDTH, height: HEIGHT }
  const { items, annotations, problems } = await node.convert({
    from: source,
    fromFormat,
    to,
    out,
    // VOC documents know the sizes of their pictures, rows do not.
    ...(fromFormat === 'yolo' ? { sizes: size } : {}),
  })
  if (problems.length > 0) return JSON.stringify(problems[0])
  const kept = annotations.read === count * OBJECTS && annotations.kept === annotations.read
  if (items !== count || !kept) return `${items} items, ${JSON.stringify(annotations)}`
  return to === 'coco' ? documentDifference(out, count) : fileDifference(out, to, count)
}

function fileDifference(out: string, to: string, count: number): string | undefined {
  const folder = join(out, to === 'voc' ? 'Annotations' : join('labels', 'train'))
  const names = readdirSync(folder)
  if (names.length !== count) return `${names.length} files`
  for (let i = 0; i < count; i += 97) {
    const text = readFileSync(join(folder, `${nameOf(i)}.${to === 'voc' ? 'xml' : 'txt'}`), 'utf8')
    const objects = objectsOf(i)
    if (to === 'yolo') {
      const rows = objects.map(rowOf).join('\n')
      if (text.trimEnd() !== rows) return `${nameOf(i)}: expected ${rows}, got ${text}`
    }
    const corners = [...text.matchAll(/<[xy]m(?:in|ax)>(\d+)</g)].map(([, number]) => Number(number))
    const expected = objects.flatMap(({ edges }) => edges)
    if (to === 'voc' && corners.join() !== expected.join()) return `${nameOf(i)}: expected ${expected}, got ${corners}`
  }
  return undefined
}

function documentDifference(out: string, count: number): string | undefined {
  const [name = ''] = readdirSync(join(out, 'annotations'))
  const root = JSON.parse(readFileSync(join(out, 'annotations', name), 'utf8')) as {
    readonly images: readonly { readonly id: number; readonly file_name: string }[]
    readonly annotations: readonly { readonly image_id: number; readonly bbox: readonly number[] }[]
  }
  const { images, annotations } = root
  if (images.length !== count || annotations.length !== count * OBJECTS)
    return `${images.length} images, ${annotations.length} annotations`
  const numbers = new Map(Array.from({ length: count }, (_, i) => [`${nameOf(i)}.jpg`, i]))
  const order = new Map(images.map(({ id, file_name: file }) => [id, numbers.get(file)]))
  for (const [k, { image_id: image, bbox }] of annotations.entries()) {
    const i = order.get(image)
    const { edges } = objectsOf(i ?? -1)[k % OBJECTS] ?? {}
    const [left = 0, top = 0, right = 0, bottom = 0] = edges ?? []
    const expected = [left, top, right - left, bottom - top]
    if (i === undefined || bbox.some((value, side) => Math.abs(value - (expected[side] ?? 0)) > 1e-3))
      return `annotation ${k}: expected ${expected}, got ${bbox}`
  }
  return undefined
}

function nameOf(i: number): string {
  return `picture ${String(i).padStart(6, '0')}`
}

/** Boxes that no two pictures share. */
function objectsOf(i: number): readonly Made[] {
  return Array.from({ length: OBJECTS }, (_, k) => {
    const [left, top] = [(i * 7 + k * 31) % 500, (i * 13 + k * 17) % 400]
    return { name: nameOf(i), label: (i + k) % NAMES.length, edges: [left, top, left + 20 + (i % 100), top + 10 + k] }
  })
}

function rowOf({ label, edges: [left, top, right, bottom] }: Made): string {
  const shares = [
    (left + right) / 2 / WIDTH,
    (top + bottom) / 2 / HEIGHT,
    (right - left) / WIDTH,
    (bottom - top) / HEIGHT,
  ]
  return [label, ...shares.map((share) => share.toFixed(6))].join(' ')
}

function writeSource(format: 'voc' | 'yolo', folder: string, i: number): void {
  const objects = objectsOf(i)
  if (format === 'yolo') {
    writeFileSync(join(folder, 'labels', `${nameOf(i)}.txt`), objects.map((object) => `${rowOf(object)}\n`).join(''))
    return
  }
  const elements = objects.map(({ label, edges: [left, top, right, bottom] }) => {
    const corners = `<xmin>${left}</xmin><ymin>${top}</ymin><xmax>${right}</xmax><ymax>${bottom}</ymax>`
    return `<object><name>${NAMES[label]?.replace('&', '&amp;')}</name><bndbox>${corners}</bndbox></object>`
  })
  const size = `<size><width>${WIDTH}</width><height>${HEIGHT}</height><depth>3</depth></size>`
  const xml = `<annotation><filename>${nameOf(i)}.jpg</filename>${size}${elements.join('')}</annotation>`
  writeFileSync(join(folder, 'Annotations', `${nameOf(i)}.xml`), xml)
}
