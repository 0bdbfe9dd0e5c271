/** Every code an {@link AnnotationError} or a problem can carry. Branch on these, never on the message. */
export type ErrorCode =
  // the text of a file
  | 'json-syntax'
  | 'json-non-finite'
  | 'json-duplicate-key'
  | 'json-limit'
  | 'encoding'
  | 'number-format'
  | 'xml-syntax'
  | 'xml-limit'
  | 'yaml-syntax'
  | 'row-format'
  | 'caption-syntax'
  | 'caption-advice'
  | 'caption-limit'
  // what a file says
  | 'expected-type'
  | 'missing-field'
  | 'invalid-value'
  | 'unknown-label'
  | 'duplicate-label'
  | 'unknown-item'
  | 'duplicate-id'
  | 'path-escape'
  | 'path-collision'
  | 'path-changed'
  | 'size-unknown'
  | 'size-transposed'
  | 'size-mismatch'
  | 'picture-missing'
  | 'dialect'
  | 'duplicate-item'
  | 'not-this-format'
  | 'unsupported-version'
  | 'empty-input'
  | 'file-skipped'
  // geometry, masks, definitions
  | 'ring-format'
  | 'degenerate-geometry'
  | 'rle-format'
  | 'rle-size'
  | 'mask-size'
  | 'label-overflow'
  | 'transform-unsupported'
  | 'definition-field'
  // pictures
  | 'png-format'
  | 'png-limit'
  | 'deflate-missing'
  // the job
  | 'undetected'
  | 'ambiguous-format'
  | 'unknown-format'
  | 'cannot-read-format'
  | 'cannot-write-format'
  | 'unknown-option'
  | 'invalid-option'
  | 'labels-mismatch'
  | 'output-not-empty'
  | 'output-inside-input'
  | 'io'
  | 'aborted'
  | 'conservation'

/** Where in which file something stands. All parts are optional; line and column count from 1, `offset` is in bytes from 0. */
export interface Place {
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly column?: number | undefined
  readonly offset?: number | undefined
  /** JSON pointer (RFC 6901) of the value, for example `/annotations/3/bbox`. */
  readonly pointer?: string | undefined
}

/** What an error or a problem says, as data. The sentence is derived from it. */
export interface ErrorDetail {
  readonly place?: Place | undefined
  readonly expected?: string | undefined
  readonly got?: string | undefined
  /** What the user can do about it, one imperative sentence. */
  readonly fix?: string | undefined
  readonly cause?: unknown
}

/** `labels/a.txt:7:12`, `instances.json /annotations/3/bbox`, or `` when nothing is known. */
export function formatPlace(place: Place | undefined): string {
  if (place === undefined) return ''
  let text = place.file ?? ''
  if (place.line !== undefined) text += `:${place.line}${place.column === undefined ? '' : `:${place.column}`}`
  else if (place.offset !== undefined && place.pointer === undefined) text += ` at byte ${place.offset}`
  if (place.pointer !== undefined && place.pointer !== '') text += `${text === '' ? '' : ' '}${place.pointer}`
  return text.trim()
}

/**
 * The one error class of the library: a code to branch on, a place, and a sentence for people.
 * Programming mistakes (wrong argument types) are `TypeError`s instead.
 */
export class AnnotationError extends Error {
  override readonly name = 'AnnotationError'
  readonly code: ErrorCode
  readonly place: Place | undefined
  readonly expected: string | undefined
  readonly got: string | undefined
  readonly fix: string | undefined
  /** The sentence without the place. */
  readonly reason: string

  constructor(code: ErrorCode, reason: string, detail: ErrorDetail = {}) {
    const where = formatPlace(detail.place)
    const contrast =
      detail.expected === undefined
        ? detail.got === undefined
          ? ''
          : `: ${detail.got}`
        : `: expected ${detail.expected}${detail.got === undefined ? '' : `, got ${detail.got}`}`
    super(
      `${where === '' ? '' : `${where}: `}${reason}${contrast}`,
      detail.cause === undefined ? undefined : { cause: detail.cause },
    )
    this.code = code
    this.reason = reason
    this.place = detail.place
    this.expected = detail.expected
    this.got = detail.got
    this.fix = detail.fix
  }

  /** The same error, with what is missing of its place filled in from `place`. */
  at(place: Place): AnnotationError {
    return new AnnotationError(this.code, this.reason, {
      place: { ...place, ...defined(this.place) },
      expected: this.expected,
      got: this.got,
      fix: this.fix,
      cause: this.cause,
    })
  }
}

function defined(place: Place | undefined): Place {
  if (place === undefined) return {}
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined))
}
