import type { Annotation, Item, SizeSource } from '../../src/node.js'
import { openTree, write } from './conversion.js'
import { type CorpusFile, firstRecordOf, type Layout, type World } from './corpus.js'

/** An object by the definition of its format, as another program has worked it out, unrounded. */
interface Definition {
  readonly image: string
  readonly label: string
  readonly class_index: number
  readonly coco_bbox: readonly number[]
  readonly yolo: readonly number[]
  readonly yolo_seg_parts?: readonly (readonly number[])[]
  readonly polygon?: readonly number[]
}

/**
 * `definition.json` beside YOLO labels (with `sizes.json`) or beside a COCO document: what reading the one gives, and
 * what writing the other.
 */
export const yoloDefinitions: Layout = {
  name: 'YOLO by definition',
  claim: (files) =>
    files.filter((file) => {
      const definitions = files.find(({ path }) => path === `${folderOf(file.path)}/definition.json`)
      return definitions !== undefined && isYolo(definitions) && isPartOf(file)
    }),
  async judge(files, tally, world) {
    for (const file of files.filter((each) => each.name === 'definition.json')) {
      const definitions = file.json() as readonly Definition[]
      const folder = file.location.slice(0, -'/definition.json'.length)
      // Objects of YOLO have no ids, those of COCO have.
      if (!('id' in (firstRecordOf(file.json()) ?? {})))
        await tally.check(`${file.path}: read`, () => readDifference(folder, files, definitions, world))
      else
        for (const task of ['detect', 'segment'] as const)
          await tally.check(`${file.path}: written, --yolo.task ${task}`, () =>
            writtenDifference(`${folder}/annotations.json`, task, definitions, world),
          )
    }
  },
}

function isYolo(file: CorpusFile): boolean {
  const first = firstRecordOf(file.json())
  return first !== undefined && 'yolo' in first && !('coco_bbox_devkit' in first)
}

/** The folder of a data set: that of a file, or the one above its labels. */
function folderOf(path: string): string {
  return path.replace(/(?:\/labels)?\/[^/]+$/, '')
}

function isPartOf({ name, path }: CorpusFile): boolean {
  return /^(?:definition\.json|sizes\.json|data\.yaml)$/.test(name) || /\/labels\/[^/]+\.txt$/.test(path)
}

async function readDifference(
  folder: string,
  files: readonly CorpusFile[],
  definitions: readonly Definition[],
  { library }: World,
): Promise<string | undefined> {
  const { node } = library
  const sizes = files.find(({ location }) => location === `${folder}/sizes.json`)?.json() as
    | Readonly<Record<string, readonly [number, number]>>
    | undefined
  const sizeOf: SizeSource = ({ id }) => {
    const [width, height] = sizes?.[`${id.text}.jpg`] ?? [0, 0]
    return { width, height }
  }
  const tree = await node.folderTree(folder)
  const { dataset, ledger } = await openTree(library, tree, 'yolo', 'strict', new node.Ledger('strict'), sizeOf)
  const left: { readonly item: Item; readonly annotation: Annotation }[] = []
  for await (const item of dataset.items(ledger))
    for (const annotation of item.annotations) left.push({ item, annotation })
  if (left.length !== definitions.length) return `${definitions.length} objects, ${left.length} annotations`
  for (const { image, label, coco_bbox: box, polygon } of definitions) {
    const [x = 0, y = 0, w = 0, h = 0] = box
    const at = left.findIndex(({ item, annotation }) => {
      const { bounds, definition } = annotation
      if (item.id.text !== image || annotation.label !== label || bounds === null) return false
      const rings = definition.type === 'segment' ? definition.rings() : []
      // A ring that others have bridged falls apart: then its extent is compared.
      if (polygon !== undefined && rings.length === 1 && !near(polygon, rings[0] ?? [], 1e-9)) return false
      return near([x, y, x + w, y + h], [bounds.left, bounds.top, bounds.right, bounds.bottom], 1e-9)
    })
    if (at < 0) return `${image}: no annotation is ${label} ${box.join(' ')}`
    left.splice(at, 1)
  }
  return undefined
}

async function writtenDifference(
  location: string,
  task: 'detect' | 'segment',
  definitions: readonly Definition[],
  { library }: World,
): Promise<string | undefined> {
  const opened = await openTree(library, library.node.fileTree(location), 'coco')
  let poses = false
  const watched = library.node.mapAnnotations(opened.dataset, (annotation) => {
    poses ||= annotation.type === 'pose'
    return [annotation]
  })
  const options = { task, crowd: 'keep', clip: 'keep' }
  const { files } = await write(library, { ...opened, dataset: watched }, 'yolo', false, undefined, options)
  // Objects with key points are poses, which have a box and no outline.
  if (poses && task === 'segment') return undefined
  const rows = new Map<string, number[][]>()
  for (const [path, bytes] of files) {
    const name = /^labels\/[^/]+\/(.*)\.txt$/.exec(path)?.[1]
    const lines = new TextDecoder().decode(bytes).split('\n').slice(0, -1)
    if (name !== undefined)
      rows.set(
        name,
        lines.map((line) => line.split(' ').map(Number)),
      )
  }
  for (const { image, class_index: index, yolo, yolo_seg_parts: parts } of definitions) {
    const wanted = task === 'detect' ? yolo : parts?.length === 1 ? parts[0] : undefined
    if (wanted === undefined) continue
    const list = rows.get(image.replace(/\.[^.]*$/, '')) ?? []
    // Six decimals: half a unit of the last one.
    const at = list.findIndex(([first, ...numbers]) => first === index && near(wanted, numbers, 5.0001e-7))
    if (at < 0) return `${image}: no row is ${index} ${wanted.slice(0, 8).join(' ')}`
    list.splice(at, 1)
  }
  return undefined
}

function near(a: readonly number[], b: ArrayLike<number>, tolerance: number): boolean {
  return a.length === b.length && a.every((value, i) => Math.abs(value - (b[i] as number)) <= tolerance)
}
