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
 * The labels of a `--labels` file: one name a line (blank lines are passed over), or a JSON object `{"name": index}`,
 * or a JSON array of names.
 * @throws AnnotationError `json-syntax`, `expected-type`, `duplicate-label`
 */
export function parseLabelFile(text: string, file: string): readonly LockedLabel[] {
  const first = text.trimStart()[0]
  const labels: readonly LockedLabel[] =
    first === '{' || first === '['
      ? labelsOfJson(text, file)
      : text
          .split(/\r\n|\n|\r/)
          .map((line) => line.trim())
          .filter((line) => line !== '')
          .map((name) => ({ name }))
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
  for (const label of labels) {
    if (known.has(label.name)) continue
    account.problem({
      code: 'labels-mismatch',
      message: `the label ${JSON.stringify(label.name)} of the data is not in the label file`,
      fix: 'Add it to the label file',
    })
    result.push(freed(label))
  }
  return withHeader(dataset, { ...dataset.header, labels: new LabelTree(result) })
}
