import { describe, expect, it } from 'vitest'
import { cocoDocument, parseCoco } from '../../../src/converters/coco/index.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { withoutRawTexts } from '../../../src/dataset/transforms.js'
import {
  convertDocument,
  difference,
  documentText,
  failureOf,
  problemLines,
  readDocument,
  slowTree,
} from './harness.js'

const LETTERS = 'Grüße, 日本語 🚗 \\u0041\\" [{]},'
const MIXED = `\uFEFF{"info":{"text":"${LETTERS}"},"categories":[{"id":1,"name":"${LETTERS}"},{"id":2,"name":"dog"}],
"annotations":[ {"id":1,"image_id":3,"category_id":1,"segmentation":[[1,2,3.50,4,5,6.25]],"note":"${LETTERS}"} ,
\t{"id":2,"image_id":1,"category_id":2,"bbox":[1e0,2,3,4],"iscrowd":true}, {"id":3,"image_id":99,"x":[{}]},
{"id":4,"image_id":2,"category_id":7,"segmentation":{"size":[4,5],"counts":"63;"}},
{"id":4,"image_id":1,"category_id":1,"segmentation":{"size":[4,5],"counts":[6,0,0,2,12]}},null,
{"id":6,"image_id":2,"category_id":2,"caption":"${'long '.repeat(50)}"},{"id":7,"image_id":1,"area":NaN,"bbox":[1,2,3,4]}],
"images":[{"id":1,"file_name":"a.jpg"},{"id":2,"file_name":"${LETTERS}.jpg","width":5,"height":4},{"id":3,"file_name":"c.jpg","x":${' '.repeat(60)}12}]}
`

/** Everything there is to know about a data set, as one value. */
async function everything(
  text: string | Uint8Array,
  chunkSize: number | undefined,
  batchBytes: number | undefined,
  slow: boolean,
) {
  const tree = slow ? slowTree({ 'a.json': text }) : undefined
  const { dataset, items, ledger } = await readDocument(text, 'lenient', { chunkSize, batchBytes }, tree)
  return {
    labels: [...dataset.header.labels],
    header: {
      ...dataset.header,
      labels: undefined,
      extra: [...(dataset.header.extra ?? [])].map(([key, { keys, fields, form }]) => [key, keys, [...fields], form]),
    },
    items: items.map((item) => ({ ...item, extra: [...(item.extra ?? [])] })),
    counts: ledger.counts,
    entries: ledger.entries,
    problems: ledger.problems,
  }
}

describe('what is read', () => {
  it('does not depend on how much is read at a time, nor on whether reading waits', async () => {
    const whole = await everything(MIXED, undefined, undefined, false)
    expect(whole.items.map(({ annotations }) => annotations.map(({ id }) => id?.text))).toEqual([
      ['2', '4', '7'],
      ['4', '6'],
      ['1'],
    ])
    expect(whole.counts).toEqual({ read: 8, kept: 0, derived: 0, approximated: 0, dropped: 1 })
    expect(whole.problems.length).toBe(5)
    for (const chunkSize of [1, 2, 7, 64, 4096, undefined])
      for (const batchBytes of [1, 300, undefined])
        for (const slow of [false, true]) expect(await everything(MIXED, chunkSize, batchBytes, slow)).toEqual(whole)
  })

  it('may lie far apart in the file', async () => {
    const filler = `"${'x'.repeat(300_000)}"`
    const images = [1, 2, 3].map((id) => `{"id":${id},"file_name":"${id}.jpg"}`)
    const annotations = [3, 1, 2, 1, 3].map(
      (image, i) =>
        `{"id":${i},"image_id":${image},"category_id":1,"bbox":[${i},0,1,1]${i % 2 === 0 ? `,"x":${filler}` : ''}}`,
    )
    const source = documentText({ images, annotations })
    const { items } = await readDocument(source, 'strict')
    expect(items.map(({ annotations }) => annotations.map(({ bounds }) => bounds?.left))).toEqual([[1, 3], [2], [0, 4]])
    const { text } = await convertDocument(source)
    expect(difference(source, text, 'text')).toBeUndefined()
  })

  it.each(['utf-16le', 'utf-16be'])('may be %s', async (encoding) => {
    const text = documentText({
      images: ['{"id":1,"file_name":"日本🚗.jpg"}'],
      annotations: ['{"id":1,"image_id":1,"bbox":[1,2,3,4]}'],
    })
    const bytes = new Uint8Array(2 * text.length + 2)
    const view = new DataView(bytes.buffer)
    for (const [i, unit] of [0xfeff, ...Array.from({ length: text.length }, (_, k) => text.charCodeAt(k))].entries())
      view.setUint16(2 * i, unit, encoding === 'utf-16le')
    for (const given of [bytes, bytes.subarray(2)]) {
      const { items } = await readDocument(given.slice(), 'strict')
      expect(items.map(({ path, annotations }) => [path, annotations.length])).toEqual([['日本🚗.jpg', 1]])
    }
  })

  it('fails when the file gets shorter meanwhile', async () => {
    const source = documentText({ annotations: ['{"id":1,"image_id":1,"bbox":[1,2,3,4]}'] })
    let cut = source.length
    const tree = slowTree({ 'a.json': source })
    const shrinking = {
      ...tree,
      open: async (path: string) => {
        const file = await tree.open(path)
        return {
          ...file,
          read: (offset: number, target: Uint8Array) =>
            offset >= cut ? Promise.resolve(0) : file.read(offset, target.subarray(0, cut - offset)),
        }
      },
    }
    const { dataset } = await readDocument(source, 'lenient', {}, shrinking)
    cut = source.indexOf('bbox')
    const read = async () => {
      for await (const item of dataset.items()) expect(item.annotations).toHaveLength(1)
    }
    expect(await failureOf(read())).toMatchObject({ code: 'io', reason: 'the file became shorter while it was read' })
  })
})

describe('documents in memory', () => {
  it('go round', async () => {
    const source = MIXED.slice(1).replace('NaN', '0.50').replace('null,', '')
    const dataset = await parseCoco(source)
    const { text, report } = await cocoDocument(dataset)
    expect(difference(source, text, 'text')).toBeUndefined()
    const again = await cocoDocument(await parseCoco(new TextEncoder().encode(text)))
    expect(again.text).toBe(text)
    expect(report.target).toEqual({ format: 'coco', name: 'memory' })
    const rewritten = await cocoDocument(dataset, { rewrite: true })
    expect(difference(source, rewritten.text, 'value')).toBeUndefined()
    expect((await cocoDocument(withoutRawTexts(dataset))).text).toBe(rewritten.text)
  })

  it('are called as one likes', async () => {
    const ledger = new Ledger('lenient')
    await parseCoco('{"images":[{"id":1}],"annotations":[{"image_id":2}]}', { name: 'x/y.json', ledger })
    expect(problemLines(ledger)).toEqual([
      'unknown-item: the image of this annotation is not in the file @ x/y.json /annotations/0/image_id',
    ])
  })

  it('keep to the policy, whoever reads', async () => {
    const bad = '{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":1,"bbox":[1]}]}'
    const lenient = await parseCoco(bad)
    const strict = await parseCoco(bad, { policy: 'strict' })
    const read = async (dataset: typeof strict) => {
      const lengths = []
      for await (const item of dataset.items()) lengths.push(item.annotations.length)
      return lengths
    }
    expect(await read(lenient)).toEqual([0])
    expect((await failureOf(read(strict))).message).toBe(
      'document.json /annotations/0/bbox: bad bbox: expected 4 finite numbers [left, top, width, height], got [1]',
    )
  })

  it('are written in the form one asks for', async () => {
    const dataset = await parseCoco(
      '{"images":[{"id":1,"width":5,"height":4,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"segmentation":[[1,1,4,1,4,3,1,3]]}],"categories":[{"id":1,"name":"a"}]}',
    )
    expect((await cocoDocument(dataset, { segmentation: 'rle' })).text).toContain(
      '"segmentation":{"size":[4,5],"counts":[5,2,2,2,2,2,5]}',
    )
  })
})
