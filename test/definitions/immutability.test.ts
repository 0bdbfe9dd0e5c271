import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AnnotationDefinition,
  Box,
  Comparison,
  DEFINITION_TYPES,
  Definition,
  Gis,
  Note,
  type NoteMessage,
  Polygon,
  Polyline,
  Pose,
  Segmentation,
  UndefinedAnnotation,
} from '../../src/definitions/index.js'
import { Mask } from '../../src/mask/mask.js'
import { arbitraryAnyDefinition, arbitraryDefinition } from '../arbitraries/definitions.js'

/** Paths of everything below `value` that somebody could still change, but for the two kinds that cannot be frozen. */
function thawed(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Float64Array || value instanceof Mask) return []
  const below = Object.entries(value).flatMap(([name, property]) => thawed(property, `${path}.${name}`))
  return Object.isFrozen(value) ? below : [path, ...below]
}

describe('definitions cannot be changed', () => {
  it.each(DEFINITION_TYPES)('%s is frozen to the bottom', (type) => {
    fc.assert(
      fc.property(arbitraryDefinition(type), (definition: AnnotationDefinition) => {
        expect(definition.type).toBe(type)
        expect(definition).toBeInstanceOf(Definition)
        expect(thawed(definition, type)).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  it('assigning to a side throws and moves nothing: sides, corners and bounds agree (defect 100)', () => {
    const box = new Box({ label: 'a', left: 10, top: 10, right: 30, bottom: 20 })
    expect(() => {
      ;(box.frame as { left: number }).left = 0
    }).toThrow(TypeError)
    expect(() => {
      ;(box as { left: number }).left = 0
    }).toThrow(TypeError)
    expect(box.corners[0]).toEqual([10, 10])
    const moved = box.transform({ a: 1, b: 0, c: 0, d: 1, e: -10, f: 5 })
    expect(moved.left).toBe(0)
    expect(moved.corners).toEqual([
      [0, 15],
      [0, 25],
      [20, 25],
      [20, 15],
    ])
    expect(moved.bounds).toEqual({ left: 0, top: 15, right: 20, bottom: 25 })
  })
})

describe('what the caller keeps is not what the definition holds (defects 56, 95)', () => {
  it('attributes', () => {
    const choices = ['a']
    const attributes = { choices, size: 1 }
    const box = new Box({ label: 'a', left: 0, top: 0, right: 1, bottom: 1, attributes })
    choices.push('b')
    attributes.size = 2
    expect({ ...box.attributes }).toEqual({ choices: ['a'], size: 1 })
    // Made once, shared ever after.
    expect(box.with({ label: 'b' }).attributes).toBe(box.attributes)
    expect(new Box({ label: 'a', left: 0, top: 0, right: 1, bottom: 1 }).attributes).toBe(
      new Polygon({ label: 'b', points: [0, 0, 1, 0, 1, 1], attributes: {} }).attributes,
    )
  })

  it('rings, lines and key points', () => {
    const flat = Float64Array.of(0, 0, 8, 0, 8, 6)
    const hole = [
      [5, 1],
      [6, 1],
      [6, 2],
    ] as [number, number][]
    const parts = [{ outer: flat, holes: [hole] }]
    const polygon = new Polygon({ label: 'a', parts })
    const line = Polyline.fromPoints(flat, { label: 'a' })
    const point = { name: 'nose', x: 1, y: 2, visibility: 'visible' as const }
    const points = [point]
    const pose = new Pose({ label: 'a', points })
    flat.fill(-1)
    hole[0] = [9, 9]
    parts.pop()
    point.x = -1
    points.pop()
    expect(polygon.rings().map((ring) => [...ring])).toEqual([
      [0, 0, 8, 0, 8, 6],
      [5, 1, 6, 1, 6, 2],
    ])
    expect(line.lines.map((ring) => [...ring])).toEqual([[0, 0, 8, 0, 8, 6]])
    expect(pose.points).toEqual([{ name: 'nose', x: 1, y: 2, visibility: 'visible' }])
  })

  it('JSON and colours', () => {
    const geo = [
      [1, 2],
      [3, 4],
    ]
    const coordinates = { a: { b: [1] } }
    const color: [number, number, number] = [1, 2, 3]
    const gis = new Gis({ label: 'a', geoType: 'polyline', geo })
    const comparison = new Comparison({ label: 'a', coordinates })
    const other = new UndefinedAnnotation({ sourceType: 'x', coordinates })
    const mask = new Segmentation({ label: 'a', mask: Mask.full(3, 2), color })
    geo.pop()
    coordinates.a.b.push(2)
    color[0] = 9
    expect(JSON.stringify(gis.geo)).toBe('[[1,2],[3,4]]')
    expect(JSON.stringify(comparison.coordinates)).toBe('{"a":{"b":[1]}}')
    expect(JSON.stringify(other.coordinates)).toBe('{"a":{"b":[1]}}')
    expect(mask.color).toEqual([1, 2, 3])
  })

  it('messages of a note: the list of the caller stays as it was, `withMessage` makes a new note (defect 95)', () => {
    const message: NoteMessage = { id: '1', creator: 'b', time: 5, body: 'second' }
    const messages: (string | NoteMessage)[] = ['first', message]
    const note = new Note({ label: 'a', left: 0, top: 0, right: 4, bottom: 2, messages })
    expect(messages).toEqual(['first', { id: '1', creator: 'b', time: 5, body: 'second' }])
    messages.pop()
    const longer = note.withMessage('third', { creator: 'c', time: 7 })
    expect(note.messages).toEqual([{ id: null, creator: null, time: null, body: 'first' }, message])
    expect(longer.messages).toEqual([...note.messages, { id: null, creator: 'c', time: 7, body: 'third' }])
    expect(longer.withMessage('fourth').messages.at(-1)).toEqual({
      id: null,
      creator: null,
      time: null,
      body: 'fourth',
    })
  })

  it('rings that were handed over are taken as they are', () => {
    const parts = [{ outer: Float64Array.of(0, 0, 8, 0, 8, 6), holes: [] }]
    expect(Polygon.fromOwnedParts(parts, { label: 'a' }).parts[0]?.outer).toBe(parts[0]?.outer)
  })
})

describe('with', () => {
  it('changes what it names and nothing else, for every type', () => {
    fc.assert(
      fc.property(arbitraryAnyDefinition(), (definition) => {
        const renamed = definition.with({ label: 'new name' })
        expect(renamed.type).toBe(definition.type)
        expect(renamed.label).toBe('new name')
        expect(renamed.attributes).toBe(definition.attributes)
        expect(renamed.description).toBe(definition.description)
        expect(renamed.geometryEquals(definition, 0)).toBe(true)
        expect(renamed.equals(definition)).toBe(definition.label === 'new name')
        expect(renamed.with({ label: definition.label }).equals(definition, 0)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('takes away what is named as undefined', () => {
    const full = new Note({ label: 'a', left: 0, top: 0, right: 1, bottom: 1, attributes: { b: 1 }, description: 'c' })
    expect(full.with({ description: undefined })).toMatchObject({ description: undefined, attributes: { b: 1 } })
    expect(Object.keys(full.with({ attributes: undefined }).attributes)).toEqual([])
    expect(full.with({ attributes: undefined }).description).toBe('c')
  })
})
