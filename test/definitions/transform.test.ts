import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AnnotationDefinition,
  Box,
  Cube,
  DEFINITION_TYPES,
  type DefinitionType,
  Note,
  Point,
  Polygon,
  Polyline,
  Segmentation,
} from '../../src/definitions/index.js'
import {
  type Affine,
  applyToBounds,
  applyToPoint,
  invert,
  multiply,
  rotation,
  scaling,
  translation,
} from '../../src/geometry/affine.js'
import { ellipseRing } from '../../src/geometry/ellipse.js'
import {
  inverseOrientation,
  type Orientation,
  orientationAffine,
  orientedSize,
} from '../../src/geometry/orientation.js'
import { Mask } from '../../src/mask/mask.js'
import { arbitraryAnyDefinition, arbitraryDefinition, arbitraryUprightBox, CANVAS } from '../arbitraries/definitions.js'
import { failure } from './failure.js'

const { width, height } = CANVAS
const OPAQUE: readonly DefinitionType[] = ['comparison', 'undefined']
const MAPPED = DEFINITION_TYPES.filter((type) => !OPAQUE.includes(type))
const PLACED = [
  'box',
  'cube',
  'ellipse',
  'note',
  'point',
  'segment',
  'polyline',
  'pose',
  'binary',
  'text_mark',
] as const
const label = 'a'

const arbitraryOrientation = fc.constantFrom<Orientation>(1, 2, 3, 4, 5, 6, 7, 8)
const arbitraryNumber = fc.double({ min: -50, max: 50, noNaN: true })
const arbitraryScale = fc.double({ min: 0.2, max: 4, noNaN: true })

/** Turning, one scale, moving, half of the time mirroring. */
const arbitrarySimilarity = fc
  .tuple(fc.oneof(fc.integer({ min: -180, max: 180 }), arbitraryNumber), arbitraryScale, arbitraryNumber, fc.boolean())
  .map(([degrees, scale, move, mirrors]) => {
    const turn = multiply(translation(move, -2 * move), multiply(scaling(scale), rotation(degrees)))
    return mirrors ? multiply(turn, scaling(-1, 1)) : turn
  })

/** Any scale for each axis, flips, quarter turns, moving. */
const arbitraryUprightMap = fc
  .tuple(arbitraryOrientation, arbitraryScale, arbitraryScale, arbitraryNumber)
  .map(([orientation, sx, sy, move]) =>
    multiply(translation(move, move / 3), multiply(scaling(sx, sy), orientationAffine(orientation, width, height))),
  )

function expectNear(actual: Iterable<number>, expected: Iterable<number>): void {
  const wanted = [...expected]
  const got = [...actual]
  expect(got.length).toBe(wanted.length)
  for (const [i, value] of got.entries()) expect(Math.abs(value - (wanted[i] as number))).toBeLessThan(1e-9)
}

const sides = ({ bounds }: AnnotationDefinition): readonly number[] =>
  bounds === null ? [] : [bounds.left, bounds.top, bounds.right, bounds.bottom]

describe('orientations of a picture', () => {
  it('one, then the one that undoes it, changes nothing', () => {
    fc.assert(
      fc.property(arbitraryAnyDefinition(CANVAS, MAPPED), arbitraryOrientation, (definition, orientation) => {
        const size = orientedSize(orientation, width, height)
        const there = definition.transform(orientationAffine(orientation, width, height), size)
        const back = orientationAffine(inverseOrientation(orientation), size.width, size.height)
        expect(there.type).toBe(definition.type)
        expect(there.transform(back, CANVAS).equals(definition)).toBe(true)
      }),
      { numRuns: 600 },
    )
  })

  it('take bounds where the definition goes', () => {
    fc.assert(
      fc.property(arbitraryAnyDefinition(CANVAS, PLACED), arbitraryOrientation, (definition, orientation) => {
        const map = orientationAffine(orientation, width, height)
        const size = orientedSize(orientation, width, height)
        const image = definition.transform(map, size)
        const expected = definition.bounds === null ? null : applyToBounds(map, definition.bounds)
        expectNear(
          sides(image),
          expected === null ? [] : [expected.left, expected.top, expected.right, expected.bottom],
        )
        if (image instanceof Segmentation)
          expect([image.mask.width, image.mask.height]).toEqual([size.width, size.height])
      }),
      { numRuns: 600 },
    )
  })

  it.each<[Orientation, readonly number[], number]>([
    [1, [10, 10, 30, 20], 30],
    [2, [34, 10, 54, 20], -30],
    [3, [34, 20, 54, 30], 30],
    [4, [10, 20, 30, 30], -30],
    [5, [10, 10, 20, 30], -30],
    [6, [20, 10, 30, 30], 30],
    [7, [20, 34, 30, 54], -30],
    [8, [10, 34, 20, 54], 30],
  ])(
    '%i: a turned box keeps its frame and its angle exactly, a mirror changes the sign',
    (orientation, frame, angle) => {
      const box = new Box({ label, left: 10, top: 10, right: 30, bottom: 20, angle: 30 })
      const image = box.transform(orientationAffine(orientation, width, height))
      expect([image.left, image.top, image.right, image.bottom]).toEqual(frame)
      expect(image.angle).toBe(angle)
    },
  )
})

describe('other maps', () => {
  it('axis-aligned ones take the bounds of everything that is not turned with it', () => {
    const upright = fc.oneof(
      arbitraryUprightBox(),
      ...(['cube', 'ellipse', 'point', 'segment', 'polyline', 'pose'] as const).map((type) =>
        arbitraryDefinition(type),
      ),
    )
    fc.assert(
      fc.property(upright, arbitraryUprightMap, (definition: AnnotationDefinition, map) => {
        const expected = definition.bounds === null ? null : applyToBounds(map, definition.bounds)
        expectNear(
          sides(definition.transform(map)),
          expected === null ? [] : [expected.left, expected.top, expected.right, expected.bottom],
        )
      }),
      { numRuns: 500 },
    )
  })

  it('similarities take boxes and notes corner to corner, and back', () => {
    const boxes = fc.oneof(arbitraryDefinition('box'), arbitraryDefinition('note'))
    fc.assert(
      fc.property(boxes, arbitrarySimilarity, (definition: Box | Note, map) => {
        const image = definition.transform(map)
        const cornersOf = (o: Box | Note) => new Box({ label, ...o.frame, angle: o.angle }).corners
        const expected = cornersOf(definition).map(([x, y]) => applyToPoint(map, x, y))
        for (const [x, y] of cornersOf(image)) {
          expect(Math.min(...expected.map((corner) => Math.hypot(corner[0] - x, corner[1] - y)))).toBeLessThan(1e-9)
        }
        expectNear(
          [image.width * image.height],
          [definition.width * definition.height * Math.abs(map.a * map.d - map.b * map.c)],
        )
        const back = image.transform(invert(map))
        expectNear(sides(back), sides(definition))
      }),
      { numRuns: 500 },
    )
  })

  it('every map takes the curve of an ellipse to the curve of its image', () => {
    const map = fc.tuple(arbitrarySimilarity, arbitraryScale, arbitraryScale, arbitraryNumber, fc.boolean())
    fc.assert(
      fc.property(arbitraryDefinition('ellipse'), map, (ellipse, [turn, sx, sy, shear, sheared]) => {
        fc.pre(ellipse.rx > 0.1 && ellipse.ry > 0.1)
        const m = sheared ? multiply({ a: sx, b: 0, c: shear / 50, d: sy, e: 1, f: 2 }, turn) : turn
        const image = ellipse.transform(m)
        const { ring } = ellipseRing(ellipse.x, ellipse.y, ellipse.rx, ellipse.ry, ellipse.angle, 1)
        const home = multiply(rotation(-image.angle), translation(-image.x, -image.y))
        for (let i = 0; i < ring.length; i += 2) {
          const [x, y] = applyToPoint(m, ring[i] as number, ring[i + 1] as number)
          const [u, v] = applyToPoint(home, x, y)
          expect(Math.hypot(u / image.rx, v / image.ry)).toBeCloseTo(1, 8)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('a shear of points, lines, rings and cubes is exact; boxes and masks refuse', () => {
    const shear: Affine = { a: 1, b: 0, c: 0.5, d: 1, e: 3, f: -1 }
    expect(new Point({ label, x: 2, y: 4 }).transform(shear)).toMatchObject({ x: 7, y: 3 })
    const polygon = new Polygon({ label, parts: [{ outer: [0, 0, 8, 0, 8, 8], holes: [[5, 2, 6, 2, 6, 4]] }] })
    expect(
      polygon
        .transform(shear)
        .rings()
        .map((ring) => [...ring]),
    ).toEqual([
      [3, -1, 11, -1, 15, 7],
      [9, 1, 10, 1, 11, 3],
    ])
    expect(
      Polyline.fromPoints([0, 0, 8, 2], { label })
        .transform(shear)
        .lines.map((line) => [...line]),
    ).toEqual([[3, -1, 12, 1]])
    const cube = Cube.fromBoxesAndAngle({
      label,
      front: { left: 0, top: 0, right: 4, bottom: 2 },
      back: { left: 2, top: 2, right: 6, bottom: 4 },
      angle: 0,
    })
    expect(cube.transform(shear).corners).toEqual([
      [3, -1],
      [7, -1],
      [8, 1],
      [4, 1],
      [6, 1],
      [10, 1],
      [11, 3],
      [7, 3],
    ])
    const box = new Box({ label, left: 0, top: 0, right: 4, bottom: 2 })
    expect(failure(() => box.transform(shear))?.code).toBe('transform-unsupported')
    expect(failure(() => new Note({ label, ...box.frame }).transform(shear))?.code).toBe('transform-unsupported')
    expect(failure(() => new Box({ label, ...box.frame, angle: 30 }).transform(scaling(2, 1)))?.code).toBe(
      'transform-unsupported',
    )
    const quarter = new Box({ label, left: 0, top: 0, right: 4, bottom: 2, angle: 90 }).transform(scaling(2, 3))
    expect(quarter.bounds).toEqual({ left: 2, top: -3, right: 6, bottom: 9 })
    expect(failure(() => new Segmentation({ label, mask: Mask.full(3, 2) }).transform(shear))?.code).toBe(
      'transform-unsupported',
    )
  })

  it('a map that is not finite is refused by what would carry it on', () => {
    const broken = scaling(Number.NaN)
    expect(failure(() => Polygon.fromPoints([0, 0, 8, 0, 8, 6], { label }).transform(broken))?.code).toBe(
      'transform-unsupported',
    )
    expect(failure(() => Polyline.fromPoints([0, 0, 8, 0], { label }).transform(broken))?.code).toBe(
      'transform-unsupported',
    )
    expect(failure(() => new Point({ label, x: 1, y: 1 }).transform(broken))?.code).toBe('definition-field')
    expect(failure(() => new Box({ label, left: 0, top: 0, right: 1, bottom: 1 }).transform(broken))).toBeDefined()
  })
})
