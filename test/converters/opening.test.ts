import { expect, it } from 'vitest'
import { coco, parseCoco } from '../../src/converters/coco/index.js'
import { convertDataset } from '../../src/converters/convert.js'
import { Ledger } from '../../src/converters/ledger.js'
import { memorySink } from '../../src/memory.js'

const TEXT =
  '{"info":{"x":NaN},"images":[{"id":1,"width":3,"height":2,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":1,"category_id":9,"bbox":[0,0,1,1]}],"categories":[]}'

it('tells every later account what was met on opening, and the first one only once', async () => {
  const first = new Ledger('lenient')
  const dataset = await parseCoco(TEXT, { ledger: first })
  const codes = (ledger: Ledger): (readonly [string, number])[] =>
    ledger.problems.map(({ code, count }) => [code, count])
  const met = codes(first)
  expect(met.map(([code]) => code).sort()).toEqual(['json-non-finite', 'unknown-label'])
  const report = await convertDataset(dataset, { to: coco, tree: memorySink() })
  expect(report.problems.map(({ code, count }) => [code, count])).toEqual(met)
  expect(report.ledger).toContainEqual(expect.objectContaining({ level: 'header', effect: 'dropped', subject: 'info' }))
  for await (const item of dataset.items(first)) expect(item.path).toBe('a.jpg')
  expect(codes(first)).toEqual(met)
})
