import type { Account } from '../dataset/account.js'
import type { Dataset } from '../dataset/dataset.js'
import { integerId } from '../dataset/id.js'
import { type Label, LabelTree } from '../dataset/labels.js'
import { withHeader } from '../dataset/transforms.js'
import { AnnotationError } from '../errors.js'
import { parseJsonText } from '../text/json-value.js'

/** A label as a label file names it; the number is there when the file gives one. */
export interface LockedLabel {
  readonly name: string
  readonly index?: number | undefined
}

/**
 * The labels of a `--labels` file: one name a line (blank lines are passed over), `index: name` on every line, a JSON
 * object `{"name": index}`, or a JSON array of names.
 * @throws AnnotationError `json-syntax`, `expected-type`, `duplicate-label`
 */
export function parseLabelFile(text: string, file: string): readonly LockedLabel[] {
  const first = text.trimStart()[0]
  const labels: readonly LockedLabel[] =
    first === '{' || first === '[' ? labelsOfJson(text, file) : labelsOfLines(text, file)
  const names = new Set<string>()
  const indices = new Map<number, string>()
  for (const { name, index } of labels) {
    const twice = names.has(name) ? name : undefined
    const other = index === undefined ? undefined : indices.get(index)
    if (twice !== undefined || other !== undefined)
      throw new AnnotationError(
        'duplicate-label',
        twice === undefined
          ? `the labels ${JSON.stringify(other)} and ${JSON.stringify(name)} have one number`
          : `the label ${JSON.stringify(name)} is there twice`,
        { place: { file } },
      )
    names.add(name)
    if (index !== undefined) indices.set(index, name)
  }
  return labels
}

function labelsOfLines(text: string, file: string): readonly LockedLabel[] {
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const numbered = lines.map((line) => /^(\d{1,9})\s*:\s*(.+)$/.exec(line))
  if (lines.length > 0 && numbered.every((match) => match !== null))
    return numbered.map((match) => ({ name: match?.[2] ?? '', index: Number(match?.[1]) }))
  if (/\.ya?ml$/i.test(file))
    throw new AnnotationError('expected-type', 'this YAML is more than a list of labels', {
      place: { file },
      expected: '`index: name` on every line',
      fix: 'Give a file of one name a line, or JSON {"name": index}',
    })
  return lines.map((name) => ({ name }))
}

function labelsOfJson(text: string, file: string): readonly LockedLabel[] {
  const onDuplicateKey = (offset: number, name: string): never => {
    throw new AnnotationError('duplicate-label', `the label ${JSON.stringify(name)} is there twice`, {
      place: { file, offset },
    })
  }
  const value = parseJsonText(text, { place: { file }, onDuplicateKey })
  if (Array.isArray(value)) {
    return value.map((name, i) => {
      if (typeof name === 'string') return { name }
      throw new AnnotationError('expected-type', 'bad label', {
        place: { file, pointer: `/${i}` },
        expected: 'a name',
        got: JSON.stringify(name),
      })
    })
  }
  return Object.entries(value as object)
    .map(([name, index]) => {
      if (typeof index === 'number' && Number.isSafeInteger(index) && index >= 0) return { name, index }
      throw new AnnotationError('expected-type', `bad index of label ${JSON.stringify(name)}`, {
        place: { file },
        expected: 'a whole number from 0',
        got: JSON.stringify(index),
      })
    })
    .sort((a, b) => a.index - b.index)
}

/** How many labels a problem names. */
const SHOWN = 8

/**
 * The data set with its labels in the order of the file and, where the file gives them, with its numbers as ids.
 * A label of the data that the file does not know comes after them, with a problem; it gives up an id that the file gives
 * to another.
 */
export function lockLabels(dataset: Dataset, locked: readonly LockedLabel[], account: Account): Dataset {
  const { labels } = dataset.header
  const indices = new Set(locked.flatMap(({ index }) => (index === undefined ? [] : [String(index)])))
  const freed = (label: Label): Label =>
    label.id !== undefined && indices.has(label.id.text) ? { ...label, id: undefined, raw: undefined } : label
  const result: Label[] = locked.map(({ name, index }) => {
    const found = labels.get(name)
    // Whoever names a label in the file means it, also where only annotations mention it.
    const label = found?.declared === false ? { ...found, declared: true, raw: undefined } : (found ?? { name })
    if (index === undefined) return freed(label)
    return label.id?.text === String(index) ? label : { ...label, id: integerId(String(index)), raw: undefined }
  })
  const known = new Set(locked.map(({ name }) => name))
  const unknown = labels.labels.filter(({ name }) => !known.has(name))
  for (const label of unknown) result.push(freed(label))
  if (unknown.length > 0) {
    const some = unknown.slice(0, SHOWN).map(({ name }) => JSON.stringify(name))
    const more = unknown.length > SHOWN ? `, and ${unknown.length - SHOWN} more` : ''
    account.problem({
      code: 'labels-mismatch',
      message: 'the data has labels that are not in the label file; they come after those that are',
      got: some.join(', ') + more,
      fix: 'Add them to the label file',
    })
  }
  const labelLock = indices.size > 0 ? 'numbers' : 'order'
  return withHeader(dataset, { ...dataset.header, labels: new LabelTree(result), labelLock })
}
