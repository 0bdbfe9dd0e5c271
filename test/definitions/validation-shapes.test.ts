import { describe, expect, it } from 'vitest'
import {
  Box,
  Cube,
  Cube3d,
  Ellipse,
  Point,
  Polygon,
  Polyline,
  Pose,
  Segmentation,
} from '../../src/definitions/index.js'
import type { ErrorCode } from '../../src/errors.js'
import { Mask } from '../../src/mask/mask.js'
import { failure } from './failure.js'

// What arrives from a file has no types; the constructors are the last to look.
const wild = (value: unknown): never => value as never

const label = 'cat'
const sides = { left: 1, top: 2, right: 3, bottom: 4 }
const corner = [1, 2] as const
const corners = {
  frontTl: corner,
  frontTr: corner,
  frontBr: corner,
  frontBl: corner,
  backTl: corner,
  backTr: corner,
  backBr: corner,
  backBl: corner,
}
const xyz = { x: 1, y: 2, z: 3 }
const mask = Mask.full(3, 2)

describe('what shapes refuse', () => {
  it.each<[string, () => unknown, string]>([
    [
      'a box side that is NaN',
      () => new Box({ label, ...sides, left: Number.NaN }),
      'left of box: expected a finite number, got NaN',
    ],
    [
      'a box side that is text',
      () => new Box({ label, ...sides, bottom: wild('4') }),
      'bottom of box: expected a finite number, got "4"',
    ],
    [
      'a box with left and right swapped',
      () => new Box({ label, ...sides, left: 5 }),
      'right of box: expected a number of at least left, 5, got 3',
    ],
    [
      'a box with top and bottom swapped',
      () => new Box({ label, ...sides, top: 5 }),
      'bottom of box: expected a number of at least top, 5, got 4',
    ],
    [
      'a box turned by infinity',
      () => new Box({ label, ...sides, angle: Number.POSITIVE_INFINITY }),
      'angle of box: expected a finite number, got Infinity',
    ],
    [
      'a cube with half a corner',
      () => new Cube({ label, ...corners, backBr: wild([1]) }),
      'backBr of cube: expected a pair of numbers, got a list of 1',
    ],
    [
      'a cube without a corner',
      () => new Cube({ label, ...corners, frontTl: wild(undefined) }),
      'frontTl of cube: expected a pair of numbers, got undefined',
    ],
    [
      'a cube corner that is not finite',
      () => new Cube({ label, ...corners, frontTr: [1, Number.NaN] }),
      'frontTr.y of cube: expected a finite number, got NaN',
    ],
    [
      'cube faces with swapped sides',
      () => Cube.fromBoxesAndAngle({ label, front: { ...sides, right: 0 }, back: sides }),
      'right of cube: expected a number of at least left, 1, got 0',
    ],
    [
      'a 3-D cube without rotation',
      () => new Cube3d({ label, position: xyz, scale: xyz, rotation: wild(undefined) }),
      'rotation of cube_3d: expected an object of x, y and z, got undefined',
    ],
    [
      'a 3-D cube without z',
      () => new Cube3d({ label, position: xyz, scale: wild({ x: 1, y: 2 }), rotation: xyz }),
      'scale.z of cube_3d: expected a finite number, got undefined',
    ],
    [
      'an ellipse with a negative axis',
      () => new Ellipse({ label, x: 1, y: 1, rx: 3, ry: -1 }),
      'ry of ellipse: expected a number of at least 0, got -1',
    ],
    [
      'a point without y',
      () => new Point({ label, x: 1, y: wild(undefined) }),
      'y of point: expected a finite number, got undefined',
    ],
    [
      'a pose with a visibility of COCO',
      () => new Pose({ label, points: [{ name: 'a', x: 1, y: 1, visibility: wild(2) }] }),
      'points[0].visibility of pose: expected visible, hidden or missing, got 2',
    ],
    [
      'a pose with an infinite point',
      () => new Pose({ label, points: [{ name: 'a', x: 1, y: Number.NEGATIVE_INFINITY, visibility: 'hidden' }] }),
      'points[0].y of pose: expected a finite number, got -Infinity',
    ],
    [
      'pixels that are no mask',
      () => new Segmentation({ label, mask: wild(new Uint8Array(6)) }),
      'mask of binary: expected a mask, got an object',
    ],
    [
      'a colour with alpha',
      () => new Segmentation({ label, mask, color: wild([1, 2, 3, 4]) }),
      'color of binary: expected three integers from 0 to 255, got a list of 4',
    ],
    [
      'a colour beyond 255',
      () => new Segmentation({ label, mask, color: [1, 2, 256] }),
      'color of binary: expected three integers from 0 to 255, got a list of 3',
    ],
  ])('%s', (_title, make, message) => {
    expect(failure(make)).toEqual({ code: 'definition-field', message })
  })

  it.each<[string, () => unknown, ErrorCode, string]>([
    [
      'a ring of two points',
      () =>
        Polygon.fromPoints(
          [
            [0, 0],
            [4, 4],
          ],
          { label },
        ),
      'degenerate-geometry',
      'ring of a segment: expected at least 3 points, got 2',
    ],
    [
      'a hole of two points',
      () => new Polygon({ label, parts: [{ outer: [0, 0, 4, 0, 4, 4], holes: [[1, 1, 2, 2]] }] }),
      'degenerate-geometry',
      'ring of a segment: expected at least 3 points, got 2',
    ],
    [
      'a polygon of no part',
      () => new Polygon({ label, parts: [] }),
      'degenerate-geometry',
      'parts of a segment: expected at least one part, got none',
    ],
    [
      'a polygon of no ring',
      () => Polygon.fromRings([], { label }),
      'degenerate-geometry',
      'parts of a segment: expected at least one part, got none',
    ],
    [
      'a line of one point',
      () => Polyline.fromPoints([[1, 1]], { label }),
      'degenerate-geometry',
      'line of a polyline: expected at least 2 points, got 1',
    ],
    [
      'a polyline of no line',
      () => new Polyline({ label, lines: [] }),
      'degenerate-geometry',
      'lines of a polyline: expected at least one, got none',
    ],
    [
      'a polygon without any ring at all',
      () => new Polygon(wild({ label })),
      'definition-field',
      'parts of segment: expected a list of parts, got undefined',
    ],
  ])('%s', (_title, make, code, message) => {
    expect(failure(make)).toEqual({ code, message })
  })

  it('a ring with an odd count of numbers or one that is not finite', () => {
    expect(failure(() => Polygon.fromPoints([0, 0, 1, 0, 1], { label }))?.code).toBe('ring-format')
    expect(failure(() => Polygon.fromPoints([0, 0, 1, 0, 1, Number.NaN], { label }))?.code).toBe('ring-format')
    expect(
      failure(() =>
        Polyline.fromPoints(
          [
            [0, 0],
            [Number.POSITIVE_INFINITY, 1],
          ],
          { label },
        ),
      )?.code,
    ).toBe('ring-format')
  })
})
