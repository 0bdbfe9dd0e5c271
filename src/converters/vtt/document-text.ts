import { AnnotationError } from '../../errors.js'
import type { VttBlock, VttCue, VttDocument } from './document.js'
import { TextLines } from './lines.js'
import { hasSignature, scanVtt } from './scan.js'
import { timestampText } from './timestamp.js'

/**
 * The text of a document: LF, one blank line between blocks, hours in every timestamp. Reading it gives the document
 * again.
 * @throws AnnotationError `invalid-value` for a document that no text says, such as a cue text with a blank line
 * @example vttText({ title: '', header: [], blocks: [{ kind: 'cue', id: '', start: 0, end: 1500, settings: '', text: 'Hi' }] })
 */
export function vttText(document: VttDocument): string {
  const { title, header, blocks } = document
  const first = title === '' ? 'WEBVTT' : `WEBVTT ${title}`
  const text = `${[first, ...header].join('\n')}\n\n${blocks.map((block) => `${blockText(block)}\n`).join('\n')}`
  checkSame(document, text)
  return text
}

/** A block without the end of its last line. */
export function blockText(block: VttCue | VttBlock): string {
  switch (block.kind) {
    case 'cue':
      return cueBlockText(block)
    case 'note':
      return block.text === '' ? 'NOTE' : `NOTE${block.text.includes('\n') ? '\n' : ' '}${block.text}`
    case 'style':
      return block.text === '' ? 'STYLE' : `STYLE\n${block.text}`
    case 'region':
      return block.text === '' ? 'REGION' : `REGION\n${block.text}`
    default:
      return block.text
  }
}

function cueBlockText({ id, start, end, settings, text }: VttCue): string {
  const timing = `${timestampText(start)} --> ${timestampText(end)}${settings === '' ? '' : ` ${settings}`}`
  return `${id === '' ? '' : `${id}\n`}${timing}${text === '' ? '' : `\n${text}`}`
}

/** Whoever made the document by hand is told what cannot be said, instead of finding something else in the file. */
function checkSame({ title, header, blocks }: VttDocument, text: string): void {
  const refuse = (what: string, got: unknown): never => {
    throw new AnnotationError('invalid-value', `WebVTT has no way to say this ${what}`, {
      got: JSON.stringify(got).slice(0, 200),
    })
  }
  if (!hasSignature(text) || text.includes('\0')) refuse('document', title)
  const read = scanVtt(new TextLines(text))
  if (read.title !== title) refuse('title', title)
  if (read.header.length !== header.length || read.header.some((line, i) => line !== header[i]))
    refuse('header', header)
  for (const [i, block] of blocks.entries()) {
    const other = read.blocks[i]
    if (other === undefined || !sameBlock(block, other)) refuse(block.kind, block)
  }
  if (read.blocks.length !== blocks.length) refuse('document', read.blocks.at(-1))
}

function sameBlock(a: VttCue | VttBlock, b: VttCue | VttBlock): boolean {
  if (a.kind !== 'cue' || b.kind !== 'cue') return a.kind === b.kind && a.text === b.text
  return a.id === b.id && a.start === b.start && a.end === b.end && a.settings === b.settings && a.text === b.text
}
