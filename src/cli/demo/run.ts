import { convertDataset, type Report, throwIfAborted } from '../../converters/convert.js'
import { formats } from '../../converters/registry.js'
import type { Item } from '../../dataset/item.js'
import { breath } from '../../io/breathe.js'
import { nodeDeflate } from '../../io/deflate.js'
import { createOutput } from '../../io/output.js'
import type { Abort, SinkTree } from '../../ports.js'
import { demoDataset } from './dataset.js'
import { type Exhibit, exhibitOf } from './exhibits.js'
import { indexSheet } from './overlay/index-sheet.js'
import { openStudio, type Picture, type Studio } from './studio.js'

export interface DemoOptions {
  readonly out: string
  readonly overwrite?: boolean | undefined
  readonly signal?: Abort | undefined
  /** Told, in a few words, what is being done. */
  readonly onStep?: ((what: string) => void) | undefined
}

/** What the demo made. */
export interface DemoResult {
  readonly items: readonly Item[]
  /** One report for each format, in the order of the registry. */
  readonly reports: readonly Report[]
  /** All files written, relative to the output folder. */
  readonly files: readonly string[]
}

/** The sheet with all previews. */
export const INDEX = 'preview/index.png'

/** How many pictures stand in each row of the index sheet. */
const ROWS = [2, 3, 4] as const

/**
 * Draws the demo's data set, writes it in every format that can be written, and accounts for it. The files appear
 * together at the end, or not at all.
 * @throws AnnotationError `output-not-empty` without `overwrite`; `io`; `aborted`
 */
export async function runDemo({ out, overwrite, signal, onStep }: DemoOptions): Promise<DemoResult> {
  const output = await createOutput(out, { overwrite })
  try {
    const dataset = demoDataset()
    const items: Item[] = []
    for await (const item of dataset.items()) items.push(item)
    const studio = await openStudio()
    const exhibits: Exhibit[] = []
    for (const item of items) {
      // Drawing does not wait for anything; without this nobody would notice Ctrl-C.
      await breath()
      throwIfAborted(signal)
      onStep?.(`drawing ${item.path}`)
      exhibits.push(exhibitOf(studio, item, dataset.header.labels))
    }
    await writeExhibits(studio, exhibits, output.tree)
    const reports: Report[] = []
    for (const to of formats) {
      if (to.write === undefined) continue
      onStep?.(`writing ${to.id}`)
      const source = { format: 'demo', name: 'demo' }
      const tree = below(output.tree, to.id, `${out}/${to.id}`)
      reports.push(await convertDataset(dataset, { to, tree, deflate: nodeDeflate, signal, source }))
    }
    await output.commit()
    return { items, reports, files: output.files }
  } catch (error) {
    await output.abort()
    throw error
  }
}

async function writeExhibits(studio: Studio, exhibits: readonly Exhibit[], tree: SinkTree): Promise<void> {
  const png = async (path: string, picture: Picture) => ({ path, bytes: await studio.png(picture) })
  // Encoding is most of the work, and threads of the drawing library do it side by side.
  const files = await Promise.all([
    ...exhibits.map(({ item: { path }, file }) =>
      file instanceof Uint8Array ? { path, bytes: file } : png(path, file),
    ),
    ...exhibits.map(({ item, preview }) => png(previewPath(item), preview)),
    png(INDEX, sheetOf(studio, exhibits)),
  ])
  for (const { path, bytes } of files) {
    const sink = await tree.create(path)
    await sink.write(bytes)
    await sink.close()
  }
}

function sheetOf(studio: Studio, exhibits: readonly Exhibit[]): Picture {
  const annotations = exhibits.flatMap(({ item }) => item.annotations)
  const types = new Set(annotations.map(({ type }) => type))
  const entries = exhibits.map(({ item, preview }) => ({
    picture: preview,
    caption: `${item.path} · ${item.annotations.length} annotations`,
  }))
  const numbers = `${exhibits.length} items · ${annotations.length} annotations · all ${types.size} types`
  return indexSheet(studio, entries, ROWS, 'annoform demo', `${numbers} · dashed: partly hidden · hatched: a crowd`)
}

/** `preview/street.png` for `pictures/street.png`. */
export function previewPath(item: Item): string {
  const name = item.path.slice(item.path.lastIndexOf('/') + 1)
  return `preview/${name.slice(0, name.lastIndexOf('.'))}.png`
}

/** The folder `folder` of a tree as a tree of its own. */
function below(tree: SinkTree, folder: string, name: string): SinkTree {
  return { name, create: (path) => tree.create(`${folder}/${path}`) }
}
