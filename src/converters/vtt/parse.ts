import { AnnotationError } from '../../errors.js'
import { checkSyntax } from './check-syntax.js'
import type { Finding, TimestampMap, VttDocument } from './document.js'
import { Findings } from './findings.js'
import { TextLines } from './lines.js'
import { hasSignature, type ScannedVtt, scanVtt } from './scan.js'
import { timestampAt } from './timestamp.js'

export interface ParseVttOptions {
  /** What to call the document in errors. */
  readonly name?: string | undefined
}

/** A document and what of its text is against the syntax. */
export interface ParsedVtt extends VttDocument {
  /** From top to bottom. Empty: the text is well formed. */
  readonly findings: readonly Finding[]
}

/**
 * What a browser reads of a WebVTT text, and every departure from the syntax.
 * @param text a byte order mark at its start is passed over
 * @throws AnnotationError `not-this-format` for a text that does not begin with `WEBVTT`; nothing else is too broken
 * @example cuesOf(parseVtt('WEBVTT\n\n00:01.000 --> 00:02.500\nHello\n'))[0]?.end // 2500
 */
export function parseVtt(text: string, options: ParseVttOptions = {}): ParsedVtt {
  const findings = new Findings()
  const { title, header, blocks } = scanChecked(text.replace(/^\ufeff/, ''), options.name, findings)
  return { title, header, blocks, findings: findings.list }
}

/** A text without byte order mark as a document, with the place of each block. @throws AnnotationError `not-this-format` */
export function scanChecked(text: string, name: string | undefined, findings: Findings): ScannedVtt {
  if (!hasSignature(text))
    throw new AnnotationError('not-this-format', 'this is no WebVTT', {
      place: { file: name, line: 1, column: 1 },
      expected: 'WEBVTT at the very beginning',
      got: JSON.stringify(text.slice(0, 20)),
    })
  const nul = text.indexOf('\0')
  const lines = new TextLines(nul < 0 ? text : text.replaceAll('\0', '\ufffd'))
  if (nul >= 0) {
    let line = 0
    while (line + 1 < lines.count && lines.start(line + 1) <= nul) line++
    findings.add(line, nul - lines.start(line), { message: 'a NUL character, which is read as U+FFFD' })
  }
  const scanned = scanVtt(lines)
  checkSyntax(scanned, findings)
  findings.sort()
  return scanned
}

/** What `X-TIMESTAMP-MAP` among the header lines of a segmented file says; times of cues are not changed by it. */
export function timestampMap({ header }: Pick<VttDocument, 'header'>): TimestampMap | undefined {
  for (const line of header) {
    if (!line.startsWith('X-TIMESTAMP-MAP=')) continue
    const mpegts = /(?:=|,)MPEGTS:(\d{1,15})(?:,|$)/.exec(line)?.[1]
    const local = /(?:=|,)LOCAL:([\d:.]+)(?:,|$)/.exec(line)?.[1]
    const time = local === undefined ? undefined : timestampAt(local, 0)
    if (mpegts !== undefined && time !== undefined) return { mpegts: Number(mpegts), local: time.ms }
  }
  return undefined
}
