import { describe, expect, it } from 'vitest'
import { openCoco } from '../../../src/converters/coco/reader.js'
import { convertDataset } from '../../../src/converters/convert.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { openNative } from '../../../src/converters/native/reader.js'
import { formatById } from '../../../src/converters/registry.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { mapAnnotations } from '../../../src/dataset/transforms.js'
import { Box, FreeText } from '../../../src/definitions/index.js'
import { translation } from '../../../src/geometry/affine.js'
import { memoryScratch, memorySink } from '../../../src/memory.js'
import {
  convertDocument,
  difference,
  entryLines,
  type Files,
  readDocument,
  texts,
  treeOf,
  writeDataset,
} from './harness.js'

const ONE = '{"id":1,"width":64,"height":40,"file_name":"one.jpg"}'
const TWO = '{"id":2,"width":20,"height":30,"file_name":"two.jpg"}'
const CAT = '{"id":1,"name":"cat"}'
const CAT_POINTS = '{"id":1,"name":"cat","keypoints":["nose","tail"],"skeleton":[[1,2.0]]}'
const RING = '"segmentation":[[10,10,20,10,20,14]],"bbox":[10,10,10,4],"iscrowd":0'

const REGION = `{"id":7,"image_id":1,"category_id":1,${RING},"area":20.125}`
const POINTS = `{${RING},"num_keypoints":1,"area":20.1250001,"keypoints":[11,12,2,0,0,0],"image_id":1,"category_id":1,"id":7}`

/** Files of one split, two of them about one object. */
const FILES = {
  'annotations/captions_val.json': `{"info":{"d":1.0},"images":[${ONE},${TWO}],"annotations":[
{"image_id":1,"id":7,"caption":"a cat \\u00e9"},{"image_id":2,"id":8,"caption":""}]}`,
  'annotations/image_info_val.json': `{"images":[${TWO},{"id":3,"file_name":"three.jpg","x":1.50}],"categories":[${CAT}]}`,
  'annotations/instances_val.json': `{"info":{},"images":[${ONE},${TWO}],"annotations":[
{"id":5,"image_id":1,"category_id":3,"bbox":[0,0,1,1]},${REGION},{"id":9,"image_id":2,"category_id":1,"bbox":[1,2,3,4.0]}],
"categories":[${CAT},{"id":3,"name":"dog"}]}`,
  'annotations/person_keypoints_val.json': `{"categories":[${CAT_POINTS}],"images":[{"id":1.0,"width":64,"height":40,"file_name":"one.jpg","k":1.0}],"annotations":[
${POINTS},{"id":70,"image_id":1,"category_id":1,"keypoints":[1,2,1,3,4,1]}]}`,
  'annotations/stuff_val.json': `{"images":[${ONE}],"annotations":[{"id":1000,"image_id":1,"category_id":92,"bbox":[0,0,9,9]}],"categories":[{"id":92,"name":"sky"}]}`,
} as const

/** The first difference between files and what became of them. */
function filesDifference(
  source: Files,
  written: ReadonlyMap<string, string>,
  by: 'text' | 'value',
): string | undefined {
  if ([...written.keys()].sort().join() !== Object.keys(source).sort().join()) return [...written.keys()].join()
  for (const [path, text] of Object.entries(source)) {
    const found = difference(String(text), written.get(path) ?? '', by)
    if (found !== undefined) return `${path}: ${found}`
  }
  return undefined
}

async function byNative(files: Files): Promise<ReadonlyMap<string, string>> {
  const ledger = new Ledger('lenient')
  const context = { policy: 'lenient', account: ledger, scratch: memoryScratch() } as const
  const tree = memorySink()
  await convertDataset(await openCoco(treeOf(files), context), {
    to: formatById('native'),
    tree,
    ledger,
    rewrite: true,
  })
  const native = await openNative(treeOf(Object.fromEntries(tree.files)), context)
  return (await writeDataset(native)).files
}

describe('files of several tasks', () => {
  it('are one data set, by the ids of images and objects', async () => {
    const { dataset, items, ledger } = await readDocument(FILES, 'strict')
    expect(
      items.map(({ path, split, annotations }) => [
        path,
        split,
        annotations.map(({ id, type }) => `${type} ${id?.text}`),
      ]),
    ).toEqual([
      ['one.jpg', 'val', ['box 5', 'pose 7', 'pose 70', 'box 1000', 'text 7']],
      ['two.jpg', 'val', ['box 9', 'text 8']],
      ['three.jpg', 'val', []],
    ])
    expect(dataset.header.labels.labels.map(({ name, skeleton }) => [name, skeleton?.keypoints])).toEqual([
      ['cat', ['nose', 'tail']],
      ['dog', undefined],
      ['sky', undefined],
    ])
    expect(dataset.header.splits).toEqual(['val'])
    expect(ledger.counts).toMatchObject({ read: 8, kept: 1 })
    expect(entryLines(ledger)).toEqual(['annotation kept annotation: one object with that of another file ×1'])
  })

  it('are the same files again', async () => {
    const { files, report } = await convertDocument(FILES)
    expect(filesDifference(FILES, files, 'text')).toBeUndefined()
    expect(report.annotations).toEqual({ read: 8, kept: 8, derived: 0, approximated: 0, dropped: 0 })
    const again = await convertDocument(FILES, { rewrite: true })
    expect(filesDifference(FILES, again.files, 'value')).toBeUndefined()
    expect(filesDifference(FILES, await byNative(FILES), 'value')).toBeUndefined()
  })

  it('may be written as one', async () => {
    const { files } = await convertDocument(FILES, { document: 'single' })
    expect([...files.keys()]).toEqual(['annotations/instances_val.json'])
    const text = files.get('annotations/instances_val.json') ?? ''
    expect(texts(text, 'images')).toEqual([ONE, TWO, '{"id":3,"file_name":"three.jpg","x":1.50}'])
    expect(texts(text, 'categories')).toEqual([
      '{"id":1,"name":"cat","keypoints":["nose","tail"],"skeleton":[[1,2]]}',
      '{"id":3,"name":"dog"}',
      '{"id":92,"name":"sky"}',
    ])
    const { annotations } = await readDocument(text)
    expect(annotations.map(({ type }) => type)).toEqual(['box', 'pose', 'pose', 'box', 'text', 'box', 'text'])
  })

  it('all know of a change', async () => {
    const { files, report } = await convertDocument(FILES, {
      change: (dataset) =>
        mapAnnotations(dataset, (annotation) => [
          annotation.id?.text === '7' && annotation.type === 'pose'
            ? annotation.transform(translation(1, 0))
            : annotation,
        ]),
    })
    expect(texts(files.get('annotations/instances_val.json') ?? '', 'annotations')[1]).toBe(
      '{"id":7,"image_id":1,"category_id":1,"segmentation":[],"bbox":[11,10,10,4],"iscrowd":0,"area":0}',
    )
    expect(texts(files.get('annotations/person_keypoints_val.json') ?? '', 'annotations')[0]).toBe(
      '{"segmentation":[],"bbox":[11,10,10,4],"iscrowd":0,"num_keypoints":1,"area":0,"keypoints":[12,12,2,0,0,0],"image_id":1,"category_id":1,"id":7}',
    )
    expect(entryLines({ entries: report.ledger })).toContain('field dropped segmentation: the geometry changed ×2')
  })

  it('get what is relabelled and removed', async () => {
    const { files } = await convertDocument(FILES, {
      change: (dataset) =>
        mapAnnotations(dataset, (annotation) => {
          if (annotation.label === 'sky')
            return [annotation.with({ definition: annotation.definition.with({ label: 'dog' }) })]
          return annotation.id?.text === '7' ? [] : [annotation]
        }),
    })
    expect(texts(files.get('annotations/stuff_val.json') ?? '', 'categories')).toEqual([
      '{"id":3,"name":"dog"}',
      '{"id":92,"name":"sky"}',
    ])
    expect(texts(files.get('annotations/instances_val.json') ?? '', 'annotations').length).toBe(2)
    expect(texts(files.get('annotations/person_keypoints_val.json') ?? '', 'annotations').length).toBe(1)
  })

  it('with other boxes or labels under one id are two objects', async () => {
    const files = {
      ...FILES,
      'annotations/person_keypoints_val.json': FILES['annotations/person_keypoints_val.json'].replace(
        '[10,10,10,4]',
        '[10,10,10,5]',
      ),
    }
    const { annotations } = await readDocument(files)
    expect(annotations.map(({ type }) => type)).toEqual([
      'box',
      'segment',
      'pose',
      'pose',
      'box',
      'text',
      'box',
      'text',
    ])
    expect(filesDifference(files, (await convertDocument(files)).files, 'text')).toBeUndefined()
  })

  it('keep the order of both where objects are the same', async () => {
    const part = (ids: readonly number[], more: string) =>
      `{"images":[${ONE}],"annotations":[${ids.map((id) => `{"id":${id},"image_id":1,"category_id":1,"bbox":[0,0,1,1]${more}}`).join()}],"categories":[${CAT_POINTS}]}`
    const files = {
      'instances_a.json': part([1, 2, 3, 4], ''),
      'person_keypoints_a.json': part([9, 3, 8, 1, 4], ',"keypoints":[1,1,2,0,0,0]'),
    }
    const again = {
      'annotations/instances_a.json': files['instances_a.json'],
      'annotations/person_keypoints_a.json': files['person_keypoints_a.json'],
    }
    expect((await readDocument(files)).annotations.map(({ id }) => id?.text)).toEqual([
      '1',
      '2',
      '9',
      '3',
      '8',
      '1',
      '4',
    ])
    expect(filesDifference(again, (await convertDocument(files)).files, 'text')).toBeUndefined()
    expect(filesDifference(again, (await convertDocument(files, { rewrite: true })).files, 'value')).toBeUndefined()
  })
})

describe('captions', () => {
  it('alone stay in a file of captions', async () => {
    const files = { 'annotations/captions_val.json': FILES['annotations/captions_val.json'] }
    const { files: written } = await convertDocument(files, { rewrite: true })
    expect(filesDifference(files, written, 'value')).toBeUndefined()
  })

  it('of other sources get a file of their own', async () => {
    const annotations = [
      new Annotation({ definition: new FreeText({ label: 'note', text: '"über"' }), id: idFrom(1) }),
      new Annotation({ definition: new Box({ label: 'cat', left: 1, top: 2, right: 3, bottom: 5 }), id: idFrom(1) }),
    ]
    const media = { kind: 'image', width: 4, height: 9 } as const
    const items = [
      new Item({ id: idFrom(1), path: 'a.jpg', media, split: 'x', annotations }),
      new Item({ id: idFrom(2), path: 'b.jpg', media, split: 'x' }),
    ]
    const { files, report } = await writeDataset(createDataset({ items }))
    expect([...files.keys()]).toEqual(['annotations/instances_x.json', 'annotations/captions_x.json'])
    const captions = files.get('annotations/captions_x.json') ?? ''
    expect(texts(captions, 'annotations')).toEqual(['{"id":1,"image_id":1,"category_id":1,"caption":"\\"über\\""}'])
    expect(texts(captions, 'images').length).toBe(1)
    expect(report.annotations).toMatchObject({ read: 2, kept: 2 })
    const back = await readDocument(Object.fromEntries(files), 'strict')
    expect(back.annotations.map(({ definition }) => definition.label)).toEqual(['cat', 'note'])
    expect(back.annotations[1]?.definition).toMatchObject({ type: 'text', text: '"über"' })
  })

  it('beside a geometry are foreign', async () => {
    const source = `{"images":[${ONE}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"caption":"x"}],"categories":[${CAT}]}`
    expect((await readDocument(source)).annotations.map(({ type }) => type)).toEqual(['box'])
    expect(difference(source, (await convertDocument(source, { rewrite: true })).text, 'value')).toBeUndefined()
  })
})
