import { expect, it } from 'vitest'
import { detectFormat } from '../../../src/converters/detect.js'
import { memoryTree } from '../../../src/memory.js'
import { element, type Files, itemJson } from './harness.js'

async function detect(files: Files): Promise<readonly [string, string]> {
  const { format, evidence } = await detectFormat(memoryTree(files))
  return [format.id, evidence]
}

it('an item, a list of items, a list of annotations and an empty item are recognised, with the reason', async () => {
  const box = element('box', [
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ])
  const item = itemJson([box])
  expect(await detect({ 'a.json': item })).toEqual([
    'dataloop',
    'a.json is an item with "filename" and "annotations" with "coordinates"',
  ])
  expect((await detect({ 'a.json': `[${item}]` }))[0]).toBe('dataloop')
  expect(await detect({ 'json/x/a.json': itemJson([]), 'labels.json': '[]' })).toEqual([
    'dataloop',
    'json/x/a.json is an item with "filename" and "annotations"',
  ])
  expect(await detect({ 'a.json': JSON.stringify([box]) })).toEqual([
    'dataloop',
    'a.json is a list of annotations with "type", "label" and "coordinates"',
  ])
  expect(await detect({ 'a.json': JSON.stringify({ annotations: [box] }) })).toEqual([
    'dataloop',
    'a.json has "annotations" with "type", "label" and "coordinates"',
  ])
})

it('other JSON is not', async () => {
  const coco =
    '{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":1,"bbox":[1,2,3,4]}],"categories":[]}'
  expect((await detect({ 'a.json': coco }))[0]).toBe('coco')
  for (const json of ['{"annotations":[]}', '[{"value":{"tag":"a"}}]', '[{"annotations":[{"result":[]}],"data":{}}]'])
    await expect(detect({ 'a.json': json })).rejects.toMatchObject({ code: 'undetected' })
})
