import fc from 'fast-check'
import { expect, it } from 'vitest'
import { convertDataset } from '../../src/converters/convert.js'
import type { Effect, Outcome } from '../../src/dataset/account.js'
import { createDataset } from '../../src/dataset/dataset.js'
import { filterAnnotations, mapAnnotations } from '../../src/dataset/transforms.js'
import { memorySink } from '../../src/memory.js'
import { annotation, item } from '../dataset/sample.js'
import { type FakeWriter, fakeFormat } from './fake-format.js'

const effects = fc.constantFrom<Effect>('kept', 'derived', 'approximated', 'dropped')
const outcomes: fc.Arbitrary<Outcome> = fc.record({
  effect: effects,
  subject: fc.constantFrom('box', 'segment'),
  reason: fc.option(fc.constantFrom('why', 'because'), { nil: undefined }),
  measure: fc.option(fc.record({ name: fc.constantFrom('iou', 'px'), value: fc.double({ min: 0, max: 1 }) }), {
    nil: undefined,
  }),
})

/** How many parts an annotation is put into, and which of them are filtered away. */
const fates = fc.record({
  parts: fc.array(fc.boolean(), { maxLength: 3 }),
  amended: fc.option(fc.constantFrom({ effect: 'derived', reason: 'moved' } as const), { nil: undefined }),
})

it('law: whatever a writer answers, read = kept + derived + approximated + dropped', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fates, { maxLength: 4 }), { maxLength: 4 }),
      fc.infiniteStream(outcomes),
      fc.boolean(),
      async (fatesOfItems, answers, rewrite) => {
        const stays = new Map<string, readonly boolean[]>()
        const items = fatesOfItems.map((list, i) =>
          item(
            i,
            list.map(({ parts, amended }, k) => {
              stays.set(`${i}/${k}`, parts)
              return annotation(`${i}/${k}`, { amended })
            }),
          ),
        )
        const parts = mapAnnotations(createDataset({ items }), (each) =>
          (stays.get(each.label) ?? []).map((_, score) => (score === 0 ? each : each.with({ score }))),
        )
        const left = filterAnnotations(parts, ({ label, score = 0 }) => stays.get(label)?.[score] === true)
        const write: FakeWriter['write'] = ({ annotations }) => annotations.map(() => answers.next().value as Outcome)
        const to = fakeFormat({ write }).format
        const { annotations, ledger } = await convertDataset(left, { to, tree: memorySink(), rewrite })
        const { read, kept, derived, approximated, dropped } = annotations
        expect(read).toBe(stays.size)
        expect(kept + derived + approximated + dropped).toBe(read)
        expect(ledger.reduce((sum, { count }) => sum + count, 0)).toBe(read)
        // Dropped are at least those of which no part was left.
        expect(dropped).toBeGreaterThanOrEqual([...stays.values()].filter((some) => !some.includes(true)).length)
      },
    ),
    { numRuns: 300 },
  )
})
