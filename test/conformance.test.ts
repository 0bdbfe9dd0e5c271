import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as vtt from '../src/converters/vtt/index.js'
import * as geometry from '../src/geometry/index.js'
import * as deflate from '../src/io/deflate.js'
import * as mask from '../src/mask/index.js'
import * as node from '../src/node.js'
import * as png from '../src/png/index.js'
import * as json from '../src/text/json-value.js'
import { jsonDifference } from './conformance/json-difference.js'
import { readJsonText } from './conformance/json-text.js'
import type { Library } from './conformance/library.js'
import { reportOf } from './conformance/table.js'
import type { Tally } from './conformance/tally.js'
import { judgeAll } from './conformance/walk.js'

// The conformance runner judged by corpora made here: it must find what is wrong, and take any names for files.

const LIBRARY: Library = { node, json, mask, geometry, png, vtt, deflate }

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'annoform-conformance-'))
  mkdirSync(join(root, 'corpora'))
  mkdirSync(join(root, 'goldens'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, content: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
}

async function judged(library: Library = LIBRARY): Promise<readonly Tally[]> {
  const tallies: Tally[] = []
  for await (const tally of judgeAll(join(root, 'goldens'), { library, corpora: join(root, 'corpora') }))
    tallies.push(tally)
  return tallies
}

const COCO = `{"images":[{"id":7,"width":40,"height":30,"file_name":"a.jpg"},{"id":2,"width":5,"height":5,"file_name":"b.jpg"}],
"annotations":[
{"id":1,"image_id":2,"category_id":3,"segmentation":[[1.50,2,4.25,2,4.25,3.125]],"area":2.0,"bbox":[1.5,2,2.75,1.125],"iscrowd":0},
{"id":2,"image_id":7,"category_id":0,"bbox":[0.10,0.2,0.3,0.4],"mood":{"happy":1e0}}],
"categories":[{"id":3,"name":"cat"},{"id":0,"name":"dog"}]}`

/** The library with one thing about the documents it writes changed. */
function writing(change: (text: string) => string): Library {
  const memorySink: typeof node.memorySink = (name) => {
    const sink = node.memorySink(name)
    const files = (): ReadonlyMap<string, Uint8Array> =>
      new Map(
        [...sink.files].map(([path, bytes]) => [
          path,
          new TextEncoder().encode(change(new TextDecoder().decode(bytes))),
        ]),
      )
    return {
      name: sink.name,
      create: (path) => sink.create(path),
      text: (path) => change(sink.text(path)),
      get files() {
        return files()
      },
    }
  }
  return { ...LIBRARY, node: { ...node, memorySink } }
}

describe('COCO documents', () => {
  it('of any name are judged', async () => {
    put('corpora/whatever/deep/er/data set.json', COCO)
    const [tally] = await judged()
    expect(tally?.failures).toEqual([])
    // Detection, four ways of converting judged twice, each mutation directly and after native, and the polygon by way
    // of YOLO.
    expect(tally?.passed).toBe(2 + 4 * 2 + (2 + 2 + 2) * 2 + 1)
  })

  it.each([
    ['the text of a number', '0.10', '0.1'],
    ['a number', '2.75', '2.76'],
    ['a lost key', ',"mood":{"happy":1e0}', ''],
    ['the order of keys', '"width":5,"height":5', '"height":5,"width":5'],
    ['a lost annotation', /\{"id":2,[^\n]*\},\n/, ''],
    ['a text', 'b.jpg', 'c.jpg'],
    ['a key of the root', '"categories"', '"cat_egories"'],
  ])('are not the same when %s changed', async (_, from, to) => {
    put('corpora/c/x.json', COCO)
    const [tally] = await judged(writing((text) => text.replace(from, to)))
    expect(tally?.failures.map(({ check }) => check)).toContain('x.json: coco → coco: the same document')
  })

  it('fail when what was dropped is not said to be', async () => {
    put('corpora/c/x.json', COCO)
    const convertDataset: typeof node.convertDataset = async (...given) => {
      const report = await node.convertDataset(...given)
      return { ...report, annotations: { ...report.annotations, kept: 1, dropped: 1 } }
    }
    const [tally] = await judged({ ...LIBRARY, node: { ...node, convertDataset } })
    expect(tally?.failures.map(({ reason }) => reason).join()).toContain('2 of 2 can be kept')
  })

  it('fail when a change has a side effect', async () => {
    put('corpora/c/x.json', COCO)
    const mapItems: typeof node.mapItems = (dataset, change) =>
      node.mapItems(dataset, (item) => {
        const changed = change(item)
        return changed === item ? item : changed.with({ media: { ...changed.media, width: 1 } })
      })
    const [tally] = await judged({ ...LIBRARY, node: { ...node, mapItems } })
    expect(tally?.failures.map(({ check }) => check)).toContain('x.json: the file name of image 0 changed')
  })
})

describe('YOLO data sets', () => {
  const labels = '0 0.10 0.2 0.05 0.0625\n1.0 0.25 0.25 0.5 0.5\n'
  const description = 'names: {1: dog, 0: cat}\ntrain: images/a\nkpt_names: {0: [nose]}\n'

  beforeEach(() => {
    put('corpora/y/any/data.yaml', description)
    put('corpora/y/any/labels/a/1.txt', labels)
  })

  it('of any name are judged', async () => {
    const [tally] = await judged()
    expect(tally?.failures).toEqual([])
    // Detection, all files read, four ways of converting judged thrice, and the native format.
    expect([tally?.passed, tally?.skipped, tally?.beside]).toEqual([2 + 4 * 3 + 1, 0, 0])
  })

  it.each([
    ['the text of a row', '0 0.10', '0 0.1', 'any/data.yaml: yolo → yolo: the same rows'],
    ['a number', '0.062500', '0.062600', 'any/data.yaml: yolo → yolo, rewritten: the same rows'],
    ['a lost row', /^0 .*\n/, '', 'any/data.yaml: yolo → yolo: the same rows'],
    ['a name', 'dog', 'Dog', 'any/data.yaml: yolo → yolo: the same description'],
    ['the kind of a key', '0: [', '"0": [', 'any/data.yaml: yolo → yolo: the same description'],
  ])('are not the same when %s changed', async (_, from, to, check) => {
    const [tally] = await judged(writing((text) => text.replace(from, to)))
    expect(tally?.failures.map((failure) => failure.check)).toContain(check)
  })
})

describe('what is not judged', () => {
  it('is skipped for a reason that names the format', async () => {
    put('corpora/boxes/gt/gt.txt', '1,1,10,20,30,40,1,1,0.5\n')
    const [tally] = await judged()
    expect([tally?.sound, tally?.skips]).toEqual([
      true,
      [{ reason: 'no reader for this format yet (mot)', count: 1, explained: true }],
    ])
  })

  it.each([
    ['a folder of something else', 'corpora/new/a.bin', 'zz'],
    ['JSON of no known layout', 'corpora/new/a.json', '{"a":1}'],
    ['goldens of no known layout', 'goldens/new/a.json', '{"a":1}'],
  ])('fails the run when it is %s', async (_, path, content) => {
    put(path, content)
    const [tally] = await judged()
    expect([tally?.cases, tally?.sound, tally?.skips[0]?.explained]).toEqual([1, false, false])
  })

  it('fails the run when a folder is empty', async () => {
    mkdirSync(join(root, 'corpora', 'empty'))
    expect((await judged()).map(({ sound }) => sound)).toEqual([false])
  })
})

describe('a JSON test suite', () => {
  it('is judged by the names of its files', async () => {
    put('corpora/json/y_a.json', '[1e0, "\\u00e9"]')
    put('corpora/json/n_a.json', '[1,]')
    put('corpora/json/i_a.json', '["\\uD800"]')
    expect((await judged()).map(({ passed, failures }) => [passed, failures])).toEqual([[3, []]])
    put('corpora/json/n_b.json', '[1]')
    put('corpora/json/y_b.json', '[1')
    expect((await judged())[0]?.failures.map(({ check }) => check)).toEqual(['n_b.json', 'y_b.json'])
  })
})

describe('a manifest of odd files', () => {
  const entry = (file: string, expected: string, same_as: string | null = null): object => ({
    file,
    same_as,
    expect: expected,
    why: '',
  })

  beforeEach(() => {
    put('corpora/odd/coco/plain.json', COCO)
    put('corpora/odd/coco/mark.json', `\uFEFF${COCO}`)
    put('corpora/odd/coco/moved.json', COCO.replace('2.75', '2.5'))
    put('corpora/odd/coco/nan.json', COCO.replace('2.75', 'NaN'))
    put('corpora/odd/coco/cut.json', COCO.slice(0, 300))
  })

  it('passes where everything is as it says', async () => {
    const files = [
      entry('coco/mark.json', 'equal', 'coco/plain.json'),
      entry('coco/moved.json', 'read'),
      entry('coco/nan.json', 'problem'),
      entry('coco/cut.json', 'refuse'),
      entry('strange/x.dat', 'read'),
    ]
    put('corpora/odd/strange/x.dat', '')
    put('corpora/odd/MANIFEST.json', { files })
    const [tally] = await judged()
    expect(tally?.failures).toEqual([])
    expect([tally?.passed, tally?.skipped]).toEqual([4, 1])
  })

  it('fails where anything is otherwise', async () => {
    const files = [
      entry('coco/moved.json', 'equal', 'coco/plain.json'),
      entry('coco/mark.json', 'equal', 'coco/none.json'),
      entry('coco/nan.json', 'read'),
      entry('coco/mark.json', 'problem'),
      entry('coco/plain.json', 'refuse'),
      entry('coco/plain.json', 'sing'),
      entry('coco/gone.json', 'read'),
    ]
    put('corpora/odd/MANIFEST.json', { files })
    const [tally] = await judged()
    expect([tally?.passed, tally?.failures.length]).toEqual([0, 7])
  })
})

describe('goldens of masks', () => {
  const polygons = [{ id: 'p', h: 4, w: 6, polygons: [[1, 1, 4, 1, 4, 3, 1, 3]] }]
  const rle = { size: [4, 6], counts: mask.cocoRleString(node.Mask.fromRuns(6, 4, [5, 2, 2, 2, 2, 2, 9])) }
  const rows = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0)
  const answer = {
    id: 'p',
    rles: [rle],
    merged: rle,
    areas: [6],
    area: 6,
    bboxes: [[1, 1, 3, 2]],
    bbox: [1, 1, 3, 2],
    sha256_rowmajor_01_bytes: createHash('sha256').update(rows).digest('hex'),
  }

  it('are exact', async () => {
    put('goldens/g/any.input.json', { cases: polygons })
    put('goldens/g/any.expected.json', { cases: [answer] })
    expect((await judged()).map(({ passed, failures }) => [passed, failures])).toEqual([[1, []]])
  })

  it.each([
    ['area', 7],
    ['bbox', [1, 1, 3, 3]],
    ['areas', []],
    ['merged', { ...rle, counts: '0' }],
    ['sha256_rowmajor_01_bytes', ''],
  ])('fail when %s is another', async (key, value) => {
    put('goldens/g/any.input.json', { cases: polygons })
    put('goldens/g/any.expected.json', { cases: [{ ...answer, [key]: value }] })
    expect((await judged())[0]?.failures.map(({ reason }) => reason.split(':')[0])).toEqual([key])
  })

  it('fail without answers', async () => {
    put('goldens/g/any.input.json', { cases: polygons })
    expect((await judged())[0]?.failures[0]?.reason).toBe('the answers, any.expected.json, are not there')
  })

  it('fail when the annotation they are about is not in the corpora', async () => {
    put('goldens/g/rows.json', [{ file: 'c/x.json', id: 1, h: 5, w: 5, rle: '', area: 0, bbox: [0, 0, 0, 0] }])
    expect((await judged())[0]?.failures[0]?.reason).toContain('c/x.json is not in the corpora')
  })
})

describe('the comparison of JSON', () => {
  const difference = (a: string, b: string, strictness: 'text' | 'value'): string | undefined =>
    jsonDifference(readJsonText(a), readJsonText(b), strictness)

  it.each([
    ['{"a":1.50}', '{"a":1.5}', '/a: expected 1.50, got 1.5', undefined],
    ['[1e2]', '[100]', '/0: expected 1e2, got 100', undefined],
    ['[9007199254740993]', '[9007199254740992]', '/0: expected', '/0: expected'],
    ['{"a":1,"b":2}', '{"b":2,"a":1}', 'the root: expected the keys a, b', 'the root: expected the keys a, b'],
    ['{"a":1,"a":2}', '{"a":2}', 'the root: expected the keys a, a', undefined],
    ['[1]', '["1"]', '/0: expected 1', '/0: expected 1'],
    ['[1,2]', '[1]', 'the root: expected 2 elements', 'the root: expected 2 elements'],
    ['[null]', '[false]', '/0: expected null', '/0: expected null'],
    ['"\\u00e9"', '"é"', undefined, undefined],
    [' [ ] ', '[]', undefined, undefined],
  ])('%s and %s', (a, b, byText, byValue) => {
    for (const [strictness, expected] of [
      ['text', byText],
      ['value', byValue],
    ] as const) {
      const found = difference(a, b, strictness)
      if (expected === undefined) expect(found).toBeUndefined()
      else expect(found).toContain(expected)
    }
  })

  it.each(['', '[1', '{"a" 1}', '{a:1}', '[1,]', '01', '[1 2]', 'nul', '"a', '[1]]', '1.'])('refuses %j', (text) => {
    expect(() => readJsonText(text)).toThrow(SyntaxError)
  })
})

describe('the report', () => {
  it('ends with the sums alone on a line', async () => {
    put('corpora/c/x.json', COCO)
    put('corpora/new/a.bin', 'zz')
    expect(reportOf(await judged())).toMatch(/UNEXPLAINED SKIP new: 1 × [^\n]*\n23 passed, 0 failed, 1 skipped\n$/)
  })
})
