import type { Account } from '../../dataset/account.js'
import { AnnotationError } from '../../errors.js'
import type { SourceTree } from '../../ports.js'
import { decodeText, detectBom, encodeUtf8 } from '../../text/decode.js'
import { readWhole } from '../../text/read-whole.js'

/** The largest file of labels, in bytes. */
export const LARGEST_LABEL_FILE = 1 << 26
/** The largest list of pictures, and the largest description of a data set. */
const LARGEST_TEXT = 1 << 28
const CHUNK = 1 << 16

/**
 * A whole file as UTF-8 bytes without byte order mark; undefined when it is larger than `limit`.
 * @throws AnnotationError `encoding` for UTF-16 that is none; UTF-8 is not checked
 */
export async function readBytes(
  tree: SourceTree,
  path: string,
  limit: number = LARGEST_LABEL_FILE,
): Promise<Uint8Array | undefined> {
  const source = await tree.open(path)
  try {
    if (source.size > limit) return undefined
    const bytes = await readWhole(source)
    const bom = detectBom(bytes)
    if (bom?.encoding === 'utf-8') return bytes.subarray(bom.length)
    return isWide(bytes) ? encodeUtf8(decodeText(bytes, { file: path }).text) : bytes
  } finally {
    await source.close()
  }
}

/**
 * The text of a file. What is not UTF-8 is a problem, and read as windows-1252.
 * @throws AnnotationError `encoding` for UTF-16 that is none, `invalid-value` for a file that is too large
 */
export async function readTextFile(tree: SourceTree, path: string, account: Account): Promise<string> {
  const bytes = await readBytes(tree, path, LARGEST_TEXT)
  if (bytes === undefined)
    throw new AnnotationError('invalid-value', 'this file is too large', {
      place: { file: path },
      expected: `at most ${LARGEST_TEXT} bytes`,
    })
  try {
    return decodeText(bytes, { file: path }).text
  } catch (error) {
    if (!(error instanceof AnnotationError) || error.code !== 'encoding') throw error
    const { place, expected, got, fix } = error
    account.problem({
      code: 'encoding',
      message: 'this is not UTF-8; it is read as windows-1252',
      place: { ...place, ...lineOf(bytes, place?.offset ?? 0) },
      expected,
      got,
      fix,
    })
    return decodeText(bytes, { file: path, encoding: 'windows-1252' }).text
  }
}

/** Calls `visit` with the line, from 1, of every row of a file of any size, which is never held as a whole. */
export async function forEachRowOf(tree: SourceTree, path: string, visit: (line: number) => void): Promise<void> {
  const source = await tree.open(path)
  try {
    const chunk = new Uint8Array(CHUNK)
    let wide = false
    let line = 1
    let isRow = false
    let afterReturn = false
    for (let at = 0; at < source.size; ) {
      const length = await source.read(at, chunk)
      if (length === 0) break
      if (at === 0) wide = isWide(chunk.subarray(0, length))
      for (let i = 0; i < length; i++) {
        const byte = chunk[i] as number
        if (byte === 0 && wide) continue
        if (byte === 0x0a || byte === 0x0d) {
          if (isRow) visit(line)
          isRow = false
          if (byte === 0x0d || !afterReturn) line++
          afterReturn = byte === 0x0d
          continue
        }
        afterReturn = false
        isRow ||= byte !== 0x20 && (byte < 0x09 || byte > 0x0d) && !(at === 0 && i < 3 && byte > 0x7f)
      }
      at += length
    }
    if (isRow) visit(line)
  } finally {
    await source.close()
  }
}

const ROW = /^\s*[0-9]+(?:\.0+)?(?:[ \t]+[-+.0-9eE]+){4}/

/** Whether a file begins with a class and four numbers. */
export async function looksLikeRows(tree: SourceTree, path: string): Promise<boolean> {
  const source = await tree.open(path)
  try {
    const head = new Uint8Array(Math.min(1024, source.size))
    const length = await source.read(0, head)
    const encoding = detectBom(head)?.encoding ?? 'utf-8'
    return ROW.test(new TextDecoder(encoding).decode(head.subarray(0, length)))
  } finally {
    await source.close()
  }
}

/** Whether bytes are UTF-16, by their mark or by a zero among the first two. */
function isWide(bytes: Uint8Array): boolean {
  const bom = detectBom(bytes)
  const [first, second] = bytes
  return (bom !== undefined && bom.encoding !== 'utf-8') || (bytes.length >= 2 && (first === 0) !== (second === 0))
}

function lineOf(bytes: Uint8Array, offset: number): { readonly line: number; readonly column: number } {
  let line = 1
  let start = 0
  for (let i = 0; i < offset; i++) {
    const byte = bytes[i]
    if (byte !== 0x0a && (byte !== 0x0d || bytes[i + 1] === 0x0a)) continue
    line++
    start = i + 1
  }
  return { line, column: offset - start + 1 }
}
