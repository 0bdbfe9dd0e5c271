import { describe, expect, it } from 'vitest'
import { convertDataset } from '../../../src/converters/convert.js'
import { lockLabels } from '../../../src/converters/labels.js'
import { formatById } from '../../../src/converters/registry.js'
import { SILENT } from '../../../src/dataset/account.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset, type Dataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { mapAnnotations } from '../../../src/dataset/transforms.js'
import { FreeText, Point, Pose } from '../../../src/definitions/index.js'
import { nodeDeflate } from '../../../src/io/deflate.js'
import { memorySink } from '../../../src/memory.js'
import { convertDocument, documentText, entryLines, problemLines, texts, writeDataset } from './harness.js'

const MASK = '"segmentation":{"size":[40,64],"counts":[0,3,2557]}'
const SOURCE = documentText({
  annotations: [
    '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}',
    '{"id":2,"image_id":1,"category_id":2,"bbox":[1,2,3,4]}',
    '{"id":3,"image_id":1,"category_id":2,"bbox":[5,2,3,4]}',
  ],
})
const ANNOUNCED = 'header defaulted label: label not announced in the header'

/** Annotations of cats are of yaks now, and nobody tells the header. */
function relabelled(dataset: Dataset, from: string, to: string): Dataset {
  return mapAnnotations(dataset, (annotation) =>
    annotation.label === from
      ? [annotation.with({ definition: annotation.definition.with({ label: to }) })]
      : [annotation],
  )
}

describe('labels that only show when annotations are written', () => {
  it('become categories with the next numbers, with one entry each', async () => {
    const { text, report } = await convertDocument(SOURCE, {
      change: (dataset) => relabelled(relabelled(dataset, 'dog', 'yak'), 'cat', 'emu'),
    })
    expect(texts(text, 'categories')).toEqual([
      '{"id":1,"name":"cat"}',
      '{"id":2,"name":"dog"}',
      '{"id":3,"name":"emu"}',
      '{"id":4,"name":"yak"}',
    ])
    expect(JSON.parse(text).annotations.map((element: { category_id: number }) => element.category_id)).toEqual([
      3, 4, 4,
    ])
    expect(report.annotations).toMatchObject({ kept: 3, dropped: 0 })
    expect(entryLines({ entries: report.ledger })).toContain(`${ANNOUNCED} ×2`)
    expect(report.problems).toEqual([])
  })

  it('in a data set of no labels at all, with key points', async () => {
    const points = [{ name: 'nose', x: 1, y: 2, visibility: 'visible' as const }]
    const annotations = [
      new Annotation({ definition: new Pose({ label: 'cat', points }) }),
      new Annotation({ definition: new FreeText({ label: 'mood', text: 'x' }) }),
    ]
    const item = new Item({ id: idFrom(1), path: 'a.jpg', media: { kind: 'image' }, annotations })
    const { files } = await writeDataset(createDataset({ items: [item], labels: [] }))
    expect(texts(files.get('annotations/instances.json') ?? '', 'categories')[0]).toBe(
      '{"id":1,"name":"cat","keypoints":["nose"],"skeleton":[]}',
    )
    expect(texts(files.get('annotations/captions.json') ?? '', 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":2,"caption":"x"}',
    ])
  })

  it('of what is dropped become none', async () => {
    const definition = new Point({ label: 'yak', x: 1, y: 2 })
    const { text, report } = await convertDocument(SOURCE, {
      change: (dataset) => mapAnnotations(dataset, (annotation) => [annotation.with({ definition })]),
    })
    expect(texts(text, 'categories')).toEqual(['{"id":1,"name":"cat"}', '{"id":2,"name":"dog"}'])
    expect(report.annotations.dropped).toBe(3)
    expect(entryLines({ entries: report.ledger })).not.toContain(`${ANNOUNCED} ×1`)
  })

  it('go into results and panoptic documents too', async () => {
    const change = (dataset: Dataset) => relabelled(dataset, 'cat', 'yak')
    const { text, report } = await convertDocument(SOURCE, { change, document: 'results' })
    expect(JSON.parse(text).map((element: { category_id: number }) => element.category_id)).toEqual([3, 2, 2])
    expect(entryLines({ entries: report.ledger })).toContain(
      'header dropped category names: results have no categories ×3',
    )
    const { openCoco } = await import('../../../src/converters/coco/reader.js')
    const { memoryScratch } = await import('../../../src/memory.js')
    const { treeOf } = await import('./harness.js')
    const source = documentText({ annotations: [`{"id":1,"image_id":1,"category_id":1,${MASK}}`] })
    const tree = memorySink('out')
    const context = { policy: 'lenient', account: SILENT, scratch: memoryScratch() } as const
    await convertDataset(change(await openCoco(treeOf(source), context)), {
      to: formatById('coco'),
      tree,
      options: { document: 'panoptic' },
      deflate: nodeDeflate,
    })
    const { annotations, categories } = JSON.parse(tree.text('annotations/panoptic.json'))
    expect(annotations[0].segments_info[0].category_id).toBe(3)
    expect(categories[2]).toEqual({ id: 3, name: 'yak', isthing: 1 })
  })

  it('stay out of labels that are fixed', async () => {
    const { text, report } = await convertDocument(SOURCE, {
      change: (dataset) => relabelled(lockLabels(dataset, [{ name: 'dog' }, { name: 'cat' }], SILENT), 'cat', 'yak'),
    })
    expect(texts(text, 'annotations')).toHaveLength(2)
    expect(texts(text, 'categories')).toEqual(['{"id":2,"name":"dog"}', '{"id":1,"name":"cat"}'])
    expect(entryLines({ entries: report.ledger })[0]).toBe(
      'annotation dropped box: its label is not in the label table ×1',
    )
    expect(problemLines(report)).toEqual([
      'unknown-label: this label is not in the header, and its labels are fixed (lossy) @ a.json /annotations/0',
    ])
  })
})
