import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFINITION_KEYS } from '../../../src/converters/native/definition-keys.js'
import { nativeText, parseNative } from '../../../src/converters/native/index.js'
import { ANNOTATION_KEYS, HEADER_KEYS, ITEM_KEYS, LABEL_KEYS } from '../../../src/converters/native/keys.js'

const page = readFileSync(new URL('../../../docs/formats/native.md', import.meta.url), 'utf8')

describe('docs/formats/native.md', () => {
  it('shows a file that is read strictly and written back to the byte', async () => {
    const example = /```jsonl\n([^`]+)```/.exec(page)?.[1] ?? ''
    const dataset = await parseNative(example)
    const items = []
    for await (const item of dataset.items()) items.push(item)
    expect(items.map(({ id }) => id.text)).toEqual(['7706992903151817196', 'clip-1'])
    const mask = items[0]?.annotations[1]?.definition
    expect(mask?.type === 'binary' && [mask.mask.width, mask.mask.height, mask.mask.area]).toEqual([4, 3, 6])
    expect(items[1]?.annotations[0]?.keyFrames).toHaveLength(1)
    expect(await nativeText(dataset)).toBe(example)
  })

  it('names every key', () => {
    const named = new Set([...page.matchAll(/[`"]([a-zA-Z]+)[`"]/g)].map(([, key]) => key))
    const definitionKeys = [...DEFINITION_KEYS.values()].flatMap((keys) => [...keys])
    for (const key of [...HEADER_KEYS, ...LABEL_KEYS, ...ITEM_KEYS, ...ANNOTATION_KEYS, ...definitionKeys])
      expect(named).toContain(key)
    for (const type of DEFINITION_KEYS.keys()) expect(page).toMatch(new RegExp(`^\\| .*\`${type}\``, 'm'))
  })
})
