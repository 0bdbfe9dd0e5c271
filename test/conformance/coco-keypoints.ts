import type { Annotation } from '../../src/node.js'
import { type CorpusFile, recordOf } from './corpus.js'
import type { Library } from './library.js'
import { modelDifference } from './model-difference.js'
import type { Tally } from './tally.js'

const SEEN = ['missing', 'hidden', 'visible']

/** Every annotation with a labelled key point is a pose with the names of its category and the numbers of the file; no other is. */
export async function judgeKeypoints(file: CorpusFile, tally: Tally, library: Library): Promise<void> {
  const root = recordOf(file.json())
  const names = new Map<unknown, readonly unknown[]>()
  for (const category of recordsOf(root?.categories))
    if (Array.isArray(category.keypoints)) names.set(category.id, category.keypoints)
  if (names.size === 0) return
  const expected = new Map<string, unknown>()
  for (const annotation of recordsOf(root?.annotations)) {
    const points = posePoints(annotation, names.get(annotation.category_id))
    if (points !== undefined) expected.set(String(annotation.id), points)
  }
  await tally.check(`${file.path}: ${expected.size} poses by value`, () =>
    poseDifference(file, expected, 'auto', library),
  )
  await tally.check(`${file.path}: read as regions there is no pose`, () =>
    poseDifference(file, new Map(), 'region', library),
  )
}

function posePoints(annotation: Readonly<Record<string, unknown>>, names: readonly unknown[] | undefined): unknown {
  const numbers = annotation.keypoints
  if (names === undefined || !Array.isArray(numbers)) return undefined
  const points = Array.from({ length: numbers.length / 3 }, (_, i) => {
    const [x, y, v] = numbers.slice(3 * i, 3 * i + 3)
    return { name: names[i] ?? String(i + 1), x, y, visibility: SEEN[v] }
  })
  return points.some(({ visibility }) => visibility !== 'missing') ? points : undefined
}

async function poseDifference(
  file: CorpusFile,
  expected: ReadonlyMap<string, unknown>,
  geometry: string,
  { node }: Library,
): Promise<string | undefined> {
  const format = node.formatById('coco')
  if (format.read === undefined) return 'coco cannot be read'
  const account = new node.Ledger('lenient')
  const options = node.resolveOptions('coco', format.read.options, { geometry })
  const context = { policy: 'lenient', account, scratch: node.memoryScratch() } as const
  const dataset = await format.read.open(node.fileTree(file.location), options, context)
  const found: Annotation[] = []
  for await (const item of dataset.items(account)) found.push(...item.annotations)
  await dataset.close()
  const poses = found.flatMap(({ id, definition }) =>
    definition.type === 'pose' ? [[id?.text ?? '', definition.points] as const] : [],
  )
  return modelDifference(sorted(expected), sorted(poses))
}

function sorted(poses: Iterable<readonly [string, unknown]>): unknown {
  return [...poses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, points]) => ({ id, points: plain(points) }))
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) return []
  return value.map((element: unknown) => recordOf(element)).filter((record) => record !== undefined)
}
