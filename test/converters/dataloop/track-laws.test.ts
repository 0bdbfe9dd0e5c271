import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataloopItem } from '../../../src/converters/dataloop/index.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item, type Media } from '../../../src/dataset/item.js'
import type { KeyFrame, Span } from '../../../src/dataset/track.js'
import { DEFINITION_TYPES } from '../../../src/definitions/index.js'
import { nodeDeflate } from '../../../src/io/deflate.js'
import { arbitraryDefinition } from '../../arbitraries/definitions.js'
import { read } from './harness.js'

const spans: fc.Arbitrary<Span | undefined> = fc.option(
  fc.oneof(
    fc.record({
      startTime: fc.integer({ max: 1e7, min: 0 }).map((ms) => ms / 1000),
      endTime: fc.double({ min: 0, max: 1e5, noNaN: true }),
    }),
    fc.record({ frame: fc.nat(999), endFrame: fc.nat(999) }),
    fc.record({ frame: fc.nat(999), startTime: fc.double({ min: 0, max: 1e5, noNaN: true }) }),
    fc.record({ endFrame: fc.nat(999) }),
  ),
  { nil: undefined },
)
const rates: fc.Arbitrary<Media['fps']> = fc.constantFrom(
  undefined,
  { numerator: 25, denominator: 1 },
  { numerator: 30_000, denominator: 1001 },
  { numerator: 100, denominator: 7 },
)

describe('law: what is kept on a film or a sound comes back with its times and key frames', () => {
  it.each(DEFINITION_TYPES.filter((type) => type !== 'pose'))('%s', (type) => {
    const size = { width: 32, height: 20 }
    const definitions = fc.array(arbitraryDefinition(type, size), { minLength: 1, maxLength: 4 })
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.boolean()), {
      minLength: 3,
      maxLength: 3,
    })
    fc.assert(
      fc.property(
        definitions,
        steps,
        spans,
        rates,
        fc.constantFrom('video', 'audio'),
        ([first, ...later], gaps, span, fps, kind) => {
          if (first === undefined) return
          let frame = span?.frame ?? 0
          const keyFrames: KeyFrame[] = [{ frame, definition: first, fixed: true, visible: true }]
          for (const [i, definition] of later.entries()) {
            const [gap, fixed, visible] = gaps[i] ?? [1, true, true]
            frame += gap
            keyFrames.push({ frame, definition, fixed, visible })
          }
          const item = new Item({
            id: idFrom('i'),
            path: 'a',
            media: { kind, fps },
            annotations: [new Annotation({ definition: first, span, keyFrames })],
          })
          const { text, outcomes } = dataloopItem(item, { deflate: nodeDeflate })
          if (outcomes[0]?.effect !== 'kept') return
          const { item: again, ledger } = read(text)
          const [back] = again.annotations
          expect(again.media).toMatchObject(item.media)
          expect(back?.span).toEqual(span)
          expect(back?.definition.equals(first, 0)).toBe(true)
          if (back?.type !== 'undefined') {
            expect(back?.keyFrames?.map(({ definition: _, ...rest }) => rest)).toEqual(
              keyFrames.map(({ definition: _, ...rest }) => rest),
            )
            for (const [i, each] of keyFrames.entries())
              expect(back?.keyFrames?.[i]?.definition.equals(each.definition, 0)).toBe(true)
          }
          expect(ledger.problems.filter(({ lossy }) => lossy)).toEqual([])
          expect(dataloopItem(again, { deflate: nodeDeflate, rewrite: true }).text).toBe(text)
        },
      ),
      { numRuns: 30 },
    )
  })
})
