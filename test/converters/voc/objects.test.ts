import { describe, expect, it } from 'vitest'
import { Ledger } from '../../../src/converters/ledger.js'
import { parseVoc, vocXml } from '../../../src/converters/voc/document.js'
import type { Annotation } from '../../../src/dataset/annotation.js'
import { Box } from '../../../src/definitions/index.js'
import { translation } from '../../../src/geometry/affine.js'
import { boxXml, documentOf, treeOf } from './harness.js'

function read(
  xml: string,
  policy: 'lenient' | 'salvage' = 'lenient',
): { annotations: readonly Annotation[]; ledger: Ledger } {
  const ledger = new Ledger(policy)
  return { annotations: parseVoc(xml, { name: 'a.xml', account: ledger, policy, base: 'edge0' }).annotations, ledger }
}

const PARTS = documentOf(
  `<object><name>person</name>${boxXml(10, 20, 110, 220)}<part><name>head</name>${boxXml(12, 22, 40, 60)}</part><part><name>foot</name>${boxXml(50, 190, 70, 220)}</part></object>`,
  `<object><name>dog</name>${boxXml(1, 2, 3, 4)}</object>`,
)

describe('parts', () => {
  it('are annotations of their own, children of their object, and counted', () => {
    const { annotations, ledger } = read(PARTS)
    expect(annotations.map(({ label, id, parentId }) => [label, id?.text, parentId?.text])).toEqual([
      ['person', 'a#1', undefined],
      ['head', undefined, 'a#1'],
      ['foot', undefined, 'a#1'],
      ['dog', undefined, undefined],
    ])
    expect(ledger.counts.read).toBe(4)
  })

  it('go with an invalid object', () => {
    const { annotations, ledger } = read(PARTS.replace('<xmin>10</xmin>', '<xmin>ten</xmin>'))
    expect(annotations.map(({ label }) => label)).toEqual(['dog'])
    expect(ledger.counts).toMatchObject({ read: 4, dropped: 3 })
    expect(ledger.problems).toMatchObject([{ code: 'number-format', got: '"ten"', lossy: true }])
  })

  it('are left out alone when they alone are invalid', () => {
    const { annotations, ledger } = read(PARTS.replace('<name>head</name>', ''))
    expect(annotations.map(({ label }) => label)).toEqual(['person', 'foot', 'dog'])
    expect(ledger.problems).toMatchObject([{ code: 'missing-field', message: 'no <name> in <part>' }])
  })

  it('can go and change by themselves, plain and rewritten', () => {
    const item = parseVoc(PARTS, { name: 'a.xml' })
    const [person, head, foot, dog] = item.annotations as [Annotation, Annotation, Annotation, Annotation]
    const ear = head.with({ definition: head.definition.with({ label: 'ear' }) })
    for (const rewrite of [false, true]) {
      const { text, outcomes } = vocXml(item.with({ annotations: [person, ear, dog] }), { rewrite })
      expect(outcomes.map(({ effect }) => effect)).toEqual(['kept', 'kept', 'kept'])
      const part = `<part><name>foot</name>${boxXml(50, 190, 70, 220)}</part>`
      expect(treeOf(text)).toEqual(treeOf(PARTS.replace(part, '').replace('head', 'ear')))
      // A part without its object is an object.
      const orphan = vocXml(item.with({ annotations: [foot] }), { rewrite })
      expect(treeOf(orphan.text)).toEqual(treeOf(documentOf(part.replaceAll('part>', 'object>'))))
    }
  })

  it('are not made of what has parts itself', () => {
    const id = (text: string) => ({ text, kind: 'string' }) as const
    const box = (label: string): Box => new Box({ label, left: 1, top: 2, right: 30, bottom: 40 })
    const [base] = read(PARTS).annotations as [Annotation]
    const make = (label: string, own: string, parent?: string): Annotation =>
      base.with({
        definition: box(label),
        id: id(own),
        parentId: parent === undefined ? undefined : id(parent),
        extra: undefined,
      })
    const item = parseVoc(documentOf()).with({
      annotations: [make('a', '1'), make('b', '2', '1'), make('c', '3', '2'), make('d', '4', '4'), make('e', '5', '9')],
    })
    const account = new Ledger('lenient')
    const { text } = vocXml(item, { account })
    // b has a child, so it is an object itself; its child is its part.
    const back = parseVoc(text, { name: 'z.xml' }).annotations
    expect(back.map(({ label, parentId }) => [label, parentId?.text])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['c', undefined],
      ['d', undefined],
      ['e', undefined],
    ])
    expect(account.entries.find(({ subject }) => subject === 'parent id')?.count).toBe(4)
  })
})

describe('geometry', () => {
  const object = (inner: string): string => documentOf(`<object><name>x</name>${inner}</object>`)

  it('is a box turned clockwise where roLabelImg says so', () => {
    const { annotations } = read(
      object('<robndbox><cx>50</cx><cy>40</cy><w>20</w><h>10</h><angle>1.5707963267948966</angle></robndbox>'),
    )
    const box = annotations[0]?.definition as Box
    expect([box.frame, box.angle]).toEqual([{ left: 40, top: 35, right: 60, bottom: 45 }, 90])
    // The top left corner goes to the top right when turned clockwise on screen.
    expect(box.corners[0].map(Math.round)).toEqual([55, 30])
  })

  it('is a polygon beside its declared box, as Roboflow or LabelMe write it', () => {
    const roboflow = '<polygon><x1>1</x1><y1>2.5</y1><x2>30</x2><y2>2</y2><x10>1</x10><y10>40</y10></polygon>'
    const labelme =
      '<polygon><username>u</username><pt><x>1</x><y>2.5</y></pt><pt><x>30</x><y>2</y></pt><pt><x>1</x><y>40</y></pt></polygon>'
    for (const polygon of [roboflow, labelme]) {
      const [annotation] = read(object(`${polygon}${boxXml(1, 2, 31, 41)}`)).annotations
      expect(annotation?.definition).toMatchObject({ parts: [{ outer: Float64Array.of(1, 2.5, 30, 2, 1, 40) }] })
      expect(annotation?.box).toEqual({ left: 1, top: 2, right: 31, bottom: 41 })
    }
    expect(read(object(labelme)).annotations[0]?.box).toBeUndefined()
  })

  it('is the box where the polygon cannot be read', () => {
    const bad = `<polygon><x1>1</x1><y1>2</y1></polygon>${boxXml(1, 2, 31, 41)}`
    const { annotations, ledger } = read(object(bad))
    expect(annotations[0]?.type).toBe('box')
    expect(ledger.problems).toMatchObject([{ code: 'ring-format', lossy: true, got: '1' }])
    expect(treeOf(vocXml(parseVoc(object(bad)), { rewrite: true }).text)).toEqual(treeOf(object(bad)))
  })

  it('is a point where there is nothing else', () => {
    const point = object('<point><x>7</x><y>9.5</y></point>')
    expect(read(point).annotations[0]?.definition).toMatchObject({ type: 'point', x: 7, y: 9.5 })
    const devkit = parseVoc(point, { base: 'inclusive1' })
    expect(devkit.annotations[0]?.definition).toMatchObject({ x: 6, y: 8.5 })
    expect(treeOf(vocXml(devkit, { rewrite: true }).text)).toEqual(treeOf(point))
    expect(vocXml(devkit, { base: 'edge0' }).text).toContain('<point><x>6</x><y>8.5</y></point>')
  })

  it.each([
    ['<bndbox/>', 'missing-field', 'no <xmin> in <bndbox>'],
    ['', 'missing-field', 'no <bndbox> in <object>'],
    [boxXml('NaN', 2, 3, 4), 'number-format', 'bad <xmin> in <bndbox>'],
    [boxXml('1e999', 2, 3, 4), 'number-format', 'bad <xmin> in <bndbox>'],
    [boxXml('1,5', 2, 3, 4), 'number-format', 'bad <xmin> in <bndbox>'],
    [boxXml('0x10', 2, 3, 4), 'number-format', 'bad <xmin> in <bndbox>'],
    [boxXml(9, 2, 3, 4), 'invalid-value', 'the corners of this box are the wrong way round'],
    [
      '<robndbox><cx>1</cx><cy>1</cy><w>-1</w><h>2</h><angle>0</angle></robndbox>',
      'invalid-value',
      'negative sides of a <robndbox>',
    ],
  ])('%s is invalid', (inner, code, message) => {
    const { annotations, ledger } = read(object(inner))
    expect(annotations).toEqual([])
    expect(ledger.counts).toMatchObject({ read: 1, dropped: 1 })
    expect(ledger.problems).toMatchObject([{ code, message, lossy: true, places: ['a.xml:1:106'] }])
  })

  it('with swapped corners is repaired by salvage', () => {
    const { annotations, ledger } = read(object(boxXml(9, 2, 3, 4)), 'salvage')
    expect(annotations[0]?.definition).toMatchObject({ frame: { left: 3, top: 2, right: 9, bottom: 4 } })
    expect(annotations[0]?.amended).toEqual({ effect: 'approximated', reason: 'repaired' })
    expect(ledger.problems).toMatchObject([
      { code: 'invalid-value', message: 'repaired: the corners of a box were swapped' },
    ])
  })

  it('has decimals, signs, spaces and any order of its corners', () => {
    const inner = '<bndbox><ymax> 40.25 </ymax><xmin>+1</xmin><ymin>-2.</ymin><xmax>3e1</xmax></bndbox>'
    expect(read(object(inner)).annotations[0]?.definition).toMatchObject({
      frame: {
        left: 1,
        top: -2,
        right: 30,
        bottom: 40.25,
      },
    })
  })
})

describe('what is beside the geometry', () => {
  const rich = documentOf(
    `<object id="7" x:y='1'><occluded>1</occluded><note>keep &amp; care</note><name>person</name><pose>Left</pose><truncated>yes</truncated><difficult>Unspecified</difficult>${boxXml(10.5, 20, 110, 220)}<actions><jumping>1</jumping><other>0</other></actions><point><x>31</x><y>64</y></point><note>again</note><attributes>{'occluded': False}</attributes></object>`,
  )

  it('is flags, and else comes back in its place', () => {
    const item = parseVoc(rich)
    const [person] = item.annotations as [Annotation]
    expect(person.flags).toEqual({ occluded: true, truncated: true })
    expect(treeOf(vocXml(item, { rewrite: true }).text)).toEqual(treeOf(rich))
    const man = person.with({ definition: person.definition.with({ label: 'man' }), flags: { difficult: true } })
    const { text } = vocXml(item.with({ annotations: [man] }))
    const expected = rich
      .replace('<occluded>1</occluded>', '')
      .replace('person', 'man')
      .replace('<truncated>yes</truncated>', '')
      .replace('Unspecified', '1')
    expect(treeOf(text)).toEqual(treeOf(expected))
  })

  it('that says where something is goes when the object moves', () => {
    const item = parseVoc(rich)
    const account = new Ledger('lenient')
    const [person] = item.annotations as [Annotation]
    const { text, outcomes } = vocXml(item.with({ annotations: [person.transform(translation(5, 0))] }), { account })
    expect(text).not.toContain('<point>')
    expect(text).toContain('<jumping>1</jumping>')
    expect(outcomes).toEqual([
      {
        effect: 'approximated',
        subject: 'box',
        reason: 'rounded to whole pixels',
        measure: { name: 'px', value: 0.5 },
      },
    ])
    expect(account.entries).toMatchObject([
      { effect: 'dropped', subject: 'point', reason: 'its place may have changed' },
    ])
  })

  it('is attributes as CVAT has them', () => {
    const inner = `<attributes><attribute><name>colour</name><value>dark red</value></attribute><attribute><name>n</name><value type="json">5</value></attribute><attribute><name>yes</name><value>true</value></attribute></attributes>`
    const document = documentOf(`<object><name>x</name>${boxXml(1, 2, 3, 4)}${inner}</object>`)
    const item = parseVoc(document)
    expect({ ...item.annotations[0]?.definition.attributes }).toEqual({ colour: 'dark red', n: 5, yes: 'true' })
    expect(treeOf(vocXml(item, { rewrite: true }).text)).toEqual(treeOf(document))
  })
})
