import { AnnotationError } from '../../errors.js'
import type { Bounds } from '../../geometry/bounds.js'
import { numbersIn } from '../../text/json-number.js'
import type { ElementFields, ForeignFields } from './element.js'
import { finiteJson } from './finite-json.js'
import type { ElementNotes } from './notes.js'

/** A declared box, or what is wrong with it. */
export interface BoxReading {
  readonly box?: Bounds
  readonly wrong?: AnnotationError
  readonly repaired?: string
}

const NO_BOX: BoxReading = Object.freeze({})

/** COCO gives left, top, width, height; a box whose width subtraction cannot give back keeps its text. */
export function readBox(
  element: ElementFields,
  notes: ElementNotes,
  repair: boolean,
  fields: ForeignFields,
): BoxReading {
  const at = element.find('bbox')
  if (at < 0) return NO_BOX
  const text = element.text(at)
  const numbers = numbersIn(element.bytes, element.starts[at] as number, element.ends[at] as number)
  if (numbers === undefined || numbers.length !== 4) {
    const { found } = finiteJson(element.bytes, element.starts[at] as number, element.ends[at] as number)
    if (found === undefined) fields.set('bbox', text)
    else notes.verbatim = false
    if (element.kind(at) === 'null' || EMPTY_LIST.test(text)) return NO_BOX
    const expected = '4 finite numbers [left, top, width, height]'
    const code = found === undefined ? 'invalid-value' : 'json-non-finite'
    return { wrong: new AnnotationError(code, 'bad bbox', { expected, got: found ?? text }) }
  }
  const [left = 0, top = 0, width = 0, height = 0] = numbers
  const flipped = width < 0 || height < 0
  if (flipped && !repair) {
    fields.set('bbox', text)
    return {
      wrong: new AnnotationError('invalid-value', 'a bbox of negative size', {
        expected: 'a width and height of 0 or more',
        got: text,
        fix: 'The policy salvage swaps the corners',
      }),
    }
  }
  const box = {
    left: Math.min(left, left + width),
    top: Math.min(top, top + height),
    right: Math.max(left, left + width),
    bottom: Math.max(top, top + height),
  }
  if (flipped) {
    notes.problem({ code: 'invalid-value', message: 'repaired: the corners of a bbox are swapped', got: text }, 'bbox')
    return { box, repaired: 'swapped corners' }
  }
  if (box.right - left !== width || box.bottom - top !== height) fields.set('bbox', text)
  return { box }
}

const EMPTY_LIST = /^\[\s*\]$/
