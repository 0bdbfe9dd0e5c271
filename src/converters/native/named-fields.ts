import type { Pt } from '../../geometry/point.js'
import { Fields } from './fields.js'

/** The fields of an object by name. Throws as {@link Fields}, and `missing-field` for what must be there. */
export class NamedFields extends Fields {
  numberOf(name: string): number {
    return this.number(this.need(name))
  }

  textOf(name: string): string {
    return this.text(this.need(name))
  }

  wordOf(name: string): string {
    return this.word(this.need(name))
  }

  /** Exactly two numbers. */
  pairOf(name: string, expected: string): Pt {
    const at = this.need(name)
    const pair = this.numbers(at)
    const [first, second] = pair
    if (first === undefined || second === undefined || pair.length !== 2) throw this.bad(at, expected)
    return [first, second]
  }

  /** Index of a field that says something: null is as good as absent. -1 when it does not. */
  given(name: string): number {
    const at = this.find(name)
    return at >= 0 && this.isNull(at) ? -1 : at
  }

  optionalNumber(name: string): number | undefined {
    const at = this.given(name)
    return at < 0 ? undefined : this.number(at)
  }

  optionalText(name: string): string | undefined {
    const at = this.given(name)
    return at < 0 ? undefined : this.text(at)
  }

  /** Null where the file says null, for a field where that is not the same as absent. */
  textOrNull(name: string): string | null | undefined {
    const at = this.find(name)
    if (at < 0) return undefined
    return this.isNull(at) ? null : this.text(at)
  }
}
