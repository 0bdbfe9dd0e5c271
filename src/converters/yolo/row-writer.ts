import type { Account, Outcome } from '../../dataset/account.js'
import type { Annotation, Flags } from '../../dataset/annotation.js'
import type { Raw } from '../../dataset/extra.js'
import type { DefinitionType } from '../../definitions/index.js'
import type { Size } from '../sizes.js'
import { boxNumbers, type RowNumbers } from './box-row.js'
import type { ClassTable } from './class-table.js'
import { plainText } from './decimal-text.js'
import { reportLosses, type SixthColumn } from './field-losses.js'
import { CROWD, droppedOutcome, NO_CLASS, NO_PLACE, NO_SIZE, outcomeOf } from './outcomes.js'
import { ringNumbers } from './ring-row.js'
import { Row } from './row.js'
import { type RowKind, shapeOf } from './row-shape.js'
import { jsonOf, type YoloSource } from './source-extra.js'

export interface WritingChoices {
  readonly task: 'auto' | 'detect' | 'segment'
  readonly sixth: 'auto' | 'none' | 'score' | 'track'
  readonly crowd: 'drop' | 'keep'
  readonly clip: 'auto' | 'always' | 'keep'
}

export interface WrittenRow {
  /** The row without its line end; undefined when it has no place. */
  readonly text: string | Uint8Array | undefined
  readonly outcome: Outcome
}

/** Writes annotations as rows. */
export class RowWriter {
  readonly #choices: WritingChoices
  readonly #classes: ClassTable
  readonly #source: YoloSource | undefined
  readonly #account: Account
  readonly #clip: boolean
  readonly #sixth: SixthColumn
  readonly #row = new Row()
  #settled: RowKind | undefined
  /** Whether the first picture has settled it on boxes, which nobody asked for. */
  #guessedBoxes = false
  #met = false

  constructor(choices: WritingChoices, classes: ClassTable, source: YoloSource | undefined, account: Account) {
    this.#choices = choices
    this.#classes = classes
    this.#source = source
    this.#account = account
    this.#clip = choices.clip === 'always' || (choices.clip === 'auto' && source === undefined)
    this.#settled = choices.task === 'auto' ? source?.rows : KINDS[choices.task]
    this.#sixth = choices.sixth === 'auto' ? (source?.sixth ?? 'none') : choices.sixth
  }

  /**
   * What rows say that nobody has chosen and no YOLO source tells: polygons when the first picture with annotations has a
   * region, else boxes. A file cannot say both, and nobody knows what comes later.
   */
  settle(annotations: readonly Annotation[]): void {
    if (this.#settled !== undefined || this.#source !== undefined) return
    const written = annotations.filter(({ type, flags }) => HELD.has(type) && !this.#leavesOut(flags))
    if (written.length === 0) return
    this.#settled = written.some(({ type }) => REGIONS.has(type)) ? 'ring' : 'box'
    this.#guessedBoxes = this.#settled === 'box'
  }

  /** What all rows are; undefined when they are as various as those of the source. */
  get rows(): RowKind | undefined {
    return this.#settled ?? (this.#source === undefined ? 'box' : undefined)
  }

  /** Whether a row for this annotation needs the size of its picture. */
  needsSize(annotation: Annotation): boolean {
    if (!HELD.has(annotation.type) || this.#leavesOut(annotation.flags)) return false
    const { names } = annotation.raw ?? {}
    return names === undefined || !this.#mayCopy(annotation)
  }

  /** Without `size` what {@link needsSize} is dropped. */
  write(annotation: Annotation, size: Size | undefined): WrittenRow {
    const { definition, flags, label } = annotation
    const { type } = definition
    if (this.#leavesOut(flags)) return { text: undefined, outcome: droppedOutcome(type, CROWD) }
    if (!HELD.has(type)) return { text: undefined, outcome: droppedOutcome(type, NO_PLACE) }
    const { raw } = annotation
    const known = this.#classes.settled(label)
    if (raw !== undefined && known !== undefined && this.#mayCopy(annotation))
      if (this.#saysSame(raw, annotation, known, size)) return { text: raw.bytes, outcome: outcomeOf(type, []) }
    const numbers = size === undefined ? NO_SIZE : this.#numbers(annotation, size)
    if (typeof numbers === 'string') return { text: undefined, outcome: droppedOutcome(type, numbers) }
    // Only now: a label of which no row is written must not become a class.
    const index = known ?? this.#classes.indexOf(label)
    if (index === undefined) return { text: undefined, outcome: droppedOutcome(type, NO_CLASS) }
    if (this.#guessedBoxes && REGIONS.has(type)) this.#reportRegion(annotation)
    const kind = this.#kindOf(annotation)
    const sixth = kind === 'box' ? this.#sixthText(annotation) : undefined
    reportLosses(annotation, kind, sixth === undefined ? 'none' : this.#sixth, this.#account)
    const text = `${index} ${numbers.text}${sixth === undefined ? '' : ` ${sixth}`}`
    return { text, outcome: outcomeOf(type, numbers.changes) }
  }

  /** A region that becomes a box because of what happened to come first. */
  #reportRegion({ place }: Annotation): void {
    if (!this.#met) {
      const reason = 'boxes, as in the first picture with annotations'
      this.#account.field({ level: 'header', effect: 'defaulted', subject: 'task', reason })
    }
    this.#met = true
    this.#account.problem({
      code: 'dialect',
      message: 'a region becomes a box, because the first picture with annotations had boxes only',
      place,
      fix: 'Give --yolo.task segment to write polygons, or --yolo.task detect to mean boxes',
    })
  }

  #leavesOut({ crowd }: Flags): boolean {
    return crowd === true && this.#choices.crowd === 'drop'
  }

  /** A box or a ring: as settled for all rows, else what is nearer to the annotation. */
  #kindOf({ type }: Annotation): RowKind {
    return this.#settled ?? (this.#source !== undefined && REGIONS.has(type) ? 'ring' : 'box')
  }

  #mayCopy(annotation: Annotation): boolean {
    const { raw, type, score, objectId } = annotation
    if (raw?.format !== 'yolo' || this.#choices.clip === 'always') return false
    if (this.#choices.sixth !== 'auto' && (score !== undefined || objectId !== undefined)) return false
    return type === (this.#kindOf(annotation) === 'box' ? 'box' : 'segment')
  }

  /** Whether the text of a row still says its class and, in a picture of this size, its geometry. */
  #saysSame({ bytes, names }: Raw, { definition }: Annotation, index: number, size: Size | undefined): boolean {
    if (names !== undefined)
      return names.label === String(index) && (size === undefined || names.item === `${size.width}x${size.height}`)
    const row = this.#row
    if (size === undefined || row.read(bytes, 0, bytes.length) !== undefined || row.classIndex !== index) return false
    if (bytes.includes(0x0a) || bytes.includes(0x0d)) return false
    const kind = definition.type === 'box' ? 'box' : 'ring'
    return hasShape(definition, kind, row.values, row.count, size)
  }

  #numbers(annotation: Annotation, size: Size): RowNumbers {
    const kind = this.#kindOf(annotation)
    const said = this.#sourceNumbers(annotation, kind, size)
    if (said !== undefined) return { text: said, changes: [] }
    const options = { clip: this.#clip, digits: this.#source?.digits ?? 0 }
    return kind === 'box' ? boxNumbers(annotation, size, options) : ringNumbers(annotation, size, options)
  }

  /** The numbers of the source where they say more than the geometry does, and still say that. */
  #sourceNumbers({ definition, extra, place }: Annotation, kind: RowKind, size: Size): string | undefined {
    const numbers = extra?.get('yolo')?.fields.get('numbers')
    if (numbers === undefined || !/^\[[-0-9.]+(?:,[-0-9.]+)*\]$/.test(numbers)) return undefined
    const texts = numbers.slice(1, -1).split(',')
    const values = jsonOf(numbers) as readonly number[]
    const box = definition.type === 'box'
    const count = box ? 4 : texts.length
    const fits = box === (kind === 'box') && (box ? texts.length >= 4 : texts.length >= 6 && texts.length % 2 === 0)
    if (fits && !(this.#choices.clip === 'always') && hasShape(definition, kind, values, count, size))
      // A fifth number of a box is its score or track, which may have changed since.
      return (texts.length === 5 ? texts.slice(0, 4) : texts).join(' ')
    if (box && texts.length > 5)
      this.#account.field({
        level: 'field',
        effect: 'dropped',
        subject: 'keypoints',
        reason: 'the box has moved',
        place,
      })
    return undefined
  }

  #sixthText({ score, objectId }: Annotation): string | undefined {
    if (this.#sixth === 'score') return score === undefined ? undefined : plainText(String(score))
    if (this.#sixth !== 'track' || objectId === undefined) return undefined
    return /^-?[0-9]+(?:\.[0-9]+)?$/.test(objectId.text) ? objectId.text : undefined
  }
}

const KINDS = { detect: 'box', segment: 'ring' } as const
/** Definitions that say more than a box. */
const REGIONS: ReadonlySet<DefinitionType> = new Set(['segment', 'binary', 'ellipse'])
/** Definitions that have a place in rows. */
const HELD: ReadonlySet<DefinitionType> = new Set([...REGIONS, 'box', 'cube', 'pose'])

function hasShape(
  definition: Annotation['definition'],
  kind: RowKind,
  values: ArrayLike<number>,
  count: number,
  size: Size,
): boolean {
  try {
    return shapeOf(kind, values, count, size, definition.label).geometryEquals(definition, 0)
  } catch {
    return false // a box of negative size, from a text that somebody changed
  }
}
