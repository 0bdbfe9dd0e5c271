import { describe, expect, it } from 'vitest'
import { worseEffect } from '../../src/dataset/account.js'
import { Annotation, sourceOf } from '../../src/dataset/annotation.js'
import { Box, Point, Segmentation } from '../../src/definitions/index.js'
import type { Bounds } from '../../src/geometry/bounds.js'
import { type Orientation, orientationAffine, orientedSize } from '../../src/geometry/orientation.js'
import { Mask } from '../../src/mask/mask.js'
import { annotation, box, rawText } from './sample.js'

const DECLARED = { left: 0, top: 0, right: 9, bottom: 8 }

describe('Annotation', () => {
  it('says nothing that was not said', () => {
    const plain = new Annotation({ definition: box('cat') })
    expect({ ...plain }).toEqual({ definition: box('cat'), flags: {} })
    expect(plain.flags.crowd).toBeUndefined()
    expect([plain.label, plain.type, plain.bounds]).toEqual(['cat', 'box', { left: 1, top: 2, right: 4, bottom: 7 }])
    expect(Object.isFrozen(plain)).toBe(true)
  })

  it('a change gives up the text and remembers the source annotation', () => {
    const before = annotation('cat', { score: 0.25, place: { file: 'a.json' } })
    const after = before.with({ score: 0.5 })
    expect(after.raw).toBeUndefined()
    expect(after.origin).toBe(before)
    expect(after.score).toBe(0.5)
    expect(after.place).toEqual({ file: 'a.json' })
    expect(after.definition).toBe(before.definition)
    expect([before.score, before.origin]).toEqual([0.25, undefined])
    expect(before.raw).toBeDefined()
  })

  it('the source stays the first one through several changes', () => {
    const before = annotation('cat')
    const after = before
      .with({ score: 1 })
      .withoutRaw()
      .with({ status: 'done' })
      .transform(orientationAffine(3, 64, 40))
    expect(after.origin).toBe(before)
    expect(sourceOf(after)).toBe(before)
    expect(sourceOf(before)).toBe(before)
  })

  it('takes a text and an origin that are given with a change', () => {
    const raw = rawText('{}')
    const origin = {}
    expect(annotation('cat').with({ raw, origin })).toMatchObject({ raw, origin })
  })

  it('withoutRaw is the very annotation when there is no text', () => {
    const bare = annotation('cat', { raw: undefined })
    expect(bare.withoutRaw()).toBe(bare)
    const texted = annotation('cat', { box: DECLARED, area: 15 })
    expect(texted.withoutRaw()).toMatchObject({ box: DECLARED, area: 15, raw: undefined })
    expect(texted.withoutRaw().origin).toBe(texted)
  })

  it('a new geometry takes the declared box and area away, a new label does not', () => {
    const before = annotation('cat', { box: DECLARED, area: 15 })
    const moved = before.with({ definition: box('cat', 1 / 4096) })
    expect([moved.box, moved.area]).toEqual([undefined, undefined])
    const renamed = before.with({ definition: before.definition.with({ label: 'dog' }) })
    expect([renamed.label, renamed.box, renamed.area]).toEqual(['dog', DECLARED, 15])
    const redone = before.with({ definition: new Point({ label: 'cat', x: 1, y: 2 }) })
    expect([redone.type, redone.box, redone.area]).toEqual(['point', undefined, undefined])
    const given = before.with({ definition: box('cat', 1), area: 16 })
    expect([given.box, given.area]).toEqual([undefined, 16])
  })
})

const WIDTH = 6
const HEIGHT = 4
const MASK = Mask.fromBounds(WIDTH, HEIGHT, { left: 1, top: 0, right: 3, bottom: 1 })
const TRACK = new Box({ label: 'cat', left: 0, top: 1, right: 5, bottom: 3 })

/** The box 1..3 × 0..1, the declared box 1..4 × 0..2, the key frame 0..5 × 1..3, on 6 × 4, by EXIF orientation. */
const TURNED: readonly [Orientation, number[], number[], number[]][] = [
  [1, [1, 0, 3, 1], [1, 0, 4, 2], [0, 1, 5, 3]],
  [2, [3, 0, 5, 1], [2, 0, 5, 2], [1, 1, 6, 3]],
  [3, [3, 3, 5, 4], [2, 2, 5, 4], [1, 1, 6, 3]],
  [4, [1, 3, 3, 4], [1, 2, 4, 4], [0, 1, 5, 3]],
  [5, [0, 1, 1, 3], [0, 1, 2, 4], [1, 0, 3, 5]],
  [6, [3, 1, 4, 3], [2, 1, 4, 4], [1, 0, 3, 5]],
  [7, [3, 3, 4, 5], [2, 2, 4, 5], [1, 1, 3, 6]],
  [8, [0, 3, 1, 5], [0, 2, 2, 5], [1, 1, 3, 6]],
]

function ltrb(bounds: Bounds | null | undefined): readonly number[] | undefined {
  return bounds ? [bounds.left, bounds.top, bounds.right, bounds.bottom] : undefined
}

describe.each(TURNED)('Annotation.transform by EXIF orientation %i', (orientation, turned, declared, frame) => {
  const map = orientationAffine(orientation, WIDTH, HEIGHT)
  const size = orientedSize(orientation, WIDTH, HEIGHT)

  it('moves box, declared box and key frames, and drops the declared area and the text', () => {
    const before = annotation('cat', {
      definition: new Box({ label: 'cat', left: 1, top: 0, right: 3, bottom: 1 }),
      box: { left: 1, top: 0, right: 4, bottom: 2 },
      area: 6,
      keyFrames: [{ frame: 3, definition: TRACK, fixed: true, visible: false }],
    })
    const after = before.transform(map, size)
    expect(ltrb(after.bounds)).toEqual(turned)
    expect(ltrb(after.box)).toEqual(declared)
    expect(after.keyFrames?.map(({ definition }) => ltrb(definition.bounds))).toEqual([frame])
    expect(after.keyFrames?.[0]).toMatchObject({ frame: 3, fixed: true, visible: false })
    expect(after.area).toBeUndefined()
    expect(after.raw).toBeUndefined()
    expect(after.origin).toBe(before)
    expect(ltrb(before.box)).toEqual([1, 0, 4, 2])
  })

  it('turns a mask with its canvas', () => {
    const after = new Annotation({ definition: new Segmentation({ label: 'cat', mask: MASK }) }).transform(map, size)
    const { mask } = after.definition as Segmentation
    expect([mask.width, mask.height]).toEqual([size.width, size.height])
    const [left = 0, top = 0, right = 0, bottom = 0] = turned
    expect(mask.equals(Mask.fromBounds(size.width, size.height, { left, top, right, bottom }))).toBe(true)
    expect([after.box, after.keyFrames]).toEqual([undefined, undefined])
  })
})

it('worseEffect knows the order', () => {
  const effects = ['kept', 'derived', 'approximated', 'dropped'] as const
  expect(effects.map((a) => effects.map((b) => worseEffect(a, b)))).toEqual([
    ['kept', 'derived', 'approximated', 'dropped'],
    ['derived', 'derived', 'approximated', 'dropped'],
    ['approximated', 'approximated', 'approximated', 'dropped'],
    ['dropped', 'dropped', 'dropped', 'dropped'],
  ])
})
