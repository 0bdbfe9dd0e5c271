import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AnnotationDefinition,
  Comparison,
  Cube,
  Cube3d,
  Ellipse,
  Note,
  Pose,
  Segmentation,
  TextMark,
  UndefinedAnnotation,
} from '../../src/definitions/index.js'
import { IDENTITY, multiply, rotation, scaling, translation } from '../../src/geometry/affine.js'
import { orientationAffine } from '../../src/geometry/orientation.js'
import { Mask } from '../../src/mask/mask.js'
import { arbitraryDefinition } from '../arbitraries/definitions.js'
import { failure } from './failure.js'

const TEXTS = ['class', 'cube_3d', 'gis', 'item_description', 'ref_image', 'subtitle', 'text'] as const
const label = 'a'

const arbitraryMap = fc
  .tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -9, max: 9 }))
  .map(([degrees, move]) => multiply(translation(move, 1), rotation(degrees)))

describe('masks', () => {
  const corner = new Segmentation({
    label,
    mask: Mask.fromBounds(5, 3, { left: 0, top: 0, right: 2, bottom: 1 }),
    color: [1, 2, 3],
  })

  it('move by whole pixels onto a canvas of the size that is named', () => {
    const moved = corner.transform(translation(-1, 2), { width: 4, height: 6 })
    expect([moved.mask.width, moved.mask.height, moved.mask.area]).toEqual([4, 6, 1])
    expect(moved.bounds).toEqual({ left: 0, top: 2, right: 1, bottom: 3 })
    expect(moved.color).toEqual([1, 2, 3])
    const turned = corner.transform(multiply(translation(1, 1), orientationAffine(6, 5, 3)), { width: 4, height: 6 })
    expect(turned.bounds).toEqual({ left: 3, top: 1, right: 4, bottom: 3 })
    const cropped = corner.transform(IDENTITY, { width: 1, height: 3 })
    expect([cropped.mask.width, cropped.mask.height, cropped.mask.area]).toEqual([1, 3, 1])
    expect(corner.transform(IDENTITY)).toBe(corner)
  })

  it('refuse half pixels, scales, and a move without a size', () => {
    const size = { width: 5, height: 3 }
    expect(failure(() => corner.transform(translation(0.5, 0), size))?.code).toBe('transform-unsupported')
    expect(failure(() => corner.transform(scaling(2), size))?.code).toBe('transform-unsupported')
    expect(failure(() => corner.transform(translation(1, 0)))?.code).toBe('transform-unsupported')
  })
})

describe('what is not in the picture', () => {
  it.each(TEXTS)('%s returns itself', (type) => {
    fc.assert(
      fc.property(arbitraryDefinition(type), arbitraryMap, (definition: AnnotationDefinition, map) => {
        expect(definition.transform(map)).toBe(definition)
        expect(definition.bounds).toBeNull()
      }),
      { numRuns: 10 },
    )
  })

  it('coordinates nobody understands follow the identity only', () => {
    for (const definition of [
      new Comparison({ label, coordinates: [1, 2] }),
      new UndefinedAnnotation({ sourceType: 'line', coordinates: [1, 2] }),
    ]) {
      expect(definition.transform(IDENTITY)).toBe(definition)
      expect(failure(() => definition.transform(translation(1, 0)))?.code).toBe('transform-unsupported')
    }
  })

  it('missing key points stay where they are written, the others move', () => {
    const pose = new Pose({
      label,
      templateId: 't',
      instanceId: 'i',
      points: [
        { name: 'nose', x: 3, y: 4, visibility: 'hidden' },
        { name: 'tail', x: 0, y: 0, visibility: 'missing' },
      ],
    })
    const moved = pose.transform(translation(10, 20))
    expect(moved.points).toEqual([
      { name: 'nose', x: 13, y: 24, visibility: 'hidden' },
      { name: 'tail', x: 0, y: 0, visibility: 'missing' },
    ])
    expect(moved).toMatchObject({
      templateId: 't',
      instanceId: 'i',
      bounds: { left: 13, top: 24, right: 13, bottom: 24 },
    })
  })

  it('a text mark moves its place and keeps its offsets', () => {
    const mark = new TextMark({ label, textType: 'block', start: 3, end: 9, x: 5, y: 6 })
    expect(mark.transform(translation(1, 2))).toMatchObject({ start: 3, end: 9, x: 6, y: 8 })
  })

  it('a note keeps its conversation', () => {
    const note = new Note({ label, left: 0, top: 0, right: 4, bottom: 2, messages: ['m'], creator: 'c', createTime: 5 })
    expect(note.transform(translation(1, 2))).toMatchObject({
      messages: [{ body: 'm' }],
      creator: 'c',
      assignee: 'c',
      createTime: 5,
      frame: { left: 1, top: 2, right: 5, bottom: 4 },
    })
  })

  it('angles of ellipses and cubes turn along', () => {
    const ellipse = new Ellipse({ label, x: 5, y: 6, rx: 4, ry: 2, angle: 30 })
    expect(ellipse.transform(scaling(-1, 1))).toMatchObject({ x: -5, y: 6, rx: 4, ry: 2, angle: -30 })
    const corners = Cube.fromBoxesAndAngle({
      label,
      front: { left: 0, top: 0, right: 4, bottom: 2 },
      back: { left: 2, top: 2, right: 6, bottom: 4 },
    })
    expect(corners.transform(rotation(90)).angle).toBe(90)
    expect(corners.transform(scaling(-1, 1)).angle).toBe(180)
    expect(corners.transform(scaling(2, 1)).angle).toBe(0)
    expect(
      new Cube3d({ label, position: { x: 1, y: 2, z: 3 }, scale: { x: 1, y: 1, z: 1 }, rotation: { x: 0, y: 0, z: 0 } })
        .bounds,
    ).toBeNull()
  })
})
