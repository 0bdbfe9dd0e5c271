import type { ElementFields, ForeignFields } from './element.js'
import type { ElementNotes } from './notes.js'

/** A finite number; anything else is reported, and its text kept for the way back. */
export function readNumber(
  element: ElementFields,
  i: number,
  notes: ElementNotes,
  fields: ForeignFields,
  base: number,
): number | undefined {
  const value = element.number(i)
  if (value === undefined) keepBad(element, i, notes, fields, base, 'a finite number')
  return value
}

/** 0, 1, true or false. */
export function readCrowd(
  element: ElementFields,
  i: number,
  notes: ElementNotes,
  fields: ForeignFields,
  base: number,
): boolean | undefined {
  const kind = element.kind(i)
  if (kind === 'true' || kind === 'false') {
    fields.set('iscrowd', element.text(i))
    return kind === 'true'
  }
  const value = element.number(i)
  if (value === 0 || value === 1) return value === 1
  keepBad(element, i, notes, fields, base, '0 or 1')
  return undefined
}

/** A field of the wrong kind: reported (but for a plain null), its text kept for the way back. */
function keepBad(
  element: ElementFields,
  i: number,
  notes: ElementNotes,
  fields: ForeignFields,
  base: number,
  expected: string,
): void {
  const kind = element.kind(i)
  if (kind !== 'null') notes.badField(element, i, expected)
  if (kind !== 'non-finite') fields.set(element.names[i] as string, notes.foreignText(element, i, base))
}
