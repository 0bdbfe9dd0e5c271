import { XMLValidator } from 'fast-xml-parser'
import type { Problem } from '../../dataset/account.js'
import { AnnotationError } from '../../errors.js'
import { decodeXml } from './xml-bytes.js'
import { withoutDoctype } from './xml-entities.js'
import { TextPlaces } from './xml-place.js'
import { parseXml, type XmlElement } from './xml-tree.js'

/** A well-formed document. */
export interface XmlDocument {
  /** The text the elements' extents are in: without DOCTYPE, its entities replaced. */
  readonly text: string
  readonly root: XmlElement
  readonly places: TextPlaces
  /** What was left out while it was read: references to external entities. */
  readonly problems: readonly Problem[]
}

/**
 * Reads an XML document. Nothing outside of it is ever looked at.
 * @throws AnnotationError `encoding`, `xml-syntax` with line and column, `xml-limit`, `empty-input`
 */
export function readXml(source: Uint8Array | string, file: string): XmlDocument {
  const decodedText = typeof source === 'string' ? source.replace(/^\ufeff/, '') : decodeXml(source, file)
  if (/^\s*$/.test(decodedText))
    throw new AnnotationError('empty-input', 'there is nothing in this file', { place: { file } })
  const { text, external } = withoutDoctype(decodedText, file)
  const root = parseXml(text, file)
  // Names, the grammar of attributes and all else that the tree does not depend on.
  const verdict = XMLValidator.validate(text)
  if (verdict !== true) {
    const { msg, line, col } = verdict.err
    throw new AnnotationError('xml-syntax', msg.replace(/\.$/, ''), { place: { file, line, column: col } })
  }
  const sourcePlaces = new TextPlaces(decodedText, file)
  const problems = external.map(
    ({ name, offset }): Problem => ({
      code: 'xml-limit',
      message: 'an external entity; it is never read, nothing stands in its place',
      place: sourcePlaces.at(offset),
      got: `&${name};`,
      fix: 'Write the text into the file itself',
      lossy: true,
    }),
  )
  return { text, root, places: new TextPlaces(text, file), problems }
}
