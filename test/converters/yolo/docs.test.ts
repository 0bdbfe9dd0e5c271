import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Option } from '../../../src/converters/options.js'
import { yolo } from '../../../src/converters/yolo/index.js'
import { DEFINITION_TYPES } from '../../../src/definitions/index.js'

const docs = readFileSync(new URL('../../../docs/formats/yolo.md', import.meta.url), 'utf8')
const folder = new URL('../../../src/converters/yolo/', import.meta.url)
const sources = readdirSync(folder)
  .filter((name) => name !== 'format.ts')
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

it('names every option and every value', () => {
  for (const spec of [yolo.read?.options, yolo.write?.options]) {
    for (const [name, option] of Object.entries<Option>(spec ?? {})) {
      expect(docs).toContain(`--yolo.${name}`)
      if (option.kind === 'choice') for (const value of option.values) expect(docs, name).toContain(value)
    }
  }
})

it('names every code a problem has', () => {
  const codes = new Set([...sources.matchAll(/\bcode: '([a-z-]+)'/g)].map((match) => match[1] as string))
  expect(codes.size).toBeGreaterThan(10)
  for (const code of codes) expect(docs).toContain(`\`${code}\``)
})

it('names every reason of the ledger', () => {
  const reasons = new Set(
    [...sources.matchAll(/\b(?:reason:|reason =|const [A-Z_]+ =) '([^']+)'/g)].map((match) => match[1] as string),
  )
  const internal = new Set([
    'train',
    'yolo rows',
    'label_folders',
    'the size of this picture is not known: its rows are shares of it, and are left out',
  ])
  expect(reasons.size).toBeGreaterThan(15)
  for (const reason of reasons) if (!internal.has(reason)) expect(docs).toContain(`\`${reason}\``)
})

it('names every definition that has a place', () => {
  for (const type of DEFINITION_TYPES)
    if (yolo.expresses.definitions[type].effect !== 'dropped') expect(docs).toContain(`\`${type}\``)
})
