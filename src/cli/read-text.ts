import { readFileSync } from 'node:fs'
import { AnnotationError } from '../errors.js'
import { ioError } from '../io/io-error.js'
import { decodeText } from '../text/decode.js'

/** @throws AnnotationError `io`, `empty-input`, `encoding` */
export function readText(file: string): string {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw ioError(error, file)
  }
  if (bytes.length === 0) throw new AnnotationError('empty-input', 'this file is empty', { place: { file } })
  return decodeText(bytes, { file }).text
}
