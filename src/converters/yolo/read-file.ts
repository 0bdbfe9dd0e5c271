import { AnnotationError } from '../../errors.js'
import type { ByteSource, SourceTree } from '../../ports.js'
import { decodeText, detectBom, encodeUtf8 } from '../../text/decode.js'

/** The largest file of labels, in bytes: a hundred thousand polygons. */
export const LARGEST_LABEL_FILE = 1 << 26
/** The largest list of pictures, and the largest description of a data set. */
const LARGEST_TEXT = 1 << 28

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
    const bytes = await wholeOf(source)
    const bom = detectBom(bytes)
    if (bom?.encoding === 'utf-8') return bytes.subarray(bom.length)
    const [first, second] = bytes
    const wide = bom !== undefined || (bytes.length >= 2 && (first === 0) !== (second === 0))
    return wide ? encodeUtf8(decodeText(bytes, { file: path }).text) : bytes
  } finally {
    await source.close()
  }
}

/** The text of a file. @throws AnnotationError `encoding`, `invalid-value` for one that is too large */
export async function readTextFile(tree: SourceTree, path: string): Promise<string> {
  const bytes = await readBytes(tree, path, LARGEST_TEXT)
  if (bytes !== undefined) return decodeText(bytes, { file: path }).text
  throw new AnnotationError('invalid-value', 'this file is too large', {
    place: { file: path },
    expected: `at most ${LARGEST_TEXT} bytes`,
  })
}

async function wholeOf(source: ByteSource): Promise<Uint8Array> {
  const bytes = new Uint8Array(source.size)
  let filled = 0
  while (filled < bytes.length) {
    const target = bytes.subarray(filled)
    const count = source.readSync === undefined ? await source.read(filled, target) : source.readSync(filled, target)
    if (count === 0) break
    filled += count
  }
  return filled === bytes.length ? bytes : bytes.subarray(0, filled)
}
