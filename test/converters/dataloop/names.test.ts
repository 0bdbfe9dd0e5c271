import { describe, expect, it } from 'vitest'
import { Ledger } from '../../../src/converters/ledger.js'
import { createDataset, type Dataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { open, problemsOf, write } from './harness.js'

function named(...paths: readonly string[]): Dataset {
  return createDataset({ items: paths.map((path) => new Item({ path, id: idFrom(path), media: { kind: 'image' } })) })
}

describe('files', () => {
  it('are named after the pictures, as the SDK does', async () => {
    const { files, report } = await write(named('x/a.jpg', 'b.tar.gz', 'c'))
    expect([Object.keys(files).sort(), report.problems]).toEqual([
      ['json/b.tar.json', 'json/c.json', 'json/x/a.json'],
      [],
    ])
    const v2 = await write(named('x/a.jpg', 'c'), 'dataloop', { names: 'v2' })
    expect(Object.keys(v2.files).sort()).toEqual(['json/c.json', 'json/x/a.jpg.json'])
  })

  it('are never shared, and pictures keep their names', async () => {
    const ledger = new Ledger('lenient')
    const { files } = await write(named('a.jpg', 'a.png', 'A.gif'), 'dataloop', {}, { ledger })
    expect(Object.keys(files).sort()).toEqual(['json/A.gif.json', 'json/a.json', 'json/a.png.json'])
    expect(files['json/a.png.json']).toContain('"filename":"/a.png"')
    expect(ledger.problems.map(({ code, count }) => [code, count])).toEqual([['path-collision', 2]])
    const twice = await write(named('a.jpg', 'a.jpg'))
    expect(Object.keys(twice.files).sort()).toEqual(['json/a-2.json', 'json/a.json'])
    expect(twice.files['json/a-2.json']).toContain('"filename":"/a-2.jpg"')
  })

  it('never leave the output', async () => {
    const ledger = new Ledger('lenient')
    const source = await open(
      Object.fromEntries(
        ['/../x/a.jpg', '/C:\\b.jpg', '/c\u0000.jpg', '/..', '//d/./e.jpg'].map((filename, i) => [
          `${i}.json`,
          JSON.stringify({ filename, annotations: [] }),
        ]),
      ),
      ledger,
    )
    const { files } = await write(source, 'dataloop', {}, { ledger })
    expect(Object.keys(files).sort()).toEqual([
      'json/3.json',
      'json/a.json',
      'json/b.json',
      'json/c_.json',
      'json/d/e.json',
    ])
    expect(files['json/a.json']).toContain('"filename":"/a.jpg"')
    expect(new Set(problemsOf(ledger).map((problem) => problem.split(' ')[0]))).toEqual(new Set(['path-escape']))
  })
})
