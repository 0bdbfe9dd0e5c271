import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  AnnotationType,
  Box,
  Classification,
  Cube,
  DEFINITION_TYPES,
  Ellipse,
  Note,
  Point,
  Polygon,
  Polyline,
  Pose,
  Segmentation,
  Subtitle,
} from '../../src/definitions/index.js'
import type { AnnotationError } from '../../src/errors.js'
import type { Pt } from '../../src/geometry/point.js'
import { Mask } from '../../src/mask/mask.js'

type Sides = [number, number, number, number]

interface Goldens {
  readonly cube_from_boxes_and_angle: {
    readonly input: { readonly front: Sides; readonly back: Sides; readonly angle: number }
    readonly expected: { readonly points: Pt[]; readonly angle: number }
  }[]
  readonly box_corners: {
    readonly input: { readonly box: Sides; readonly angle: number }
    readonly expected: { readonly v1_106_4: [Pt, Pt, Pt, Pt] }
  }[]
  readonly ellipse_box: {
    readonly input: {
      readonly x: number
      readonly y: number
      readonly rx: number
      readonly ry: number
      readonly angle: number
    }
    readonly expected: Sides
  }[]
}

const folder = process.env.ANNOFORM_GOLDENS
const goldens = (): Goldens => JSON.parse(readFileSync(join(folder ?? '', 'dtlpy', 'geometry.json'), 'utf8'))

const label = 'a'
const bounds = ([left, top, right, bottom]: Sides) => ({ left, top, right, bottom })

function expectPoints(actual: readonly Pt[], expected: readonly Pt[]): void {
  expect(actual.length).toBe(expected.length)
  for (const [i, [x, y]] of actual.entries()) {
    const [wantedX, wantedY] = expected[i] as Pt
    expect(Math.hypot(x - wantedX, y - wantedY)).toBeLessThan(1e-9)
  }
}

describe('figures of the Dataloop SDK', () => {
  it.skipIf(folder === undefined)('cubes of two boxes and an angle (needs ANNOFORM_GOLDENS)', () => {
    const cases = goldens().cube_from_boxes_and_angle
    expect(cases.length).toBe(20)
    for (const { input, expected } of cases) {
      const { front, back, angle } = input
      const cube = Cube.fromBoxesAndAngle({ label, front: bounds(front), back: bounds(back), angle })
      expectPoints(cube.corners, expected.points)
      expect(cube.angle).toBe(expected.angle)
    }
  })

  it.skipIf(folder === undefined)('corners of turned boxes, there and back (needs ANNOFORM_GOLDENS)', () => {
    const cases = goldens().box_corners
    expect(cases.length).toBe(20)
    for (const { input, expected } of cases) {
      const box = new Box({ label, ...bounds(input.box), angle: input.angle })
      expectPoints(box.corners, expected.v1_106_4)
      expect(Box.fromCorners(...expected.v1_106_4, { label }).geometryEquals(box, 1e-9)).toBe(true)
    }
  })

  it.skipIf(folder === undefined)('bounds of ellipses (needs ANNOFORM_GOLDENS)', () => {
    const cases = goldens().ellipse_box
    expect(cases.length).toBe(20)
    for (const { input, expected } of cases) {
      const { left, top, right, bottom } = new Ellipse({ label, ...input })
      expectPoints(
        [
          [left, top],
          [right, bottom],
        ],
        [
          [expected[0], expected[1]],
          [expected[2], expected[3]],
        ],
      )
    }
  })

  it('the worked examples of the box and of the cube', () => {
    const box = new Box({ label, left: 10, top: 10, right: 30, bottom: 20, angle: 30 })
    expect(box.corners.map(([x, y]) => [x.toFixed(3), y.toFixed(3)])).toEqual([
      ['13.840', '5.670'],
      ['8.840', '14.330'],
      ['26.160', '24.330'],
      ['31.160', '15.670'],
    ])
    const cube = Cube.fromBoxesAndAngle({
      label,
      front: bounds([10, 10, 30, 20]),
      back: bounds([20, 5, 40, 15]),
      angle: 90,
    })
    expect(cube.corners).toEqual([
      [25, 5],
      [25, 25],
      [15, 25],
      [15, 5],
      [35, 0],
      [35, 20],
      [25, 20],
      [25, 0],
    ])
  })
})

describe('bounds', () => {
  it('a point is where it is on all four sides (defect 22)', () => {
    const { left, top, right, bottom, width, height } = new Point({ label, x: 5, y: 7 })
    expect([left, top, right, bottom, width, height]).toEqual([5, 7, 5, 7, 0, 0])
  })

  it('a cube has some (defect 23)', () => {
    const cube = Cube.fromBoxesAndAngle({ label, front: bounds([10, 20, 30, 25]), back: bounds([15, 4, 42.5, 11]) })
    expect(cube.bounds).toEqual({ left: 10, top: 4, right: 42.5, bottom: 25 })
    expect([cube.left, cube.width, cube.height]).toEqual([10, 32.5, 21])
  })

  it('widths and heights are not rounded (defect 36)', () => {
    const box = new Box({ label, left: 0, top: 0, right: 2.5, bottom: 3.5 })
    expect([box.width, box.height]).toEqual([2.5, 3.5])
    const polygon = Polygon.fromPoints([0.25, 1, 3.5, 1, 3.5, 9.75], { label })
    expect([polygon.width, polygon.height]).toEqual([3.25, 8.75])
  })

  it('a turned box: sides are those before turning, bounds those of the corners', () => {
    const box = new Box({ label, left: 10, top: 10, right: 30, bottom: 20, angle: 90 })
    expect([box.left, box.top, box.right, box.bottom, box.width, box.height]).toEqual([10, 10, 30, 20, 20, 10])
    expect(box.bounds).toEqual({ left: 15, top: 5, right: 25, bottom: 25 })
    const note = new Note({ label, left: 10, top: 10, right: 30, bottom: 20, angle: 90 })
    expect([note.left, note.top, note.right, note.bottom]).toEqual([10, 10, 30, 20])
    expect(note.bounds).toEqual(box.bounds)
    const upright = new Box({ label, left: 10, top: 10, right: 30, bottom: 20 })
    expect(upright.bounds).toBe(upright.frame)
  })

  it('a mask of one pixel is one pixel wide, an empty one has no bounds (defect 21)', () => {
    const pixel = new Segmentation({ label, mask: Mask.fromBounds(7, 4, bounds([2, 1, 3, 2])) })
    expect([pixel.left, pixel.top, pixel.right, pixel.bottom, pixel.width]).toEqual([2, 1, 3, 2, 1])
    const empty = new Segmentation({ label, mask: Mask.empty(7, 4) })
    expect([empty.bounds, empty.left, empty.width]).toEqual([null, undefined, undefined])
  })

  it('polygons and polylines span all parts, lines and nothing else', () => {
    const polygon = Polygon.fromRings(
      [
        [0, 0, 2, 0, 2, 2],
        [10, 5, 14, 5, 14, 9],
      ],
      { label },
    )
    expect(polygon.bounds).toEqual({ left: 0, top: 0, right: 14, bottom: 9 })
    const line = new Polyline({
      label,
      lines: [
        [
          [3, 3],
          [1, 4],
        ],
        [
          [8, 0],
          [9, 1],
        ],
      ],
    })
    expect(line.bounds).toEqual({ left: 1, top: 0, right: 9, bottom: 4 })
  })

  it('a pose spans the points that are there', () => {
    const pose = new Pose({
      label,
      points: [
        { name: 'a', x: 5, y: 6, visibility: 'visible' },
        { name: 'b', x: 0, y: 0, visibility: 'missing' },
        { name: 'c', x: 9, y: 2, visibility: 'hidden' },
      ],
    })
    expect(pose.bounds).toEqual({ left: 5, top: 2, right: 9, bottom: 6 })
    expect(new Pose({ label }).bounds).toBeNull()
  })

  it('texts and labels have none', () => {
    const { bounds: none, left, height } = new Subtitle({ label, text: 't' })
    expect([none, left, height, new Classification({ label }).right]).toEqual([null, undefined, undefined, undefined])
  })
})

describe('shapes', () => {
  it('four corners that are no rectangle are no box', () => {
    const make = () => Box.fromCorners([0, 0], [0, 4], [5, 4], [9, 1], { label })
    expect(make).toThrow('four corners are not a rectangle')
    let code: string | undefined
    try {
      make()
    } catch (error) {
      code = (error as AnnotationError).code
    }
    expect(code).toBe('degenerate-geometry')
    expect(Box.fromCorners([0, 0], [0, 4], [5, 4.01], [5, 0], { label }, 0.1).angle).toBeCloseTo(0.0573, 4)
  })

  it('a cube without an angle has that of its upper front edge, in [0, 360)', () => {
    const at = (frontTr: Pt) =>
      new Cube({
        label,
        frontTl: [10, 10],
        frontTr,
        frontBr: [0, 0],
        frontBl: [0, 0],
        backTl: [0, 0],
        backTr: [0, 0],
        backBr: [0, 0],
        backBl: [0, 0],
      }).angle
    expect([at([210, 10]), at([10, 14]), at([4, 10]), at([10, 3]), at([10, 10])]).toEqual([0, 90, 180, 270, 0])
  })

  it('a polygon: area of its parts minus their holes, rings in order', () => {
    const polygon = new Polygon({
      label,
      parts: [
        {
          outer: [
            [0, 0],
            [10, 0],
            [10, 6],
            [0, 6],
          ],
          holes: [[2, 2, 5, 2, 5, 4, 2, 4]],
        },
        { outer: Float64Array.of(20, 0, 24, 0, 24, 3) },
      ],
    })
    expect(polygon.area).toBe(60 - 6 + 6)
    expect(polygon.rings().map((ring) => ring.length)).toEqual([8, 8, 6])
    expect(polygon.parts.map((part) => part.holes.length)).toEqual([1, 0])
    expect(
      Polygon.fromPoints([0, 0, 4, 0, 4, 3], { label }).equals(
        new Polygon({
          label,
          points: [
            [0, 0],
            [4, 0],
            [4, 3],
          ],
        }),
      ),
    ).toBe(true)
  })

  it('the names of the SDK are all there', () => {
    const classes = Object.values(AnnotationType).filter((type) => DEFINITION_TYPES.some((known) => known === type))
    expect(classes.length).toBe(DEFINITION_TYPES.length - 1)
    expect(Object.values(AnnotationType).filter((type) => !DEFINITION_TYPES.some((known) => known === type))).toEqual([
      'ref_semantic_3d',
      'polyline_3d',
    ])
  })
})
