import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { dataloopItem, parseDataloopItem } from '../../../src/converters/dataloop/index.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { idFrom } from '../../../src/dataset/id.js'
import { itemsOf, open } from './harness.js'

const docs = readFileSync(new URL('../../../docs/formats/dataloop.md', import.meta.url), 'utf8')
const example = /```json\n(.*?)```/s.exec(docs)?.[1] ?? ''

it('the example of docs/formats/dataloop.md means what it says, and comes back', async () => {
  const ledger = new Ledger('strict')
  const item = parseDataloopItem(example, { account: ledger })
  expect(item).toMatchObject({ path: 'train/a.jpg', split: 'train', metadata: undefined })
  expect(item.annotations[0]).toMatchObject({
    id: idFrom(12),
    objectId: idFrom('3'),
    status: 'approved',
    automated: true,
    score: 0.5,
    model: { name: 'detector', id: 'v2' },
    box: { left: 10, top: 20, right: 30, bottom: 41 },
    area: 405,
    flags: { crowd: false, occluded: true },
    definition: { angle: 30, attributes: { pose: 'sitting' } },
  })
  const dataset = await open({ 'a.json': example })
  const { labels } = dataset.header
  expect(labels.labels).toEqual([{ name: 'dog', id: idFrom(18), parent: 'animal', color: [255, 0, 7] }])
  for (const [same] of [[item], await itemsOf(dataset)])
    expect(same && JSON.parse(dataloopItem(same, { rewrite: true, labels }).text)).toEqual(JSON.parse(example))
})

it('every reason and code the format gives is in docs/formats/dataloop.md', () => {
  const folder = new URL('../../../src/converters/dataloop/', import.meta.url)
  const said = new Set<string>()
  for (const name of readdirSync(folder)) {
    const text = readFileSync(new URL(name, folder), 'utf8')
    for (const pattern of [
      /reason: '([^']+)'/g,
      /reason = '([^']+)'/g,
      /lose\('[^']+', '([^']+)'/g,
      /code: '([^']+)'/g,
    ])
      for (const [, phrase] of text.matchAll(pattern)) said.add(phrase ?? '')
    if (name === 'write-annotation.ts')
      for (const [, phrase] of text.matchAll(/(?:return|\? undefined :) '([a-z][^']* [^']+)'/g)) said.add(phrase ?? '')
  }
  expect(said.size).toBeGreaterThan(12)
  expect(
    [...said].filter((phrase) => !docs.replace(/\s+/g, ' ').includes(`\`${phrase}\``) && phrase !== 'repaired'),
  ).toEqual([])
})
