import { AnnotationError } from '../errors.js'
import type { ByteSource } from '../ports.js'
import { utf8ErrorAt } from './utf8.js'

/**
 * The encodings annotation files are met in. Labels are those of the web (WHATWG Encoding Standard), so `latin1`,
 * `iso-8859-1` and `ascii` all mean `windows-1252`; any other label `TextDecoder` knows is taken too.
 */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'gbk' | 'shift_jis'

export interface DecodeOptions {
  /** What to read bytes as that have no byte order mark and do not look like UTF-16. Default UTF-8, strictly. */
  readonly encoding?: string | undefined
  /** What to call the file in errors. */
  readonly file?: string | undefined
}

/** A byte order mark: the encoding it announces and how many bytes it takes. */
export interface Bom {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  readonly length: number
}

const encoder = new TextEncoder()
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const NAMES = 'utf-8, utf-16le, utf-16be, windows-1252, gbk, shift_jis or another label of the Encoding Standard'
// What windows-1252 has at 0x80 to 0x9f.
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** The byte order mark at the start of `bytes`, if any. */
export function detectBom(bytes: Uint8Array): Bom | undefined {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', length: 2 }
  return undefined
}

/**
 * The text of a whole file, without its byte order mark. The encoding is, in this order: what the mark says; UTF-16 when
 * one of the first two bytes is zero and the other a printable ASCII character; the `encoding` option; UTF-8.
 * @throws AnnotationError `encoding` at the byte where that encoding fails (UTF-8: the first byte of the
 *   bad sequence; others: the byte the decoder gives up at), `invalid-option` for an unknown label.
 */
export function decodeText(
  bytes: Uint8Array,
  options: DecodeOptions = {},
): { text: string; encoding: string; bom: boolean } {
  const { encoding, skip } = chooseEncoding(bytes, bytes.length, options)
  const content = skip === 0 ? bytes : bytes.subarray(skip)
  try {
    return { text: decodeAs(content, encoding), encoding, bom: skip > 0 }
  } catch (cause) {
    throw undecodable(content, encoding, skip, options.file, cause)
  }
}

/**
 * The same content as UTF-8 without byte order mark: the source itself when it is that already, a shifted view when it
 * has the mark, a copy in memory when it has to be transcoded (UTF-16, or `encoding` names something else). UTF-8 is
 * not validated here. Closing the result closes the source.
 * @throws AnnotationError as {@link decodeText} when transcoding.
 */
export async function utf8Source(source: ByteSource, options: DecodeOptions = {}): Promise<ByteSource> {
  const head = await readFully(source, Math.min(4, source.size))
  const { encoding, skip } = chooseEncoding(head, source.size, options)
  if (encoding === 'utf-8') return skip === 0 ? source : shifted(source, skip)
  const { text } = decodeText(await readFully(source, source.size), { file: source.name, ...options })
  return transcoded(source, encodeUtf8(text))
}

/** The UTF-8 bytes of a text; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/**
 * The text of the UTF-8 bytes `[start, end)`; a U+FEFF in it is kept.
 * @throws AnnotationError `encoding` with the index of the first invalid byte as offset.
 */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= 24) {
    // Names and ids: building the string here costs a fraction of the call into TextDecoder.
    let text = ''
    let at = start
    for (; at < end; at++) {
      const byte = bytes[at] as number
      if (byte >= 0x80) break
      text += String.fromCharCode(byte)
    }
    if (at === end) return text
  }
  const slice = bytes.subarray(start, end)
  try {
    return utf8.decode(slice)
  } catch (cause) {
    throw undecodable(slice, 'utf-8', start, undefined, cause)
  }
}

function chooseEncoding(head: Uint8Array, size: number, options: DecodeOptions): { encoding: string; skip: number } {
  const bom = detectBom(head)
  if (bom !== undefined) return { encoding: bom.encoding, skip: bom.length }
  const [first = 0, second = 0] = head
  if (size % 2 === 0) {
    if (second === 0 && isPlain(first)) return { encoding: 'utf-16le', skip: 0 }
    if (first === 0 && isPlain(second)) return { encoding: 'utf-16be', skip: 0 }
  }
  if (options.encoding === undefined) return { encoding: 'utf-8', skip: 0 }
  try {
    return { encoding: new TextDecoder(options.encoding).encoding, skip: 0 }
  } catch (cause) {
    throw new AnnotationError('invalid-option', 'unknown text encoding', {
      place: { file: options.file },
      expected: NAMES,
      got: options.encoding,
      cause,
    })
  }
}

function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d)
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
  const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  // Node 20 to 23 decode windows-1252 as if it were ISO 8859-1 (nodejs/node#56542): 0x80 must be the euro sign.
  if (encoding !== 'windows-1252') return text
  return text.replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80))
}

function undecodable(
  bytes: Uint8Array,
  encoding: string,
  shift: number,
  file: string | undefined,
  cause: unknown,
): AnnotationError {
  const at = encoding === 'utf-8' ? utf8ErrorAt(bytes, 0, bytes.length) : firstRefused(bytes, encoding)
  if (at < 0) return new AnnotationError('encoding', 'too long for one text', { place: { file }, cause })
  return new AnnotationError('encoding', `this is not ${encoding}`, {
    place: { file, offset: shift + at },
    expected: `${encoding} text`,
    got: at < bytes.length ? `byte 0x${(bytes[at] as number).toString(16).padStart(2, '0')}` : 'the end of the file',
    fix: 'Save the file as UTF-8.',
    cause,
  })
}

// The length of the longest prefix a decoder takes, by bisection: only errors pay for it, and it works for every encoding.
function firstRefused(bytes: Uint8Array, encoding: string): number {
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, middle), { stream: true })
      good = middle
    } catch {
      bad = middle
    }
  }
  return good
}

async function readFully(source: ByteSource, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size)
  let filled = 0
  while (filled < size) {
    const target = bytes.subarray(filled)
    const count = source.readSync ? source.readSync(filled, target) : await source.read(filled, target)
    if (count === 0) break
    filled += count
  }
  return filled === size ? bytes : bytes.subarray(0, filled)
}

function shifted(source: ByteSource, by: number): ByteSource {
  const { readSync } = source
  return {
    name: source.name,
    size: source.size - by,
    read: (offset, target) => source.read(offset + by, target),
    ...(readSync === undefined ? {} : { readSync: (offset, target) => readSync.call(source, offset + by, target) }),
    close: () => source.close(),
  }
}

function transcoded(source: ByteSource, bytes: Uint8Array): ByteSource {
  const readSync = (offset: number, target: Uint8Array): number => {
    const slice = bytes.subarray(offset, offset + target.length)
    target.set(slice)
    return slice.length
  }
  return {
    name: source.name,
    size: bytes.length,
    readSync,
    read: (offset, target) => Promise.resolve(readSync(offset, target)),
    close: () => source.close(),
  }
}
