import type { SegmentationChoice } from '../../../src/converters/coco/write-segmentation.js'
import { Annotation, type AnnotationInit } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item, type Media } from '../../../src/dataset/item.js'
import { type AnnotationDefinition, Polygon, Segmentation } from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import { texts, writeDataset } from './harness.js'

export const CHOICES = ['auto', 'polygon', 'rle', 'rle-string'] as const
export const SIZE: Media = { kind: 'image', width: 5, height: 4 }

export function mask(...rows: readonly string[]): Mask {
  const pixels = Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0))
  return Mask.fromDense(pixels, rows[0]?.length ?? 0, rows.length)
}

/** The mask of an annotation that should have one. */
export function maskIn(annotation: Annotation | undefined): Mask {
  if (annotation?.definition.type !== 'binary') throw new Error(`${annotation?.type} is no mask`)
  return annotation.definition.mask
}

export async function written(
  definition: AnnotationDefinition,
  segmentation: SegmentationChoice = 'auto',
  media: Media = SIZE,
  init: Partial<AnnotationInit> = {},
) {
  const annotation = new Annotation({ id: idFrom(1), definition, ...init })
  const item = new Item({ id: idFrom(1), path: 'a.jpg', media, annotations: [annotation] })
  const { text, report } = await writeDataset(
    createDataset({ items: [item], labels: [{ name: 'a', id: idFrom(3) }] }),
    {
      segmentation,
    },
  )
  return { element: texts(text, 'annotations')[0], report, text }
}

export const SQUARE = Polygon.fromPoints([1, 1, 4, 1, 4, 3, 1, 3], { label: 'a' })
export const HOLED = new Polygon({
  label: 'a',
  parts: [{ outer: [0, 0, 5, 0, 5, 4, 0, 4], holes: [[1, 1, 4, 1, 4, 3, 1, 3]] }],
})
export const SOLID = new Segmentation({ label: 'a', mask: mask('.....', '.###.', '.###.', '.....') })
export const RING = new Segmentation({ label: 'a', mask: mask('#####', '#...#', '#...#', '#####') })

export const SQUARE_RUNS = '{"size":[4,5],"counts":[5,2,2,2,2,2,5]}'
export const RING_RUNS = '{"size":[4,5],"counts":[0,5,2,2,2,2,2,5]}'
