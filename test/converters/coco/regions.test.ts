import { describe, expect, it } from 'vitest'
import { writeSegmentation } from '../../../src/converters/coco/write-segmentation.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { Polygon } from '../../../src/definitions/index.js'
import { convertDocument, entryLines, texts, unsized, withAnnotation } from './harness.js'

describe('masks when polygons are asked for', () => {
  it('that have holes keep the text of their source', async () => {
    // A ring of pixels around one: 3 × 3 in 5 × 4.
    const runs = '"segmentation":{"x":1.0,"size":[4,5],"counts":[4,3,1,1,1,1,1,3,5]}'
    const { text, report } = await convertDocument(unsized(withAnnotation(runs)), { segmentation: 'polygon' })
    expect(texts(text, 'annotations')).toEqual([`{"id":1,"image_id":1,"category_id":1,${runs}}`])
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation kept binary: has holes, which COCO polygons cannot tell: stays RLE ×1',
    ])
  })

  it('that are empty keep their form', async () => {
    const { text, report } = await convertDocument(
      unsized(withAnnotation('"segmentation":{"size":[4,5],"counts":[20]}')),
      { segmentation: 'polygon', rewrite: true },
    )
    expect(texts(text, 'annotations')[0]).toContain('"segmentation":{"size":[4,5],"counts":[20]}')
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation kept binary: has no pixels, which COCO polygons cannot tell: stays RLE ×1',
    ])
  })
})

describe('the area of a polygon of many parts', () => {
  const item = new Item({ id: idFrom(1), path: 'a.jpg', media: { kind: 'image', width: 600, height: 400 } })
  const areaOf = (parts: number, size: number): number | undefined => {
    const rings = Array.from({ length: parts }, (_, i) => {
      const [x, y] = [(i % 200) * 2, Math.floor(i / 200) * 2]
      return { outer: Float64Array.of(x, y, x + size, y, x + size, y + size), holes: [] }
    })
    return writeSegmentation(Polygon.fromOwnedParts(rings, { label: 'cat' }), 'auto', undefined, item)?.area
  }

  it('is exact where they lie apart, and no pair of columns costs a comparison', () => {
    const start = performance.now()
    expect(areaOf(20_000, 1)).toBe(10_000)
    expect(performance.now() - start).toBeLessThan(3000)
  })

  it('is counted in pixels where they meet', () => {
    // Each covers 4.5, and 3 pixels of it by COCO's rule.
    expect(areaOf(3, 3)).toBe(9)
  })
})
