import { describe, expect, it } from 'vitest'
import { Ledger } from '../../../src/converters/ledger.js'
import { boxXml, documentOf, type Files, itemsOf, openFiles, throughNative, writeVoc } from './harness.js'

const box = (...numbers: readonly unknown[]): string =>
  documentOf(`<object><name>cat</name>${boxXml(numbers[0], numbers[1], numbers[2], numbers[3])}</object>`)
const named = (filename: string): string => box(1, 2, 3, 4).replace('a.jpg', filename)

describe('the base of corners', () => {
  const devkit = (xml: string): string =>
    xml.replace('<size>', '<source><database>The VOC2007 Database</database></source><size>')

  it.each([
    ['the devkit', { 'a.xml': devkit(box(0, 1.5, 3, 4)) }, -1, 'inclusive1: the source says it is of a VOC devkit', 1],
    ['decimals', { 'a.xml': box(1, 2, 3.5, 4), 'b.xml': box(0, 0, 1, 1) }, 1, 'edge0: boxes have decimals', 1],
    ['a 0', { 'a.xml': box(1, 2, 3, 4), 'b.xml': box(0, 0, 1, 1) }, 1, 'edge0: boxes begin at 0', 1],
    [
      'nothing',
      { 'a.xml': box(1, 2, 3, 4), 'b.xml': box(1, 1, 1, 1) },
      1,
      'undecided, read as edge0: no box has a 0 or decimals',
      2,
    ],
  ])('is told by %s, and the evidence is said', async (_what, files, left, reason, count) => {
    const reading = await openFiles(files)
    expect(reading.ledger.entries).toEqual([
      expect.objectContaining({ level: 'header', effect: 'defaulted', subject: 'base', reason, count }),
    ])
    const [item] = await itemsOf(reading)
    expect(item?.annotations[0]?.definition.bounds?.left).toBe(left)
    expect(reading.ledger.problems).toEqual([])
  })

  it('is one for the whole data set; files that disagree are a problem', async () => {
    const files = { 'a.xml': devkit(box(1, 2, 3, 4)), 'b.xml': devkit(box(1, 2, 3, 4)), 'c.xml': box(1, 2, 3, 4) }
    const reading = await openFiles(files)
    const lefts = (await itemsOf(reading)).map(({ annotations }) => annotations[0]?.definition.left)
    expect(lefts).toEqual([0, 0, 0])
    expect(reading.ledger.problems).toMatchObject([{ code: 'dialect', got: 'inclusive1', lossy: false }])
  })

  it('is written as the source had it, by way of native too, or as one asks', async () => {
    const source = devkit(box(1, 2, 3, 4))
    for (const rewrite of [false, true]) {
      const direct = await writeVoc((await openFiles({ 'a.xml': source })).dataset, { rewrite })
      expect(direct.text('Annotations/a.xml')).toContain('<xmin>1</xmin>')
      const native = await throughNative(await openFiles({ 'a.xml': source }), rewrite)
      expect((await writeVoc(native.dataset, { rewrite })).text('Annotations/a.xml')).toContain('<xmin>1</xmin>')
      const edges = await writeVoc((await openFiles({ 'a.xml': source })).dataset, {
        rewrite,
        options: { base: 'edge0' },
      })
      const text = edges.text('Annotations/a.xml')
      expect(text).toContain(boxXml(0, 1, 3, 4))
      // Whoever reads it must not take it for the devkit's.
      expect(text).toContain('<database>Unknown</database>')
      expect(edges.report.ledger).toContainEqual(expect.objectContaining({ effect: 'dropped', subject: 'source' }))
      const marked = await writeVoc((await openFiles({ 'a.xml': box(0, 0, 3, 4) })).dataset, {
        rewrite,
        options: { base: 'inclusive1' },
      })
      expect(marked.text('Annotations/a.xml')).toContain('<annotation annoform-base="inclusive1">')
      const [back] = await itemsOf(await openFiles({ 'a.xml': marked.text('Annotations/a.xml') }))
      expect(back?.annotations[0]?.definition.bounds).toEqual({ left: 0, top: 0, right: 3, bottom: 4 })
    }
  })
})

describe('layouts', () => {
  const DEVKIT: Files = {
    'VOC2007/Annotations/1.xml': named('1.jpg'),
    'VOC2007/Annotations/2.xml': named('2.jpg'),
    'VOC2007/Annotations/3.xml': named('3.jpg'),
    'VOC2007/Annotations/sub/4.xml': named('sub/4.png'),
    'VOC2007/ImageSets/Main/train.txt': '# a comment\r\n"1"\r\n\r\nsub/4\n',
    'VOC2007/ImageSets/Main/trainval.txt': '1\n2\nsub/4\n',
    'VOC2007/ImageSets/Main/val.txt': '2\n1\n',
    'VOC2007/ImageSets/Main/test.txt': '5\n../6\n',
    'VOC2007/ImageSets/Main/cat_train.txt': '1  1\nsub/4 -1\n',
    'VOC2007/ImageSets/Main/my_train.txt': '3\n',
    'VOC2007/JPEGImages/1.jpg': '',
    'VOC2007/JPEGImages/sub/4.png': '',
    'VOC2007/JPEGImages/5.png': '',
  }

  it('of the devkit: lists give the splits, train goes before trainval', async () => {
    const reading = await openFiles(DEVKIT)
    const items = await itemsOf(reading)
    expect(
      items.map(({ id, path, split, file, annotations }) => [id.text, path, split, file, annotations.length]),
    ).toEqual([
      ['1', '1.jpg', 'train', 'VOC2007/JPEGImages/1.jpg', 1],
      ['2', '2.jpg', 'val', undefined, 1],
      ['3', '3.jpg', 'my_train', undefined, 1],
      ['sub/4', 'sub/4.png', 'train', 'VOC2007/JPEGImages/sub/4.png', 1],
      ['5', '5.png', 'test', 'VOC2007/JPEGImages/5.png', 0],
      ['../6', '6.jpg', 'test', undefined, 0],
    ])
    expect(reading.dataset.header.splits).toEqual(['train', 'val', 'test', 'my_train'])
    expect(reading.dataset.itemCount).toBe(6)
    expect(reading.ledger.problems).toMatchObject([
      { code: 'duplicate-item', places: ['VOC2007/ImageSets/Main/val.txt:2'], got: 'val as well' },
      { code: 'path-escape', places: ['VOC2007/ImageSets/Main/test.txt:2'] },
    ])
  })

  it('come back: lists, names, ids', async () => {
    const { dataset } = await openFiles(DEVKIT)
    const written = await writeVoc(dataset)
    expect([...written.files.keys()].sort()).toEqual([
      'Annotations/1.xml',
      'Annotations/2.xml',
      'Annotations/3.xml',
      'Annotations/5.xml',
      'Annotations/6.xml',
      'Annotations/sub/4.xml',
      'ImageSets/Main/my_train.txt',
      'ImageSets/Main/test.txt',
      'ImageSets/Main/train.txt',
      'ImageSets/Main/trainval.txt',
      'ImageSets/Main/val.txt',
    ])
    expect(written.text('ImageSets/Main/train.txt')).toBe('1\nsub/4\n')
    expect(written.text('ImageSets/Main/trainval.txt')).toBe('1\n2\nsub/4\n')
    expect(written.text('Annotations/1.xml')).toBe(DEVKIT['VOC2007/Annotations/1.xml'])
    const again = await itemsOf(await openFiles(Object.fromEntries(written.files)))
    expect(again.map(({ id, split }) => [id.text, split])).toEqual([
      ['1', 'train'],
      ['2', 'val'],
      ['3', 'my_train'],
      ['5', 'test'],
      ['6', 'test'],
      ['sub/4', 'train'],
    ])
  })

  it('of Roboflow: folders are the splits and no part of the name', async () => {
    const reading = await openFiles({
      'train/a.xml': named('a.jpg'),
      'train/a.jpg': '',
      'valid/b.xml': named('b.jpg'),
      'test/a.xml': named('a.jpg'),
    })
    expect((await itemsOf(reading)).map(({ id, split, file }) => [id.text, split, file])).toEqual([
      ['test/a', 'test', undefined],
      ['train/a', 'train', 'train/a.jpg'],
      ['b', 'valid', undefined],
    ])
    expect(reading.dataset.header.splits).toEqual(['train', 'valid', 'test'])
  })

  it('of several devkits: ids that would be one are told apart', async () => {
    const items = await itemsOf(
      await openFiles({ 'x/Annotations/1.xml': named('1.jpg'), 'y/Annotations/1.xml': named('1.jpg') }),
    )
    expect(items.map(({ id }) => id.text)).toEqual(['x/1', 'y/1'])
  })

  it('settle the labels of all files, parts too, in the order of their code points', async () => {
    const { dataset } = await openFiles({
      'a.xml': documentOf(
        `<object><name>zebra</name>${boxXml(1, 2, 3, 4)}<part><name>ear</name>${boxXml(1, 2, 3, 4)}</part></object>`,
      ),
      'b.xml': box(1, 2, 3, 4),
    })
    expect(dataset.header.labels.labels.map(({ name }) => name)).toEqual(['cat', 'ear', 'zebra'])
  })
})

describe('names and sizes of pictures', () => {
  it.each([
    ['dir/a.jpg', 'dir/a.jpg', []],
    ['dir\\a.jpg', 'dir/a.jpg', []],
    ['/abs/a.jpg', 'a.jpg', ['path-escape']],
    ['C:\\x\\a.jpg', 'a.jpg', ['path-escape']],
    ['../../a.jpg', 'a.jpg', ['path-escape']],
    ['..', 'x.jpg', ['path-escape']],
    ['', 'x.jpg', []],
  ])('%j is %j', async (filename, path, codes) => {
    const reading = await openFiles({ 'x.xml': named(filename) })
    const [item] = await itemsOf(reading)
    expect(item?.path).toBe(path)
    expect(reading.ledger.problems.map(({ code }) => code)).toEqual(codes)
    const { report, text } = await writeVoc(reading.dataset, { rewrite: true })
    expect(text('Annotations/x.xml').replace(/\s+</g, '<')).toContain(`<filename>${filename}</filename>`)
    expect(report.annotations.kept).toBe(1)
  })

  it.each([
    ['<width>640.0</width><height>360</height>', 640, 360, 0],
    ['<width>0</width><height>0</height>', undefined, undefined, 0],
    ['<height>360</height>', undefined, 360, 0],
    ['<width>6.5</width><height>-1</height>', undefined, undefined, 2],
  ])('%s', async (size, width, height, problems) => {
    const document = box(1, 2, 3, 4).replace(/<width>.*<\/height>/, size)
    const reading = await openFiles({ 'x.xml': document })
    const [item] = await itemsOf(reading)
    expect([item?.media.width, item?.media.height]).toEqual([width, height])
    expect(reading.ledger.problems.length).toBe(problems)
    const { text } = await writeVoc(reading.dataset, { rewrite: true })
    expect(text('Annotations/x.xml')).toContain(size)
  })

  it('asks for the size it does not find, and writes it', async () => {
    const { voc } = await import('../../../src/converters/voc/format.js')
    const { memoryScratch, memoryTree } = await import('../../../src/memory.js')
    const context = {
      policy: 'lenient',
      account: new Ledger('lenient'),
      scratch: memoryScratch(),
      sizes: () => ({ width: 31, height: 17 }),
    } as const
    const tree = memoryTree({ 'x.xml': box(1, 2, 3, 4).replace(/<size>.*<\/size>/, '') })
    const dataset = await voc.read?.open(tree, { base: 'auto' }, context)
    if (dataset === undefined) throw new Error('cannot be read')
    const { text } = await writeVoc(dataset)
    expect(text('Annotations/x.xml')).toContain('<size><width>31</width><height>17</height><depth>3</depth></size>')
  })
})
