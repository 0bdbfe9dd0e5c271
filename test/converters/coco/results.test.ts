import { describe, expect, it } from 'vitest'
import { detectCoco } from '../../../src/converters/coco/detect.js'
import { jsonDifference } from '../../conformance/json-difference.js'
import { readJsonText } from '../../conformance/json-text.js'
import { convertDocument, documentText, entryLines, failureOf, problemLines, readDocument, texts } from './harness.js'

const RESULTS = `\uFEFF [
 {"image_id":42,"category_id":18,"bbox":[1.0,2.5,3,4.50],"score":0.236},
 {"image_id":42,"category_id":1,"segmentation":{"size":[4,5],"counts":"52203"},"score":1},
 {"image_id":"x/7","caption":"two cats","score":0.5},
 {"image_id":7,"category_id":1,"keypoints":[1,2,1,0,0,0],"score":0.75,"more":1.0},
 {"image_id":8,"category_id":2,"segmentation":{"size":[4,5],"counts":[20]},"score":2.5e-1}
]`.replace('"52203"', '"5220005"')
const MASKS = '[{"image_id":1,"category_id":3,"segmentation":{"size":[4,5],"counts":"52207"},"score":0.5}]'

describe('a list of results', () => {
  it('is images, categories by number and predictions', async () => {
    const { dataset, items, ledger } = await readDocument(RESULTS)
    expect(
      items.map(({ path, media, annotations }) => [
        path,
        media.width,
        media.height,
        annotations.map(({ type, label, score }) => [type, label, score]),
      ]),
    ).toEqual([
      ['42.jpg', 5, 4, [['box', 'category 18', 0.236]]],
      ['x_7.jpg', undefined, undefined, [['text', 'unlabelled', 0.5]]],
      ['7.jpg', undefined, undefined, [['pose', 'category 1', 0.75]]],
      ['8.jpg', 5, 4, [['binary', 'category 2', 0.25]]],
    ])
    expect(dataset.header.labels.labels.map(({ name, id }) => [name, id?.text])).toEqual([
      ['category 18', '18'],
      ['category 1', '1'],
      ['category 2', '2'],
    ])
    expect(ledger.counts).toMatchObject({ read: 5, dropped: 1 })
    expect(problemLines(ledger)).toEqual(['rle-size: bad run lengths of a mask (lossy) @ a.json /1/segmentation'])
  })

  it('comes back as it is', async () => {
    const source = RESULTS.replace('"5220005"', '"52207"').replace('\uFEFF', '')
    for (const rewrite of [false, true]) {
      const { files, report } = await convertDocument(source, { rewrite })
      expect([...files.keys()]).toEqual(['annotations/results.json'])
      const written = readJsonText([...files.values()][0] ?? '')
      expect(jsonDifference(readJsonText(source), written, rewrite ? 'value' : 'text')).toBeUndefined()
      expect(report.annotations).toEqual({ read: 5, kept: 5, derived: 0, approximated: 0, dropped: 0 })
    }
  })

  it('becomes a document when asked to', async () => {
    const { files } = await convertDocument(MASKS, { document: 'single' })
    const text = files.get('annotations/instances.json') ?? ''
    expect(texts(text, 'images')).toEqual(['{"id":1,"width":5,"height":4,"file_name":"1.jpg"}'])
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":3,"segmentation":{"size":[4,5],"counts":"52207"},"area":4,"bbox":[1,1,2,2],"iscrowd":0,"score":0.5}',
    ])
  })

  it('of something else, or of nothing, is none', async () => {
    for (const source of ['[]', '[1]', '[{"a":1}]'])
      expect((await failureOf(readDocument(source))).code).toBe('not-this-format')
    expect((await failureOf(readDocument('[{"image_id":1,'))).code).toBe('json-syntax')
  })

  it('is detected', async () => {
    const probe = (text: string) => ({
      tree: {} as never,
      paths: ['r.json'],
      head: async () => text,
      tail: async () => text,
    })
    expect((await detectCoco(probe(RESULTS))).confidence).toBe(0.9)
    expect((await detectCoco(probe('[{"label":"x","type":"box"}]'))).confidence).toBe(0)
  })

  it('among others is to be named', async () => {
    const paths = ['a.json', 'b.json']
    const detection = await detectCoco({ tree: {} as never, paths, head: async () => RESULTS, tail: async () => '' })
    expect(detection).toEqual({
      confidence: 0,
      evidence: 'a.json is a list of results, which is converted by itself: name one file',
    })
    const error = await failureOf(readDocument({ 'instances_a.json': MASKS, 'instances_b.json': MASKS }))
    expect(error.fix).toBe('A list of results is converted by itself: name one file')
  })

  it('has the place of an image where it is named first', async () => {
    const boxes = [5, 7, 5, 7].map((image) => `{"image_id":${image},"category_id":1,"bbox":[0,0,1,1],"id":3}`)
    const { items, ledger } = await readDocument(`[${boxes.join()}]`)
    expect(items.map(({ path, place }) => [path, place?.pointer])).toEqual([
      ['5.jpg', '/0'],
      ['7.jpg', '/1'],
    ])
    expect(ledger.problems.flatMap(({ places }) => places)).toEqual(['a.json /1/id', 'a.json /2/id', 'a.json /3/id'])
    const kinds = await readDocument(`[${boxes[1]},${boxes[1]?.replace('7', '"7"').replace(',"id":3', '')}]`)
    expect(kinds.ledger.problems.flatMap(({ places }) => places)).toEqual(['a.json /1/image_id'])
  })
})

describe('a document as results', () => {
  it('keeps geometry and scores, and says what goes', async () => {
    const source = documentText({
      annotations: [
        '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"score":0.5,"iscrowd":1}',
        '{"id":2,"image_id":1,"category_id":2,"segmentation":[[1,1,3,1,3,4,1,4]],"attributes":{"a":"b"}}',
        '{"id":3,"image_id":1,"caption":"x"}',
        '{"id":4,"image_id":1,"category_id":1,"keypoints":[1,2,2,0,0,0,3,4,1]}',
      ],
      categories: ['{"id":1,"name":"cat","keypoints":["a","b","c"]}', '{"id":2,"name":"dog"}'],
    })
    const { files, report } = await convertDocument(source, { document: 'results' })
    expect(JSON.parse(files.get('annotations/results.json') ?? '')).toEqual([
      { image_id: 1, category_id: 1, bbox: [1, 2, 3, 4], score: 0.5 },
      { image_id: 1, category_id: 2, segmentation: { size: [40, 64], counts: expect.any(String) }, score: 1 },
      { image_id: 1, caption: 'x', score: 1 },
      { image_id: 1, category_id: 1, keypoints: [1, 2, 2, 0, 0, 0, 3, 4, 1], score: 1 },
    ])
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation approximated segment: filled into pixels, as asked for ×1',
      'annotation derived pose: its key points by number ×1',
      'annotation kept box ×1',
      'annotation kept text ×1',
      'field dropped id: results have no place for it ×4',
      'field dropped crowd: results have no place for it ×1',
      'field dropped attributes: results have no place for it ×1',
      'field defaulted score: results demand one ×3',
      'item dropped path and size: results have no images ×1',
      'header dropped category names: results have no categories ×2',
    ])
  })
})
