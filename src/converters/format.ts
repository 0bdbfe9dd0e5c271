import type { Account, Effect, Outcome } from '../dataset/account.js'
import type { Dataset, Header, Stray } from '../dataset/dataset.js'
import type { Item, Media } from '../dataset/item.js'
import type { DefinitionType } from '../definitions/index.js'
import type { Abort, Deflate, Scratch, SinkTree, SourceTree } from '../ports.js'
import type { OptionSpec, OptionValues } from './options.js'
import type { SizeSource } from './sizes.js'

/** What to do with bad input: stop at the first problem, leave the bad thing out, or also repair it where that is possible. */
export type Policy = 'strict' | 'lenient' | 'salvage'

export const POLICIES: readonly Policy[] = ['strict', 'lenient', 'salvage']

/** What becomes of something when it is written in a format. */
export interface Fidelity {
  readonly effect: Effect
  /** What exactly happens, for the table a user reads. */
  readonly note?: string | undefined
}

/** Fields of an annotation or item beside its geometry, as the ledger names them. */
export const FIELD_NAMES = [
  'id',
  'box',
  'area',
  'crowd',
  'truncated',
  'occluded',
  'difficult',
  'score',
  'model',
  'automated',
  'status',
  'attributes',
  'description',
  'object id',
  'parent id',
  'key frames',
  'metadata',
  'extra',
] as const

export type FieldName = (typeof FIELD_NAMES)[number]

/** What a format can hold. Drives the format table, the property tests and what the loop asks of sources. */
export interface Expresses {
  readonly media: readonly Media['kind'][]
  /** What becomes of each type of definition when it is written. */
  readonly definitions: Readonly<Record<DefinitionType, Fidelity>>
  /** Fields that come back unchanged. */
  readonly fields: readonly FieldName[]
  /** Whether items must know their size in pixels before they can be written. */
  readonly needsSize: boolean
}

/** A look at a source that has not been recognised yet. */
export interface Probe {
  readonly tree: SourceTree
  /** All files of the tree. */
  readonly paths: readonly string[]
  /** The first bytes of a file, as text; UTF-16 is decoded, broken UTF-8 replaced. */
  head(path: string, bytes?: number): Promise<string>
  /** The last bytes of a file, as text. */
  tail(path: string, bytes?: number): Promise<string>
}

/** A format's opinion about a source. */
export interface Detection {
  /** 0: no; up to 1: certain. */
  readonly confidence: number
  /** The sentence that decided it: what was found, or what was looked for and not found. */
  readonly evidence: string
}

/** What is being done, how far. */
export interface ProgressEvent {
  readonly phase: 'index' | 'convert' | 'finish'
  readonly unit: 'bytes' | 'items'
  readonly done: number
  readonly total?: number | undefined
}

/** The pictures that belong to the items, where somebody can find them. */
export interface Pictures {
  /** Whether pictures are put into the output at all. */
  readonly carried: boolean
  /**
   * Puts the picture of an item below the output, at a path as in `SinkTree`. Does nothing where pictures are not
   * carried; a picture that cannot be found is a problem.
   * @throws AnnotationError `path-escape`, `path-collision`, `io`
   */
  place(item: Item, path: string): void | Promise<void>
  /** The folder below which `item.path` names its picture now, for files that must point there; absolute. */
  folderOf(item: Item): string | undefined | Promise<string | undefined>
}

/** What every reader and writer may use. */
export interface Context {
  readonly policy: Policy
  /** Told about everything that happens before the first item and in the writer. */
  readonly account: Account
  readonly scratch: Scratch
  /** For formats that keep masks as PNG. */
  readonly deflate?: Deflate | undefined
  /** For readers: sizes of pictures that the source itself does not tell. */
  readonly sizes?: SizeSource | undefined
  /** For writers: the pictures of the items. */
  readonly pictures?: Pictures | undefined
  readonly signal?: Abort | undefined
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined
}

/** Takes the items of one data set. */
export interface Sink {
  /**
   * One outcome for each annotation of the item, in their order. Only a promise needs awaiting.
   * @throws AnnotationError `size-unknown` before anything of the item is taken; it may then come again with its size
   */
  write(item: Item): readonly Outcome[] | Promise<readonly Outcome[]>
  /**
   * Takes an item for which `write` has thrown `size-unknown` and whose size nobody knows; never called under the strict
   * policy. What needs the size is dropped, with a lossy problem. Absent: the conversion ends with that error.
   */
  writeUnsized?(item: Item): readonly Outcome[] | Promise<readonly Outcome[]>
  /** One outcome for each stray. Absent: the format has no place for them. */
  strays?(strays: readonly Stray[]): readonly Outcome[] | Promise<readonly Outcome[]>
  /** Finishes all files. */
  close(): Promise<void>
  /** Frees what is held, when the work stops before `close` has finished. The files belong to the tree. */
  abort?(): Promise<void>
}

export interface Reading<S extends OptionSpec = OptionSpec> {
  readonly options: S
  open(tree: SourceTree, options: OptionValues<S>, context: Context): Promise<Dataset>
}

export interface Writing<S extends OptionSpec = OptionSpec> {
  readonly options: S
  create(tree: SinkTree, header: Header, options: OptionValues<S>, context: Context): Promise<Sink>
}

/** A format is a value: its identity, what it can hold, how it is recognised, read and written. */
export interface Format<R extends OptionSpec = OptionSpec, W extends OptionSpec = OptionSpec> {
  readonly id: string
  readonly title: string
  /** Where the format is defined. */
  readonly spec: string
  readonly expresses: Expresses
  detect(probe: Probe): Promise<Detection>
  readonly read?: Reading<R> | undefined
  readonly write?: Writing<W> | undefined
}

/** Gives a format value its type with the types of its options kept. */
export function defineFormat<R extends OptionSpec, W extends OptionSpec>(format: Format<R, W>): Format<R, W> {
  return Object.freeze(format)
}
