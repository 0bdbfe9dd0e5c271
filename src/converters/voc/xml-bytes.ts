import { AnnotationError } from '../../errors.js'
import type { ByteSource } from '../../ports.js'
import { decodeText, detectBom } from '../../text/decode.js'
import { readWhole } from '../../text/read-whole.js'

/** An annotation file is a few kilobytes; one of this size is something else. */
export const MOST_BYTES = 1 << 25

const DECLARED = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/
/** The declaration stands in the first bytes, in characters every other encoding than UTF-16 has in common. */
const HEAD = 256

/**
 * All bytes of a source.
 * @throws AnnotationError `xml-limit` for a file beyond {@link MOST_BYTES}
 */
export async function readXmlBytes(source: ByteSource): Promise<Uint8Array> {
  const { size } = source
  if (size > MOST_BYTES)
    throw new AnnotationError('xml-limit', 'this XML file is too large for an annotation of one picture', {
      place: { file: source.name },
      expected: `at most ${MOST_BYTES} bytes`,
      got: `${size} bytes`,
    })
  return readWhole(source)
}

/**
 * The text of an XML document: by its byte order mark, as UTF-16 where it looks like it, else in the encoding it
 * declares, else UTF-8.
 * @throws AnnotationError `encoding` where the bytes are not that, or nobody knows the encoding
 */
export function decodeXml(bytes: Uint8Array, file: string): string {
  const declared = detectBom(bytes) === undefined ? declaredEncoding(bytes) : undefined
  if (declared !== undefined && !isKnown(declared))
    throw new AnnotationError('encoding', 'the XML declaration names an encoding nobody knows', {
      place: { file, line: 1 },
      got: JSON.stringify(declared),
      fix: 'Save the file as UTF-8',
    })
  return decodeText(bytes, { encoding: declared, file }).text
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  let head = ''
  for (let i = 0; i < Math.min(HEAD, bytes.length); i++) head += String.fromCharCode(bytes[i] as number)
  const name = DECLARED.exec(head)?.[1]
  // Whoever could read the declaration byte by byte does not hold UTF-16: .NET declares it of texts saved as UTF-8.
  return name === undefined || /^(?:utf-?16|ucs-?2|iso-10646)/i.test(name) ? undefined : name
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch {
    return false
  }
}
