import type { Account } from '../../dataset/account.js'
import { integerId } from '../../dataset/id.js'
import { type Label, uniqueName } from '../../dataset/labels.js'
import type { JsonValue } from '../../text/json-value.js'
import { LARGEST_CLASS } from './row.js'

/** A class as a file names it. */
export interface NamedClass {
  readonly index: number
  readonly name: string
  readonly line?: number | undefined
}

/** The labels of named classes, in the order of the file. Two of one name, or of one number, are told apart. */
export function classLabels(classes: readonly NamedClass[], file: string, account: Account): readonly Label[] {
  const names = new Set<string>()
  const indices = new Set<number>()
  const labels: Label[] = []
  for (const { index, name: given, line } of classes) {
    const place = { file, line }
    if (indices.has(index)) {
      const message = 'a class number is there twice; the first name counts'
      account.problem({
        code: 'duplicate-label',
        message,
        place,
        got: `${index}: ${JSON.stringify(given)}`,
        lossy: true,
      })
      continue
    }
    indices.add(index)
    if (given === '')
      account.problem({ code: 'missing-field', message: 'a class without a name', place, got: `class ${index}` })
    const name = uniqueName(given === '' ? `class ${index}` : given, names)
    if (given !== '' && name !== given)
      account.problem({
        code: 'duplicate-label',
        message: 'two classes have one name; the later one gets a number',
        place,
        got: JSON.stringify(given),
        fix: `It is called ${JSON.stringify(name)}`,
      })
    names.add(name)
    labels.push({ name, id: integerId(String(index)) })
  }
  return labels
}

/** The classes of a file with one name a line; blank lines at the end are none, others are classes without a name. */
export function classesOfLines(text: string): readonly NamedClass[] {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim())
  while (lines.at(-1) === '') lines.pop()
  return lines.map((name, index) => ({ index, name, line: index + 1 }))
}

/** The classes of Label Studio's `notes.json`: `{"categories": [{"id": 0, "name": "cat"}]}`. */
export function classesOfNotes(value: JsonValue): readonly NamedClass[] | undefined {
  const list = recordOf(value)?.categories
  if (!Array.isArray(list)) return undefined
  return list.flatMap((entry: JsonValue) => {
    const { id, name } = recordOf(entry) ?? {}
    return typeof id === 'number' && isClassIndex(id) && typeof name === 'string' ? [{ index: id, name }] : []
  })
}

/** The classes of the JSON form of `names`: a list, or an object by class number. Undefined for anything else. */
export function classesOfJson(value: JsonValue): readonly NamedClass[] | undefined {
  if (Array.isArray(value)) return value.map((name: JsonValue, index) => ({ index, name: nameText(name) }))
  const record = recordOf(value)
  if (record === undefined) return undefined
  return Object.entries(record).flatMap(([key, name]) =>
    /^[0-9]+$/.test(key) && isClassIndex(Number(key)) ? [{ index: Number(key), name: nameText(name) }] : [],
  )
}

export function isClassIndex(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= LARGEST_CLASS
}

function nameText(value: JsonValue): string {
  return typeof value === 'string' ? value : value === null ? '' : String(value)
}

function recordOf(value: JsonValue | undefined): Readonly<Record<string, JsonValue>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, JsonValue>>)
    : undefined
}
