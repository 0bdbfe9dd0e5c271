import { describe, expect, it } from 'vitest'
import { cocoLayout, documentPath } from '../../../src/converters/coco/layout.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { problemLines, readDocument, writeDataset } from './harness.js'
import { CAT, part } from './parts.js'

describe('which files are a data set', () => {
  it.each([
    [['x.json'], [['x.json', undefined]], []],
    [['deep/down/x.JSON', 'a.jpg'], [['deep/down/x.JSON', undefined]], []],
    [['annotations/instances_val2017.json'], [['annotations/instances_val2017.json', 'val2017']], []],
    [['instances_a_b.json'], [['instances_a_b.json', 'a_b']], []],
    [['person_keypoints_val2017.json'], [['person_keypoints_val2017.json', 'val2017']], []],
    [['train/_annotations.coco.json'], [['train/_annotations.coco.json', 'train']], []],
    [['_annotations.coco.json'], [['_annotations.coco.json', undefined]], []],
    [
      ['annotations/captions_val.json', 'annotations/instances_train.json', 'annotations/instances_val.json', 'x.json'],
      [
        ['annotations/captions_val.json', 'val'],
        ['annotations/instances_train.json', 'train'],
        ['annotations/instances_val.json', 'val'],
      ],
      ['x.json'],
    ],
    [
      ['annotations/train.json', 'annotations/val2017.json', 'readme.json'],
      [
        ['annotations/train.json', 'train'],
        ['annotations/val2017.json', 'val2017'],
      ],
      ['readme.json'],
    ],
    [
      ['annotations/captions.json', 'annotations/instances.json'],
      [
        ['annotations/captions.json', undefined],
        ['annotations/instances.json', undefined],
      ],
      [],
    ],
    [
      ['test/_annotations.coco.json', 'train/_annotations.coco.json', 'valid/_annotations.coco.json'],
      [
        ['test/_annotations.coco.json', 'test'],
        ['train/_annotations.coco.json', 'train'],
        ['valid/_annotations.coco.json', 'valid'],
      ],
      [],
    ],
  ])('%j', (paths, files, skipped) => {
    const layout = cocoLayout(paths, 'root')
    expect(layout.files.map(({ path, split }) => [path, split])).toEqual(files)
    expect(layout.skipped).toEqual(skipped)
  })

  it('none, or several of unknown names, are an error', () => {
    expect(() => cocoLayout(['a.jpg'], 'root')).toThrow(
      expect.objectContaining({ code: 'empty-input', message: 'root: there is no JSON file in here' }),
    )
    expect(() => cocoLayout(['a.json', 'b.json'], 'root')).toThrow(
      expect.objectContaining({
        code: 'ambiguous-format',
        got: 'a.json, b.json',
        fix: 'Name the one file to convert',
      }),
    )
  })

  it('are said to be left aside', async () => {
    const { ledger } = await readDocument({
      'annotations/instances_val.json': part('val', [CAT], []),
      'annotations/panoptic_val.json': '{',
    })
    expect(problemLines(ledger)).toEqual([
      'file-skipped: this file is left aside: the data set is read from the instances files beside it @ annotations/panoptic_val.json',
    ])
  })

  it('are said to be left aside for those that are read', async () => {
    const { ledger } = await readDocument({
      'image_info_test.json': part('test', [CAT], []),
      'image_info_dev.json': part('dev', [CAT], []),
      'notes.json': '{}',
    })
    expect(ledger.problems.map(({ message }) => message)).toEqual([
      'this file is left aside: the data set is read from image_info_dev.json and 1 more',
    ])
  })

  it('are written under names of their splits', () => {
    expect([undefined, 'train', 'a/b c', 'тест.1'].map((split) => documentPath(split))).toEqual([
      'annotations/instances.json',
      'annotations/instances_train.json',
      'annotations/instances_a_b_c.json',
      'annotations/instances_тест.1.json',
    ])
  })
})

describe('splits that would share a file', () => {
  it('get files of their own, with a problem', async () => {
    const names = ['a b', 'a_b', 'A?B', 'c']
    const items = names.map(
      (split, i) => new Item({ id: idFrom(i), path: `${i}.jpg`, media: { kind: 'image' }, split }),
    )
    const { files, report } = await writeDataset(createDataset({ items }))
    expect([...files.keys()]).toEqual([
      'annotations/instances_a_b.json',
      'annotations/instances_a_b_2.json',
      'annotations/instances_A_B_3.json',
      'annotations/instances_c.json',
    ])
    expect(problemLines(report)).toEqual([
      'path-collision: two splits would be written to one file; the second one gets a number ×2 @ annotations/instances_a_b_2.json, annotations/instances_A_B_3.json',
    ])
  })
})
