import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AnnotationDefinition,
  Box,
  Comparison,
  Cube,
  Cube3d,
  type Definition,
  Ellipse,
  Gis,
  Note,
  Point,
  Polygon,
  Polyline,
  Pose,
  Segmentation,
  Subtitle,
  TextMark,
  UndefinedAnnotation,
} from '../../src/definitions/index.js'
import { Mask } from '../../src/mask/mask.js'
import { arbitraryAnyDefinition } from '../arbitraries/definitions.js'

const label = 'a'
const step = 1 / 1024
const sides = { left: 1, top: 2, right: 5, bottom: 3 }

describe('equals', () => {
  it('is reflexive, symmetric, and tells types apart', () => {
    fc.assert(
      fc.property(arbitraryAnyDefinition(), arbitraryAnyDefinition(), (a, b) => {
        expect(a.equals(a)).toBe(true)
        expect(a.equals(a.with({}), 0)).toBe(true)
        expect(a.equals(b)).toBe(b.equals(a))
        expect(a.geometryEquals(b)).toBe(b.geometryEquals(a))
        if (a.type !== b.type) expect(a.geometryEquals(b, Number.POSITIVE_INFINITY)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('sees label, description and attributes', () => {
    const box = new Box({ label, ...sides, attributes: { a: 1, b: ['x', 'y'] }, description: 'd' })
    expect(box.equals(box.with({ attributes: { b: ['x', 'y'], a: 1 } }))).toBe(true)
    for (const change of [
      { label: 'b' },
      { description: undefined },
      { description: '' },
      { attributes: undefined },
      { attributes: { a: 1 } },
      { attributes: { a: 1, b: ['y', 'x'] } },
      { attributes: { a: 1, b: ['x'] } },
      { attributes: { a: '1', b: ['x', 'y'] } },
      { attributes: { a: 1, c: ['x', 'y'] } },
    ]) {
      expect(box.equals(box.with(change)), JSON.stringify(change)).toBe(false)
      expect(box.geometryEquals(box.with(change))).toBe(true)
    }
    const inherited = new Box({ label, ...sides, attributes: { toString: 'a' } })
    expect(inherited.equals(new Box({ label, ...sides, attributes: { valueOf: 'a' } }))).toBe(false)
  })

  // For each: the original, one as far off as 1/1024 px allows, one just beyond.
  const near = 1 + step
  const far = 1 + step * 1.5
  const pose = (x: number, visibility: 'visible' | 'hidden' | 'missing' = 'visible', name = 'n') =>
    new Pose({ label, points: [{ name, x, y: 0, visibility }] })
  const cube = (x: number, angle?: number) =>
    new Cube({
      label,
      frontTl: [x, 0],
      frontTr: [9, 0],
      frontBr: [9, 9],
      frontBl: [1, 9],
      backTl: [3, 2],
      backTr: [11, 2],
      backBr: [11, 11],
      backBl: [3, 11],
      angle,
    })
  const space = (x: number) =>
    new Cube3d({ label, position: { x, y: 0, z: 0 }, scale: { x: 1, y: 1, z: 1 }, rotation: { x: 0, y: 0, z: 0 } })
  const turned = (z: number) =>
    new Cube3d({ label, position: { x: 0, y: 0, z: 0 }, scale: { x: 1, y: 1, z: 1 }, rotation: { x: 0, y: 0, z } })
  it.each<[string, (x: number) => Definition]>([
    ['box', (left) => new Box({ label, ...sides, left })],
    ['note', (left) => new Note({ label, ...sides, left })],
    ['cube', (x) => cube(x, 0)],
    ['cube_3d, position', space],
    ['cube_3d, rotation', turned],
    ['ellipse, centre', (x) => new Ellipse({ label, x, y: 2, rx: 3, ry: 4 })],
    ['ellipse, axis', (rx) => new Ellipse({ label, x: 1, y: 2, rx, ry: 1 })],
    ['point', (x) => new Point({ label, x, y: 2 })],
    ['polygon', (x) => Polygon.fromPoints([x, 0, 5, 0, 5, 4], { label })],
    [
      'polygon, hole',
      (x) => new Polygon({ label, parts: [{ outer: [0, 0, 9, 0, 9, 9], holes: [[x, 1, 2, 1, 2, 2]] }] }),
    ],
    ['polyline', (x) => Polyline.fromPoints([x, 0, 5, 0], { label })],
    ['pose', (x) => pose(x)],
    ['text_mark', (x) => new TextMark({ label, textType: 'block', start: 0, end: 1, x, y: 2 })],
  ])('%s: a 1024th of a pixel is nothing, half more is something', (_type, make) => {
    expect(make(1).equals(make(near))).toBe(true)
    expect(make(1).equals(make(far))).toBe(false)
    expect(make(1).equals(make(far), 0.01)).toBe(true)
    expect(make(1).equals(make(near), 0)).toBe(false)
  })

  it('angles count by how far they move the outline', () => {
    const box = (angle: number) => new Box({ label, left: 0, top: 0, right: 200, bottom: 20, angle })
    expect(box(30).equals(box(30.0005))).toBe(true)
    expect(box(30).equals(box(30.002))).toBe(false)
    expect(box(30).equals(box(390))).toBe(true)
    expect(box(0).equals(box(360))).toBe(true)
    expect(box(0).equals(box(180))).toBe(false)
    expect(box(0).equals(box(0.002))).toBe(false)
    const dot = (angle: number) => new Box({ label, left: 7, top: 3, right: 7, bottom: 3, angle })
    expect(dot(0).equals(dot(45))).toBe(true)
    expect(cube(1, 10).equals(cube(1, 370))).toBe(true)
    expect(cube(1, 10).equals(cube(1, 11))).toBe(false)
  })

  it('one ellipse has many descriptions', () => {
    const ellipse = (rx: number, ry: number, angle: number) => new Ellipse({ label, x: 5, y: 6, rx, ry, angle })
    expect(ellipse(4, 2, 30).equals(ellipse(4, 2, 210))).toBe(true)
    expect(ellipse(4, 2, 30).equals(ellipse(2, 4, 120))).toBe(true)
    expect(ellipse(4, 2, 30).equals(ellipse(2, 4, -60))).toBe(true)
    expect(ellipse(4, 2, 30).equals(ellipse(4, 2, -30))).toBe(false)
    expect(ellipse(4, 2, 30).equals(ellipse(2, 4, 30))).toBe(false)
    expect(ellipse(4, 4, 30).equals(ellipse(4, 4, 77))).toBe(true)
  })

  it('what is not geometry counts in equals only', () => {
    const mask = Mask.full(3, 2)
    const note = new Note({ label, ...sides, messages: ['m'] })
    const pairs: [AnnotationDefinition, AnnotationDefinition][] = [
      [note, note.withMessage('n')],
      [note, new Note({ label, ...sides, messages: ['m'], status: 'open' })],
      [note, new Note({ label, ...sides, messages: ['other'] })],
      [note, new Note({ label, ...sides, messages: ['m'], createTime: 1 })],
      [note, new Note({ label, ...sides, messages: ['m'], assignee: 'x' })],
      [new Segmentation({ label, mask }), new Segmentation({ label, mask, color: [0, 0, 0] })],
      [new Segmentation({ label, mask, color: [0, 0, 1] }), new Segmentation({ label, mask, color: [0, 0, 0] })],
      [new Pose({ label, instanceId: 'i' }), new Pose({ label })],
      [new Pose({ label, templateId: 't' }), new Pose({ label, templateId: 'u' })],
    ]
    for (const [a, b] of pairs) {
      expect(a.equals(b)).toBe(false)
      expect(a.geometryEquals(b)).toBe(true)
    }
  })

  it('key points: name and visibility count, coordinates of a missing one do not', () => {
    expect(pose(1).equals(pose(1, 'hidden'))).toBe(false)
    expect(pose(1).equals(pose(1, 'visible', 'm'))).toBe(false)
    expect(pose(1, 'missing').equals(pose(0, 'missing'))).toBe(true)
    expect(pose(1, 'missing').equals(pose(1))).toBe(false)
    expect(pose(1).equals(new Pose({ label, points: [] }))).toBe(false)
  })

  it('masks, JSON and texts compare exactly', () => {
    const pixel = (left: number) =>
      new Segmentation({ label, mask: Mask.fromBounds(3, 2, { left, top: 0, right: left + 1, bottom: 1 }) })
    expect(pixel(1).equals(pixel(1))).toBe(true)
    expect(pixel(1).equals(pixel(2), 100)).toBe(false)
    expect(
      pixel(1).equals(
        new Segmentation({ label, mask: Mask.fromBounds(2, 2, { left: 1, top: 0, right: 2, bottom: 1 }) }),
      ),
    ).toBe(false)
    const gis = (geo: unknown) => new Gis({ label, geoType: 'point', geo })
    expect(gis([1, 2]).equals(gis([1, 2]))).toBe(true)
    expect(gis([1, 2]).equals(gis([1, 2 + 1e-9]))).toBe(false)
    expect(gis([1, 2]).equals(new Gis({ label, geoType: 'box', geo: [1, 2] }))).toBe(false)
    const comparison = (coordinates: unknown) => new Comparison({ label, coordinates })
    expect(comparison({ a: 1, b: [null] }).equals(comparison({ b: [null], a: 1 }))).toBe(true)
    for (const other of [{ a: 1, b: [] }, { a: 1, b: {} }, { a: 1 }, { a: 1, c: [null] }, null, [1], 'a']) {
      expect(comparison({ a: 1, b: [null] }).equals(comparison(other)), JSON.stringify(other)).toBe(false)
    }
    const unknown = (sourceType: string) => new UndefinedAnnotation({ sourceType })
    expect(unknown('line').equals(unknown('line'))).toBe(true)
    expect(unknown('line').equals(unknown('recording'))).toBe(false)
    expect(new Subtitle({ label, text: 'a' }).equals(new Subtitle({ label, text: 'a ' }))).toBe(false)
    const mark = (x?: number) => new TextMark({ label, textType: 'block', start: 0, end: 1, x, y: x })
    expect(mark().equals(mark())).toBe(true)
    expect(mark().equals(mark(0))).toBe(false)
  })
})
