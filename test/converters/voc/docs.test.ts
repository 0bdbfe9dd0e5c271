import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseVoc, vocXml } from '../../../src/converters/voc/document.js'

const docs = readFileSync(new URL('../../../docs/formats/voc.md', import.meta.url), 'utf8')

it('the example of docs/formats/voc.md does what it says', () => {
  const code = /```ts\n([\s\S]*?)```/.exec(docs)?.[1] ?? ''
  const document = [...code.matchAll(/'(<[^']*|<bndbox>[^']*)'/g)].map((match) => match[1]).join('')
  const item = parseVoc(document, { name: 'a.xml' })
  expect(item.annotations[0]?.definition).toMatchObject({
    label: 'cat',
    frame: { left: 1, top: 2, right: 30, bottom: 40 },
  })
  const { text, outcomes } = vocXml(item, { base: 'inclusive1' })
  expect(outcomes).toEqual([{ effect: 'kept', subject: 'box' }])
  expect(parseVoc(text).annotations[0]?.definition.equals(item.annotations[0]?.definition ?? expect.fail())).toBe(true)
})

it('every reason the code gives is in docs/formats/voc.md', () => {
  for (const file of [
    'base.ts',
    'reader.ts',
    'write-geometry.ts',
    'write-object.ts',
    'write-item.ts',
    'write-lists.ts',
    'writer.ts',
  ]) {
    const source = readFileSync(new URL(`../../../src/converters/voc/${file}`, import.meta.url), 'utf8')
    const reasons = [...source.matchAll(/(?:reason(?:: string)? ?[=:] ?|tell\(|const [A-Z_]+ = )'([^']+)'/g)].map(
      (match) => match[1] ?? '',
    )
    for (const reason of reasons.filter((text) => text.includes(' ') && !text.startsWith('<')))
      expect(docs.replace(/\s+/g, ' '), `${file}: ${reason}`).toContain(reason)
  }
})
