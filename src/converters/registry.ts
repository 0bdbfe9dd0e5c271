import { AnnotationError } from '../errors.js'
import { coco } from './coco/format.js'
import { dataloop } from './dataloop/format.js'
import type { Format } from './format.js'
import { native } from './native/format.js'
import { voc } from './voc/format.js'
import { srt, vtt } from './vtt/format.js'
import { yolo } from './yolo/format.js'

/** Every format of the library, in the order in which people meet them. Plain descriptors: readers and writers load when used. */
export const formats: readonly Format[] = Object.freeze([coco, yolo, voc, dataloop, vtt, srt, native])

/** @throws AnnotationError `unknown-format`, naming those there are. */
export function formatById(id: string): Format {
  const format = formats.find((candidate) => candidate.id === id)
  if (format !== undefined) return format
  throw new AnnotationError('unknown-format', `there is no format called ${JSON.stringify(id)}`, {
    fix: `Use one of ${formats.map((candidate) => candidate.id).join(', ')}`,
  })
}
