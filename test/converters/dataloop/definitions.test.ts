import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { UndefinedAnnotation } from '../../../src/definitions/index.js'
import { nodeDeflate } from '../../../src/io/deflate.js'
import { encodePng } from '../../../src/png/encode.js'
import type { PngImage } from '../../../src/png/image.js'
import { element, itemJson, read, readOne } from './harness.js'

const point = (x: number, y: number): object => ({ x, y, z: 0 })

describe('a box', () => {
  it('has two points in any order, with or without z', () => {
    const frame = { left: 10, top: 5.5, right: 30, bottom: 20 }
    for (const coordinates of [
      [point(10, 5.5), point(30, 20)],
      [point(30, 20), point(10, 5.5)],
      [point(10, 20), point(30, 5.5)],
      [
        { y: 5.5, x: 30 },
        { y: 20, x: 10 },
      ],
      [[point(10, 5.5), point(30, 20)]],
    ])
      expect(readOne('box', element('box', coordinates)).definition.frame).toEqual(frame)
  })

  it('is turned by a third number, about its centre', () => {
    const { definition } = readOne('box', element('box', [point(10, 10), point(30, 20), 30]))
    expect(definition.angle).toBe(30)
    // facts of the SDK of 2021 to 2025
    const corners = definition.corners.map(([x, y]) => [Number(x.toFixed(3)), Number(y.toFixed(3))])
    expect(corners).toEqual([
      [13.84, 5.67],
      [8.84, 14.33],
      [26.16, 24.33],
      [31.16, 15.67],
    ])
    expect(readOne('box', element('box', [point(10, 10), point(30, 20), true])).definition.angle).toBe(0)
  })

  it('of four corners (TL, BL, BR, TR) is turned, not a line', () => {
    const corners = [point(30, 10), point(10, 10), point(10, 50), point(30, 50)]
    const { definition } = readOne('box', element('box', corners))
    expect(definition.angle).toBe(90)
    expect(definition.frame).toEqual({ left: 0, top: 20, right: 40, bottom: 40 })
    expect(definition.bounds).toMatchObject({ left: 10, top: 10, right: 30, bottom: 50 })
    const upright = [point(1, 2), point(1, 9), point(5, 9), point(5, 2)]
    const box = readOne('box', element('box', upright)).definition
    expect([box.frame, box.angle]).toEqual([{ left: 1, top: 2, right: 5, bottom: 9 }, 0])
  })

  it('of four corners that are no rectangle is a polygon', () => {
    const corners = [point(0, 0), point(0, 10), point(20, 12), point(20, 0)]
    expect([
      ...readOne('segment', element('box', corners))
        .definition.rings()
        .flatMap((each) => [...each]),
    ]).toEqual([0, 0, 0, 10, 20, 12, 20, 0])
  })
})

const ring = (...values: number[]): object[] =>
  Array.from({ length: values.length / 2 }, (_, i) => ({ x: values[2 * i], y: values[2 * i + 1] }))

describe('a segment', () => {
  const outer = ring(0, 0, 20, 0, 20, 10, 0, 10)
  const hole = ring(2, 2, 8, 2, 8, 8, 2, 8)
  const island = ring(4, 4, 6, 4, 6, 6, 4, 6)
  const apart = ring(30, 0, 40, 0, 35, 5)

  it('keeps all its rings, inside one another as holes and islands', () => {
    const { parts } = readOne('segment', element('segment', [hole, outer, island, apart])).definition
    expect(parts.map(({ outer: o, holes }) => [[...o], holes.map((each) => [...each])])).toEqual([
      [[0, 0, 20, 0, 20, 10, 0, 10], [[2, 2, 8, 2, 8, 8, 2, 8]]],
      [[4, 4, 6, 4, 6, 6, 4, 6], []],
      [[30, 0, 40, 0, 35, 5], []],
    ])
  })

  it('may be a flat list of points', () => {
    expect(readOne('segment', element('segment', outer)).definition.area).toBe(200)
  })

  it('that is open is a line', () => {
    const open = { metadata: { system: { isOpen: true } } }
    const { lines } = readOne('polyline', element('segment', [ring(1, 2, 3, 4)], open)).definition
    expect(lines.map((line) => [...line])).toEqual([[1, 2, 3, 4]])
    const closed = { metadata: { system: { isOpen: false } } }
    expect(readOne('segment', element('segment', [outer], closed)).definition.parts).toHaveLength(1)
  })
})

describe('lines, points, ellipses and classes', () => {
  it('of one or several lines', () => {
    const { lines } = readOne('polyline', element('polyline', [ring(1, 2, 3, 4), ring(5, 6, 7, 8, 9, 10)])).definition
    expect(lines.map((line) => [...line])).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8, 9, 10],
    ])
  })

  it('a point has its own right and bottom', () => {
    const { definition } = readOne('point', element('point', { x: 5, y: 7, z: 0 }))
    expect(definition.bounds).toEqual({ left: 5, top: 7, right: 5, bottom: 7 })
  })

  it('an ellipse may leave out its angle', () => {
    const ellipse = { center: point(50, 40), rx: 20, ry: 10, angle: 30 }
    expect(readOne('ellipse', element('ellipse', ellipse)).definition.left).toBeCloseTo(31.9722, 4)
    const { angle: _, ...upright } = ellipse
    expect(readOne('ellipse', element('ellipse', upright)).definition).toMatchObject({
      x: 50,
      rx: 20,
      ry: 10,
      angle: 0,
    })
  })

  it('a class has no coordinates, or an empty list of them', () => {
    expect(readOne('class', element('class')).label).toBe('cat')
    expect(readOne('class', element('class', [])).label).toBe('cat')
  })
})

/** 3 × 2, set: (0, 0), (2, 1). */
const SET = [1, 0, 0, 0, 0, 1]
const RUNS = [0, 1, 4, 1]
const media = { width: 3, height: 2 }

function png(image: Omit<PngImage, 'width' | 'height'>): string {
  return Buffer.from(encodePng({ ...media, ...image }, nodeDeflate)).toString('base64')
}

const rgba = (on: number[], off: number[]): Uint8Array => Uint8Array.from(SET.flatMap((set) => (set ? on : off)))

describe('a mask', () => {
  const red = png({ kind: 'rgba', bitDepth: 8, data: rgba([200, 10, 20, 255], [0, 0, 0, 0]) })

  it('is a PNG in whatever wrapping', () => {
    for (const coordinates of [
      `data:image/png;base64,${red}`,
      `data:image/webp;base64,${red}`,
      `data:;base64,${red}`,
      red,
      red.replaceAll('=', ''),
      { data: `data:image/png;base64,${red}` },
      { data: red, other: 1 },
    ]) {
      const { definition } = readOne('binary', element('binary', coordinates), media)
      expect([...definition.mask.runs]).toEqual(RUNS)
      expect(definition.color).toEqual([200, 10, 20])
    }
  })

  it.each<[string, Omit<PngImage, 'width' | 'height'>, readonly number[] | undefined]>([
    ['alpha above 127', { kind: 'rgba', bitDepth: 8, data: rgba([1, 2, 3, 128], [9, 9, 9, 127]) }, [1, 2, 3]],
    [
      'white, which is no colour',
      { kind: 'rgba', bitDepth: 8, data: rgba([255, 255, 255, 255], [0, 0, 0, 0]) },
      undefined,
    ],
    ['colour without alpha', { kind: 'rgb', bitDepth: 8, data: rgba([0, 0, 7], [0, 0, 0]) }, [0, 0, 7]],
    ['grey', { kind: 'grey', bitDepth: 8, data: rgba([1], [0]) }, undefined],
    ['grey with alpha', { kind: 'grey-alpha', bitDepth: 8, data: rgba([0, 255], [255, 0]) }, undefined],
    ['one bit', { kind: 'grey', bitDepth: 1, data: rgba([1], [0]) }, undefined],
    [
      'a palette',
      { kind: 'palette', bitDepth: 8, data: rgba([2], [0]), palette: Uint8Array.of(9, 9, 9, 1, 1, 1, 4, 5, 6) },
      [4, 5, 6],
    ],
    [
      'a palette with a transparent colour',
      {
        kind: 'palette',
        bitDepth: 1,
        data: rgba([0], [1]),
        palette: Uint8Array.of(9, 8, 7, 1, 1, 1),
        transparency: Uint8Array.of(255, 0),
      },
      [9, 8, 7],
    ],
  ])('of %s', (_, image, color) => {
    const { definition } = readOne('binary', element('binary', png(image)), media)
    expect([...definition.mask.runs]).toEqual(RUNS)
    expect(definition.color).toEqual(color)
  })

  it('of another size than its picture is kept and said', () => {
    const { item, ledger } = read(itemJson([element('binary', red)]))
    expect(item.annotations).toHaveLength(1)
    expect(ledger.problems).toMatchObject([
      { code: 'mask-size', expected: '640 x 480', got: '3 x 2', places: ['a.json /annotations/0/coordinates'] },
    ])
  })

  it('stays as it is where nobody can inflate it', () => {
    const { item, ledger } = read(itemJson([element('binary', red)]), 'lenient', null)
    const [annotation] = item.annotations
    expect(annotation?.definition).toBeInstanceOf(UndefinedAnnotation)
    expect(annotation?.definition).toMatchObject({ sourceType: 'binary', coordinates: red })
    expect(ledger.problems).toMatchObject([{ code: 'deflate-missing', lossy: false }])
  })

  it('whose data are cut off is invalid', () => {
    const short = Buffer.from(red, 'base64')
    short.set(deflateSync(Buffer.of(0)), short.indexOf('IDAT') + 4)
    for (const [coordinates, code, pointer] of [
      [short.toString('base64'), 'png-format', '/coordinates'],
      ['not base64!', 'invalid-value', '/coordinates'],
      [{ data: 'data:image/png;base64,AAAA' }, 'png-format', '/coordinates/data'],
      [7, 'invalid-value', '/coordinates'],
      [{}, 'invalid-value', '/coordinates/data'],
    ] as const) {
      const { item, ledger } = read(itemJson([element('binary', coordinates)], media))
      expect(item.annotations).toEqual([])
      expect(ledger.problems).toMatchObject([{ code, lossy: true, places: [`a.json /annotations/0${pointer}`] }])
      expect(ledger.counts).toMatchObject({ read: 1, dropped: 1 })
    }
  })
})

describe('types that are not only drawn', () => {
  it('are read by name, not in the order of their keys', () => {
    const triple = (z: number): object => ({ z, y: 2, x: 1 })
    const cube = { position: triple(3), rotation: triple(5), scale: triple(4) }
    const { definition } = readOne('cube_3d', element('cube_3d', cube))
    expect(definition.position).toEqual({ x: 1, y: 2, z: 3 })
    expect(definition.scale.z).toBe(4)
    expect(definition.rotation.z).toBe(5)
  })

  it('have their fields', () => {
    const note = {
      box: [point(1, 2), point(3, 4), 15],
      note: {
        messages: [{ id: null, creator: 'a@b', time: 5, body: 'look' }],
        status: 'open',
        createTime: 6,
        creator: 'a',
      },
    }
    expect(readOne('note', element('note', note)).definition).toMatchObject({
      angle: 15,
      status: 'open',
      createTime: 6,
      creator: 'a',
      assignee: null,
      messages: [{ id: null, creator: 'a@b', time: 5, body: 'look' }],
    })
    expect(readOne('subtitle', element('subtitle', { text: 'hello' })).definition.text).toBe('hello')
    expect(readOne('text', element('text', 'free')).definition.text).toBe('free')
    expect(readOne('item_description', element('item_description', { text: 'd' })).definition.text).toBe('d')
    const mark = { type: 'block', label: 'cat', start: 1, end: 4, top: 7, left: 8 }
    expect(readOne('text_mark', element('text_mark', mark)).definition).toMatchObject({ textType: 'block', x: 8, y: 7 })
    const reference = { ref: 'http://x', refType: 'url', mimetype: null }
    expect(readOne('ref_image', element('ref_image', reference)).definition).toMatchObject(reference)
    const gis = { geo_type: 'point', wgs84_geo_coordinates: [1, 2] }
    expect(readOne('gis', element('gis', gis)).definition).toMatchObject({ geoType: 'point', geo: [1, 2] })
    const pose = { templateId: 'T', instanceId: 'u' }
    expect(readOne('pose', element('pose', pose)).definition).toMatchObject(pose)
    expect(readOne('comparison', element('comparison', { a: 1 })).definition.coordinates).toEqual({ a: 1 })
    const corners = Object.fromEntries(
      ['front_tl', 'front_tr', 'front_br', 'front_bl', 'back_tl', 'back_tr', 'back_br', 'back_bl'].map((name, i) => [
        name,
        point(i, 2 * i),
      ]),
    )
    expect(readOne('cube', element('cube', { ...corners, angle: 45 })).definition).toMatchObject({
      angle: 45,
      frontTl: [0, 0],
      backBl: [7, 14],
    })
  })

  it('are carried whole where they are something else', () => {
    for (const [type, coordinates] of [
      ['gis', { geo_type: 'circle' }],
      ['cube', { front_tl: 1 }],
      ['subtitle', null],
      ['ref_semantic_3d', { a: [1, { b: null }] }],
      ['made up', 'x'],
    ] as const)
      expect(readOne('undefined', element(type, coordinates)).definition).toMatchObject({
        sourceType: type,
        coordinates,
      })
  })
})
