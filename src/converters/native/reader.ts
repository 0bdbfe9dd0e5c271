import { type Account, SILENT } from '../../dataset/account.js'
import type { Dataset } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import { LabelTree } from '../../dataset/labels.js'
import { AnnotationError, type Place } from '../../errors.js'
import type { ByteSource, SourceTree } from '../../ports.js'
import { utf8Source } from '../../text/decode.js'
import type { Context } from '../format.js'
import { FIRST_LINE } from './detect.js'
import { isBrokenText } from './fields.js'
import { chooseFile } from './file-choice.js'
import { VERSION } from './keys.js'
import { type LinePosition, LineReader, WINDOW } from './lines.js'
import { NamedFields } from './named-fields.js'
import { HeaderReader, type NativeHeader } from './read-header.js'
import { ItemReader } from './read-item.js'
import { reportUnknownKey } from './report.js'

const FIRST_LINE_KEYS: ReadonlySet<string> = new Set(['annoform', 'header'])
const NO_HEADER: NativeHeader = {
  header: { labels: LabelTree.EMPTY, splits: [], strays: [] },
  strayCount: 0,
  badStrays: [],
}

/**
 * Opens the native file of a tree. Reads its first line; `items()` then reads line by line.
 * @param window bytes read at a time.
 * @throws AnnotationError `not-this-format` for a tree without exactly one candidate and for another first line,
 * `empty-input`, `unsupported-version`, `json-syntax` with line and column.
 */
export async function openNative(tree: SourceTree, context: Context, window: number = WINDOW): Promise<Dataset> {
  const { path, found } = chooseFile(await tree.list())
  if (path === undefined)
    throw new AnnotationError('not-this-format', 'a native data set is one .jsonl file', {
      place: { file: tree.name },
      expected: 'exactly one',
      got: found,
      fix: 'Name the file itself',
    })
  const opened = await tree.open(path)
  try {
    const source = await utf8Source(opened, { file: path })
    const lines = new LineReader(source, undefined, window)
    const header = await readFirstLine(lines, source.name, context.account)
    const start = lines.position
    const repairs = context.policy === 'salvage'
    return {
      header: header.header,
      items: (account = SILENT) => itemsOf(source, start, window, header, account, repairs),
      close: () => source.close(),
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function readFirstLine(lines: LineReader, file: string, account: Account): Promise<NativeHeader> {
  if (!(await lines.next()))
    throw new AnnotationError('empty-input', 'there is nothing in this file', { place: { file } })
  const { bytes, start, end } = lines
  const place: Place = { file, line: lines.number }
  const first = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 256)))
  const version = FIRST_LINE.exec(first)
  if (version === null)
    throw new AnnotationError('not-this-format', 'no native data set', {
      place,
      expected: `a first line that starts with {"annoform":${VERSION}`,
      got: JSON.stringify(first.slice(0, 40)),
    })
  try {
    return readHeader(bytes, start, end, place, account)
  } catch (error) {
    throw located(error, lines, file)
  }
}

function readHeader(bytes: Uint8Array, start: number, end: number, line: Place, account: Account): NativeHeader {
  const fields = new NamedFields()
  fields.scan(bytes, start, end, '')
  const version = fields.source(fields.need('annoform'))
  if (version !== String(VERSION))
    throw new AnnotationError('unsupported-version', 'a native file of another version', {
      place: { ...line, pointer: '/annoform' },
      expected: `version ${VERSION}`,
      got: version,
      fix: 'Read it with the version of annoform that wrote it, or a later one',
    })
  for (let i = 0; i < fields.count; i++)
    if (!FIRST_LINE_KEYS.has(fields.name(i)))
      reportUnknownKey(fields.name(i), 'header', { ...line, pointer: fields.at(i) }, account)
  const at = fields.given('header')
  return at < 0 ? NO_HEADER : new HeaderReader(account, line).read(bytes, fields.start(at), fields.end(at))
}

async function* itemsOf(
  source: ByteSource,
  start: LinePosition,
  window: number,
  { strayCount, badStrays }: NativeHeader,
  account: Account,
  repairs: boolean,
): AsyncGenerator<Item> {
  if (strayCount > 0) account.read(strayCount)
  for (const place of badStrays) account.drop({ effect: 'dropped', subject: 'annotation', reason: 'invalid' }, place)
  const lines = new LineReader(source, start, window)
  const reader = new ItemReader(source.name, account, repairs)
  for (;;) {
    const more = lines.next()
    if (!(more instanceof Promise ? await more : more)) return
    let item: Item | undefined
    try {
      item = reader.read(lines)
    } catch (error) {
      throw located(error, lines, source.name)
    }
    if (item !== undefined) yield item
  }
}

/** Offsets of broken text count in the window's bytes: what a person looks for is line and column, in characters. */
function located(error: unknown, lines: LineReader, file: string): unknown {
  if (!(error instanceof AnnotationError)) return error
  const place: Place = { file, line: lines.number }
  const offset = error.place?.offset
  if (!isBrokenText(error) || offset === undefined) return error.at(place)
  let column = 1 + lines.indent
  for (let i = lines.start; i < offset; i++) if (((lines.bytes[i] as number) & 0xc0) !== 0x80) column++
  const { code, reason, expected, got, fix, cause } = error
  return new AnnotationError(code, reason, { place: { ...place, column }, expected, got, fix, cause })
}
