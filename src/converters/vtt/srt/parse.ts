import type { Finding } from '../document.js'
import { Findings } from '../findings.js'
import { TextLines } from '../lines.js'
import { isCounter, type ScannedSrt, type SrtDocument, type SrtExtent, scanSrt } from './scan.js'
import { srtTiming } from './timing.js'

/** A document and what of it is not as SubRip writes it. */
export interface ParsedSrt extends SrtDocument {
  /** From top to bottom. */
  readonly findings: readonly Finding[]
}

/**
 * What players read of a SubRip text, and everything in it that SubRip itself would not write.
 * @param text a byte order mark at its start is passed over
 * @example parseSrt('1\n00:00:01,000 --> 00:00:02,500\nHello\n').blocks[0]
 */
export function parseSrt(text: string): ParsedSrt {
  const findings = new Findings()
  const { blocks } = scanCheckedSrt(text.replace(/^\ufeff/, ''), findings)
  return { blocks, findings: findings.list }
}

/** A text without byte order mark as a document, with the place of each block. */
export function scanCheckedSrt(text: string, findings: Findings): ScannedSrt {
  const scanned = scanSrt(new TextLines(text))
  const { blocks, extents, lines } = scanned
  let counted = 0
  for (const [i, block] of blocks.entries()) {
    const extent = extents[i] as SrtExtent
    const { from, timing } = extent
    if (block.kind === 'cue') {
      counted++
      if (!isCounter(block.counter))
        findings.add(from, 0, { message: 'a cue without a number', got: JSON.stringify(block.counter.slice(0, 60)) })
      else if (Number(block.counter) !== counted)
        findings.add(from, 0, { message: 'a number out of order', expected: 'numbers from 1', got: block.counter })
      for (const message of srtTiming(lines.line(timing))?.departures ?? []) findings.add(timing, 0, { message })
      if (i > 0 && (extents[i - 1] as SrtExtent).to === from)
        findings.add(from, 0, { message: 'a cue without a blank line before it', expected: 'a blank line' })
    } else if (block.kind === 'broken')
      findings.add(timing, 0, {
        message: 'a cue without a timing that can be read',
        expected: '00:00:01,000 --> 00:00:02,000',
        got: JSON.stringify(lines.line(timing).slice(0, 60)),
        lossy: true,
      })
    else findings.add(from, 0, { message: 'lines that are no cue', got: JSON.stringify(lines.line(from).slice(0, 60)) })
  }
  return scanned
}
