import { Segmentation } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import type { Deflate } from '../../ports.js'
import type { JsonValue } from '../../text/json-value.js'
import { jsonString } from '../../text/json-write.js'
import { base64FromBytes, bytesFromBase64 } from './base64.js'
import { fieldOf, recordOf, textOf } from './json-record.js'
import { type KnownSize, maskFromPng, pngFromMask } from './png-mask.js'
import { type Naming, shapeError } from './shape-error.js'

/**
 * A mask from a PNG in base64: as a data URL of whatever media type, bare, or either in an object as `data`. One far larger
 * than the picture is refused before anything is inflated.
 * @throws AnnotationError `invalid-value`, `png-format`, `png-limit`
 */
export function readBinary(
  value: JsonValue | undefined,
  init: Naming,
  deflate: Pick<Deflate, 'inflate'>,
  pointer: string,
  picture: KnownSize = {},
): Segmentation {
  const inObject = recordOf(value)
  const given = inObject === undefined ? value : fieldOf(inObject, 'data')
  const place = inObject === undefined ? pointer : `${pointer}/data`
  const text = textOf(given)
  const bytes = text === undefined ? undefined : bytesFromBase64(payload(text))
  if (bytes === undefined) throw shapeError(place, 'a PNG in base64, as a data URL or bare', given)
  try {
    return new Segmentation({ ...init, ...maskFromPng(bytes, deflate, picture) })
  } catch (error) {
    throw error instanceof AnnotationError
      ? new AnnotationError(error.code, error.reason, { ...error, place: { pointer: place } })
      : error
  }
}

/** What follows the comma of a data URL (RFC 2397); base64 itself has no comma. */
function payload(text: string): string {
  return text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text
}

/** A mask as the SDK writes it: a data URL of an RGBA PNG. @throws AnnotationError `png-format` for a mask without a pixel */
export function binaryText({ mask, color }: Segmentation, deflate: Pick<Deflate, 'deflate'>): string {
  return jsonString(`data:image/png;base64,${base64FromBytes(pngFromMask(mask, color, deflate))}`)
}
