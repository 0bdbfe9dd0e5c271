import { describe, expect, it } from 'vitest'
import { mapAnnotations } from '../../../src/dataset/transforms.js'
import { Box, Classification, Polygon } from '../../../src/definitions/index.js'
import { translation } from '../../../src/geometry/affine.js'
import { convertDocument, entryLines, texts, withAnnotation } from './harness.js'

const RING = '"segmentation":[[10,10,20,10,20,14]]'
const POSE = '"keypoints":[11,12,2],"num_keypoints":1'

/** The annotation after a change, and the ledger. */
async function moved(fields: readonly string[], dx = 1) {
  const { text, report } = await convertDocument(withAnnotation(...fields), {
    change: (dataset) => mapAnnotations(dataset, (annotation) => [annotation.transform(translation(dx, 0))]),
  })
  return { element: texts(text, 'annotations')[0], entries: entryLines({ entries: report.ledger }) }
}

describe('source texts of geometric keys after the geometry changed', () => {
  it.each([
    // 0.3 + 0.1 - 0.3 is not 0.1, so the text was kept beside the numbers.
    ['a box no subtraction gives back', ['"bbox":[0.3,0,0.1,1]'], '"bbox":[1.3,0,0.09999999999999987,1]'],
    ['a bad box', [RING, '"bbox":[1,2]'], '"segmentation":[[11,10,21,10,21,14]],"bbox":[11,10,10,4]'],
    ['a box of negative size', [RING, '"bbox":[9,9,-1,1]'], '"segmentation":[[11,10,21,10,21,14]],"bbox":[11,10,10,4]'],
    ['a bad area', [RING, '"area":"20"'], '"segmentation":[[11,10,21,10,21,14]],"area":20'],
    ['a flat ring', ['"segmentation":[10,10,20,10,20,14]'], '"segmentation":[[11,10,21,10,21,14]]'],
    ['a ring of two points', ['"bbox":[1,2,2,2]', '"segmentation":[[1,2,3,4]]'], '"bbox":[2,2,2,2],"segmentation":[]'],
    [
      'a ring of two points beside a good one',
      ['"segmentation":[[1,2,3,4],[10,10,20,10,20,14]]'],
      '"segmentation":[[11,10,21,10,21,14]]',
    ],
    ['null, which is nowhere', ['"bbox":[1,2,2,2]', '"segmentation":null'], '"bbox":[2,2,2,2],"segmentation":null'],
  ])('%s', async (_, fields, expected) => {
    const { element } = await moved(fields)
    expect(element).toBe(`{"id":1,"image_id":1,"category_id":1,${expected}}`)
    // The same texts stand while the geometry does.
    expect((await moved(fields, 0)).element).toBe(`{"id":1,"image_id":1,"category_id":1,${fields.join(',')}}`)
  })

  it('key points are left out, with an entry', async () => {
    const { element, entries } = await moved([RING, POSE, '"x":1.0'])
    expect(element).toBe('{"id":1,"image_id":1,"category_id":1,"segmentation":[[11,10,21,10,21,14]],"x":1.0}')
    expect(entries).toEqual([
      'annotation kept segment ×1',
      'field dropped keypoints: the geometry changed ×1',
      'field dropped num_keypoints: the geometry changed ×1',
    ])
    expect((await moved([RING, POSE], 0)).element).toBe(`{"id":1,"image_id":1,"category_id":1,${RING},${POSE}}`)
  })

  it('all stand when only the label changes', async () => {
    const fields = ['"segmentation":[10,10,20,10,20,14]', '"bbox":[0.3,0,0.1,1]', '"area":"x"', POSE]
    const { text } = await convertDocument(withAnnotation(...fields), {
      change: (dataset) =>
        mapAnnotations(dataset, (annotation) => [
          annotation.with({ definition: annotation.definition.with({ label: 'dog' }) }),
        ]),
    })
    expect(texts(text, 'annotations')).toEqual([`{"id":1,"image_id":1,"category_id":2,${fields.join(',')}}`])
  })

  it('a declared box is given up with another polygon', async () => {
    const definition = Polygon.fromPoints([0, 0, 8, 0, 8, 4], { label: 'cat' })
    const { text } = await convertDocument(withAnnotation(RING, '"bbox":[0.3,0,0.1,1]'), {
      change: (dataset) => mapAnnotations(dataset, (annotation) => [annotation.with({ definition })]),
    })
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":1,"segmentation":[[0,0,8,0,8,4]],"bbox":[0,0,8,4]}',
    ])
  })

  it('a hole is seen although the outer ring is the same', async () => {
    const { text } = await convertDocument(withAnnotation('"segmentation":[0,0,30,0,30,30,0,30]'), {
      change: (dataset) =>
        mapAnnotations(dataset, (annotation) => {
          const { definition } = annotation
          if (definition.type !== 'segment') throw new Error('a polygon')
          const outer = definition.parts[0]?.outer ?? new Float64Array(0)
          const parts = [{ outer, holes: [Float64Array.of(5, 5, 9, 5, 9, 9, 5, 9)] }]
          return [annotation.with({ definition: Polygon.fromOwnedParts(parts, { label: 'cat' }) })]
        }),
    })
    expect(texts(text, 'annotations')[0]).toMatch(/"segmentation":\{"size":\[40,64\],"counts":"/)
  })

  it('of another kind of geometry say nothing', async () => {
    const change = (definition: Box | Classification) =>
      convertDocument(withAnnotation('"segmentation":[10,10,20,10,20,14]', '"bbox":[1,2]', POSE), {
        change: (dataset) => mapAnnotations(dataset, (annotation) => [annotation.with({ definition })]),
      })
    const box = await change(new Box({ label: 'cat', left: 1, top: 2, right: 4, bottom: 6 }))
    expect(texts(box.text, 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":1,"segmentation":[],"bbox":[1,2,3,4]}',
    ])
    const none = await change(new Classification({ label: 'cat' }))
    expect(texts(none.text, 'annotations')).toEqual(['{"id":1,"image_id":1,"category_id":1}'])
  })
})
