import fc, { type Arbitrary } from 'fast-check'
import type { Attributes, AttributeValue, DefinitionInit } from '../../src/definitions/index.js'

const AWKWARD = [
  'cat',
  'animal.dog',
  'traffic light',
  '日本語',
  'Straße',
  '🚗 car',
  'e\u0301',
  'no',
  '007',
  '1',
  'a/b\\c',
  '"quoted"',
  "it's",
  '<b>&amp;',
  'x: y #z',
  '__proto__',
  'constructor',
  'toString',
]

/** Names as people and programs give them: with dots, spaces, any script, and those that break naive code. Never empty. */
export const arbitraryLabel: Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...AWKWARD) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) },
)

const arbitraryValue: Arbitrary<AttributeValue> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', 'true', '12', 'two\nlines'),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.array(arbitraryLabel, { maxLength: 3 }),
)

/** Attributes of every kind of value, under awkward names too. */
export const arbitraryAttributes: Arbitrary<Attributes> = fc
  .uniqueArray(fc.tuple(arbitraryLabel, arbitraryValue), { selector: ([name]) => name, maxLength: 4 })
  // Object.fromEntries makes own properties, of `__proto__` too.
  .map((entries) => Object.fromEntries(entries))

/** A label, and often attributes and a description. */
export const arbitraryInit: Arbitrary<DefinitionInit> = fc.record(
  {
    label: arbitraryLabel,
    attributes: arbitraryAttributes,
    description: fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme', maxLength: 20 })),
  },
  { requiredKeys: ['label'] },
)
