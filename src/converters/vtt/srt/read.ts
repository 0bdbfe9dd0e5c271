import { Annotation } from '../../../dataset/annotation.js'
import { Item } from '../../../dataset/item.js'
import { Subtitle } from '../../../definitions/subtitle.js'
import { AnnotationError } from '../../../errors.js'
import { decodeText, encodeUtf8 } from '../../../text/decode.js'
import { advise } from '../advice.js'
import { type CaptionText, captionTextOf, decodeAnyway } from '../caption-bytes.js'
import { ATTRIBUTE, type CaptionScope, extraOf, SRT } from '../caption-scope.js'
import { type CueStretch, withSlots } from '../caption-slots.js'
import { Findings } from '../findings.js'
import type { TextLines } from '../lines.js'
import { ARROW } from '../timing.js'
import { guessEncoding } from './encoding.js'
import { plainSrtText } from './markup.js'
import { scanCheckedSrt } from './parse.js'
import type { ScannedSrt, SrtCue, SrtExtent } from './scan.js'

/**
 * The item of a SubRip file: one annotation a cue.
 * @throws AnnotationError `not-this-format` for a text without any cue, `encoding`, and what the account throws
 */
export function readSrtItem(bytes: Uint8Array, scope: CaptionScope): Item {
  const { account, file } = scope
  const { text, bom } = decoded(bytes, scope)
  const findings = new Findings()
  const document = scanCheckedSrt(text, findings)
  const { blocks, extents, lines } = document
  if (blocks.length > 0 && extents.every(({ timing }) => timing < 0))
    throw new AnnotationError('not-this-format', 'this is no SubRip', {
      place: { file, line: 1 },
      expected: `a line such as 00:00:01,000 ${ARROW} 00:00:02,000`,
      got: JSON.stringify(lines.line(0).slice(0, 40)),
    })
  account.read(extents.filter(({ timing }) => timing >= 0).length)
  for (const { line, column, message, expected, got, lossy } of findings.list)
    account.problem({ code: 'caption-syntax', message, place: { file, line, column }, expected, got, lossy })
  const annotations: Annotation[] = []
  const stretches: CueStretch[] = []
  let between: string[] = []
  for (const [i, block] of blocks.entries()) {
    const extent = extents[i] as SrtExtent
    const [start, end] = [lines.start(extent.from), lines.end(extent.to - 1)]
    if (block.kind === 'cue') {
      stretches.push({ start, end, keep: true })
      annotations.push(annotationOf(block, extent, annotations.length, text.slice(start, end), between, scope))
      between = []
    } else if (block.kind === 'broken') {
      stretches.push({ start, end: startOfNext(lines, extents[i + 1]), keep: false })
      const place = { file, line: extent.timing + 1 }
      account.drop({ effect: 'dropped', subject: 'subtitle', reason: 'invalid' }, place)
    } else between.push(block.text)
  }
  if (scope.advice !== undefined) giveAdvice(document, scope)
  const skeleton = withSlots(text, stretches)
  return new Item({
    id: { text: scope.id, kind: 'string' },
    path: scope.path,
    media: scope.media,
    annotations,
    extra: new Map([[SRT, extraOf({ tail: between }, 'file')]]),
    raw: skeleton === undefined ? undefined : { format: SRT, bytes: encodeUtf8(`${bom ? '\ufeff' : ''}${skeleton}`) },
    place: { file },
    file: scope.mediaFile,
  })
}

function startOfNext(lines: TextLines, next: SrtExtent | undefined): number {
  return next === undefined ? lines.text.length : lines.start(next.from)
}

/** By the mark, else as asked, else UTF-8, else a guess that is told. */
function decoded(bytes: Uint8Array, { encoding: asked, file, account }: CaptionScope): CaptionText {
  if (asked !== 'auto') return captionTextOf(decodeText(bytes, { encoding: asked, file }))
  try {
    return captionTextOf(decodeText(bytes, { file }))
  } catch (error) {
    if (!(error instanceof AnnotationError) || error.code !== 'encoding') throw error
    const encoding = guessEncoding(bytes)
    account.problem({
      code: 'encoding',
      message: 'this file is not UTF-8, and does not say what it is',
      place: { file },
      expected: 'utf-8',
      got: `most likely ${encoding}`,
      fix: 'Choose with --srt.encoding',
    })
    try {
      return captionTextOf(decodeText(bytes, { encoding, file }))
    } catch (cause) {
      if (cause instanceof AnnotationError) return decodeAnyway(bytes, error, account)
      throw cause
    }
  }
}

function annotationOf(
  cue: SrtCue,
  extent: SrtExtent,
  index: number,
  source: string,
  before: readonly string[],
  { file, label, text: mode }: CaptionScope,
): Annotation {
  const { counter, start, end, coordinates, text } = cue
  const plain = mode === 'plain' ? plainSrtText(text) : text
  const fields = {
    payload: plain === text ? undefined : text,
    counter: counter === String(index + 1) ? undefined : counter,
    before,
  }
  const extra = extraOf(fields, mode === 'markup' ? mode : undefined)
  const hasExtra = extra.fields.size > 0 || extra.form !== undefined
  return new Annotation({
    definition: new Subtitle({
      label,
      text: plain,
      attributes: coordinates === '' ? {} : { [ATTRIBUTE.coordinates]: coordinates },
    }),
    span: { startTime: start / 1000, endTime: end / 1000 },
    extra: hasExtra ? new Map([[SRT, extra]]) : undefined,
    raw: { format: SRT, bytes: encodeUtf8(source) },
    place: { file, line: extent.timing + 1 },
  })
}

function giveAdvice({ blocks, extents }: ScannedSrt, { account, advice, file }: CaptionScope): void {
  const cues = blocks.flatMap((block, i) =>
    block.kind === 'cue' ? [{ ...block, plain: plainSrtText(block.text), line: (extents[i]?.timing ?? 0) + 1 }] : [],
  )
  advise(cues, { speed: advice?.speed ?? 0, file, account, times: true })
}
