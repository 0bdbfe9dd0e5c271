import { AnnotationError } from '../errors.js'
import type { Abort, ByteSource } from '../ports.js'
import { JsonChecker } from './json-check.js'
import { Splitter } from './json-splitter.js'
import { locate } from './json-value.js'

/** What {@link splitJson} calls, in the order of the file. */
export interface JsonDocumentHandler {
  /** What the document is, with the absolute position of its first byte. */
  root?(kind: 'object' | 'array' | 'scalar', offset: number): void
  /**
   * A key of the root object, decoded; a root array asks once with ''. How its value is wanted: `elements` one element at a
   * time when it is an array, `value` whole, `skip` not at all (arrays are still never held whole). A repeated key is asked again.
   */
  key(name: string, offset: number): 'elements' | 'value' | 'skip'
  /**
   * One element of an array wanted as `elements`: `bytes[start, end)` is exactly its text, `offset` the absolute position of
   * `start`. The bytes are only valid during the call. What is inside has not been validated.
   */
  element(key: string, index: number, bytes: Uint8Array, start: number, end: number, offset: number): void
  /** A value wanted as `value`, or wanted as `elements` but no array. A root that is a scalar comes here with key ''. */
  value(key: string, bytes: Uint8Array, start: number, end: number, offset: number): void
}

export interface SplitOptions {
  /** Bytes read at a time and held at least; the window grows to the largest element. Default 1 MiB. */
  readonly chunkSize?: number | undefined
  readonly signal?: Abort | undefined
  /** Called after each window with the absolute position reached. */
  readonly onProgress?: ((bytes: number) => void) | undefined
}

const MEBIBYTE = 1 << 20
// Windows read between two pauses: about 10 ms of work.
const BREATH = 8
// A single element beyond this is read strictly while it is still growing: else one lost quote near the start of a large file
// would gather the rest of it in memory before anybody notices.
const SUSPICIOUS = 16 * MEBIBYTE

/**
 * Takes a large JSON document apart without holding more of it than one element. The structure around the elements is checked
 * strictly, elements are delimited by brackets and strings only; what is given is the same for every `chunkSize`.
 * The source is UTF-8; a byte order mark at its start is skipped (offsets count it).
 * @throws AnnotationError `json-syntax` or `encoding` with file, offset, line and column where a strict parser first fails in what was read
 *   so far; `aborted`. Errors thrown by the handler that have an offset and no line get line and column too.
 */
export async function splitJson(
  source: ByteSource,
  handler: JsonDocumentHandler,
  options: SplitOptions = {},
): Promise<void> {
  try {
    await split(source, handler, options)
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    const place = error.place
    if (place?.offset === undefined || place.line !== undefined) throw error
    if (place.file !== undefined && place.file !== source.name) throw error
    throw error.at({ file: source.name, ...(await locate(source, place.offset)) })
  }
}

async function split(source: ByteSource, handler: JsonDocumentHandler, options: SplitOptions): Promise<void> {
  const splitter = new Splitter(handler, source.name)
  let bytes = new Uint8Array(Math.max(1, options.chunkSize ?? MEBIBYTE))
  let filled = 0
  let base = 0
  let checker: JsonChecker | undefined
  let checked = 0
  let reads = 0
  for (;;) {
    let last = false
    while (filled < bytes.length) {
      const target = bytes.subarray(filled)
      // Now and then a real pause, so that signals and timers have their turn in a long file.
      const pause = source.readSync === undefined || ++reads % BREATH === 0
      const count = pause ? await source.read(base + filled, target) : (source.readSync?.(base + filled, target) ?? 0)
      filled += count
      last = count === 0 || base + filled >= source.size
      if (last) break
    }
    if (options.signal?.aborted) throw new AnnotationError('aborted', 'stopped', { cause: options.signal.reason })
    if (base === 0 && filled < 3 && !last) {
      bytes = grown(bytes)
      continue
    }
    const mark = base === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    const at = splitter.run(bytes, mark, filled, base, last)
    options.onProgress?.(base + at)
    if (last) return
    if (at > 0) {
      bytes.copyWithin(0, at, filled)
      filled -= at
      base += at
      checker = undefined
    } else {
      if (bytes.length >= SUSPICIOUS) {
        if (checker === undefined) {
          checker = new JsonChecker({ file: source.name, nonFinite: 'accept' })
          checked = 0
        }
        checker.push(bytes, checked, filled, base)
        checked = filled
      }
      bytes = grown(bytes)
    }
  }
}

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2)
  larger.set(bytes)
  return larger
}
