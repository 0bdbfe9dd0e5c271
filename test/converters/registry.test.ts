import { expect, it } from 'vitest'
import { formatById, formats } from '../../src/converters/registry.js'
import { DEFINITION_TYPES } from '../../src/definitions/index.js'

it('finds every format by its id, and ids are unique', () => {
  expect(formats.map(({ id }) => id)).toEqual(expect.arrayContaining(['coco', 'native']))
  expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length)
  for (const format of formats) expect(formatById(format.id)).toBe(format)
})

it('every format says what becomes of every type of definition', () => {
  for (const { expresses } of formats)
    expect(Object.keys(expresses.definitions).sort()).toEqual([...DEFINITION_TYPES].sort())
})

it.each(['yoloo', 'COCO', '', 'toString'])('refuses %o and names what there is', (id) => {
  expect(() => formatById(id)).toThrow(
    expect.objectContaining({
      code: 'unknown-format',
      message: `there is no format called ${JSON.stringify(id)}`,
      fix: `Use one of ${formats.map((format) => format.id).join(', ')}`,
    }),
  )
})
