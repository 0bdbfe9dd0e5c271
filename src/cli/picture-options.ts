import { existsSync, statSync } from 'node:fs'
import { parseSizeTable, type Size } from '../converters/sizes.js'
import { AnnotationError } from '../errors.js'
import { sizeOf } from './arguments.js'
import { readText } from './read-text.js'

/**
 * What `--sizes` names: one size for all, or a table in a file.
 * @throws AnnotationError `invalid-option`, `io`, `json-syntax`, `expected-type`
 */
export function sizesOf(text: string): Size | ReadonlyMap<string, Size> {
  const size = sizeOf(text)
  if (size === undefined && /^\d+(?:x\d*)?$/i.test(text) && !existsSync(text))
    throw new AnnotationError('invalid-option', 'bad value for --sizes', {
      expected: 'a size like 640x480 or a file',
      got: JSON.stringify(text),
    })
  return size ?? parseSizeTable(readText(text), text)
}

/** @throws AnnotationError `io` unless `--images` names a folder */
export function folderOf(images: string | undefined): string | undefined {
  if (images === undefined || statSync(images, { throwIfNoEntry: false })?.isDirectory() === true) return images
  throw new AnnotationError('io', 'there is no such folder', {
    place: { file: images },
    fix: 'Check what --images names',
  })
}
