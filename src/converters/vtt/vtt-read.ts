import { Annotation } from '../../dataset/annotation.js'
import type { Extra } from '../../dataset/extra.js'
import { Item } from '../../dataset/item.js'
import { Subtitle } from '../../definitions/subtitle.js'
import { AnnotationError } from '../../errors.js'
import { decodeText, encodeUtf8 } from '../../text/decode.js'
import { advise } from './advice.js'
import { type CaptionText, captionTextOf, decodeAnyway } from './caption-bytes.js'
import { ATTRIBUTE, type CaptionScope, extraOf, VTT } from './caption-scope.js'
import { type CueStretch, withSlots } from './caption-slots.js'
import { cueSettings } from './cue-settings.js'
import { plainText, voicesOf } from './cue-tree.js'
import type { VttCue } from './document.js'
import { blockText } from './document-text.js'
import { Findings } from './findings.js'
import type { TextLines } from './lines.js'
import { scanChecked } from './parse.js'
import { regionSettings } from './region-settings.js'
import type { Extent, ScannedVtt } from './scan.js'
import { ARROW } from './timing.js'

/**
 * The item of a WebVTT file: one annotation a cue. Cues are counted before any of them is looked at.
 * @throws AnnotationError `not-this-format`, and what the account throws
 */
export function readVttItem(bytes: Uint8Array, scope: CaptionScope): Item {
  const { account, file } = scope
  const { text, bom } = decoded(bytes, scope)
  const findings = new Findings()
  const document = scanChecked(text, file, findings)
  account.read(countCues(document.lines))
  for (const { line, column, message, expected, got, lossy } of findings.list)
    account.problem({ code: 'caption-syntax', message, place: { file, line, column }, expected, got, lossy })
  const { blocks, extents, lines } = document
  const annotations: Annotation[] = []
  const stretches: CueStretch[] = []
  // What stands between two cues goes with the second of them.
  let between: string[] = []
  let first: readonly string[] | undefined
  for (const [i, block] of blocks.entries()) {
    const extent = extents[i] as Extent
    const [start, end] = [lines.start(extent.from), lines.end(extent.to - 1)]
    if (block.kind === 'cue') {
      stretches.push({ start, end, keep: true })
      const before = first === undefined ? [] : between
      first ??= between
      between = []
      annotations.push(annotationOf(block, extent, text.slice(start, end), before, scope))
    } else if (block.kind === 'broken') {
      stretches.push({ start, end: afterBlankLines(lines, extent.to), keep: false })
      const place = { file, line: extent.timing + 1 }
      account.drop({ effect: 'dropped', subject: 'subtitle', reason: 'invalid' }, place)
    } else between.push(blockText(block))
  }
  if (scope.advice !== undefined) giveAdvice(document, scope)
  const skeleton = withSlots(text, stretches)
  const { title, header } = document
  const fields = {
    title: title === '' ? undefined : title,
    header,
    blocks: first ?? between,
    tail: first === undefined ? [] : between,
  }
  return new Item({
    id: { text: scope.id, kind: 'string' },
    path: scope.path,
    media: scope.media,
    annotations,
    extra: new Map([[VTT, extraOf(fields, 'file')]]),
    raw: skeleton === undefined ? undefined : { format: VTT, bytes: encodeUtf8(`${bom ? '\ufeff' : ''}${skeleton}`) },
    place: { file },
    file: scope.mediaFile,
  })
}

function decoded(bytes: Uint8Array, { file, account }: CaptionScope): CaptionText {
  let read: ReturnType<typeof decodeText>
  try {
    read = decodeText(bytes, { file })
  } catch (error) {
    if (!(error instanceof AnnotationError) || error.code !== 'encoding') throw error
    return decodeAnyway(bytes, error, account)
  }
  if (read.encoding !== 'utf-8')
    account.problem({
      code: 'encoding',
      message: 'WebVTT is always UTF-8; browsers do not read this file',
      place: { file },
      expected: 'utf-8',
      got: read.encoding,
      fix: 'Save the file as UTF-8',
    })
  return captionTextOf(read)
}

/** Below the first line every line with an arrow begins a cue, sound or not: nothing else needs to be understood. */
function countCues(lines: TextLines): number {
  let count = 0
  for (let i = 1; i < lines.count; i++) if (lines.line(i).includes(ARROW)) count++
  return count
}

function afterBlankLines(lines: TextLines, from: number): number {
  let at = from
  while (at < lines.count && lines.isEmpty(at)) at++
  return at < lines.count ? lines.start(at) : lines.text.length
}

function annotationOf(
  cue: VttCue,
  extent: Extent,
  source: string,
  before: readonly string[],
  { file, label, text: mode }: CaptionScope,
): Annotation {
  const { id, start, end, settings, text } = cue
  const plain = mode === 'plain' ? plainText(text) : text
  const voices = voicesOf(text)
  const speaker = voices.length > 1 ? voices : voices[0]
  const region = settings === '' ? undefined : cueSettings(settings).region
  const attributes = {
    ...(speaker === undefined ? {} : { [ATTRIBUTE.speaker]: speaker }),
    ...(id === '' ? {} : { [ATTRIBUTE.identifier]: id }),
    ...(settings === '' ? {} : { [ATTRIBUTE.settings]: settings }),
    ...(region === undefined ? {} : { [ATTRIBUTE.region]: region }),
  }
  const extra = extraOf({ payload: plain === text ? undefined : text, before }, mode === 'markup' ? mode : undefined)
  const hasExtra = extra.fields.size > 0 || extra.form !== undefined
  return new Annotation({
    definition: new Subtitle({ label, text: plain, attributes }),
    span: { startTime: start / 1000, endTime: end / 1000 },
    extra: hasExtra ? (new Map([[VTT, extra]]) as Extra) : undefined,
    raw: { format: VTT, bytes: encodeUtf8(source) },
    place: { file, line: extent.timing + 1 },
  })
}

function giveAdvice({ blocks, extents }: ScannedVtt, { account, advice, file }: CaptionScope): void {
  const cues = blocks.flatMap((block, i) =>
    block.kind === 'cue' ? [{ ...block, plain: plainText(block.text), line: (extents[i]?.timing ?? 0) + 1 }] : [],
  )
  advise(cues, { speed: advice?.speed ?? 0, file, account, times: false })
  const regions = new Set(blocks.flatMap(({ kind, text }) => (kind === 'region' ? [regionSettings(text).id] : [])))
  for (const { settings, line } of cues) {
    const region = settings === '' ? undefined : cueSettings(settings).region
    if (region === undefined || regions.has(region)) continue
    const message = 'a cue in a region that the file does not define'
    account.problem({ code: 'caption-advice', message, place: { file, line }, got: JSON.stringify(region) })
  }
}
