import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Account } from '../../dataset/account.js'
import { AnnotationError, type Place } from '../../errors.js'
import type { NamedClass } from './class-names.js'
import { jsonOfYaml } from './json-of-yaml.js'
import { namesOf } from './names-of-yaml.js'
import type { Task } from './row-shape.js'
import { checkMerges, hasKeyTwice, mergedPairs, resolved } from './yaml-merge.js'

/** What a `data.yaml` says. */
export interface DataYaml {
  readonly file: string
  /** All its keys in their order, with their values as JSON text. */
  readonly fields: ReadonlyMap<string, string>
  /** The key `path`. */
  readonly root: string | undefined
  /** Where the pictures of each split are: folders or list files. */
  readonly sections: readonly Section[]
  /** The folders of labels it names for splits whose pictures are elsewhere. */
  readonly labelFolders: ReadonlyMap<string, string>
  readonly names: readonly NamedClass[] | undefined
  /** `names` as the path of a file. */
  readonly namesFile: string | undefined
  readonly nc: number | undefined
  readonly task: Task | undefined
  /** Points of a pose and numbers a point, from `kpt_shape`. */
  readonly keypoints: readonly [points: number, dimensions: number] | undefined
}

export interface Section {
  readonly key: string
  readonly split: string
  readonly paths: readonly string[]
}

/** The keys of splits, and the split each of them means. */
const SPLITS: ReadonlyMap<string, string> = new Map([
  ['train', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['validation', 'val'],
  ['test', 'test'],
  ['minival', 'minival'],
])

/** The split that a key or folder name means; undefined when it is none. */
export function splitCalled(name: string): string | undefined {
  return SPLITS.get(name)
}

/** The key under which our writer says where labels are when the pictures are elsewhere. */
export const LABEL_FOLDERS = 'label_folders'

type Value = ReturnType<typeof JSON.parse> | Map<unknown, unknown>

/**
 * Reads a `data.yaml` by the rules of YAML 1.2: a class called `no` is a text.
 * @throws AnnotationError `yaml-syntax` with line and column
 */
export function parseDataYaml(text: string, file: string, account: Account): DataYaml {
  const lines = new LineCounter()
  const document = documentOf(text, file, lines)
  const placeOf = (node: unknown): Place => {
    const start = (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0]
    if (start === undefined) return { file }
    const { line, col } = lines.linePos(start)
    return { file, line, column: col }
  }
  const root = document.contents
  if (!isMap(root))
    throw new AnnotationError('not-this-format', 'this YAML describes no data set', {
      place: { file },
      expected: 'keys such as train and names',
    })
  const values = plainValues(document, file)
  const fields = new Map<string, string>()
  for (const [key, value] of values) fields.set(String(key), jsonOfYaml(value))
  if (hasKeyTwice(root))
    account.problem({
      code: 'json-duplicate-key',
      message: 'a key is there twice; the last one counts',
      place: { file },
      lossy: true,
    })
  const namesPair = mergedPairs(root, document).findLast(({ key }) => isScalar(key) && key.value === 'names')
  const namesValue = resolved(namesPair?.value, document)
  const nc = integerOf(values.get('nc'))
  const task: unknown = values.get('task')
  return {
    file,
    fields,
    root: textOf(values.get('path')),
    sections: sectionsOf(values, file, account),
    labelFolders: labelFoldersOf(values.get(LABEL_FOLDERS)),
    names: namesOf(namesValue, { document, placeOf, account }),
    namesFile: isScalar(namesValue) ? textOf(namesValue.value) : undefined,
    nc,
    task: task === 'detect' || task === 'segment' || task === 'pose' ? task : undefined,
    keypoints: keypointsOf(values.get('kpt_shape')),
  }
}

function documentOf(text: string, file: string, lineCounter: LineCounter): Document.Parsed {
  const deep = deepLine(text)
  // The parser calls itself for every level; deep enough, that ends the process and not only the parser.
  if (deep > 0)
    throw new AnnotationError('yaml-syntax', 'nested too deeply', {
      place: { file, line: deep },
      expected: `at most ${DEEPEST} levels`,
    })
  try {
    const document = parseDocument(text, {
      version: '1.2',
      // PyYAML merges too. Integers as such: a double would change long ones.
      merge: true,
      intAsBigInt: true,
      uniqueKeys: false,
      logLevel: 'silent',
      lineCounter,
    })
    const [error] = document.errors
    if (error !== undefined) {
      const [start] = error.linePos ?? []
      throw new AnnotationError('yaml-syntax', error.message.split('\n')[0]?.replace(/ at line .*$/, '') ?? '', {
        place: { file, line: start?.line, column: start?.col },
      })
    }
    return document
  } catch (error) {
    throw refused(error, file)
  }
}

/** How deep lists and maps may stand in each other. */
const DEEPEST = 100

/** The line on which the text is, or may be, nested too deeply; 0 when it is not. */
function deepLine(text: string): number {
  let open = 0
  let line = 0
  for (const content of text.split(/\r\n|\n|\r/)) {
    line++
    const lead = /^[-?:\s]*/.exec(content)?.[0] ?? ''
    if (lead.length > 4 * DEEPEST || lead.replace(/\s/g, '').length > DEEPEST) return line
    for (let i = 0; i < content.length; i++) {
      const character = content[i]
      if (character === '[' || character === '{') open++
      else if ((character === ']' || character === '}') && open > 0) open--
      if (open > DEEPEST) return line
    }
  }
  return 0
}

function plainValues(document: Document, file: string): Map<unknown, Value> {
  try {
    checkMerges(document, file)
    return document.toJS({ mapAsMap: true, maxAliasCount: 100 })
  } catch (error) {
    throw refused(error, file)
  }
}

/** Whatever the parser cannot cope with: brackets a million deep, aliases that multiply. */
function refused(cause: unknown, file: string): AnnotationError {
  if (cause instanceof AnnotationError) return cause
  const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
  return new AnnotationError('yaml-syntax', reason, { place: { file }, cause })
}

function sectionsOf(values: ReadonlyMap<unknown, Value>, file: string, account: Account): readonly Section[] {
  const sections: Section[] = []
  for (const [key, value] of values) {
    const split = typeof key === 'string' ? splitCalled(key) : undefined
    if (typeof key !== 'string' || split === undefined || value === null || value === '') continue
    const paths: unknown[] = Array.isArray(value) ? value : [value]
    const texts = paths.filter((path) => typeof path === 'string')
    if (texts.length < paths.length)
      account.problem({
        code: 'expected-type',
        message: `bad ${key}`,
        place: { file },
        expected: 'a folder, a list file, or a list of them',
        lossy: true,
      })
    if (texts.length > 0) sections.push({ key, split, paths: texts })
  }
  return sections
}

function labelFoldersOf(value: Value): ReadonlyMap<string, string> {
  if (!(value instanceof Map)) return new Map()
  const folders = new Map<string, string>()
  for (const [key, folder] of value) if (typeof key === 'string' && typeof folder === 'string') folders.set(key, folder)
  return folders
}

function keypointsOf(value: Value): readonly [number, number] | undefined {
  if (!Array.isArray(value)) return undefined
  const [points = 0, dimensions] = value.map(integerOf)
  return points > 0 && (dimensions === 2 || dimensions === 3) ? [points, dimensions] : undefined
}

/** A whole number as a double; what it is written as does not matter. */
function integerOf(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
