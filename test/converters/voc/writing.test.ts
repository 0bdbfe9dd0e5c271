import { describe, expect, it } from 'vitest'
import { convertDataset } from '../../../src/converters/convert.js'
import { voc } from '../../../src/converters/voc/format.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { Item } from '../../../src/dataset/item.js'
import type { AnnotationDefinition } from '../../../src/definitions/index.js'
import { Box, Classification, Ellipse, Point, Polygon, Pose, Segmentation } from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import { memorySink, memoryTree } from '../../../src/memory.js'
import { boxXml, datasetOf, documentOf, itemsOf, openFiles, writeVoc } from './harness.js'

const of = (definition: AnnotationDefinition): Annotation => new Annotation({ definition })
const label = 'x'
const roof = Polygon.fromPoints(
  [
    [1, 2],
    [30, 2.5],
    [1, 40],
  ],
  { label },
) // prettier-ignore
const holed = new Polygon({
  label,
  parts: [
    {
      outer: [
        [0, 0],
        [20, 0],
        [20, 10],
      ],
      holes: [
        [
          [5, 1],
          [6, 1],
          [6, 2],
        ],
      ],
    },
  ], // prettier-ignore
})
const turned = new Box({ label, left: 10, top: 20, right: 30, bottom: 30, angle: 90 })

describe('what becomes of definitions', () => {
  it.each([
    ['a box', new Box({ label, left: 1, top: 2, right: 30, bottom: 40 }), {}, 'kept', undefined, boxXml(1, 2, 30, 40)],
    [
      'half pixels, away from zero',
      new Box({ label, left: -0.5, top: 0.5, right: 30.4, bottom: 1.5 }),
      {},
      'approximated',
      'rounded to whole pixels',
      boxXml(-1, 1, 30, 2),
    ],
    [
      'inclusive corners',
      new Box({ label, left: 0, top: 2, right: 30, bottom: 40 }),
      { base: 'inclusive1' },
      'kept',
      undefined,
      boxXml(1, 3, 30, 40),
    ],
    [
      'decimals',
      new Box({ label, left: 1.25, top: 2, right: 30.126, bottom: 40 }),
      { decimals: 2 },
      'approximated',
      'rounded to decimals',
      boxXml(1.25, 2, 30.13, 40),
    ],
    [
      'many decimals',
      new Box({ label, left: 1.25, top: 2, right: 30.1264, bottom: 40 }),
      { decimals: 4 },
      'kept',
      undefined,
      boxXml(1.25, 2, 30.1264, 40),
    ],
    ['a turned box', turned, {}, 'derived', 'its bounding box', boxXml(15, 15, 25, 35)],
    [
      'a turned box as roLabelImg',
      turned,
      { rotated: 'robndbox' },
      'kept',
      undefined,
      '<robndbox><cx>20</cx><cy>25</cy><w>20</w><h>10</h><angle>1.5707963267948966</angle></robndbox>',
    ],
    ['a polygon', roof, {}, 'derived', 'its bounding box', boxXml(1, 2, 30, 40)],
    [
      'a polygon as Roboflow',
      roof,
      { polygon: 'roboflow' },
      'kept',
      undefined,
      '<polygon><x1>1</x1><y1>2</y1><x2>30</x2><y2>2.5</y2><x3>1</x3><y3>40</y3></polygon>',
    ],
    ['a hole', holed, { polygon: 'roboflow' }, 'derived', 'its bounding box', boxXml(0, 0, 20, 10)],
    [
      'a mask',
      new Segmentation({ label, mask: Mask.fromDense(Uint8Array.of(0, 0, 0, 0, 1, 1), 3, 2) }),
      {},
      'derived',
      'its bounding box',
      boxXml(1, 1, 3, 2),
    ],
    [
      'an ellipse',
      new Ellipse({ label, x: 10, y: 20, rx: 5.5, ry: 3, angle: 0 }),
      {},
      'approximated',
      'its bounding box, rounded to whole pixels',
      boxXml(5, 17, 16, 23),
    ],
    ['a point', new Point({ label, x: 1, y: 2 }), {}, 'dropped', 'VOC has no place for it', ''],
    ['a class', new Classification({ label }), {}, 'dropped', 'VOC has no place for it', ''],
    [
      'a pose of nothing',
      new Pose({ label, points: [{ name: 'nose', x: 0, y: 0, visibility: 'missing' }] }),
      {},
      'dropped',
      'it has no bounding box',
      '',
    ],
  ] as const)('%s', async (_what, definition, options, effect, reason, xml) => {
    const { report, text } = await writeVoc(datasetOf([of(definition)]), { options })
    const [entry] = report.ledger.filter(({ level }) => level === 'annotation')
    expect([entry?.effect, entry?.reason]).toEqual([effect, reason])
    const document = text('Annotations/a.xml')
    expect(document).toContain(xml)
    expect(document.includes('<object>')).toBe(effect !== 'dropped')
  })

  it('the declared box of a region is what is written', async () => {
    const box = { left: 2, top: 3, right: 33, bottom: 44 }
    const { text } = await writeVoc(datasetOf([new Annotation({ definition: roof, box })]))
    expect(text('Annotations/a.xml')).toContain(boxXml(2, 3, 33, 44))
  })
})

describe('a document', () => {
  it('has what programs of the devkit demand, and says what is made up', async () => {
    const { report, text } = await writeVoc(
      datasetOf([of(new Box({ label: 'a & b', left: 1, top: 2, right: 3, bottom: 4 }))]),
    )
    expect(text('Annotations/a.xml')).toBe(`<annotation>
	<folder>JPEGImages</folder>
	<filename>a.jpg</filename>
	<source><database>Unknown</database></source>
	<size><width>640</width><height>360</height><depth>3</depth></size>
	<segmented>0</segmented>
	<object>
		<name>a &amp; b</name>
		<pose>Unspecified</pose>
		<truncated>0</truncated>
		<difficult>0</difficult>
		<bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></bndbox>
	</object>
</annotation>
`)
    expect(
      report.ledger
        .filter(({ effect }) => effect === 'defaulted')
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['depth', 'difficult', 'pose', 'truncated'])
  })

  it('is there for a picture without objects and without a size', async () => {
    const { report, text } = await writeVoc(datasetOf([], { media: { kind: 'image' } }))
    expect(text('Annotations/a.xml')).toBe(
      '<annotation>\n\t<folder>JPEGImages</folder>\n\t<filename>a.jpg</filename>\n\t<source><database>Unknown</database></source>\n\t<segmented>0</segmented>\n</annotation>\n',
    )
    expect(report.ledger).toMatchObject([{ level: 'item', effect: 'defaulted', subject: 'size' }])
  })

  it('tells each field it has no place for', async () => {
    const annotation = new Annotation({
      definition: new Box({ label, left: 1, top: 2, right: 3, bottom: 4, description: 'd' }),
      id: { text: '7', kind: 'integer' },
      objectId: { text: '8', kind: 'integer' },
      parentId: { text: '9', kind: 'integer' },
      score: 0.5,
      model: { name: 'm' },
      automated: true,
      status: 's',
      area: 4,
      metadata: {},
      flags: { crowd: true, occluded: true },
      box: { left: 0, top: 0, right: 9, bottom: 9 },
      extra: new Map([['coco', { keys: [], fields: new Map() }]]),
    })
    const { report } = await writeVoc(datasetOf([annotation], { id: { text: '5', kind: 'integer' }, metadata: {} }))
    const dropped = report.ledger.filter(({ effect }) => effect === 'dropped')
    expect(dropped.map(({ level, subject }) => `${level} ${subject}`).sort()).toEqual([
      'field area',
      'field automated',
      'field box',
      'field crowd',
      'field description',
      'field extra',
      'field id',
      'field metadata',
      'field model',
      'field object id',
      'field parent id',
      'field score',
      'field status',
      'item id',
      'item metadata',
    ])
  })
})

describe('files', () => {
  const item = (path: string, split?: string): Item =>
    new Item({ id: { text: path, kind: 'string' }, path, media: { kind: 'image' }, split })

  it('never share a name and never leave the folder', async () => {
    const paths = ['a.jpg', 'a.png', 'A.JPG', '../b.jpg', '/c.jpg', 'x\0.jpg', 'two\nlines.jpg', 'd/e.jpg']
    const items = paths.map((path) => item(path, 'train'))
    const { report, files, text } = await writeVoc(createDataset({ items }))
    expect([...files.keys()].sort()).toEqual([
      'Annotations/A-3.xml',
      'Annotations/a-2.xml',
      'Annotations/a.xml',
      'Annotations/b.xml',
      'Annotations/c.xml',
      'Annotations/d/e.xml',
      'Annotations/two_lines.xml',
      'Annotations/x_.xml',
      'ImageSets/Main/train.txt',
    ])
    expect(text('ImageSets/Main/train.txt')).toBe('a\na-2\nA-3\nb\nc\nx_\ntwo_lines\nd/e\n')
    expect(text('Annotations/a-2.xml')).toContain('<filename>a-2.png</filename>')
    expect(new Set(report.problems.map(({ code }) => code))).toEqual(
      new Set(['path-collision', 'path-escape', 'path-changed']),
    )
  })

  it('of splits have names of files', async () => {
    const { report, files } = await writeVoc(
      createDataset({ items: [item('a.jpg', 'x/y'), item('b.jpg', 'x_y'), item('c.jpg', '')] }),
    )
    expect([...files.keys()].filter((path) => path.endsWith('.txt')).sort()).toEqual([
      'ImageSets/Main/_.txt',
      'ImageSets/Main/x_y.txt',
      'ImageSets/Main/x_y_2.txt',
    ])
    expect(report.ledger).toContainEqual(expect.objectContaining({ level: 'header', subject: 'split name', count: 3 }))
  })

  it('of pictures stand where programs look for them', async () => {
    const placed: string[] = []
    await convertDataset(createDataset({ items: [item('a.jpg'), item('d/A.png')] }), {
      to: voc,
      tree: memorySink(),
      pictures: {
        carried: true,
        place: ({ path }, to) => void placed.push(`${path} → ${to}`),
        folderOf: () => undefined,
      },
    })
    expect(placed).toEqual(['a.jpg → JPEGImages/a.jpg', 'd/A.png → JPEGImages/d/A.png'])
  })

  it('are none for a video', async () => {
    const video = new Item({
      id: { text: 'v', kind: 'string' },
      path: 'v.mp4',
      media: { kind: 'video' },
      annotations: [of(roof)],
    })
    const { report, files } = await writeVoc(createDataset({ items: [video] }))
    expect([...files.keys()]).toEqual([])
    expect(report.annotations).toMatchObject({ read: 1, dropped: 1 })
  })
})

describe('changes of a VOC source', () => {
  it('touch nothing else', async () => {
    const before =
      '<?xml version="1.0" encoding="latin1"?>\n<!-- hand made -->\n<annotation verified="yes"><filename>a.jpg</filename>'
    const one = `<object><name>cat</name>\r\n${boxXml(' 1', 2, '3.50', 4)}</object>`
    const two = `<object><name>dog</name>${boxXml(5, 6, 7, 8)}</object>`
    const source = `${before}\n ${one}<owner>me</owner>${two}\n</annotation>\n<!-- end -->`
    const { dataset } = await openFiles({ 'a.xml': source })
    const [item] = await itemsOf({ dataset, ledger: (await openFiles({ 'a.xml': source })).ledger })
    if (item === undefined) throw new Error('no item')
    const changed = item.annotations.map((each) =>
      each.label === 'dog' ? each.with({ definition: each.definition.with({ label: 'wolf' }) }) : each,
    )
    const { text } = await writeVoc(
      createDataset({ items: [item.with({ annotations: changed })], extra: dataset.header.extra }),
    )
    const written = text('Annotations/a.xml')
    const same = source.replace('latin1', 'UTF-8').replace(two, '')
    expect(written.replace(/<object>\s*<name>wolf<\/name>[\s\S]*?<\/object>/, '')).toBe(same)
    expect(written).toContain(boxXml(5, 6, 7, 8))
  })
})

describe('detection', () => {
  const detect = async (files: Record<string, string>): Promise<readonly [number, string]> => {
    const tree = memoryTree(files)
    const head = (path: string): Promise<string> => Promise.resolve(files[path] ?? '')
    const { confidence, evidence } = await voc.detect({ tree, paths: Object.keys(files), head, tail: head })
    return [confidence, evidence]
  }

  it('says what it found', async () => {
    const box = documentOf(`<object>${boxXml(1, 2, 3, 4)}</object>`)
    expect(await detect({ 'a.xml': box })).toEqual([0.95, 'a.xml begins with <annotation> and has a <bndbox>'])
    expect((await detect({ 'a.xml': `<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n${box}` }))[0]).toBe(0.95)
    expect(await detect({ 'a.xml': documentOf() })).toEqual([0.9, 'a.xml begins with <annotation> and has a <size>'])
    expect(await detect({ 'a.xml': '<annotation><object><polygon/></object></annotation>' })).toEqual([
      0.6,
      'a.xml begins with <annotation>, but has no <bndbox>',
    ])
    expect((await detect({ 'b/Annotations/a.xml': box, 'a.xml': '<x/>' }))[0]).toBe(0.95)
    expect(await detect({ 'a.xml': '<annotations><image/></annotations>' })).toEqual([
      0,
      'a.xml begins with <annotations>, not with <annotation>',
    ])
    expect(await detect({ 'a.xml': 'text' })).toEqual([0, 'a.xml has no root element, not with <annotation>'])
    expect(await detect({ 'a.txt': '' })).toEqual([0, 'no .xml file'])
  })
})
