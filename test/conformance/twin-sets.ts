import { parse } from 'yaml'
import { type CorpusFile, recordOf } from './corpus.js'
import { type Files, stemOf } from './plain-objects.js'
import type { YoloSet } from './yolo-sets.js'

/** Files of two formats about the same pictures, under names that both formats know. */
export interface Twins {
  readonly ours: Files
  readonly theirs: Files
}

/** How many of the files of one format must have a partner for both to be one data set. */
const ENOUGH = 0.75

/** The files that are about one picture each, where nearly all of theirs are about one of ours. */
export function twinsOf(
  ours: readonly CorpusFile[],
  theirs: readonly CorpusFile[],
  nameOf: (file: CorpusFile) => string,
  folder: string,
): Twins | undefined {
  const partners = new Map(theirs.map((file) => [stemOf(file.path), file]))
  const paired = ours.filter((file) => partners.has(nameOf(file)))
  if (theirs.length === 0 || paired.length < theirs.length * ENOUGH) return undefined
  return {
    ours: new Map(paired.map((file) => [`json/${nameOf(file)}.json`, file.bytes()])),
    theirs: new Map(
      paired.flatMap((file) => {
        const partner = partners.get(nameOf(file))
        return partner === undefined
          ? []
          : [[`${folder}/${nameOf(file)}.${partner.extension}`, partner.bytes()] as const]
      }),
    ),
  }
}

/** Files of one folder each. */
export function byFolder(files: readonly CorpusFile[]): readonly (readonly CorpusFile[])[] {
  const folders = new Map<string, CorpusFile[]>()
  for (const file of files) {
    const folder = file.path.slice(0, -file.name.length)
    folders.set(folder, [...(folders.get(folder) ?? []), file])
  }
  return [...folders.values()]
}

/** The files of rows of a YOLO data set. */
export function rowFilesOf({ files }: YoloSet): readonly CorpusFile[] {
  return [...files.values()].filter(({ name }) => name.endsWith('.txt') && !NAMES.test(name) && !LIST.test(name))
}

const NAMES = /^(?:labels|classes)\.txt$/
const LIST = /^(?:train|val|valid|test)\.txt$/

/** The names of its classes, by their numbers. */
export function classNamesOf({ files, description }: YoloSet): readonly string[] {
  const named = [...files.values()].find(({ name }) => NAMES.test(name) || name === 'obj.names')
  if (named !== undefined)
    return named
      .text()
      .split(/\r?\n/)
      .filter((line) => line !== '')
  const yaml = [...files.values()].find(({ extension }) => /^ya?ml$/.test(extension))
  const names = recordOf(parse(description?.text ?? yaml?.text() ?? ''))?.names
  const listed: readonly unknown[] = Array.isArray(names) ? names : Object.values(recordOf(names) ?? {})
  return listed.map(String)
}
