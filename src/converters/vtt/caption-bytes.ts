import type { Account } from '../../dataset/account.js'
import { AnnotationError } from '../../errors.js'
import type { ByteSource } from '../../ports.js'
import { readWhole } from '../../text/read-whole.js'

/** The captions of a day of talk are a few megabytes; a file of this size is something else. */
export const MOST_BYTES = 1 << 26

/**
 * All bytes of a source.
 * @throws AnnotationError `caption-limit` for a file beyond {@link MOST_BYTES}
 */
export async function readCaptionBytes(source: ByteSource): Promise<Uint8Array> {
  const { size } = source
  if (size > MOST_BYTES)
    throw new AnnotationError('caption-limit', 'this file is too large for captions', {
      place: { file: source.name },
      expected: `at most ${MOST_BYTES} bytes`,
      got: `${size} bytes`,
    })
  return readWhole(source)
}

/** The text of a file. */
export interface CaptionText {
  /** Without byte order mark. */
  readonly text: string
  /** Whether there was one, in UTF-8. */
  readonly bom: boolean
}

/** What was decoded; files are written in UTF-8, where the mark of another encoding says nothing. */
export function captionTextOf(read: { text: string; encoding: string; bom: boolean }): CaptionText {
  return { text: read.text, bom: read.bom && read.encoding === 'utf-8' }
}

/** UTF-8 as a browser decodes it: what is none becomes U+FFFD, which is a problem. */
export function decodeAnyway(bytes: Uint8Array, error: AnnotationError, account: Account): CaptionText {
  const { expected, got, place } = error
  account.problem({
    code: 'encoding',
    message: 'bytes that are no UTF-8; each is read as U+FFFD',
    place,
    expected,
    got,
    fix: 'Save the file as UTF-8',
    lossy: true,
  })
  return { text: new TextDecoder('utf-8').decode(bytes), bom: false }
}
