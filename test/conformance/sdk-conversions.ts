import { XMLParser } from 'fast-xml-parser'
import type { Annotation, AnnotationDefinition, Item } from '../../src/node.js'
import { recordOf } from './corpus.js'
import type { Library } from './library.js'
import { cocoObjects, type Files, vocObjects, yoloRows } from './plain-objects.js'
import { alike, Verdict } from './sdk-defects.js'

// What the SDK's converters make of one annotation of Dataloop JSON, against what ours make of it.

/** An annotation of one of our readings, and what is around it. */
export interface Subject {
  readonly annotation: Annotation
  /** Its picture, with this annotation alone. */
  readonly item: Item
  /** The classes in the order of the SDK. */
  readonly classes: readonly string[]
}

export type Comparison = (theirs: unknown, subject: Subject, library: Library) => Promise<Verdict>

/** By the key of the answers. */
export const CONVERSIONS = { to_coco: compareCoco, to_yolo: compareYolo, to_voc: compareVoc } as const

async function compareCoco(theirs: unknown, subject: Subject, library: Library): Promise<Verdict> {
  const files = await converted(subject, 'coco', {}, library)
  const { definition } = subject.annotation
  const { error, bbox, segmentation, area, iscrowd } = recordOf(theirs) ?? {}
  if (error !== undefined) return refused(error, definition, ['box', 'segment', 'binary'])
  const ours = cocoElement(files)
  const verdict = new Verdict()
  if (definition.type === 'binary') {
    const [x = 0, y = 0, width = 0, height = 0] = numbersIn(ours.bbox)
    return verdict
      .differs('inclusive', alike(bbox, [x, y, width - 1, height - 1]), bbox)
      .differs('crowd', iscrowd === 1 && ours.iscrowd === 0, iscrowd)
      .same('segmentation', segmentation, ours.segmentation)
      .same('area', area, ours.area)
  }
  verdict.same('iscrowd', iscrowd, ours.iscrowd)
  if (definition.type === 'segment') {
    const [first = [], ...others] = listIn(ours.segmentation).map(numbersIn)
    if (others.length > 0) verdict.differs('rings', listIn(segmentation).length === 1, segmentation)
    return verdict
      .same('bbox', bbox, ours.bbox)
      .same('the first ring', numbersIn(listIn(segmentation)[0]), first)
      .holds(others.length > 0 || alike(ours.area, shoelace(first)), `our area ${ours.area} is not ${shoelace(first)}`)
      .differs('truncated', Number.isInteger(area), area)
  }
  if (definition.type !== 'box') return verdict.holds(false, `the SDK writes a ${definition.type}`)
  const frame = edgesIn(definition.frame)
  if (definition.angle !== 0)
    return verdict
      .same('our bbox', ltwhOf(edgesAround(frame, definition.angle)), ours.bbox)
      .differs('angle', alike(bbox, ltwhOf(frame)), bbox)
  // A list with an empty ring, and an empty list, say the same.
  return verdict
    .same('bbox', bbox, ours.bbox)
    .same('area', area, ours.area)
    .same('rings', listIn(segmentation).flatMap(listIn), listIn(ours.segmentation).flatMap(listIn))
}

async function compareYolo(theirs: unknown, subject: Subject, library: Library): Promise<Verdict> {
  const files = await converted(subject, 'yolo', { task: 'detect', clip: 'keep' }, library)
  const { definition } = subject.annotation
  const error = recordOf(theirs)?.error
  if (error !== undefined) return refused(error, definition, ['box'])
  const [row] = yoloRows(files)
  const [index, ...numbers] = numbersIn(theirs)
  const verdict = new Verdict()
  if (definition.type !== 'box' || row === undefined) return verdict.holds(false, `no row of a ${definition.type}`)
  const { width = 1, height = 1 } = subject.item.media
  const shares = ([left = 0, top = 0, right = 0, bottom = 0]: readonly number[]): readonly number[] => [
    (left + right) / 2 / width,
    (top + bottom) / 2 / height,
    (right - left) / width,
    (bottom - top) / height,
  ]
  const frame = edgesIn(definition.frame)
  const expected = shares(definition.angle === 0 ? frame : edgesAround(frame, definition.angle))
  const near = expected.every((share, i) => Math.abs(share - (row.numbers[i] ?? Number.NaN)) <= 5.000001e-7)
  verdict.same('the class', index, row.index).holds(near, `our row is ${row.numbers}, not ${expected}`)
  if (definition.angle !== 0) return verdict.differs('angle', alike(numbers, shares(frame)), numbers)
  return verdict.same('the row', numbers, expected)
}

async function compareVoc(theirs: unknown, subject: Subject, library: Library): Promise<Verdict> {
  const files = await converted(subject, 'voc', {}, library)
  const { definition } = subject.annotation
  const { error, name, xmin, ymin, xmax, ymax, attributes } = recordOf(theirs) ?? {}
  if (error !== undefined) return refused(error, definition, ['box'])
  const [ours] = vocObjects(files)
  const verdict = new Verdict()
  if (definition.type !== 'box' || ours === undefined) return verdict.holds(false, `no object of a ${definition.type}`)
  const frame = edgesIn(definition.frame)
  const expected = definition.angle === 0 ? frame : edgesAround(frame, definition.angle)
  const corners = [xmin, ymin, xmax, ymax]
  verdict.same('the name', name, ours.label).same('our corners', expected.map(Math.round), ours.box)
  if (definition.angle !== 0) verdict.differs('angle', alike(corners, frame), corners)
  else if (!alike(corners, ours.box)) verdict.differs('decimals', alike(corners, expected), corners)
  const own = attributeNames(files)
  const printed = Object.keys(recordOf(attributes) ?? {})
  verdict.same('the names of our attributes', Object.keys(definition.attributes), own)
  if (printed.length > 0) return verdict.differs('python', alike(printed, own), attributes)
  return own.length === 0 ? verdict : verdict.differs('listed', Object.values(definition.attributes).every(isTrue), own)
}

/** Types that the SDK does not convert: what becomes of them here, the ledger says. */
function refused(error: unknown, { type }: AnnotationDefinition, accepted: readonly string[]): Verdict {
  const verdict = new Verdict()
  const text = String(error)
  if (text.startsWith('TypeError: string indices')) return verdict.differs('flat', type === 'polyline', error)
  if (text.startsWith('ValueError: zero-size array')) return verdict.differs('childless', type === 'pose', error)
  return verdict.differs('refused', !accepted.includes(type), error)
}

async function converted(
  { item, classes }: Subject,
  to: string,
  options: Readonly<Record<string, unknown>>,
  { node }: Library,
): Promise<Files> {
  const ledger = new node.Ledger('strict')
  const dataset = node.lockLabels(
    node.createDataset({ items: [item], labels: classes }),
    classes.map((name) => ({ name })),
    ledger,
  )
  const converter = new node.Converter({ policy: 'strict', deflate: node.nodeDeflate })
  return (await converter.convert(dataset, { to, options })).files
}

/** The one element of a COCO document. */
function cocoElement(files: Files): Readonly<Record<string, unknown>> {
  const [text] = [...files.values()].map((bytes) => new TextDecoder().decode(bytes))
  if (cocoObjects(files).length !== 1) throw new Error('there is not one object')
  return recordOf(listIn(recordOf(JSON.parse(text ?? ''))?.annotations)[0]) ?? {}
}

const parser = new XMLParser({ isArray: (name) => name === 'attribute' })

function attributeNames(files: Files): readonly string[] {
  return [...files]
    .filter(([path]) => path.endsWith('.xml'))
    .flatMap(([, bytes]) => {
      const root = recordOf(parser.parse(new TextDecoder().decode(bytes)))
      const object = recordOf(recordOf(root?.annotation)?.object)
      return listIn(recordOf(object?.attributes)?.attribute).map((each) => String(recordOf(each)?.name))
    })
}

type Edges = Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>>

export function edgesIn({ left, top, right, bottom }: Edges): readonly number[] {
  return [left, top, right, bottom]
}

function ltwhOf([left = 0, top = 0, right = 0, bottom = 0]: readonly number[]): readonly number[] {
  return [left, top, right - left, bottom - top]
}

/** The edges around a box turned about its centre. */
function edgesAround(
  [left = 0, top = 0, right = 0, bottom = 0]: readonly number[],
  degrees: number,
): readonly number[] {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)].map(Math.abs)
  const [width, height] = [right - left, bottom - top]
  const halfWidth = (width * (cos ?? 0) + height * (sin ?? 0)) / 2
  const halfHeight = (width * (sin ?? 0) + height * (cos ?? 0)) / 2
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  return [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight]
}

function shoelace(ring: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length
    sum += (ring[i] ?? 0) * (ring[next + 1] ?? 0) - (ring[next] ?? 0) * (ring[i + 1] ?? 0)
  }
  return Math.abs(sum) / 2
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function numbersIn(value: unknown): readonly number[] {
  return listIn(value).map(Number)
}

function isTrue(value: unknown): boolean {
  return value === true
}
