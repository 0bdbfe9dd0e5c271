import { AnnotationError } from '../../../errors.js'
import { TextLines } from '../lines.js'
import { timestampText } from '../timestamp.js'
import { type SrtBlock, type SrtCue, type SrtDocument, scanSrt } from './scan.js'

/**
 * The text of a document: LF, one blank line between blocks. Reading it gives the document again.
 * @throws AnnotationError `invalid-value` for a document that no text says, such as a cue text with a blank line
 * @example srtText({ blocks: [{ kind: 'cue', counter: '1', start: 0, end: 1500, coordinates: '', text: 'Hi' }] })
 */
export function srtText({ blocks }: SrtDocument): string {
  const text = blocks.map((block) => `${srtBlockText(block)}\n`).join('\n')
  const read = scanSrt(new TextLines(text)).blocks
  for (const [i, block] of blocks.entries()) {
    const other = read[i]
    if (other !== undefined && sameSrtBlock(block, other)) continue
    throw new AnnotationError('invalid-value', `SubRip has no way to say this ${block.kind}`, {
      got: JSON.stringify(block).slice(0, 200),
    })
  }
  return text
}

/** A block without the end of its last line. */
export function srtBlockText(block: SrtCue | SrtBlock): string {
  if (block.kind !== 'cue') return block.text
  const { counter, start, end, coordinates, text } = block
  const times = `${timestampText(start, ',')} --> ${timestampText(end, ',')}`
  return `${counter === '' ? '' : `${counter}\n`}${times}${coordinates === '' ? '' : ` ${coordinates}`}${text === '' ? '' : `\n${text}`}`
}

/** Whether two blocks say the same. */
export function sameSrtBlock(a: SrtCue | SrtBlock, b: SrtCue | SrtBlock): boolean {
  if (a.kind !== 'cue' || b.kind !== 'cue') return a.kind === b.kind && a.text === b.text
  return (
    a.counter === b.counter &&
    a.start === b.start &&
    a.end === b.end &&
    a.coordinates === b.coordinates &&
    a.text === b.text
  )
}
