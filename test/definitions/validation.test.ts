import { describe, expect, it } from 'vitest'
import {
  Box,
  Classification,
  Comparison,
  FreeText,
  Gis,
  ItemDescription,
  Note,
  Polygon,
  RefImage,
  Subtitle,
  TextMark,
  UndefinedAnnotation,
} from '../../src/definitions/index.js'
import { failure } from './failure.js'

// What arrives from a file has no types; the constructors are the last to look.
const wild = (value: unknown): never => value as never

const label = 'cat'
const sides = { left: 1, top: 2, right: 3, bottom: 4 }

describe('what definitions refuse', () => {
  it.each<[string, () => unknown, string]>([
    [
      'a label that is no string',
      () => new Classification({ label: wild(7) }),
      'label of class: expected a string, got 7',
    ],
    [
      'an empty label',
      () => new Classification({ label: '' }),
      'label of class: expected a string that is not empty, got ""',
    ],
    [
      'a description that is no string',
      () => new Classification({ label, description: wild(null) }),
      'description of class: expected a string, got null',
    ],
    [
      'attributes that are a list (the first Dataloop form)',
      () => new Classification({ label, attributes: wild(['occluded']) }),
      'attributes of class: expected an object of names and values, got a list of 1',
    ],
    [
      'an attribute that is an object',
      () => new Classification({ label, attributes: { a: wild({}) } }),
      'attribute "a" of class: expected a string, a finite number, a boolean or a list of strings, got an object',
    ],
    [
      'an attribute that is not finite',
      () => new Classification({ label, attributes: { a: Number.NaN } }),
      'attribute "a" of class: expected a string, a finite number, a boolean or a list of strings, got NaN',
    ],
    [
      'an attribute with a list of numbers',
      () => new Classification({ label, attributes: { a: wild([1]) } }),
      'attribute "a" of class: expected a string, a finite number, a boolean or a list of strings, got a list of 1',
    ],
    [
      'a comparison of what is no JSON',
      () => new Comparison({ label, coordinates: { a: [() => 1] } }),
      'coordinates.a of comparison: expected a JSON value, got a function',
    ],
    [
      'a free text that is no text',
      () => new FreeText({ text: wild(undefined) }),
      'text of text: expected a string, got undefined',
    ],
    [
      'a gis of no known type',
      () => new Gis({ label, geoType: wild('circle'), geo: [] }),
      'geoType of gis: expected box, polygon, polyline or point, got "circle"',
    ],
    [
      'a gis without coordinates',
      () => new Gis({ label, geoType: 'point', geo: null }),
      'geo of gis: expected coordinates, got null',
    ],
    [
      'an item description without text',
      () => new ItemDescription({ text: wild(null) }),
      'text of item_description: expected a string, got null',
    ],
    [
      'a note with a message without body',
      () => new Note({ label, ...sides, messages: ['fine', wild({ id: 'm' })] }),
      'messages[1].body of note: expected a string, got undefined',
    ],
    [
      'a note whose message has no time but a date',
      () => new Note({ label, ...sides, messages: [wild({ body: 'b', time: '2020' })] }),
      'messages[0].time of note: expected a finite number, got "2020"',
    ],
    ['a picture without reference', () => new RefImage({ ref: wild(7) }), 'ref of ref_image: expected a string, got 7'],
    [
      'a subtitle without text',
      () => new Subtitle({ label, text: wild(undefined) }),
      'text of subtitle: expected a string, got undefined',
    ],
    [
      'a text mark between characters',
      () => new TextMark({ label, textType: 'block', start: 0.5, end: 2 }),
      'start of text_mark: expected an integer of at least 0, got 0.5',
    ],
    [
      'a text mark that ends before it starts',
      () => new TextMark({ label, textType: 'block', start: 3, end: 2 }),
      'end of text_mark: expected a number of at least start, 3, got 2',
    ],
    [
      'a text mark with half a place',
      () => new TextMark({ label, textType: 'block', start: 0, end: 2, x: 8 }),
      'x and y of text_mark: expected both or neither, got 8',
    ],
    [
      'an undefined annotation without type',
      () => new UndefinedAnnotation({ sourceType: wild(undefined) }),
      'sourceType of undefined: expected a string, got undefined',
    ],
    [
      'an undefined annotation with a number that is none',
      () => new UndefinedAnnotation({ sourceType: 'line', coordinates: [{ x: Number.NaN }] }),
      'coordinates.x of undefined: expected a JSON value, got NaN',
    ],
  ])('%s', (_title, make, message) => {
    expect(failure(make)).toEqual({ code: 'definition-field', message })
  })

  it('JSON that goes round in a circle', () => {
    const circle: { self?: unknown } = {}
    circle.self = circle
    expect(failure(() => new Comparison({ label, coordinates: circle }))?.code).toBe('definition-field')
  })
})

describe('what definitions accept', () => {
  it('boxes of zero size, rings without area', () => {
    expect(new Box({ label, left: 3, top: 2, right: 3, bottom: 2 }).width).toBe(0)
    expect(
      Polygon.fromPoints(
        [
          [0, 0],
          [5, 0],
          [9, 0],
        ],
        { label },
      ).area,
    ).toBe(0)
  })

  it('the defaults of the SDK', () => {
    expect(new FreeText({ text: 't' }).label).toBe('free-text')
    expect(new ItemDescription({ text: 't' }).label).toBe('item.description')
    expect(new ItemDescription({ text: 't', label: '' }).label).toBe('')
    expect(new UndefinedAnnotation({ sourceType: 'line' })).toMatchObject({ label: '', coordinates: {} })
    expect(new RefImage({ ref: 'https://a/b.png' })).toMatchObject({
      label: 'ref-image',
      refType: 'url',
      mimetype: null,
    })
    expect(new RefImage({ ref: '5f4d' }).refType).toBe('id')
    const note = new Note({ label, ...sides, creator: 'ann@example.org' })
    expect(note).toMatchObject({
      status: 'issue',
      assignee: 'ann@example.org',
      createTime: null,
      messages: [],
      angle: 0,
    })
    expect(new Note({ label, ...sides, creator: 'ann@example.org', assignee: null }).assignee).toBeNull()
  })

  it('names that are dangerous elsewhere', () => {
    const attributes = JSON.parse('{"__proto__": "a", "constructor": ["b"], "size": 3, "done": false}')
    const box = new Box({ label: '__proto__', ...sides, attributes })
    expect(Object.entries(box.attributes)).toEqual([
      ['__proto__', 'a'],
      ['constructor', ['b']],
      ['size', 3],
      ['done', false],
    ])
    expect(new Box({ label, ...sides }).attributes.toString).toBeUndefined()
    const other = new UndefinedAnnotation({ sourceType: 'x', coordinates: JSON.parse('{"__proto__": {"a": 1}}') })
    expect(JSON.stringify(other.coordinates)).toBe('{"__proto__":{"a":1}}')
  })
})
