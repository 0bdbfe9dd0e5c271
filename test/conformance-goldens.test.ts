import { beforeEach, describe, expect, it } from 'vitest'
import { COCO, failed, Sandbox } from './conformance-sandbox.js'

// What the conformance runner makes of the answers of other programs: made here, right and wrong.

const sandbox = new Sandbox()
const put = sandbox.put.bind(sandbox)
const judged = sandbox.judged.bind(sandbox)

const DEFINED = {
  image: 'a.jpg',
  width: 40,
  height: 30,
  label: 'cat',
  class_index: 0,
  coco_bbox: [2, 3, 10.5, 6],
  yolo: [7.25 / 40, 6 / 30, 10.5 / 40, 6 / 30],
  voc_plain: [2, 3, 12.5, 9],
  // Rounded half to even, as those who worked these out do.
  voc_devkit_1based_inclusive: [3, 4, 12, 9],
  id: 5,
  iscrowd: 0,
  parts: 1,
  yolo_seg_parts: [[2 / 40, 3 / 30, 12.5 / 40, 3 / 30, 2 / 40, 9 / 30]],
}

describe('conversions by definition', () => {
  beforeEach(() => put('goldens/g/inputs/one/annotations.json', COCO))

  it('pass where every number is so', async () => {
    put('goldens/g/inputs/one/definition.json', [DEFINED])
    const tally = await judged()
    expect([tally.failures, tally.skipped, tally.beside]).toEqual([[], 0, 0])
    for (const to of ['coco', 'yolo detect', 'yolo segment', 'voc', 'dataloop', 'native'])
      await expect(judgedAs({ label: 'cow' })).resolves.toContain(`inputs/one → ${to}`)
  })

  const judgedAs = async (change: object): Promise<readonly string[]> => {
    put('goldens/g/inputs/one/definition.json', [{ ...DEFINED, ...change }])
    return failed(await judged())
  }

  it.each([
    ['coco_bbox', [2, 3, 10.5, 6.000001], ['coco']],
    ['yolo', [0.181251, 0.2, 0.2625, 0.2], ['yolo detect']],
    ['class_index', 1, ['yolo detect', 'yolo segment']],
    ['voc_plain', [2, 3, 13.5, 9], ['voc', 'voc, decimals', 'voc, of a devkit']],
    ['voc_devkit_1based_inclusive', [3, 5, 12, 9], ['voc, of a devkit']],
    ['yolo_seg_parts', [[0.05, 0.1, 0.31251, 0.1, 0.05, 0.3]], ['coco, regions', 'dataloop', 'native', 'yolo segment']],
  ])('fail where %s is another', async (key, value, targets) => {
    const names = await judgedAs({ [key]: value })
    expect(names.filter((name) => name.startsWith('inputs/one →')).sort()).toEqual(
      targets.map((target) => `inputs/one → ${target}`),
    )
  })

  it('fail where an object is over and above', async () => {
    put('goldens/g/inputs/one/annotations.json', {
      ...COCO,
      annotations: [...COCO.annotations, { ...COCO.annotations[0], id: 6 }],
    })
    expect((await judgedAs({})).length).toBeGreaterThanOrEqual(8)
  })
})

describe('files of other programs', () => {
  const VOC = (corners: readonly number[]): string =>
    `<annotation><filename>a.jpg</filename><size><width>40</width><height>30</height><depth>3</depth></size><object><name>cat</name><bndbox>${['xmin', 'ymin', 'xmax', 'ymax'].map((name, i) => `<${name}>${corners[i]}</${name}>`).join('')}</bndbox></object></annotation>`
  const offsets = { xmin: [1, 1, 1], ymin: [1, 1, 1], xmax: [0.5, 0.5, 0.5], ymax: [1, 1, 1] }
  const run = {
    peer: 'supervision',
    from: 'coco',
    to: 'voc',
    task: 'det',
    ok: true,
    files: 1,
    out: 'one/coco_to_voc_det/supervision',
    compare: { n_out: 1, not_found_within_6px: 0, label_equal: { True: 1 }, offset_min_mean_max: offsets },
  }

  beforeEach(() => {
    put('goldens/g/inputs/one/annotations.json', COCO)
    put('goldens/g/inputs/one/definition.json', [DEFINED])
    put('goldens/g/compare.json', [run])
    put('goldens/g/one/coco_to_voc_det/supervision/Annotations/a.xml', VOC([3, 4, 13, 10]))
  })

  it('are read right where they are as far away as is known', async () => {
    expect((await judged()).failures).toEqual([])
  })

  it.each([
    ['further away', 'one/coco_to_voc_det/supervision/Annotations/a.xml', VOC([4, 4, 13, 10]), 2],
    [
      'of another label',
      'one/coco_to_voc_det/supervision/Annotations/a.xml',
      VOC([3, 4, 13, 10]).replace('cat', 'cow'),
      2,
    ],
    ['more than the table says', 'one/coco_to_voc_det/supervision/Annotations/b.xml', VOC([3, 4, 13, 10]), 3],
    ['of a program nobody knows', 'one/coco_to_voc_det/somebody/Annotations/a.xml', VOC([2, 3, 12, 9]), 1],
    ['of a program that is known to be exact', 'one/coco_to_voc_det/globox/Annotations/a.xml', VOC([2, 3, 12, 9]), 1],
  ])('fail where they are %s', async (_, path, content, count) => {
    put(`goldens/g/${path}`, content)
    expect(failed(await judged())).toHaveLength(count)
  })

  it('fail where the figures are others', async () => {
    put('goldens/g/compare.json', [{ ...run, compare: { ...run.compare, n_out: 2 } }])
    expect(failed(await judged())).toEqual(['one/coco_to_voc_det/supervision: as far away as others found'])
  })
})

describe('answers of the SDK', () => {
  const ITEM = {
    filename: '/a.jpg',
    metadata: { system: { width: 40, height: 30, mimetype: 'image/jpeg' } },
    annotations: [
      {
        id: 'b',
        type: 'box',
        label: 'cat',
        coordinates: [
          { x: 2, y: 3, z: 0 },
          { x: 12.5, y: 9, z: 0 },
        ],
        attributes: [],
      },
      { id: 'p', type: 'point', label: 'dog', coordinates: { x: 4, y: 7, z: 0 } },
      {
        id: 't',
        type: 'box',
        label: 'cat',
        coordinates: [{ x: 10, y: 10, z: 0 }, { x: 20, y: 14, z: 0 }, 90],
      },
    ],
  }
  const refusal = { error: 'Exception: Only box annotations can be converted' }
  const answers = {
    file: 'd/a.json',
    width: 40,
    height: 30,
    labels: { cat: 0, dog: 1 },
    n: 3,
    geo: [
      { type: 'box', left: 2, top: 3, right: 12.5, bottom: 9, angle: null },
      { type: 'point', left: 4, top: 7, right: 7, bottom: 4, x: 4, y: 7 },
      { type: 'box', left: 10, top: 10, right: 20, bottom: 14, angle: 90 },
    ],
    to_coco: [
      { bbox: [2, 3, 10.5, 6], segmentation: [[]], area: 63, iscrowd: 0 },
      { error: 'Exception: Unable to convert annotation of type point to coco' },
      { bbox: [10, 10, 10, 4], segmentation: [[]], area: 40, iscrowd: 0 },
    ],
    to_yolo: [[0, 0.18125, 0.2, 0.2625, 0.2], refusal, [0, 0.375, 0.4, 0.25, 4 / 30]],
    to_voc: [
      { name: 'cat', xmin: 2, ymin: 3, xmax: 12.5, ymax: 9 },
      refusal,
      { name: 'cat', xmin: 10, ymin: 10, xmax: 20, ymax: 14 },
    ],
    roundtrip: ITEM.annotations,
  }

  beforeEach(() => put('corpora/d/a.json', ITEM))

  it('pass where they are equal, or different by a known defect', async () => {
    put('goldens/g/any.json', [answers])
    const tally = await judged()
    expect([tally.failures, tally.passed]).toEqual([[], 6])
  })

  it.each([
    ['to_coco', 0, { bbox: [2, 3, 10.5, 6.1], segmentation: [[]], area: 63, iscrowd: 0 }],
    ['to_coco', 0, { bbox: [2, 3, 10.5, 6], segmentation: [[]], area: 63, iscrowd: 1 }],
    ['to_coco', 0, { error: 'Exception: Unable to convert annotation of type box to coco' }],
    ['to_coco', 2, { bbox: [13, 7, 4, 10], segmentation: [[]], area: 40, iscrowd: 0 }],
    ['to_yolo', 0, [1, 0.18125, 0.2, 0.2625, 0.2]],
    ['to_yolo', 0, [0, 0.18126, 0.2, 0.2625, 0.2]],
    ['to_voc', 0, { name: 'cat', xmin: 2, ymin: 3, xmax: 12.25, ymax: 9 }],
    ['to_voc', 0, { name: 'dog', xmin: 2, ymin: 3, xmax: 12.5, ymax: 9 }],
    ['geo', 1, { type: 'point', left: 4, top: 7, right: 4, bottom: 7, x: 4, y: 7 }],
    ['geo', 2, { type: 'box', left: 10, top: 10, right: 20, bottom: 14, angle: 80 }],
    ['roundtrip', 1, { ...ITEM.annotations[1], label: 'cow' }],
  ] as const)('fail where %s of annotation %i is %j', async (key, i, value) => {
    put('goldens/g/any.json', [{ ...answers, [key]: answers[key].map((each, k) => (k === i ? value : each)) }])
    expect(failed(await judged())).toEqual([`any.json: d/a.json: ${key}`])
  })

  it('fail where the file is not in the corpora', async () => {
    put('goldens/g/any.json', [{ ...answers, file: 'd/b.json' }])
    expect((await judged()).failures).toEqual([{ check: 'any.json: d/b.json', reason: 'it is not in the corpora' }])
  })

  const FROM = {
    categories: COCO.categories,
    from_coco: [
      {
        input: COCO.annotations[0],
        expected: {
          type: 'segment',
          label: 'cat',
          coordinates: [
            [
              { x: 2, y: 3 },
              { x: 12.5, y: 3 },
              { x: 2, y: 9 },
            ],
          ],
        },
      },
    ],
    from_yolo: [
      {
        input: { width: 40, height: 30, labels: { cat: 0 }, lines: ['0 0.5 0.5 0.25 0.2'] },
        expected: [
          {
            type: 'box',
            label: 'cat',
            coordinates: [
              { x: 15, y: 12, z: 0 },
              { x: 25, y: 18, z: 0 },
            ],
          },
        ],
      },
    ],
    from_voc: [],
  }

  it('about reading are judged too', async () => {
    put('goldens/g/from.json', FROM)
    expect([(await judged()).failures, (await judged()).passed]).toEqual([[], 2])
    put(
      'goldens/g/from.json',
      JSON.parse(JSON.stringify(FROM).replace('"x":12.5', '"x":12').replace('"x":25', '"x":26')),
    )
    expect(failed(await judged())).toEqual(['from.json: from_coco 0', 'from.json: from_yolo 0'])
  })
})
