import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataloopItem, parseDataloopItem } from '../../../src/converters/dataloop/index.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { DEFINITION_TYPES } from '../../../src/definitions/index.js'
import { nodeDeflate } from '../../../src/io/deflate.js'
import { arbitraryDefinition } from '../../arbitraries/definitions.js'

describe('everything that is said to be kept', () => {
  it.each(DEFINITION_TYPES)('comes back: %s', async (type) => {
    const size = { width: 32, height: 20 }
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryDefinition(type, size), { minLength: 1, maxLength: 4 }),
        async (definitions) => {
          const item = new Item({
            id: idFrom('i'),
            path: 'a.jpg',
            media: { kind: 'image', ...size },
            annotations: definitions.map((definition) => new Annotation({ definition })),
          })
          const { text, outcomes } = dataloopItem(item, { deflate: nodeDeflate })
          const ledger = new Ledger('lenient')
          const again = parseDataloopItem(text, { deflate: nodeDeflate, account: ledger })
          const kept = definitions.filter((_, i) => outcomes[i]?.effect === 'kept')
          if (type !== 'pose') expect(again.annotations).toHaveLength(kept.length)
          for (const definition of kept)
            expect(again.annotations.some((other) => other.definition.equals(definition, 0))).toBe(true)
          expect(ledger.problems.filter(({ lossy }) => lossy)).toEqual([])
          const rewritten = dataloopItem(again, { deflate: nodeDeflate, rewrite: true }).text
          expect(rewritten).toBe(text)
        },
      ),
      { numRuns: 40 },
    )
  })
})
