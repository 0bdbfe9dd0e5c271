import type { Item, Policy, Report, SourceTree } from '../../src/node.js'
import { lossIn, openTree, write } from './conversion.js'
import type { CorpusFile, Layout, World } from './corpus.js'
import type { Library } from './library.js'
import { modelDifference } from './model-difference.js'
import { describe, type Tally } from './tally.js'
import { linesOf, type YoloSet, yamlValues, yoloSets } from './yolo-sets.js'

/** The size every picture is taken to have: not square. What is compared does not depend on it. */
export const YOLO_SIZE = { width: 641, height: 427 } as const

/** YOLO data sets of any layout: files of labels, and what describes them. */
export const yoloDataSets: Layout = {
  name: 'yolo data set',
  claim: (files) => [...new Set(yoloSets(files).flatMap((set) => [...set.files.values(), ...describing(set, files)]))],
  async judge(files, tally, world) {
    for (const set of yoloSets(files))
      await judgeSet(set, tally, world).catch((error: unknown) => tally.fail(set.name, describe(error)))
  },
}

/** The file of a description that is judged in another text. */
function describing({ description }: YoloSet, files: readonly CorpusFile[]): readonly CorpusFile[] {
  return description === undefined ? [] : files.filter(({ extension }) => /^ya?ml$/.test(extension))
}

const ROUTES = [
  ['yolo', false],
  ['yolo', true],
  ['native', false],
  ['native', true],
] as const

async function judgeSet(set: YoloSet, tally: Tally, { library }: World): Promise<void> {
  const { node } = library
  const contents: Record<string, Uint8Array | string> = {}
  for (const [path, file] of set.files) contents[path] = file.bytes()
  if (set.description !== undefined) contents[set.description.path] = set.description.text
  const tree = node.memoryTree(contents)
  await tally.check(`${set.name}: is detected`, async () => {
    const { format, evidence } = await node.detectFormat(tree)
    return format.id === 'yolo' ? undefined : `taken for ${format.id}: ${evidence}`
  })
  const items = await itemsOf(library, tree, 'yolo')
  const sources = items.flatMap(({ place }) => (place?.file?.endsWith('.txt') === true ? [place.file] : []))
  await tally.check(`${set.name}: every file of labels is read`, () => {
    const left = [...set.files].filter(([path, file]) => looksRead(file) && !sources.includes(path))
    return left.length === 0 ? undefined : `not read: ${left.map(([path]) => path).join(', ')}`
  })
  const rows = items.map(({ place }) => linesOf(textIn(contents, place?.file)))
  const count = rows.reduce((sum, lines) => sum + lines.length, 0)
  for (const [route, rewrite] of ROUTES) {
    const name = `${set.name}: yolo → ${route === 'native' ? 'native → ' : ''}yolo${rewrite ? ', rewritten' : ''}`
    const again = yoloAgain(library, tree, route, rewrite)
    again.catch(() => undefined) // each check below reports it
    await tally.check(`${name}: the same rows`, async () => rowDifference(rows, (await again).files, rewrite))
    await tally.check(`${name}: the same description`, async () => yamlDifference(contents, (await again).files))
    await tally.check(`${name}: every row accounted for`, async () => {
      for (const { annotations, problems } of (await again).reports) {
        const loss = lossIn(annotations, count)
        if (loss !== undefined) return `${loss}; ${JSON.stringify(problems.slice(0, 3))}`
      }
      return undefined
    })
  }
  await tally.check(`${set.name}: yolo → native → model`, async () => {
    const { files } = await write(library, await openYolo(library, tree), 'native', false)
    return modelDifference(items, await itemsOf(library, node.memoryTree(Object.fromEntries(files)), 'native'))
  })
}

function looksRead(file: CorpusFile): boolean {
  return file.extension === 'txt' && linesOf(file.text()).some((line) => /^\d+(?:\.0+)?(?:\s+[-+.\deE]+){4}/.test(line))
}

function textIn(contents: Readonly<Record<string, Uint8Array | string>>, path: string | undefined): string {
  const content = path?.endsWith('.txt') === true ? contents[path] : undefined
  return content === undefined ? '' : typeof content === 'string' ? content : new TextDecoder().decode(content)
}

/** One file of labels with what belongs to any: class names, as many as COCO has. */
export function yoloAround(file: CorpusFile, { node }: Library): SourceTree {
  const names = Array.from({ length: 80 }, (_, i) => `class of number ${i}`).join('\n')
  return node.memoryTree({ 'classes.txt': names, 'labels/picture.txt': file.bytes() })
}

/** Reads a tree as YOLO whose pictures all have {@link YOLO_SIZE}. */
export async function openYolo(library: Library, tree: SourceTree, policy: Policy = 'lenient') {
  const { node } = library
  return openTree(library, tree, 'yolo', policy, new node.Ledger(policy), node.oneSize(YOLO_SIZE))
}

async function itemsOf(library: Library, tree: SourceTree, format: string): Promise<readonly Item[]> {
  const { dataset, ledger } = format === 'yolo' ? await openYolo(library, tree) : await openTree(library, tree, format)
  const items: Item[] = []
  // Where a picture lies below the root of the source is nothing the item says.
  for await (const item of dataset.items(ledger)) items.push(item.with({ file: undefined }))
  await dataset.close()
  return items
}

async function yoloAgain(library: Library, tree: SourceTree, route: 'yolo' | 'native', rewrite: boolean) {
  const reports: Report[] = []
  let opened = await openYolo(library, tree)
  if (route === 'native') {
    const { report, files } = await write(library, opened, 'native', rewrite)
    reports.push(report)
    opened = await openTree(library, library.node.memoryTree(Object.fromEntries(files)), 'native')
  }
  const { report, files } = await write(library, opened, 'yolo', rewrite)
  reports.push(report)
  return { reports, files }
}

/** The first row that is another one; files of labels are written in the order of the items. */
function rowDifference(
  expected: readonly (readonly string[])[],
  files: ReadonlyMap<string, Uint8Array>,
  rewrite: boolean,
): string | undefined {
  const written = [...files].filter(([path]) => path.endsWith('.txt'))
  if (written.length !== expected.length) return `${expected.length} items, ${written.length} files of labels`
  for (const [i, [path, bytes]] of written.entries()) {
    const rows = linesOf(new TextDecoder().decode(bytes))
    const wanted = expected[i] ?? []
    if (rows.length !== wanted.length) return `${path}: expected ${wanted.length} rows, got ${rows.length}`
    for (const [k, row] of rows.entries()) {
      const source = wanted[k] ?? ''
      if (rewrite ? !sameNumbers(source, row) : source !== row)
        return `${path}:${k + 1}: expected ${source}, got ${row}`
    }
  }
  return undefined
}

/** Every number within half a unit of the source's last digit, in plain decimals. */
function sameNumbers(source: string, row: string): boolean {
  const [a, b] = [source.split(/\s+/), row.split(/\s+/)]
  return (
    a.length === b.length &&
    a.every((text, i) => {
      const other = b[i] ?? ''
      const unit = 10 ** -(/\.(\d*)/.exec(text)?.[1]?.length ?? 0)
      return /^-?\d+(?:\.\d+)?$/.test(other) && Math.abs(Number(text) - Number(other)) <= unit / 2
    })
  )
}

/** What `data.yaml` says, where the source has one. */
function yamlDifference(
  contents: Readonly<Record<string, Uint8Array | string>>,
  files: ReadonlyMap<string, Uint8Array>,
): string | undefined {
  const source = Object.entries(contents).find(([path]) => /\.ya?ml$/.test(path))
  const text = (content: Uint8Array | string | undefined): string =>
    typeof content === 'string' ? content : new TextDecoder().decode(content)
  if (source === undefined) return files.has('data.yaml') ? undefined : 'there is no data.yaml'
  const [path, content] = source
  if (!files.has(path)) return `there is no ${path}`
  const [expected, actual] = [yamlValues(text(content)), yamlValues(text(files.get(path)))]
  return expected === actual ? undefined : `expected ${expected.slice(0, 200)}, got ${actual.slice(0, 200)}`
}
