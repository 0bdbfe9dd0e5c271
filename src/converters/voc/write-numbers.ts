import type { Bounds } from '../../geometry/bounds.js'
import { numberText } from '../../text/json-number.js'
import type { Base } from './base.js'

/** A box as XML, and how far, in pixels, its numbers are from the edges they stand for. */
export interface WrittenBox {
  readonly xml: string
  readonly error: number
}

/** Numbers beyond this are whole anyhow, and scaling them would lose what they hold. */
const LARGE = 1e9

/** A `bndbox` with its numbers rounded, half away from zero, to so many decimals. */
export function bndboxXml(bounds: Bounds, base: Base, decimals: number): WrittenBox {
  const before = base === 'inclusive1' ? 1 : 0
  const { left, top, right, bottom } = bounds
  let error = 0
  const one = (name: string, value: number): string => {
    const rounded = roundedTo(value, decimals)
    error = Math.max(error, Math.abs(rounded - value))
    return `<${name}>${numberText(rounded + 0)}</${name}>`
  }
  const xml = [one('xmin', left + before), one('ymin', top + before), one('xmax', right), one('ymax', bottom)]
  return { xml: `<bndbox>${xml.join('')}</bndbox>`, error }
}

function roundedTo(value: number, decimals: number): number {
  if (Math.abs(value) > LARGE) return value
  const scale = 10 ** decimals
  const size = Math.round(Math.abs(value) * scale) / scale
  return value < 0 ? -size : size
}

/** Elements with exact numbers, in one line. */
export function numbersXml(values: readonly (readonly [name: string, value: number])[]): string {
  return values.map(([name, value]) => `<${name}>${numberText(value + 0)}</${name}>`).join('')
}
