import type { Account, Amendment, Outcome, Problem } from '../../dataset/account.js'
import { Annotation } from '../../dataset/annotation.js'
import type { Extra, RawNames } from '../../dataset/extra.js'
import { type Id, integerId, isIntegerText } from '../../dataset/id.js'
import type { Size } from '../sizes.js'
import type { ClassLabels } from './class-labels.js'
import { plainText } from './decimal-text.js'
import type { Dialect } from './dialect.js'
import { forEachRow, Row } from './row.js'
import { type RowKind, shapeOf } from './row-shape.js'

/** From so many digits on, the way to pixels and back does not give every number again: then its text is kept. */
export const EXACT_DIGITS = 12

export interface LabelFileScope {
  readonly dialect: Dialect
  readonly labels: Pick<ClassLabels, 'nameOf' | 'isUnknown'>
  readonly account: Account
  readonly repair: boolean
}

const INVALID: Outcome = Object.freeze({ effect: 'dropped', subject: 'annotation', reason: 'invalid' })
/** What becomes of rows when nobody knows the size of the picture. */
export const UNSIZED: Outcome = Object.freeze({ effect: 'dropped', subject: 'annotation', reason: 'size unknown' })
/** What becomes of the rows of a file that is too large. */
export const TOO_LARGE: Outcome = Object.freeze({ effect: 'dropped', subject: 'annotation', reason: 'too large' })
const REPAIRED: Amendment = Object.freeze({ effect: 'approximated', reason: 'repaired' })

/** Reads the rows of one file of labels. */
export class LabelFileReader {
  readonly #scope: LabelFileScope
  readonly #row = new Row()

  constructor(scope: LabelFileScope) {
    this.#scope = scope
  }

  /** How many rows there are, whatever is in them. */
  countRows(bytes: Uint8Array): number {
    let rows = 0
    forEachRow(bytes, () => rows++)
    return rows
  }

  /** Leaves out all rows. */
  dropAll(bytes: Uint8Array, file: string, outcome: Outcome): void {
    forEachRow(bytes, (line) => this.#scope.account.drop(outcome, { file, line }))
  }

  /** The annotations of a file; rows that are none are dropped. The bytes stay in use. */
  annotations(bytes: Uint8Array, file: string, size: Size): readonly Annotation[] {
    const annotations: Annotation[] = []
    const names = new Map<number, RawNames>()
    forEachRow(bytes, (line, start, end, indent) => {
      const annotation = this.#annotation(bytes, start, end, { file, line, indent, size, names })
      if (annotation === undefined) this.#scope.account.drop(INVALID, { file, line })
      else annotations.push(annotation)
    })
    return annotations
  }

  #annotation(bytes: Uint8Array, start: number, end: number, at: RowPlace): Annotation | undefined {
    const { dialect, labels } = this.#scope
    const row = this.#row
    const fault = row.read(bytes, start, end)
    if (fault !== undefined) {
      const { column, ...what } = fault
      this.#problem(at, { code: 'row-format', ...what, lossy: true }, at.indent + column)
      return undefined
    }
    const kind = kindOf(row.count, dialect)
    if (kind === undefined) {
      this.#problem(at, {
        code: 'row-format',
        message: 'bad count of numbers',
        ...countsOf(dialect, row.count),
        lossy: true,
      })
      return undefined
    }
    const repaired = kind === 'box' && this.#isNegative(at)
    if (repaired === undefined) return undefined
    const { classIndex } = row
    if (labels.isUnknown(classIndex))
      this.#problem(at, { code: 'unknown-label', message: 'a class that has no name', got: String(classIndex) })
    const { size, names } = at
    let name = names.get(classIndex)
    if (name === undefined) {
      name = { item: `${size.width}x${size.height}`, label: String(classIndex) }
      names.set(classIndex, name)
    }
    const shape = shapeOf(kind, row.values, row.count, size, labels.nameOf(classIndex))
    const bridged = shape.type === 'segment' && shape.rings().length > 1
    return new Annotation({
      definition: shape,
      ...this.#sixth(kind),
      extra: repaired ? undefined : this.#extra(bridged),
      raw: repaired ? undefined : { format: 'yolo', bytes: bytes.subarray(start, end), names: name },
      place: { file: at.file, line: at.line },
      amended: repaired ? REPAIRED : undefined,
    })
  }

  /** Whether a negative width or height was repaired; undefined when the row has to go. */
  #isNegative(at: RowPlace): boolean | undefined {
    const { values } = this.#row
    const [w, h] = [values[2] as number, values[3] as number]
    if (w >= 0 && h >= 0) return false
    const { repair } = this.#scope
    this.#problem(at, {
      code: 'invalid-value',
      message: repair ? 'a box of negative size; its corners are swapped' : 'a box of negative size',
      expected: 'width and height from 0',
      got: `${w} ${h}`,
      lossy: !repair,
    })
    if (!repair) return undefined
    values[2] = Math.abs(w)
    values[3] = Math.abs(h)
    return true
  }

  /** What stands after the four numbers of a box. */
  #sixth(kind: RowKind): { readonly score?: number; readonly objectId?: Id } {
    const row = this.#row
    if (kind !== 'box' || row.count !== 5) return {}
    if (this.#scope.dialect.sixth === 'score') return { score: row.values[4] as number }
    const text = plainText(row.text(4)).replace(/\.0*$/, '')
    return { objectId: isIntegerText(text) ? integerId(text) : { text, kind: 'string' } }
  }

  /** The numbers of a row that its definition does not give again: very long ones, bridges, the points of a pose. */
  #extra(bridged: boolean): Extra | undefined {
    const row = this.#row
    const pose = row.count === this.#scope.dialect.poseNumbers
    if (!bridged && !pose && row.decimals <= EXACT_DIGITS) return undefined
    const numbers: string[] = []
    for (let i = 0; i < row.count; i++) numbers.push(plainText(row.text(i)))
    return new Map([['yolo', { keys: NO_KEYS, fields: new Map([['numbers', `[${numbers.join(',')}]`]]) }]])
  }

  #problem(at: RowPlace, problem: Omit<Problem, 'place'>, column?: number): void {
    this.#scope.account.problem({
      ...problem,
      place: { file: at.file, line: at.line, column: column ?? at.indent + 1 },
    })
  }
}

interface RowPlace {
  readonly file: string
  readonly line: number
  readonly indent: number
  readonly size: Size
  /** One object for all rows of a class. */
  readonly names: Map<number, RawNames>
}

const NO_KEYS: readonly string[] = Object.freeze([])

function kindOf(numbers: number, { task, poseNumbers }: Dialect): RowKind | undefined {
  if (task === 'pose') return numbers === poseNumbers ? 'box' : undefined
  if (numbers === 4 || numbers === 5) return 'box'
  return task === 'segment' && numbers >= 6 && numbers % 2 === 0 ? 'ring' : undefined
}

function countsOf(
  { task, poseNumbers }: Dialect,
  numbers: number,
): { readonly expected: string; readonly got: string } {
  const box = 'a class and 4 numbers (5 with a score or track)'
  const expected =
    task === 'pose'
      ? `a class and ${poseNumbers ?? 0} numbers, as kpt_shape says`
      : task === 'segment'
        ? `a class and an even count of numbers from 6, or ${box}`
        : box
  return { expected, got: numbers < 0 ? 'nothing' : `a class and ${numbers}` }
}
