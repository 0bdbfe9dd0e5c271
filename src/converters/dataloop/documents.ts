import { AnnotationError } from '../../errors.js'
import type { Abort, ByteSource, SourceTree } from '../../ports.js'
import { utf8Source } from '../../text/decode.js'
import { splitJson } from '../../text/json-split.js'
import { type JsonValue, locate, parseJson } from '../../text/json-value.js'
import { type ElementKind, kindOfElement } from './root-kind.js'

/** Bytes of one item; an item is held whole. */
const MOST_BYTES = 2 ** 28

/** A file of annotations: one item or a bare list of annotations, or a list of items and where each of them stands. */
export interface Document {
  readonly path: string
  /** Start and length in bytes of each item, one after the other; absent for a file that is one item. */
  readonly extents?: readonly number[] | undefined
}

/** The text of one item in memory. */
export interface ItemText {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly pointer: string
}

/** What the survey is told of the items of a document, without their text being checked further. */
export type Surveyor = (item: JsonValue) => void

/**
 * Looks through a file: what it holds, and each of its items once.
 * @throws AnnotationError `not-this-format`, `json-syntax`, `encoding`, `json-limit`, `empty-input`
 */
export async function surveyFile(
  tree: SourceTree,
  path: string,
  survey: Surveyor,
  signal: Abort | undefined,
): Promise<Document> {
  const source = await utf8Source(await tree.open(path))
  try {
    const first = await firstByte(source)
    if (first === undefined) throw new AnnotationError('empty-input', 'this file is empty', { place: { file: path } })
    if (first === 0x5b) return await surveyList(source, path, survey, signal)
    const value = await parsed(source, await wholeFile(source))
    if (kindOfElement(value) !== 'item') throw notThis(path)
    survey(value)
    return { path }
  } finally {
    await source.close()
  }
}

async function surveyList(
  source: ByteSource,
  path: string,
  survey: Surveyor,
  signal: Abort | undefined,
): Promise<Document> {
  const extents: number[] = []
  const kinds = new Set<ElementKind>()
  const annotations: JsonValue[] = []
  await splitJson(
    source,
    {
      key: () => 'elements',
      value: () => undefined,
      element(_key, _index, bytes, start, end, offset) {
        checkLength(end - start, path)
        const value = parseJson(bytes, start, end, { nonFinite: 'accept', place: { base: offset - start } })
        const kind = kindOfElement(value)
        kinds.add(kind)
        if (kind === 'item') survey(value)
        else if (kind === 'annotation') annotations.push(value)
        extents.push(offset, end - start)
      },
    },
    { signal },
  )
  if (kinds.has('item') && !kinds.has('annotation')) return { path, extents }
  if (kinds.has('item') || (kinds.size > 0 && !kinds.has('annotation'))) throw notThis(path)
  checkLength(source.size, path)
  survey(annotations)
  return { path }
}

/** The texts of the items of a document, in order. @throws as {@link surveyFile} */
export async function* itemTexts(tree: SourceTree, { path, extents }: Document): AsyncGenerator<ItemText> {
  const source = await utf8Source(await tree.open(path))
  try {
    if (extents === undefined) {
      const bytes = await wholeFile(source)
      const [start, end] = trimmed(bytes)
      yield { bytes, start, end, pointer: '' }
      return
    }
    for (let i = 0; i < extents.length; i += 2) {
      const [offset = 0, length = 0] = [extents[i], extents[i + 1]]
      const bytes = await readBytes(source, offset, length)
      yield { bytes, start: 0, end: bytes.length, pointer: `/${i / 2}` }
    }
  } finally {
    await source.close()
  }
}

/** The error with line and column in the file. */
export async function located(tree: SourceTree, path: string, error: AnnotationError): Promise<AnnotationError> {
  const { place } = error
  if (place?.offset === undefined || place.line !== undefined) return error.at({ file: path })
  const source = await utf8Source(await tree.open(path))
  try {
    return error.at({ file: path, ...(await locate(source, place.offset)) })
  } finally {
    await source.close()
  }
}

async function parsed(source: ByteSource, bytes: Uint8Array): Promise<JsonValue> {
  try {
    return parseJson(bytes, 0, bytes.length, { nonFinite: 'accept' })
  } catch (error) {
    if (!(error instanceof AnnotationError) || error.place?.offset === undefined) throw error
    throw error.at({ file: source.name, ...(await locate(source, error.place.offset)) })
  }
}

async function firstByte(source: ByteSource): Promise<number | undefined> {
  const window = new Uint8Array(4096)
  for (let at = 0; at < source.size; ) {
    const count = await source.read(at, window)
    if (count === 0) return undefined
    const found = window.subarray(0, count).find((byte) => !isSpace(byte))
    if (found !== undefined) return found
    at += count
  }
  return undefined
}

async function wholeFile(source: ByteSource): Promise<Uint8Array> {
  checkLength(source.size, source.name)
  return readBytes(source, 0, source.size)
}

function checkLength(length: number, path: string): void {
  if (length <= MOST_BYTES) return
  throw new AnnotationError('json-limit', 'an item too large to be read', {
    place: { file: path },
    expected: `at most ${MOST_BYTES} bytes`,
    got: String(length),
  })
}

async function readBytes(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  for (let filled = 0; filled < length; ) {
    const target = bytes.subarray(filled)
    const count = source.readSync?.(offset + filled, target) ?? (await source.read(offset + filled, target))
    if (count === 0) return bytes.subarray(0, filled)
    filled += count
  }
  return bytes
}

function trimmed(bytes: Uint8Array): readonly [number, number] {
  let start = 0
  let end = bytes.length
  while (start < end && isSpace(bytes[start] as number)) start++
  while (end > start && isSpace(bytes[end - 1] as number)) end--
  return [start, end]
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function notThis(path: string): AnnotationError {
  return new AnnotationError('not-this-format', 'no Dataloop JSON', {
    place: { file: path },
    expected: 'an item with "annotations", a list of items, or a list of annotations with "type" and "label"',
  })
}
