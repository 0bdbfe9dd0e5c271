import { AnnotationError } from '../errors.js'
import type { ByteSource } from '../ports.js'
import { decodeUtf8, detectBom, encodeUtf8, utf8Source } from './decode.js'
import { buildJson } from './json-build.js'
import { JsonChecker } from './json-check.js'
import type { TextPlace } from './json-place.js'

/** What JSON can say. NaN and the infinities only occur where the reader was told to accept them. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

export interface ParseOptions {
  /** `accept` takes NaN, Infinity and -Infinity, as Python writes them. Default `refuse`. */
  readonly nonFinite?: 'refuse' | 'accept' | undefined
  /** Called for each non-finite word accepted, with its absolute position. */
  readonly onNonFinite?: ((offset: number, token: string) => void) | undefined
  /** Called for each key that repeats an earlier one of its object, with the absolute position of its opening quote. */
  readonly onDuplicateKey?: ((offset: number, key: string) => void) | undefined
  readonly place?: TextPlace | undefined
}

/**
 * The value whose JSON text (RFC 8259, strict) is `bytes[start, end)`, white space around it allowed. Of repeated keys the
 * last wins; `__proto__` is an ordinary own property; any depth is read. Numbers too large for a double are infinite, as
 * with JSON.parse: who needs the text itself takes it from the bytes.
 * @throws AnnotationError `json-syntax` or `encoding` with the offset of the first byte a strict parser refuses.
 */
export function parseJson(bytes: Uint8Array, start: number, end: number, options: ParseOptions = {}): JsonValue {
  if (options.onDuplicateKey === undefined) {
    try {
      return JSON.parse(decodeUtf8(bytes, start, end))
    } catch {
      // Fall through to the reader that knows where and why.
    }
  }
  const base = options.place?.base ?? 0
  checkJson(bytes, start, end, options)
  return buildJson(bytes, start, end, base, options.onDuplicateKey)
}

/**
 * Checks that `bytes[start, end)` is one JSON value.
 * @throws AnnotationError as {@link parseJson}.
 */
export function checkJson(bytes: Uint8Array, start: number, end: number, options: ParseOptions = {}): void {
  const base = options.place?.base ?? 0
  const { nonFinite, onNonFinite } = options
  const checker = new JsonChecker({ file: options.place?.file, nonFinite, onNonFinite })
  checker.push(bytes, start, end, base)
  checker.finish(base + end)
}

/**
 * {@link parseJson} for a text at hand; errors have line and column too.
 * @throws AnnotationError `json-syntax`.
 */
export function parseJsonText(text: string, options: ParseOptions = {}): JsonValue {
  if (options.onDuplicateKey === undefined) {
    try {
      return JSON.parse(text)
    } catch {
      // As above.
    }
  }
  const bytes = encodeUtf8(text)
  try {
    return parseJson(bytes, 0, bytes.length, options)
  } catch (error) {
    if (!(error instanceof AnnotationError) || error.place?.offset === undefined) throw error
    const cursor = new LineCursor()
    cursor.push(bytes, 0, error.place.offset - (options.place?.base ?? 0))
    throw error.at(cursor.place())
  }
}

const CHUNK = 1 << 18

/**
 * Reads a whole file strictly, in bounded memory, and gives the error at the first place a strict parser refuses, with
 * offset, line and column; `undefined` when the file is valid. A byte order mark is allowed; a UTF-16 file is read in
 * memory, and the offset is then that of its UTF-8 form.
 * @throws AnnotationError `io` and the like when the source cannot be read.
 */
export async function validateJson(
  source: ByteSource,
  options: { readonly nonFinite?: 'refuse' | 'accept' | undefined } = {},
): Promise<AnnotationError | undefined> {
  const checker = new JsonChecker({ file: source.name, nonFinite: options.nonFinite })
  let text: ByteSource = source
  let mark = 0
  try {
    text = await utf8Source(source)
    // A mark that was cut off still counts in offsets; transcoded text has offsets of its own.
    mark = source.size - text.size === 3 && (await startsWithMark(source)) ? 3 : 0
    const end = await readChunks(text, text.size, (bytes, length, base) => checker.push(bytes, 0, length, base + mark))
    checker.finish(end + mark)
    return undefined
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    const offset = error.place?.offset
    if (offset === undefined || (error.code !== 'json-syntax' && error.code !== 'encoding')) throw error
    return error.at({ ...(await locate(text, offset - mark)), file: source.name })
  }
}

/**
 * Line and column, both from 1, of a byte offset in UTF-8 text; lines end at `\n`, columns count characters (code points),
 * a byte order mark not among them.
 * Reads the source from its start: meant for errors.
 */
export async function locate(source: ByteSource, offset: number): Promise<{ line: number; column: number }> {
  const cursor = new LineCursor()
  await readChunks(source, Math.min(offset, source.size), (bytes, length) => cursor.push(bytes, 0, length))
  const { line, column } = cursor.place()
  return line === 1 && offset >= 3 && (await startsWithMark(source)) ? { line, column: column - 1 } : { line, column }
}

async function startsWithMark(source: ByteSource): Promise<boolean> {
  const head = new Uint8Array(3)
  await readChunks(source, Math.min(3, source.size), (bytes, length, base) => head.set(bytes.subarray(0, length), base))
  return detectBom(head)?.encoding === 'utf-8'
}

class LineCursor {
  #line = 1
  #column = 1

  push(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number
      if (byte === 0x0a) {
        this.#line++
        this.#column = 1
      } else if ((byte & 0xc0) !== 0x80) this.#column++
    }
  }

  place(): { line: number; column: number } {
    return { line: this.#line, column: this.#column }
  }
}

async function readChunks(
  source: ByteSource,
  size: number,
  take: (bytes: Uint8Array, length: number, base: number) => void,
): Promise<number> {
  const bytes = new Uint8Array(Math.max(1, Math.min(CHUNK, size)))
  let offset = 0
  while (offset < size) {
    const target = size - offset < bytes.length ? bytes.subarray(0, size - offset) : bytes
    const count = source.readSync ? source.readSync(offset, target) : await source.read(offset, target)
    if (count === 0) break
    take(bytes, count, offset)
    offset += count
  }
  return offset
}
