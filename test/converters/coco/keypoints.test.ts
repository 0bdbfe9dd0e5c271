import { describe, expect, it } from 'vitest'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import type { Label } from '../../../src/dataset/labels.js'
import { LabelTree } from '../../../src/dataset/labels.js'
import { mapAnnotations } from '../../../src/dataset/transforms.js'
import { Pose, type PosePoint, type PoseVisibility } from '../../../src/definitions/index.js'
import { translation } from '../../../src/geometry/affine.js'
import {
  convertDocument,
  documentText,
  entryLines,
  identityDifference,
  memberText,
  onlyAnnotation,
  problemLines,
  readDocument,
  texts,
  writeDataset,
} from './harness.js'

const CATEGORY = '{"id":1,"name":"cat","keypoints":["nose","ear","tail"],"skeleton":[[1,2],[3,1]]}'
const RING = '"segmentation":[[10,10,20,10,20,14]]'
const BOX = '"bbox":[8,9,20,10]'

function document(...fields: readonly string[]): string {
  return documentText({
    categories: [CATEGORY, '{"id":2,"name":"dog"}'],
    annotations: [`{"id":1,"image_id":1,"category_id":1,${fields.join(',')}}`],
  })
}

const point = (name: string, x: number, y: number, visibility: PoseVisibility = 'visible'): PosePoint => ({
  name,
  x,
  y,
  visibility,
})

describe('key points are read', () => {
  it('as a pose with the names of their category, wherever they are', async () => {
    const source = document('"keypoints":[11,12.5,2,0,0,0,30,4,1]', '"num_keypoints":2', RING, BOX, '"area":20')
    const { dataset, annotations, ledger } = await readDocument(source, 'strict')
    const [annotation] = annotations
    expect(annotation?.definition).toMatchObject({
      type: 'pose',
      label: 'cat',
      points: [point('nose', 11, 12.5), point('ear', 0, 0, 'missing'), point('tail', 30, 4, 'hidden')],
    })
    expect([annotation?.box, annotation?.area]).toEqual([{ left: 8, top: 9, right: 28, bottom: 19 }, 20])
    expect(dataset.header.labels.get('cat')?.skeleton).toEqual({
      keypoints: ['nose', 'ear', 'tail'],
      edges: [
        [0, 1],
        [2, 0],
      ],
    })
    expect(annotation?.extra?.get('coco')?.fields).toEqual(
      new Map([
        ['segmentation', '[[10,10,20,10,20,14]]'],
        ['keypoints', '[11,12.5,2,0,0,0,30,4,1]'],
      ]),
    )
    expect(ledger.problems).toEqual([])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each([
    ['none is labelled', ['"keypoints":[0,0,0,3,4,0,0,0,0]', RING], 'segment'],
    ['they are null', ['"keypoints":null', RING], 'segment'],
    ['they are none', ['"keypoints":[]', BOX], 'box'],
    ['their category has none', ['"keypoints":[1,2,2]', RING, '"category_id":2'], 'segment'],
  ])('not where %s', async (_, fields, type) => {
    const source = document(...fields)
    expect((await onlyAnnotation(source, 'lenient')).type).toBe(type)
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each(['[1,2]', '[1,2,"x"]', '[[1,2,2]]', '7', '{}'])('not as %s, which is a problem', async (value) => {
    const source = document(`"keypoints":${value}`, RING)
    const { annotations, ledger } = await readDocument(source)
    expect(annotations.map(({ type }) => type)).toEqual(['segment'])
    expect(problemLines(ledger)).toEqual(['invalid-value: bad keypoints @ a.json /annotations/0/keypoints'])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each([
    ['confidences', '"keypoints":[1,2,0.75,3,4,-1,5,6,3]', ['visible', 'missing', 'visible']],
    ['fewer than the names', '"keypoints":[1,2,1]', ['hidden']],
    [
      'a count that is not theirs',
      '"keypoints":[1,2,2,0,0,0,0,0,0],"num_keypoints":7',
      ['visible', 'missing', 'missing'],
    ],
    [
      'a point that is not labelled and somewhere',
      '"keypoints":[1,2,2,5,6,0,0,0,0]',
      ['visible', 'missing', 'missing'],
    ],
    ['an empty region', '"keypoints":[1,2,2,0,0,0,0,0,0],"segmentation":[]', ['visible', 'missing', 'missing']],
    [
      'a region nobody can read',
      '"keypoints":[1,2,2,0,0,0,0,0,0],"segmentation":[[1]]',
      ['visible', 'missing', 'missing'],
    ],
    ['a box nobody can use', '"keypoints":[1,2,2,0,0,0,0,0,0],"bbox":[1]', ['visible', 'missing', 'missing']],
  ])('with %s', async (_, fields, visibilities) => {
    const source = document(fields)
    const { definition } = await onlyAnnotation(source)
    expect(definition.type === 'pose' && definition.points.map(({ visibility }) => visibility)).toEqual(visibilities)
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('beyond the names by their number', async () => {
    const source = documentText({
      categories: ['{"id":1,"name":"face","keypoints":[],"skeleton":[]}'],
      annotations: [
        '{"id":1,"image_id":1,"category_id":1,"keypoints":[1,2,2,3,4,1]}',
        '{"id":2,"image_id":1,"category_id":1,"keypoints":[1,2,2]}',
      ],
    })
    const { annotations } = await readDocument(source, 'strict')
    expect(annotations.map(({ definition }) => definition.type === 'pose' && definition.points)).toEqual([
      [point('1', 1, 2), point('2', 3, 4, 'hidden')],
      [point('1', 1, 2)],
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('as the option says', async () => {
    const source = documentText({
      categories: [CATEGORY],
      annotations: [
        `{"id":1,"image_id":1,"category_id":1,"keypoints":[1,2,2,0,0,0,0,0,0],${RING}}`,
        `{"id":2,"image_id":1,"category_id":1,"keypoints":[0,0,0,0,0,0,0,0,0],${RING}}`,
      ],
    })
    const types = async (geometry: 'auto' | 'region' | 'keypoints') => {
      const { annotations, ledger } = await readDocument(source, 'lenient', { geometry })
      return [annotations.map(({ type }) => type), entryLines(ledger), ledger.problems.length]
    }
    expect(await types('auto')).toEqual([['pose', 'segment'], [], 0])
    expect(await types('region')).toEqual([['segment', 'segment'], [], 0])
    expect(await types('keypoints')).toEqual([['pose'], ['annotation dropped annotation: no key points ×1'], 0])
  })
})

describe('key points that changed', () => {
  it('take what was said beside them along as long as they are where they were', async () => {
    const source = document('"keypoints":[11,12,2,0,0,0,30,4,1]', '"num_keypoints":9', RING, BOX, '"foot_kpts":[1,2,2]')
    const moved = async (dx: number) => {
      const { text, report } = await convertDocument(source, {
        rewrite: true,
        change: (dataset) => mapAnnotations(dataset, (annotation) => [annotation.transform(translation(dx, 0))]),
      })
      return [texts(text, 'annotations')[0], entryLines({ entries: report.ledger })]
    }
    expect(await moved(0)).toEqual([texts(source, 'annotations')[0], ['annotation kept pose ×1']])
    expect(await moved(1)).toEqual([
      '{"id":1,"image_id":1,"category_id":1,"keypoints":[12,12,2,0,0,0,31,4,1],"num_keypoints":2,"segmentation":[],"bbox":[9,9,20,10]}',
      [
        'annotation kept pose ×1',
        'field dropped segmentation: the geometry changed ×1',
        'field dropped foot_kpts: the geometry changed ×1',
      ],
    ])
  })

  it('go where their names are in another category', async () => {
    const source = documentText({
      categories: [CATEGORY, '{"id":2,"name":"dog","keypoints":["tail","nose"],"skeleton":[]}'],
      annotations: ['{"id":1,"image_id":1,"category_id":1,"keypoints":[1,2,2,3,4,1,5,6,2],"num_keypoints":3}'],
    })
    const { text } = await convertDocument(source, {
      change: (dataset) =>
        mapAnnotations(dataset, (annotation) => [
          annotation.with({ definition: annotation.definition.with({ label: 'dog' }) }),
        ]),
    })
    expect(texts(text, 'categories')).toEqual([
      CATEGORY,
      '{"id":2,"name":"dog","keypoints":["tail","nose","ear"],"skeleton":[]}',
    ])
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":2,"keypoints":[5,6,2,1,2,2,3,4,1],"num_keypoints":3,"annoform":{"points":[2,3,1]}}',
    ])
    const back = await onlyAnnotation(text, 'strict')
    expect(back.definition.equals((await onlyAnnotation(source)).definition.with({ label: 'dog' }))).toBe(true)
    expect(await identityDifference(text)).toBeUndefined()
  })

  it('are not copied when their category names others', async () => {
    const source = document('"keypoints":[1,2,2,3,4,2,5,6,2]', '"num_keypoints":3')
    const { text } = await convertDocument(source, {
      change: (dataset) => ({
        ...dataset,
        header: {
          ...dataset.header,
          labels: new LabelTree(
            dataset.header.labels.labels.map(({ raw: _, ...label }) => ({
              ...label,
              ...(label.name === 'cat' ? { skeleton: { keypoints: ['tail', 'ear', 'nose'], edges: [] } } : {}),
            })),
          ),
        },
      }),
    })
    expect(memberText(texts(text, 'annotations')[0], 'keypoints')).toBe('[5,6,2,3,4,2,1,2,2]')
  })
})

describe('poses of other sources', () => {
  const pose = (label: string, points: readonly PosePoint[], id: number): Annotation =>
    new Annotation({ definition: new Pose({ label, points }), id: idFrom(id) })

  async function written(annotations: readonly Annotation[], labels?: readonly Label[]) {
    const media = { kind: 'image', width: 64, height: 40 } as const
    const items = annotations.map(
      (annotation, i) => new Item({ id: idFrom(i), path: `ü${i}.jpg`, media, annotations: [annotation] }),
    )
    return writeDataset(createDataset({ items, labels }))
  }

  it('give their category the names it does not have, and are padded to them', async () => {
    const poses = [
      pose('ä', [point('a', 1, 2), point('b', 3, 4, 'hidden')], 1),
      pose('ä', [point('c', 5, 6), point('a', 7, 8)], 2),
      pose('ä', [point('a', 1, 1), point('b', 2, 2, 'missing'), point('c', 3, 3)], 3),
    ]
    const { text, report } = await written(poses)
    expect(texts(text, 'categories')).toEqual(['{"id":1,"name":"ä","keypoints":["a","b","c"],"skeleton":[]}'])
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":0,"category_id":1,"segmentation":[],"area":4,"bbox":[1,2,2,2],"iscrowd":0,"keypoints":[1,2,2,3,4,1,0,0,0],"num_keypoints":2,"attributes":{},"annoform":{"points":[1,2]}}'.replace(
        '"attributes":{},',
        '',
      ),
      '{"id":2,"image_id":1,"category_id":1,"segmentation":[],"area":4,"bbox":[5,6,2,2],"iscrowd":0,"keypoints":[7,8,2,0,0,0,5,6,2],"num_keypoints":2,"annoform":{"points":[3,1]}}',
      '{"id":3,"image_id":2,"category_id":1,"segmentation":[],"area":4,"bbox":[1,1,2,2],"iscrowd":0,"keypoints":[1,1,2,2,2,0,3,3,2],"num_keypoints":2}',
    ])
    expect(report.annotations).toMatchObject({ read: 3, kept: 3 })
    const { annotations } = await readDocument(text, 'strict')
    expect(annotations.map(({ definition }, i) => definition.equals((poses[i] as Annotation).definition))).toEqual([
      true,
      true,
      true,
    ])
    expect(await identityDifference(text)).toBeUndefined()
  })

  it('follow the skeleton of their label', async () => {
    const skeleton = { keypoints: ['a', 'b'], edges: [[1, 0]] } as const
    const { text } = await written([pose('x', [point('b', 5, 6), point('a', 1, 2)], 1)], [{ name: 'x', skeleton }])
    expect(texts(text, 'categories')).toEqual(['{"id":1,"name":"x","keypoints":["a","b"],"skeleton":[[2,1]]}'])
    expect(memberText(texts(text, 'annotations')[0], 'keypoints')).toBe('[1,2,2,5,6,2]')
  })

  it('without a labelled point are dropped', async () => {
    const { report } = await written([pose('x', [point('a', 0, 0, 'missing')], 1)])
    expect(entryLines({ entries: report.ledger })[0]).toBe('annotation dropped pose: no point of it is labelled ×1')
  })

  it('say what else they are', async () => {
    const definition = new Pose({ label: 'x', points: [point('a', 1, 2)], templateId: 't', instanceId: '"i"' })
    const { text } = await written([new Annotation({ definition, id: idFrom(1) })])
    expect(memberText(texts(text, 'annotations')[0], 'annoform')).toBe('{"templateId":"t","instanceId":"\\"i\\""}')
    expect((await onlyAnnotation(text, 'strict')).definition.equals(definition)).toBe(true)
  })
})
