import { expect, it } from 'vitest'
import { detectDataloop } from '../../../src/converters/dataloop/detect.js'
import { detectAll } from '../../../src/converters/detect.js'
import type { Detection } from '../../../src/converters/format.js'
import { memoryTree } from '../../../src/memory.js'

const BOX = '"type":"box","label":"cat","coordinates":[{"x":1,"y":2},{"x":3,"y":4}]'
const FOREIGN_EXTRA =
  '"metadata":{"user":{"annoform":{"extra":{"coco":{"image_id":9,"bbox":[1,2,3,4],"segmentation":[],"images":[]}}}}}'

async function look(files: Record<string, string | Uint8Array>): Promise<Detection> {
  const found = (await detectAll(memoryTree(files))).find(({ format }) => format.id === 'dataloop')
  if (found === undefined) throw new Error('nobody asked')
  return { confidence: found.confidence, evidence: found.evidence }
}

it('fields of other formats deep inside metadata do not count', async () => {
  const json = `{"filename":"/a.jpg","annotations":[{${FOREIGN_EXTRA},${BOX}}]}`
  expect(await look({ 'json/a.json': json })).toEqual({
    confidence: 0.95,
    evidence: 'json/a.json is an item with "filename" and "annotations" with "coordinates"',
  })
  const without = json.replace(',"images":[]', '')
  expect((await detectAll(memoryTree({ 'json/a.json': without })))[0]?.format.id).toBe('dataloop')
})

it('a first annotation far longer than one window, before its type and before the filename', async () => {
  const mask = `"coordinates":"data:image/png;base64,${'A'.repeat(2_500_000)}","label":"a","type":"binary"`
  const json = `{"annotations":[{${mask}}],"filename":"/a.jpg"}`
  expect(await look({ 'a.json': json })).toEqual({
    confidence: 0.95,
    evidence: 'a.json is an item with "filename" and "annotations" with "coordinates"',
  })
  // Nothing but the type, behind the long field, tells that they are annotations.
  expect((await look({ 'a.json': json.replace('"type":"binary"', '"kind":"binary"') })).confidence).toBe(0.85)
  expect((await look({ 'a.json': `{"annotations":[{${mask.replace('"type"', '"kind"')}}]}` })).confidence).toBe(0)
})

it('long metadata before the annotations', async () => {
  const json = `{"metadata":{"system":{"log":[${'{"annotations":[]},'.repeat(20_000)}0]}},"annotations":[{${BOX}}]}`
  expect(await look({ 'a.json': json })).toEqual({
    confidence: 0.95,
    evidence: 'a.json is an item with "metadata.system" and "annotations" with "coordinates"',
  })
})

it('annotations that are classes only, and one box after them', async () => {
  const tag = '{"type":"class","label":"x"}'
  expect(await look({ 'a.json': `{"filename":"/a.jpg","annotations":[${tag}]}` })).toEqual({
    confidence: 0.85,
    evidence: 'a.json is an item with "filename" and "annotations" with "type" and "label"',
  })
  expect(await look({ 'a.json': `{"annotations":[${tag},{${BOX}}]}` })).toEqual({
    confidence: 0.85,
    evidence: 'a.json has "annotations" with "type", "label" and "coordinates"',
  })
  expect((await look({ 'a.json': `[${tag},{${BOX}}]` })).confidence).toBe(0.8)
})

it.each([
  ['{"filename":"/a.jpg","metadata":{"system":{"width":4}}}', '"filename" and "metadata.system"'],
  ['{"_id":"1","filename":"a.jpg","metadata":{"system":{}}}', '"filename" and "metadata.system"'],
  ['{"_id":"1","filename":"/a.jpg","metadata":{}}', '"filename" and "_id"'],
  ['{"filename":"/a.jpg","annotations":"https://x/annotations"}', '"filename" and "annotations"'],
  ['{"filename":"\\/a.jpg","annotations":[]}', '"filename" and "annotations"'],
])('the item document %s', async (json, what) => {
  expect(await look({ 'a.json': json })).toEqual({ confidence: 0.85, evidence: `a.json is an item with ${what}` })
})

it('a list of items says so', async () => {
  expect(await look({ 'a.json': `[{"filename":"/a.jpg","annotations":[{${BOX}}]}]` })).toEqual({
    confidence: 0.95,
    evidence: 'a.json is a list of which one element is an item with "filename" and "annotations" with "coordinates"',
  })
})

it.each([
  ['{"images":[],"annotations":[{"type":"box","label":"a","coordinates":[]}]}', 'has "images", as no item has'],
  ['{"annotations":[{"id":1,"image_id":2,"bbox":[1,2,3,4]}]}', 'has "annotations" with "image_id"'],
  [
    '{"annotations":[{"kind":1}]}',
    'has "annotations", but none with "type" and "label", and no "filename" that begins with a slash',
  ],
  [`{"data":{},"annotations":[{${BOX}}]}`, 'has "data" and no "filename"'],
  ['{"filename":"/a.jpg"}', 'has no "annotations" with "type" and "label", and no "filename" with "metadata.system"'],
  [`{"a":{"filename":"/a.jpg","annotations":[{${BOX}}]}}`, expect.stringContaining('has no "annotations"')],
  ['[1,2]', 'is a list, but neither of items nor of annotations with "type" and "label"'],
  ['"filename"', 'begins with neither { nor ['],
  ['', 'begins with neither { nor ['],
])('%s is not one, and why', async (json, why) => {
  const { confidence, evidence } = await look({ 'a.json': json })
  expect(confidence).toBe(0)
  expect(evidence.replace('a.json ', '')).toEqual(why)
})

it('broken and cut files are looked at as far as they go', async () => {
  expect((await look({ 'a.json': `{"filename":"/a.jpg","annotations":[{${BOX}},{"type":"bo` })).confidence).toBe(0.95)
  expect((await look({ 'a.json': `{"filename":"/a.jpg","annotations":[{${BOX}]` })).confidence).toBe(0.95)
  for (const json of ['{', '[', '{"', '{"annotations"', '{"annotations":', '{"annotations":[{', '{"annotations":[}]'])
    expect((await look({ 'a.json': json })).confidence).toBe(0)
})

it('UTF-16 and a byte order mark', async () => {
  const json = `{"filename":"/a.jpg","annotations":[{${BOX}}]}`
  const wide = new Uint8Array(Uint16Array.from(`\ufeff${json}`, (letter) => letter.charCodeAt(0)).buffer)
  for (const content of [wide, `\ufeff${json}`]) expect((await look({ 'a.json': content })).confidence).toBe(0.95)
  expect(await look({ 'a.json': Uint8Array.of(0xff, 0xfe, 0x7b) })).toEqual({
    confidence: 0,
    evidence: 'a.json is no text',
  })
})

it('of a file in another format no more than its beginning is read', async () => {
  const text = new TextEncoder().encode(`{"images":[${'{"id":1},'.repeat(500_000)}0],"annotations":[]}`)
  const tree = memoryTree({ 'a.json': text })
  let most = 0
  const detection = await detectDataloop({
    tree: {
      ...tree,
      name: tree.name,
      list: () => tree.list(),
      async open(path) {
        const source = await tree.open(path)
        return {
          name: source.name,
          size: source.size,
          read(offset, target) {
            most = Math.max(most, offset + target.length)
            return source.read(offset, target)
          },
          close: () => source.close(),
        }
      },
    },
    paths: ['a.json'],
    head: async () => '',
    tail: async () => '',
  })
  expect(detection).toEqual({ confidence: 0, evidence: 'a.json has "images", as no item has' })
  expect(most).toBe(65_536)
})
