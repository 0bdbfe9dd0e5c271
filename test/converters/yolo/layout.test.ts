import { describe, expect, it } from 'vitest'
import { type Files, problemsOf, readFiles } from './harness.js'

const ROW = '0 0.5 0.5 0.5 0.5\n'

/** Items as `split path label-file picture rows`. */
async function laidOut(files: Files): Promise<readonly string[]> {
  const { items, ledger, dataset } = await readFiles(files)
  expect(ledger.problems).toEqual([])
  expect(dataset.itemCount).toBe(items.length)
  return items.map(({ split, path, file, id, annotations, place }) => {
    expect([id.kind, path.startsWith(id.text)]).toEqual(['string', true])
    return `${split ?? '-'} ${path} ${place?.file} ${file ?? '-'} ${annotations.length}`
  })
}

const NAMES = 'names: [cat]\n'

describe('Ultralytics', () => {
  it('has folders of pictures and of labels for each split', async () => {
    expect(
      await laidOut({
        'data.yaml': `path: ../datasets/here\ntrain: images/train\nval: images/val\ntest: \n${NAMES}`,
        'images/train/deep/a.jpg': '',
        'images/train/b.PNG': '',
        'labels/train/deep/a.txt': ROW,
        'labels/train/only.txt': ROW,
        'labels/val/c.txt': '',
      }),
    ).toEqual([
      'train b.PNG images/train/b.PNG images/train/b.PNG 0',
      'train deep/a.jpg labels/train/deep/a.txt images/train/deep/a.jpg 1',
      'train only.jpg labels/train/only.txt - 1',
      'val c.jpg labels/val/c.txt - 0',
    ])
  })

  it('finds labels by the last folder called images', async () => {
    expect(
      await laidOut({
        'data.yaml': `train: images/train/images\n${NAMES}`,
        'images/train/images/a.jpg': '',
        'images/train/labels/a.txt': ROW,
      }),
    ).toEqual(['train a.jpg images/train/labels/a.txt images/train/images/a.jpg 1'])
  })

  it('finds labels beside the pictures', async () => {
    expect(
      await laidOut({ 'data.yaml': `train: pictures\n${NAMES}`, 'pictures/a.jpg': '', 'pictures/a.txt': ROW }),
    ).toEqual(['train a.jpg pictures/a.txt pictures/a.jpg 1'])
  })

  it('may name the same pictures for training and validation', async () => {
    expect(await laidOut({ 'data.yaml': `train: images\nval: images\n${NAMES}`, 'labels/a.txt': ROW })).toEqual([
      'train a.jpg labels/a.txt - 1',
    ])
  })

  it('may name lists of folders and lists of pictures', async () => {
    expect(
      await laidOut({
        'sub/data.yaml': `path: .\ntrain: [images/a, images/b]\nval: val.txt\n${NAMES}`,
        'sub/val.txt': './images/c/3.jpg\n\n/home/somebody/sub/images/d/4.jpg\r\nimages/d/none.jpg\n',
        'sub/labels/a/1.txt': ROW,
        'sub/labels/b/2.txt': ROW,
        'sub/labels/c/3.txt': ROW,
        'sub/images/d/4.jpg': '',
      }),
    ).toEqual([
      'train 1.jpg sub/labels/a/1.txt - 1',
      'train 2.jpg sub/labels/b/2.txt - 1',
      'val c/3.jpg sub/labels/c/3.txt - 1',
      'val d/4.jpg sub/images/d/4.jpg sub/images/d/4.jpg 0',
      'val d/none.jpg d/none.jpg - 0',
    ])
  })
})

it('Roboflow starts from a folder that is not there', async () => {
  expect(
    await laidOut({
      'data.yaml': `train: ../train/images\nval: ../valid/images\n${NAMES}`,
      'README.dataset.txt': 'https://example.org\n',
      'train/images/a.jpg': '',
      'train/labels/a.txt': ROW,
      'valid/labels/b.txt': ROW,
    }),
  ).toEqual(['train a.jpg train/labels/a.txt train/images/a.jpg 1', 'val b.jpg valid/labels/b.txt - 1'])
})

it('Darknet has lists, and labels beside the pictures', async () => {
  const files = {
    'obj.data':
      'classes = 1\ntrain = data/train.txt\nvalid=data/valid.txt # here\nnames = data/obj.names\nbackup = backup/\n',
    'obj.names': 'cat\n\n',
    'train.txt': 'data/obj_train_data/1.jpg\ndata/obj_train_data/2.jpg\n',
    'valid.txt': 'data/obj_valid_data/3.jpg\n',
    'obj_train_data/1.jpg': '',
    'obj_train_data/1.txt': ROW,
    'obj_train_data/2.txt': ROW,
    'obj_valid_data/3.txt': ROW,
  }
  expect(await laidOut(files)).toEqual([
    'train 1.jpg obj_train_data/1.txt obj_train_data/1.jpg 1',
    'train 2.jpg obj_train_data/2.txt - 1',
    'val 3.jpg obj_valid_data/3.txt - 1',
  ])
  const { dataset, ledger } = await readFiles(files)
  expect(dataset.header.labels.labels.map(({ name }) => name)).toEqual(['cat'])
  expect(ledger.entries.map(({ level, effect, subject, places }) => [level, effect, subject, places])).toEqual([
    ['header', 'dropped', 'backup', ['obj.data:5']],
  ])
})

describe('without a description', () => {
  it.each<[string, Files, readonly string[]]>([
    ['one file', { 'a b.c.txt': ROW, 'classes.txt': 'cat' }, ['- a b.c.jpg a b.c.txt - 1']],
    [
      'labels beside pictures',
      { 'x/a.png': '', 'x/a.txt': ROW, 'x/classes.txt': 'cat\n' },
      ['- x/a.png x/a.txt x/a.png 1'],
    ],
    [
      'folders of labels and pictures',
      { 'images/a.jpg': '', 'labels/a.txt': ROW, 'obj.names': 'cat', 'README.txt': '0 wait' },
      ['- a.jpg labels/a.txt images/a.jpg 1'],
    ],
    [
      'folders for splits, one way',
      { 'images/train/a.jpg': '', 'labels/train/a.txt': ROW, 'labels/val/a.txt': ROW, 'classes.txt': 'cat' },
      ['train a.jpg labels/train/a.txt images/train/a.jpg 1', 'val a.jpg labels/val/a.txt - 1'],
    ],
    [
      'folders for splits, the other way',
      { 'train/images/a.jpg': '', 'train/labels/a.txt': ROW, 'valid/labels/b.txt': ROW, 'classes.txt': 'cat' },
      ['train a.jpg train/labels/a.txt train/images/a.jpg 1', 'val b.jpg valid/labels/b.txt - 1'],
    ],
    [
      'list files alone',
      { 'train.txt': 'images/a.jpg\n', 'labels/a.txt': ROW, 'classes.txt': 'cat' },
      ['train a.jpg labels/a.txt - 1'],
    ],
  ])('there may be %s', async (_, files, expected) => {
    expect(await laidOut(files)).toEqual(expected)
  })

  it('text that is no labels is left aside', async () => {
    const read = await readFiles({ 'a.txt': ROW, 'about.txt': 'These are labels\n', 'classes.txt': 'cat' })
    expect(read.items.map(({ path }) => path)).toEqual(['a.jpg'])
    expect(problemsOf(read)).toEqual(['file-skipped about.txt'])
  })
})

describe('what does not fit together', () => {
  it.each<[string, Files, readonly string[]]>([
    [
      'a split that is not here',
      { 'data.yaml': `train: images/train\nval: ../elsewhere\n${NAMES}`, 'labels/train/a.txt': ROW },
      ['picture-missing data.yaml'],
    ],
    [
      'labels that nothing leads to',
      { 'data.yaml': `train: images/train\n${NAMES}`, 'labels/train/a.txt': ROW, 'labels/test/b.txt': ROW },
      ['file-skipped labels/test/b.txt'],
    ],
    [
      'a listed picture outside',
      {
        'data.yaml': `train: list.txt\n${NAMES}`,
        'list.txt': '../../x.jpg\nimages/a.jpg\n/etc/y.jpg',
        'labels/a.txt': ROW,
      },
      ['path-escape list.txt:1', 'path-escape list.txt:3'],
    ],
    [
      'a picture in two lists',
      {
        'data.yaml': `train: t.txt\nval: v.txt\n${NAMES}`,
        't.txt': 'images/a.jpg',
        'v.txt': 'images/a.jpg\nimages/b.jpg',
        'labels/a.txt': ROW,
        'labels/b.txt': ROW,
      },
      ['duplicate-item v.txt:1'],
    ],
    [
      'two pictures with one file of labels',
      { 'data.yaml': `train: images\n${NAMES}`, 'images/a.jpg': '', 'images/a.png': '', 'labels/a.txt': ROW },
      ['duplicate-item data.yaml'],
    ],
    [
      'two descriptions',
      { 'data.yaml': `train: images\n${NAMES}`, 'other.yaml': `train: pictures\n${NAMES}`, 'labels/a.txt': ROW },
      ['file-skipped other.yaml'],
    ],
    [
      'a count of classes',
      { 'data.yaml': `train: images\nnc: 3\n${NAMES}`, 'labels/a.txt': ROW },
      ['labels-mismatch data.yaml'],
    ],
    [
      'a file of names that is not here',
      { 'obj.data': 'names = data/obj.names', 'a.txt': ROW },
      ['missing-field obj.data', 'unknown-label memory'],
    ],
  ])('%s is a problem', async (_, files, expected) => {
    const read = await readFiles(files)
    expect(problemsOf(read)).toEqual(expected)
    expect(read.annotations.length).toBeGreaterThan(0)
  })

  it.each<[string, Files, string]>([
    ['nothing but a description', { 'data.yaml': `train: images\n${NAMES}` }, 'empty-input'],
    ['nothing at all', { 'x.bin': '' }, 'empty-input'],
    ['a broken data.yaml', { 'data.yaml': 'names: [cat\ntrain: x', 'labels/a.txt': ROW }, 'yaml-syntax'],
    ['brackets without end', { 'data.yaml': '['.repeat(100_000), 'labels/a.txt': ROW }, 'yaml-syntax'],
    ['lists without end', { 'data.yaml': `names:\n  ${'- '.repeat(100_000)}a`, 'labels/a.txt': ROW }, 'yaml-syntax'],
    ['keys without end', { 'data.yaml': `${'? '.repeat(100_000)}a`, 'labels/a.txt': ROW }, 'yaml-syntax'],
    [
      'aliases that multiply',
      {
        'data.yaml': `names: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((name, i) => `${name}: &${name} [${`*${'abcdefg'[i]},`.repeat(9)}]`).join('\n')}\n`,
        'labels/a.txt': ROW,
      },
      'yaml-syntax',
    ],
  ])('%s is an error', async (_, files, code) => {
    await expect(readFiles(files)).rejects.toMatchObject({ code })
  })

  it('says where YAML is broken', async () => {
    await expect(readFiles({ 'data.yaml': 'train: a\nnames: {0: x\n', 'a.txt': ROW })).rejects.toMatchObject({
      place: { file: 'data.yaml', line: expect.any(Number), column: expect.any(Number) },
    })
  })
})
