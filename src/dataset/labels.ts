import { AnnotationError } from '../errors.js'
import type { Extra, Raw } from './extra.js'
import type { Id } from './id.js'

/** The points of a pose by name, and which of them are joined. */
export interface Skeleton {
  readonly keypoints: readonly string[]
  /** Pairs of indices into `keypoints`, from 0. */
  readonly edges: readonly (readonly [number, number])[]
}

/** A class by name. */
export interface Label {
  /** Unique within its tree. Dots are part of the name, not a hierarchy. */
  readonly name: string
  readonly id?: Id | undefined
  /** The name of the label (or the bare group name) above it. */
  readonly parent?: string | undefined
  readonly color?: readonly [red: number, green: number, blue: number] | undefined
  readonly skeleton?: Skeleton | undefined
  /** False for a label that only annotations mention. */
  readonly declared?: boolean | undefined
  readonly extra?: Extra | undefined
  readonly raw?: Raw | undefined
}

/** The labels of a data set in their order, unique by name. Immutable. */
export class LabelTree implements Iterable<Label> {
  static readonly EMPTY = new LabelTree([])
  readonly labels: readonly Label[]
  readonly #byName: ReadonlyMap<string, Label>
  readonly #byId: ReadonlyMap<string, Label>

  /** @throws AnnotationError `duplicate-label` when two have one name. */
  constructor(labels: readonly Label[]) {
    const byName = new Map<string, Label>()
    const byId = new Map<string, Label>()
    for (const label of labels) {
      if (byName.has(label.name))
        throw new AnnotationError('duplicate-label', `two labels are called ${JSON.stringify(label.name)}`)
      byName.set(label.name, label)
      // The first of two labels with one id keeps it; readers report the second.
      if (label.id !== undefined && !byId.has(label.id.text)) byId.set(label.id.text, label)
    }
    this.labels = Object.freeze([...labels])
    this.#byName = byName
    this.#byId = byId
  }

  get size(): number {
    return this.labels.length
  }

  get(name: string): Label | undefined {
    return this.#byName.get(name)
  }

  /** By the text of its id. */
  byId(text: string): Label | undefined {
    return this.#byId.get(text)
  }

  [Symbol.iterator](): Iterator<Label> {
    return this.labels[Symbol.iterator]()
  }

  /** The tree with these labels added at the end; a name that is already there stays as it is. */
  union(labels: Iterable<Label>): LabelTree {
    const added = [...labels].filter((label) => !this.#byName.has(label.name))
    return added.length === 0 ? this : new LabelTree([...this.labels, ...added])
  }
}

/** `name`, or `name (2)`, `name (3)`, … whichever is not taken yet. */
export function uniqueName(name: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(name)) return name
  for (let n = 2; ; n++) {
    const candidate = `${name} (${n})`
    if (!taken.has(candidate)) return candidate
  }
}
