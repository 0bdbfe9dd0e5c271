import { AnnotationError } from '../../errors.js'
import type { SourceTree } from '../../ports.js'
import { parseJsonText } from '../../text/json-value.js'
import type { Context, Policy } from '../format.js'
import { addBareFolder } from './bare-folder.js'
import { classesOfLines, classesOfNotes, type NamedClass } from './class-names.js'
import { parseDarknet } from './darknet.js'
import { type DataYaml, parseDataYaml, type Section, splitCalled } from './data-yaml.js'
import { type Entry, EntryList, type SplitFolders } from './entries.js'
import { setAside } from './no-labels.js'
import { readTextFile } from './read-file.js'
import { addSections } from './sections.js'
import { folderOf, isPicture, isText, joinInside, nameOf, resolveInside, TreeIndex } from './tree-index.js'

/** What is in a tree, and what describes it. */
export interface Layout {
  readonly entries: readonly Entry[]
  readonly yaml: DataYaml | undefined
  /** The class names and the file they are from. */
  readonly classes: { readonly list: readonly NamedClass[]; readonly file: string } | undefined
  /** How many classes there are said to be. */
  readonly count: number | undefined
  readonly folders: ReadonlyMap<string, SplitFolders>
  /** Text files that nothing leads to, or that are called like something else; they may hold rows. */
  readonly unlisted: readonly string[]
}

/** Finds the pictures and labels of a tree: by a `data.yaml`, by Darknet's files, by list files, else all there are. */
export async function yoloLayout(tree: SourceTree, { account, policy }: Context): Promise<Layout> {
  const index = new TreeIndex(await tree.list())
  const aside = await setAside(tree, index)
  const list = new EntryList(index, aside, account)
  const yaml = await yamlOf(tree, index, policy, account)
  const darknet = yaml === undefined ? await darknetOf(tree, index, account) : undefined
  const lists = await listFiles(tree, index)
  const described = yaml?.sections ?? darknet?.data.sections ?? []
  const sections = described.length > 0 ? described : lists
  const file = yaml?.file ?? darknet?.file ?? sections[0]?.paths[0] ?? tree.name
  const home = folderOf(file)
  let folders: ReadonlyMap<string, SplitFolders> = new Map()
  if (sections.length > 0) {
    const root = yaml?.root === undefined ? undefined : joinInside(home, yaml.root)
    const bases = [...new Set([...(root === undefined ? [] : [root]), home, ''])]
    const labelFolders = yaml?.labelFolders ?? new Map<string, string>()
    folders = await addSections(sections, { tree, index, list, account, file, bases, labelFolders })
  } else addBareFolder(index, list, aside)
  const listed = new Set(sections.flatMap(({ paths }) => paths.map(nameOf)))
  return {
    entries: list.entries,
    yaml,
    folders,
    classes: await classesOf(tree, index, yaml, darknet, account),
    count: yaml?.nc ?? darknet?.data.classes,
    unlisted: index.paths.filter((path) => isText(path) && !list.uses(path) && !listed.has(nameOf(path))),
  }
}

type Told = Context['account']

/** The description nearest to the root; `data.yaml` before others. */
async function yamlOf(
  tree: SourceTree,
  index: TreeIndex,
  policy: Policy,
  account: Told,
): Promise<DataYaml | undefined> {
  const files = nearestFirst(index.paths.filter((path) => /\.ya?ml$/i.test(path)))
  files.sort((a, b) => depth(a) - depth(b) || Number(nameOf(b) === 'data.yaml') - Number(nameOf(a) === 'data.yaml'))
  let chosen: DataYaml | undefined
  let refused: unknown
  for (const file of files.slice(0, 8)) {
    try {
      const yaml = parseDataYaml(await readTextFile(tree, file, account), file, account)
      if (yaml.names === undefined && yaml.sections.length === 0) continue
      if (chosen === undefined) chosen = yaml
      else
        account.problem({
          code: 'file-skipped',
          message: 'another description of a data set is nearer to the root',
          place: { file },
          got: chosen.file,
        })
    } catch (error) {
      if (policy === 'strict' && !isOther(error)) throw error
      refused ??= error
    }
  }
  const [only] = files
  // A broken data.yaml is worse than none: the labels would lose their names.
  if (chosen === undefined && refused !== undefined && /^data\.ya?ml$/i.test(nameOf(only ?? ''))) throw refused
  return chosen
}

/** YAML that describes no data set, as a tree may hold for anything. */
function isOther(error: unknown): boolean {
  return error instanceof AnnotationError && (error.code === 'not-this-format' || error.code === 'yaml-syntax')
}

async function darknetOf(tree: SourceTree, index: TreeIndex, account: Told) {
  const [file] = nearestFirst(index.paths.filter((path) => path.endsWith('.data')))
  return file === undefined
    ? undefined
    : { file, data: parseDarknet(await readTextFile(tree, file, account), file, account) }
}

/** `train.txt` and the like, whose first line is the path of a picture. */
async function listFiles(tree: SourceTree, index: TreeIndex): Promise<readonly Section[]> {
  const sections: Section[] = []
  for (const file of index.paths) {
    const key = /^(train|val|valid|validation|test)\w*\.txt$/.exec(nameOf(file).toLowerCase())?.[1]
    const split = splitCalled(key ?? '')
    if (key === undefined || split === undefined) continue
    const source = await tree.open(file)
    try {
      const head = new Uint8Array(Math.min(4096, source.size))
      await source.read(0, head)
      const [first = ''] = new TextDecoder()
        .decode(head)
        .trimStart()
        .split(/[\r\n]/)
      if (isPicture(first.trim())) sections.push({ key, split, paths: [file] })
    } finally {
      await source.close()
    }
  }
  return sections
}

async function classesOf(
  tree: SourceTree,
  index: TreeIndex,
  yaml: DataYaml | undefined,
  darknet: Awaited<ReturnType<typeof darknetOf>>,
  account: Told,
): Promise<Layout['classes']> {
  if (yaml?.names !== undefined) return { list: yaml.names, file: yaml.file }
  const named = yaml?.namesFile ?? darknet?.data.names
  const home = folderOf(yaml?.file ?? darknet?.file ?? '')
  const there = named === undefined ? undefined : resolveInside(named, [home, ''], (path) => index.has(path))
  if (named !== undefined && there === undefined)
    account.problem({
      code: 'missing-field',
      message: 'the file of class names is not here',
      place: { file: yaml?.file ?? darknet?.file },
      got: JSON.stringify(named),
    })
  const candidates = nearestFirst(index.paths.filter((path) => NAMES.test(nameOf(path))))
  const file = there ?? candidates.find(isText) ?? candidates[0]
  if (file !== undefined) return { list: classesOfLines(await readTextFile(tree, file, account)), file }
  const [notes] = nearestFirst(index.paths.filter((path) => nameOf(path) === 'notes.json'))
  if (notes === undefined) return undefined
  const list = classesOfNotes(parseJsonText(await readTextFile(tree, notes, account), { place: { file: notes } }))
  return list === undefined ? undefined : { list, file: notes }
}

const NAMES = /^(?:classes|labels|predefined_classes|obj_names|names)\.txt$|\.names$/i

function nearestFirst(paths: readonly string[]): string[] {
  return [...paths].sort((a, b) => depth(a) - depth(b))
}

function depth(path: string): number {
  return path.split('/').length
}

/** Nothing to read: the reason a user can do something about. */
export function nothingHere(tree: SourceTree, { yaml }: Layout): AnnotationError {
  return new AnnotationError('empty-input', 'there are neither pictures nor files of labels in here', {
    place: { file: yaml?.file ?? tree.name },
    fix:
      yaml === undefined
        ? 'Name the folder that holds the labels'
        : `Name the folder that holds ${yaml.file} and the labels`,
  })
}
