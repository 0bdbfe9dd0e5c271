import fc from 'fast-check'

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/)

/** Numbers as people and programs write them. */
export const numberTexts = fc.oneof(
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc
    .tuple(fc.integer({ min: -99999, max: 99999 }), fc.integer({ min: 0, max: 6 }))
    .map(([n, d]) => (n / 100).toFixed(d)),
  fc.constantFrom(
    '-0',
    '0',
    '-0.0',
    '0e0',
    '9007199254740993',
    '123456789',
    '999999999',
    '9999999999',
    '1e22',
    '1e23',
    '1E400',
  ),
)

/** A JSON string literal in which any character may be written as an escape. */
const stringTexts = fc
  .array(fc.tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.boolean()), { maxLength: 12 })
  .map((units) => {
    const escaped = (text: string) =>
      [...Array(text.length).keys()].map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
    return `"${units.map(([unit, hidden]) => (hidden ? escaped(unit) : JSON.stringify(unit).slice(1, -1))).join('')}"`
  })

const scalarTexts = fc.oneof(
  numberTexts,
  stringTexts,
  fc.constantFrom('true', 'false', 'null', '"\\\\"', '"]"', '"{\\"["', '""'),
)

function list(open: string, items: readonly string[], spaces: readonly string[], close: string): string {
  const gap = (i: number) => spaces[i % spaces.length] ?? ''
  return (
    open + items.map((item, i) => gap(i) + item + gap(i + 1)).join(',') + (items.length === 0 ? gap(0) : '') + close
  )
}

const spaces = fc.array(space, { minLength: 1, maxLength: 3 })

/** Texts of random JSON values with random white space, nested a few levels. */
export const valueTexts: fc.Arbitrary<string> = fc.letrec<{ value: string; array: string; object: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalarTexts, tie('array'), tie('object')),
  array: fc.tuple(fc.array(tie('value'), { maxLength: 5 }), spaces).map(([items, gaps]) => list('[', items, gaps, ']')),
  object: fc
    .tuple(
      fc.array(fc.tuple(fc.oneof(stringTexts, fc.constantFrom('"id"', '"a"', '"__proto__"')), tie('value'), space), {
        maxLength: 5,
      }),
      spaces,
    )
    .map(([fields, gaps]) =>
      list(
        '{',
        fields.map(([key, value, gap]) => `${key}${gap}:${gap}${value}`),
        gaps,
        '}',
      ),
    ),
})).value

/** Texts of documents: a value with white space around it. */
export const documentTexts = fc.tuple(space, valueTexts, space).map((parts) => parts.join(''))

/** A document with one byte deleted, inserted or replaced. */
export const corruptedBytes = fc
  .tuple(
    documentTexts,
    fc.nat(),
    fc.constantFrom('delete', 'insert', 'replace'),
    fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(...[...'{}[]",:\\-+.eE01uNIt \n'].map((c) => c.charCodeAt(0))),
    ),
  )
  .map(([text, position, how, byte]) => {
    const bytes = new TextEncoder().encode(text)
    const at = position % (bytes.length + (how === 'insert' ? 1 : 0))
    const rest = bytes.subarray(how === 'insert' ? at : at + 1)
    return Uint8Array.from([...bytes.subarray(0, at), ...(how === 'delete' ? [] : [byte]), ...rest])
  })
