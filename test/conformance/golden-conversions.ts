import type { Report } from '../../src/node.js'
import { openTree, write } from './conversion.js'
import { type Defined, type GoldenInput, ringsOf } from './golden-inputs.js'
import { convertFiles } from './in-memory.js'
import type { Library } from './library.js'
import { matchDifference, type Value, within } from './object-matching.js'
import {
  cocoObjects,
  dataloopObjects,
  type Files,
  nativeObjects,
  type PlainObject,
  stemOf,
  vocObjects,
  yoloRows,
} from './plain-objects.js'
import { ringRowDifference, shapeDifference } from './ring-goldens.js'
import type { Tally } from './tally.js'

/** Numbers worked out in doubles, in another order. */
const EXACT = within(1e-9)

interface Case {
  readonly name: string
  readonly to: string
  /** What of the source is read, where there is a choice. */
  readonly reading?: 'devkit' | 'region'
  readonly options?: Readonly<Record<string, unknown>>
  readonly applies?: (input: GoldenInput) => boolean
  readonly difference: (input: GoldenInput, files: Files) => string | undefined
}

const ALL = { crowd: 'keep', clip: 'keep' }
const hasRings = ({ objects }: GoldenInput): boolean => objects.some((object) => ringsOf(object) !== undefined)
const hasCrowds = ({ objects }: GoldenInput): boolean => objects.some(({ iscrowd }) => iscrowd === 1)

const CASES: readonly Case[] = [
  {
    name: 'coco',
    to: 'coco',
    difference: (input, files) => boxDifference(input, cocoObjects(files), ({ coco_bbox }) => coco_bbox),
  },
  {
    name: 'coco, of a devkit',
    to: 'coco',
    reading: 'devkit',
    applies: ({ format }) => format === 'voc',
    difference: (input, files) => boxDifference(input, cocoObjects(files), (object) => object.coco_bbox_devkit ?? []),
  },
  {
    name: 'coco, regions',
    to: 'coco',
    reading: 'region',
    applies: hasRings,
    difference: (input, files) => shapeDifference(input, cocoObjects(files)),
  },
  { name: 'yolo detect', to: 'yolo', options: { task: 'detect', ...ALL }, difference: rowDifference },
  {
    name: 'yolo detect, crowds dropped',
    to: 'yolo',
    options: { task: 'detect', clip: 'keep' },
    applies: hasCrowds,
    difference: (input, files) => rowDifference(withoutCrowds(input), files),
  },
  {
    name: 'yolo segment',
    to: 'yolo',
    reading: 'region',
    options: { task: 'segment', ...ALL },
    applies: hasRings,
    difference: (input, files) => ringRowDifference(input, yoloRows(files)),
  },
  {
    name: 'voc',
    to: 'voc',
    options: { base: 'edge0' },
    difference: (input, files) => cornerDifference(input, files, 0),
  },
  {
    name: 'voc, decimals',
    to: 'voc',
    options: { base: 'edge0', decimals: 9 },
    difference: (input, files) => cornerDifference(input, files, 9),
  },
  {
    name: 'voc, of a devkit',
    to: 'voc',
    options: { base: 'inclusive1' },
    difference: devkitDifference,
  },
  {
    name: 'dataloop',
    to: 'dataloop',
    reading: 'region',
    difference: (input, files) => shapeDifference(input, dataloopObjects(files)),
  },
  {
    name: 'native',
    to: 'native',
    reading: 'region',
    difference: (input, files) => shapeDifference(input, nativeObjects(files)),
  },
]

/** Converts an input to every format its definitions have a value for, and compares every object with them. */
export async function judgeConversions(input: GoldenInput, tally: Tally, library: Library): Promise<void> {
  for (const each of CASES) {
    if (each.applies?.(input) === false) continue
    await tally.check(`inputs/${input.id} → ${each.name}`, async () => {
      const { report, files } = await converted(input, each, library)
      return accountLoss(input, each, report) ?? each.difference(input, files)
    })
  }
  if (input.format === 'voc')
    await tally.check(`inputs/${input.id} → yolo, of these classes`, () => classDifference(input, library))
  const poses = input.objects.filter((object) => object.yolo_kpts !== undefined).length
  if (poses > 0) tally.skip('YOLO rows hold no key points yet', poses, !writesPoses(library))
}

/** Whether YOLO has a task for poses by now. */
export function writesPoses({ node }: Library): boolean {
  const task = node.formatById('yolo').write?.options.task
  return task?.kind === 'choice' && task.values.includes('pose')
}

async function converted({ format, contents, sizes }: GoldenInput, { to, reading, options }: Case, library: Library) {
  const base = format === 'voc' ? { base: reading === 'devkit' ? 'inclusive1' : 'edge0' } : {}
  const region = format === 'coco' && reading === 'region' ? { geometry: 'region' } : {}
  return convertFiles(library, contents, format, to, {
    fromOptions: { ...base, ...region },
    sizes,
    ...(options === undefined ? {} : { options }),
  })
}

/** Every object and part is read, and dropped are crowds alone, where that is asked for. */
function accountLoss(input: GoldenInput, { options, to }: Case, { annotations, problems }: Report): string | undefined {
  const count = input.objects.length + partsOf(input).length
  const crowds = input.objects.filter(({ iscrowd }) => iscrowd === 1).length
  const dropped = to === 'yolo' && options?.crowd !== 'keep' ? crowds : 0
  if (problems.length > 0) return JSON.stringify(problems.slice(0, 2))
  return annotations.read === count && annotations.dropped === dropped
    ? undefined
    : `${count} objects, of which ${dropped} dropped: ${JSON.stringify(annotations)}`
}

/** The labels of the parts of VOC objects: children of their objects, which other formats have beside them. */
function partsOf({ objects }: GoldenInput): readonly string[] {
  return objects.flatMap(({ parts_named }) => parts_named ?? [])
}

function boxDifference(
  input: GoldenInput,
  found: readonly PlainObject[],
  boxOf: (object: Defined) => readonly number[],
): string | undefined {
  return matchDifference(
    input.objects.map((object) => asValue(object, boxOf(object))),
    found.map(({ image, label, box }) => ({ image, label, numbers: box })),
    EXACT,
    partsOf(input),
  )
}

/** Corners as edges. */
function cornerDifference(input: GoldenInput, files: Files, decimals: number): string | undefined {
  return boxDifference(input, vocObjects(files), ({ voc_plain }) => voc_plain.map((edge) => rounded(edge, decimals)))
}

/** First and last pixel. The definitions are rounded half to even, our writer rounds half away from zero. */
function devkitDifference(input: GoldenInput, files: Files): string | undefined {
  return boxDifference(input, vocObjects(files), ({ voc_plain, voc_devkit_1based_inclusive: corners }) =>
    corners.map((corner, i) => {
      const edge = voc_plain[i] ?? Number.NaN
      const half = Math.abs(Math.abs(edge % 1) - 0.5) < 1e-9
      return half ? rounded(edge + (i < 2 ? 1 : 0), 0) : corner
    }),
  )
}

/** Half away from zero, as our writers round. */
function rounded(value: number, decimals: number): number {
  const unit = 10 ** decimals
  return (Math.sign(value) * Math.floor(Math.abs(value) * unit + 0.5)) / unit
}

/** Rows of centre, width and height within half a unit of their last digit; six digits at least, but for rows that are copied. */
function rowDifference(input: GoldenInput, files: Files): string | undefined {
  const rows = yoloRows(files)
  const short = input.format === 'yolo' ? undefined : rows.find(({ decimals }) => decimals < 6)
  if (short !== undefined) return `${short.image}: a number of ${short.decimals} digits`
  if (input.format !== 'voc') {
    const classes = new Map(input.objects.map((object) => [object.label, object.class_index]))
    const other = rows.find(({ label, index }) => classes.get(label) !== index)
    if (other !== undefined) return `${other.image}: ${other.label} is ${other.index}, not ${classes.get(other.label)}`
  }
  return matchDifference(
    input.objects.map((object) => asValue(object, object.yolo)),
    rows,
    within(5.000001e-7),
    partsOf(input),
  )
}

/** With a list of labels the classes are its, and the labels of parts come after them. */
async function classDifference(input: GoldenInput, library: Library): Promise<string | undefined> {
  const { node } = library
  const classes = new Map(input.objects.map((object) => [object.label, object.class_index]))
  const names = [...classes].sort((a, b) => a[1] - b[1]).map(([name]) => ({ name }))
  const opened = await openTree(library, node.memoryTree(input.contents), 'voc')
  const { files } = await write(library, opened, 'yolo', false, (dataset) =>
    node.lockLabels(dataset, names, opened.ledger),
  )
  const parts = new Set(partsOf(input))
  const rows = yoloRows(files).filter(({ label }) => !parts.has(label))
  const wrong = rows.find(({ label, index }) => classes.get(label) !== index)
  if (rows.length !== input.objects.length) return `${rows.length} rows for ${input.objects.length} objects`
  return wrong === undefined ? undefined : `${wrong.label} is ${wrong.index}, not ${classes.get(wrong.label)}`
}

function withoutCrowds(input: GoldenInput): GoldenInput {
  return { ...input, objects: input.objects.filter(({ iscrowd }) => iscrowd !== 1) }
}

function asValue({ image, label }: Defined, numbers: readonly number[]): Value {
  return { image: stemOf(image), label, numbers }
}
