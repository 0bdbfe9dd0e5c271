import { AnnotationError } from '../../errors.js'
import type { XmlElement } from './xml-tree.js'

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** A number as VOC files have it: `12`, `12.0`, ` 45.7 `; undefined for anything else, NaN and what no double holds included. */
export function numberOf(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

/**
 * The number in a child of an element.
 * @throws AnnotationError `missing-field`, `number-format`, without a place
 */
export function childNumber(element: XmlElement, name: string): number {
  const found = element.elements.find((candidate) => candidate.name === name)
  if (found === undefined)
    throw new AnnotationError('missing-field', `no <${name}> in <${element.name}>`, { expected: `<${name}>` })
  const value = numberOf(found.text)
  if (value === undefined)
    throw new AnnotationError('number-format', `bad <${name}> in <${element.name}>`, {
      expected: 'a number',
      got: JSON.stringify(found.text.slice(0, 40)),
    })
  return value
}
