import { openTree } from './conversion.js'
import type { CorpusFile } from './corpus.js'
import { type Defined, type GoldenInput, ringsOf } from './golden-inputs.js'
import type { PeerFiles } from './golden-peers.js'
import type { Library } from './library.js'
import { allowance, type Deviation } from './peer-deviations.js'
import { edgesOf, stemOf } from './plain-objects.js'
import { overlapOf, type Region } from './regions.js'
import type { Tally } from './tally.js'

/** A row of the tables beside the files: what was run, and what was found out about it. */
export interface Recorded {
  readonly out: string
  readonly ok: boolean
  readonly files: number
  readonly error?: string
  readonly compare?: Figures
}

/** Objects in and out, and how far edges are away, in pixels to four digits. */
interface Figures {
  readonly n_out: number
  readonly not_found_within_6px: number
  readonly label_equal: Readonly<Record<string, number>>
  readonly offset_min_mean_max: Readonly<Record<'xmin' | 'ymin' | 'xmax' | 'ymax', readonly number[]>>
}

interface Found {
  readonly image: string
  readonly label: string
  readonly edges: readonly number[]
  /** Undefined for what is no polygon. */
  readonly region: Region | undefined
  readonly split: string | undefined
}

interface Reading {
  readonly found: readonly Found[]
  readonly labels: readonly string[]
  /** Whether classes have names there. */
  readonly named: boolean
}

const LIST = /(?:^|\/)(?:train\.txt|obj\.data)$/
const NAMES = /(?:^|\/)(?:obj\.names|names\.json|[^/]+\.ya?ml)$/
const COLOURS = /(?:^|\/)labelmap\.txt$/

/** Reads the files of a program and compares each with the definitions, and all of them with the figures. */
export async function judgeReading(
  run: PeerFiles,
  deviation: Deviation,
  { ok = true, compare }: Partial<Recorded>,
  tally: Tally,
  library: Library,
): Promise<void> {
  const reading = read(run, library)
  reading.catch(() => undefined) // each check below reports it
  for (const file of run.files) {
    const { path } = file
    if (COLOURS.test(path)) tally.skip('a list of colours, which say nothing about objects')
    else if (LIST.test(path))
      await tally.check(`${path}: names the pictures`, async () => splitDifference(await reading))
    else if (NAMES.test(path))
      await tally.check(`${path}: names the classes`, async () => nameDifference(run, await reading))
    else
      await tally.check(`${path}: read right, for ${run.peer} ${deviation.why}`, async () =>
        fileDifference(file, run, await reading, deviation, ok),
      )
  }
  if (compare !== undefined)
    await tally.check(`${run.out}: as far away as others found`, async () =>
      figureDifference(run.input, await reading, compare),
    )
}

async function read({ input, to, out, files }: PeerFiles, library: Library): Promise<Reading> {
  const { node } = library
  const inside = (path: string): string => path.slice(path.indexOf(out) + out.length + 1)
  const contents: Record<string, Uint8Array | string> = {}
  for (const file of files) {
    // The program asks its caller for names, who kept them in a list.
    if (file.name === 'names.json') contents['labels.txt'] = (file.json() as readonly string[]).join('\n')
    else contents[inside(file.path)] = file.bytes()
  }
  const ledger = new node.Ledger('lenient')
  const { dataset } = await openTree(library, node.memoryTree(contents), to, 'lenient', ledger, input.sizes)
  const found: Found[] = []
  for await (const { path, split, annotations } of dataset.items(ledger))
    for (const { label, definition, box } of annotations) {
      const rings = definition.type === 'segment' ? definition.parts : undefined
      const { left, top, right, bottom } = box ?? definition.bounds ?? edgeless
      found.push({
        image: stemOf(path),
        label,
        edges: [left, top, right, bottom],
        region: rings?.map(({ outer, holes }) => [outer, ...holes]),
        split,
      })
    }
  await dataset.close()
  const { read: count, dropped } = ledger.counts
  if (count !== found.length || dropped > 0) throw new Error(`${count} objects were read, ${dropped} dropped`)
  const labels = dataset.header.labels.labels.map(({ name }) => name)
  return { found, labels, named: to !== 'yolo' || files.some(({ path }) => NAMES.test(path)) }
}

const edgeless = { left: Number.NaN, top: Number.NaN, right: Number.NaN, bottom: Number.NaN }

function splitDifference({ found }: Reading): string | undefined {
  const other = found.find(({ split }) => split !== 'train')
  return other === undefined ? undefined : `${other.image} is in ${other.split}`
}

function nameDifference({ input }: PeerFiles, { labels }: Reading): string | undefined {
  const missing = input.objects.find(({ label }) => !labels.includes(label))
  return missing === undefined ? undefined : `there is no ${missing.label} among ${labels.slice(0, 9).join(', ')}`
}

/**
 * The objects of a file: those of one picture, or of all where the file is a COCO document. A program that stopped half
 * way may not have come to all of them.
 */
function fileDifference(
  file: CorpusFile,
  run: PeerFiles,
  reading: Reading,
  deviation: Deviation,
  whole: boolean,
): string | undefined {
  const image = stemOf(file.path)
  const isOf = (each: { readonly image: string }): boolean => run.to === 'coco' || stemOf(each.image) === image
  const expected = run.input.objects.filter((object) => isOf(object) && !isMissing(object, deviation))
  const left = new Set(reading.found.filter(isOf))
  for (const object of expected) {
    const near = [...left].filter((each) => isNear(object, each, reading, deviation))
    const same = near.find((each) => regionLoss(object, each, run, deviation) === undefined)
    if (same !== undefined) left.delete(same)
    else if (whole) {
      const reason = near[0] === undefined ? 'is not there' : regionLoss(object, near[0], run, deviation)
      return `${object.image} ${object.label} [${object.voc_plain.join(', ')}] ${reason}`
    }
  }
  const more = [...left].map(({ label }) => label).sort()
  if (deviation.more === 'contours') return undefined
  const parts = expected.flatMap(({ parts_named }) => parts_named ?? []).sort()
  const allowed = deviation.more === 'parts' ? parts : []
  return more.join() === allowed.join() ? undefined : `over and above: ${more.join()}`
}

function isMissing({ iscrowd }: Defined, { missing }: Deviation): boolean {
  return missing === 'crowds' && iscrowd === 1
}

function isNear(object: Defined, { image, label, edges }: Found, { named }: Reading, deviation: Deviation): boolean {
  if (image !== stemOf(object.image) || label !== labelOf(object, named)) return false
  return edges.every((edge, i) => {
    const [least, most] = allowance(deviation, i % 2 === 0 ? object.width : object.height)
    const off = edge - (object.voc_plain[i] ?? Number.NaN)
    return off >= least && off <= most
  })
}

/** Classes without names are called by their number. */
function labelOf({ label, class_index }: Defined, named: boolean): string {
  return named ? label : String(class_index)
}

function regionLoss(object: Defined, { region, edges }: Found, { task }: PeerFiles, deviation: Deviation) {
  const rings = task === 'seg' && deviation.boxes === undefined ? ringsOf(object) : undefined
  if (rings === undefined) return region === undefined ? undefined : 'is a region, not a box'
  if (region === undefined) return deviation.overlap === undefined ? 'is a box, not a region' : undefined
  const { overlap = 1 - 1e-6 } = deviation
  const common = overlapOf(
    region,
    rings.map((ring) => [ring]),
  )
  if (common < overlap) return `is another region: ${common} is common`
  // The box beside a region may be that of the ring and not of the pixels.
  const bounds = edgesOf(region.flat())
  const far = bounds.some((edge, i) => Math.abs(edge - (edges[i] ?? 0)) > 1.001)
  return far ? `has the box [${edges.join(', ')}], but its region [${bounds.join(', ')}]` : undefined
}

/** The same figures for what was read here, by the same rule: the nearest object within 6 pixels. */
function figureDifference({ objects }: GoldenInput, { found, named }: Reading, figures: Figures): string | undefined {
  const left = new Set(found)
  const offsets: number[][] = [[], [], [], []]
  let [missing, alike] = [0, 0]
  for (const object of objects) {
    const away = ({ image, edges }: Found): number =>
      image !== stemOf(object.image)
        ? Infinity
        : Math.max(...edges.map((edge, i) => Math.abs(edge - (object.voc_plain[i] ?? 0))))
    const [nearest] = [...left].filter((each) => away(each) <= 6).sort((a, b) => away(a) - away(b))
    if (nearest === undefined) {
      missing++
      continue
    }
    left.delete(nearest)
    if (nearest.label === labelOf(object, named)) alike++
    for (const [i, edge] of nearest.edges.entries()) offsets[i]?.push(edge - (object.voc_plain[i] ?? 0))
  }
  if (found.length !== figures.n_out) return `${found.length} objects, not ${figures.n_out}`
  if (missing !== figures.not_found_within_6px) return `${missing} are not there, not ${figures.not_found_within_6px}`
  // Where the others had no names to compare, we have the numbers of the classes.
  const known = figures.label_equal.True ?? figures.label_equal['n/a']
  if (alike !== known) return `${alike} labels are equal, not ${known}`
  for (const [i, edge] of (['xmin', 'ymin', 'xmax', 'ymax'] as const).entries()) {
    const ours = offsets[i] ?? []
    const sums = [Math.min(...ours), ours.reduce((a, b) => a + b, 0) / ours.length, Math.max(...ours)]
    const theirs = figures.offset_min_mean_max[edge]
    // Both are rounded to four digits there.
    if (sums.some((value, k) => Math.abs(value - (theirs[k] ?? Number.NaN)) > 5.1e-5))
      return `${edge} is away by ${sums.join(', ')}, not ${theirs.join(', ')}`
  }
  return undefined
}
