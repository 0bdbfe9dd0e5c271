import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { Item } from '../../../src/dataset/item.js'
import { arbitraryAnyDefinition, arbitraryUprightBox, CANVAS } from '../../arbitraries/definitions.js'
import { itemsOf, openFiles, writeVoc } from './harness.js'

const options = fc.record({
  base: fc.constantFrom('edge0', 'inclusive1'),
  decimals: fc.constantFrom(0, 2, 9),
  polygon: fc.constantFrom('none', 'roboflow'),
  rotated: fc.constantFrom('bounds', 'robndbox'),
})

const flags = fc.record(
  { truncated: fc.boolean(), occluded: fc.boolean(), difficult: fc.boolean(), crowd: fc.boolean() },
  { requiredKeys: [] },
)

function itemOf(annotations: readonly Annotation[]): Item {
  return new Item({
    id: { text: 'dir/a', kind: 'string' },
    path: 'dir/a.png',
    media: { kind: 'image', width: CANVAS.width, height: CANVAS.height },
    annotations,
  })
}

it('law: every definition gets an outcome, and what is kept comes back as it was', async () => {
  const annotations = fc.array(fc.record({ definition: arbitraryAnyDefinition(), flags }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(annotations, options, async (inits, chosen) => {
      const source = inits.map((init) => new Annotation(init))
      const written = await writeVoc(createDataset({ items: [itemOf(source)] }), { options: chosen })
      const { read, kept, derived, approximated, dropped } = written.report.annotations
      expect(read).toBe(source.length)
      expect(kept + derived + approximated + dropped).toBe(read)
      const [item, ...others] = await itemsOf(await openFiles(Object.fromEntries(written.files), { base: chosen.base }))
      expect(others).toEqual([])
      expect(item).toMatchObject({ path: 'dir/a.png', media: { width: CANVAS.width, height: CANVAS.height } })
      const back = [...(item?.annotations ?? [])]
      expect(back.length).toBe(read - dropped)
      // Each kept one is there, with what VOC can say of it.
      let found = 0
      for (const { definition, flags: own } of source) {
        const { crowd: _, ...expected } = own
        const plain = definition.with({ description: undefined })
        const at = back.findIndex(
          (each) =>
            each.definition.equals(plain) &&
            Object.entries(expected).every(([name, value]) => each.flags[name as 'occluded'] === value),
        )
        if (at < 0) continue
        back.splice(at, 1)
        found++
      }
      expect(found).toBeGreaterThanOrEqual(kept)
    }),
    { numRuns: 300 },
  )
})

it('law: under either base the corners that are read back are those that were written', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryUprightBox(),
      fc.constantFrom('edge0', 'inclusive1'),
      fc.constantFrom(0, 1, 3),
      async (box, base, decimals) => {
        const dataset = createDataset({ items: [itemOf([new Annotation({ definition: box })])] })
        const written = await writeVoc(dataset, { options: { base, decimals } })
        const files = Object.fromEntries(written.files)
        // Corners that are inclusive say so themselves; edges are what is taken where nothing is said.
        for (const reading of ['auto', base]) {
          const [item] = await itemsOf(await openFiles(files, { base: reading }))
          const frame = item?.annotations[0]?.definition.bounds ?? box.frame
          const off = (['left', 'top', 'right', 'bottom'] as const).map((side) =>
            Math.abs(frame[side] - box.frame[side]),
          )
          expect(Math.max(...off)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9)
          const entry = written.report.ledger.find(({ level }) => level === 'annotation')
          expect(entry?.effect).toBe(Math.max(...off) <= 1 / 1024 ? 'kept' : 'approximated')
          if (entry?.effect === 'approximated') expect(entry.measure?.value).toBeCloseTo(Math.max(...off), 9)
        }
      },
    ),
    { numRuns: 300 },
  )
})

it('law: texts of any kind come back, or are told', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.constantFrom(' padded ', 'a & b', '<x>', ']]>', '\ttab\r\n', '日本 🚗', '__proto__', '&amp;', ' ', '\u0000'),
  )
  await fc.assert(
    fc.asyncProperty(arbitraryUprightBox(), text, text, text, async (box, label, name, value) => {
      const definition = box.with({ label, attributes: { [name]: value } })
      const written = await writeVoc(createDataset({ items: [itemOf([new Annotation({ definition })])] }))
      const [item] = await itemsOf(await openFiles(Object.fromEntries(written.files)))
      const back = item?.annotations[0]?.definition
      const same = back?.label === label && back.attributes[name] === value
      expect(same).toBe(written.report.problems.length === 0)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones XML cannot hold.
      const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u
      const holds = (each: string): boolean => !forbidden.test(each)
      expect(same).toBe([label, name, value].every(holds))
      if (!same) expect(written.report.annotations.kept).toBe(0)
    }),
    { numRuns: 300 },
  )
})
