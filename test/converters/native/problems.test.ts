import { describe, expect, it } from 'vitest'
import { FIRST, itemLine, POINT, readAll, strictly } from './hand-written.js'
import { failure } from './recording-account.js'

describe('a bad annotation is left out, counted and told where', () => {
  it.each([
    [
      '{"definition":{"type":"hexagon","label":"p"}}',
      'annotation',
      'invalid-value',
      '/annotations/1/definition/type',
      'unknown type of definition',
    ],
    ['{"definition":{"label":"p"}}', 'annotation', 'missing-field', '/annotations/1/definition', 'no "type"'],
    [
      '{"definition":{"type":"point","x":1,"y":2}}',
      'point',
      'missing-field',
      '/annotations/1/definition',
      'no "label"',
    ],
    ['{"id":5}', 'annotation', 'missing-field', '/annotations/1', 'no "definition"'],
    ['17', 'annotation', 'expected-type', '/annotations/1', 'bad element'],
    [
      '{"definition":{"type":"point","label":"p","x":"1","y":2}}',
      'point',
      'expected-type',
      '/annotations/1/definition/x',
      'bad "x"',
    ],
    [
      '{"definition":{"type":"point","label":"p","x":1e999,"y":2}}',
      'point',
      'expected-type',
      '/annotations/1/definition/x',
      'bad "x"',
    ],
    [
      '{"definition":{"type":"box","label":"p","left":5,"top":0,"right":1,"bottom":2}}',
      'box',
      'definition-field',
      '/annotations/1/definition',
      'right of box',
    ],
    [
      '{"definition":{"type":"segment","label":"p","parts":[{"outer":[0,0,9,0,9,9]},{"outer":[1,2,3]}]}}',
      'segment',
      'ring-format',
      '/annotations/1/definition/parts/1/outer',
      'an odd count of numbers',
    ],
    [
      '{"definition":{"type":"segment","label":"p","parts":[{"outer":[0,0,9,0,9,9],"holes":[[1,1,2,2]]}]}}',
      'segment',
      'degenerate-geometry',
      '/annotations/1/definition/parts/0/holes/0',
      'too few points',
    ],
    [
      '{"definition":{"type":"segment","label":"p","parts":[]}}',
      'segment',
      'degenerate-geometry',
      '/annotations/1/definition/parts',
      'nothing in it',
    ],
    [
      '{"definition":{"type":"binary","label":"p","mask":{"size":[2,3],"counts":"1"}}}',
      'binary',
      'rle-size',
      '/annotations/1/definition/mask',
      '1 runs do not add up to the size of their mask',
    ],
    [
      '{"definition":{"type":"cube","label":"p","frontTl":[1,2,3]}}',
      'cube',
      'expected-type',
      '/annotations/1/definition/frontTl',
      'bad "frontTl"',
    ],
    [
      '{"definition":{"type":"pose","label":"p","points":[{"name":"a","x":1,"y":1,"visibility":2}]}}',
      'pose',
      'expected-type',
      '/annotations/1/definition/points/0/visibility',
      'bad "visibility"',
    ],
    [
      `${POINT.slice(0, -1)},"keyFrames":[{"frame":0,"fixed":true,"visible":true,"definition":{"type":"class"}}]}`,
      'point',
      'missing-field',
      '/annotations/1/keyFrames/0/definition',
      'no "label"',
    ],
    [
      `${POINT.slice(0, -1)},"keyFrames":[{"frame":0,"fixed":1,"visible":true,"definition":{"type":"class","label":"p"}}]}`,
      'point',
      'expected-type',
      '/annotations/1/keyFrames/0/fixed',
      'bad "fixed"',
    ],
  ])('%s', async (bad, subject, code, pointer, reason) => {
    const text = `${FIRST}\n${itemLine(POINT, bad, POINT)}\n`
    const { items, log } = await readAll(text, 'lenient')
    expect(items[0]?.annotations.map(({ place }) => place)).toEqual([
      { file: 'a.jsonl', line: 2, pointer: '/annotations/0' },
      { file: 'a.jsonl', line: 2, pointer: '/annotations/2' },
    ])
    expect(log).toHaveLength(3)
    expect(log[0]).toBe('read 3')
    expect(log[1]).toMatch(`${code} ${reason}`)
    expect(log[1]?.endsWith(` @ a.jsonl:2 ${pointer}`)).toBe(true)
    expect(log[2]).toBe(`drop ${subject} invalid @ a.jsonl:2 /annotations/1`)
    const error = await failure(strictly(text))
    expect([error.code, error.place]).toEqual([code, { file: 'a.jsonl', line: 2, pointer }])
  })
})

describe('a bad field is left out by itself', () => {
  it.each([
    ['"score":"high"', 'score', 'score', 'expected-type bad "score": expected a number, got "high"'],
    ['"id":1.5', 'id', 'id', 'expected-type bad "id": expected an integer or a string, got 1.5'],
    ['"automated":0', 'automated', 'automated', 'expected-type bad "automated": expected true or false, got 0'],
    ['"box":{"left":1}', 'box', 'box', 'missing-field no "top": expected "top", got undefined'],
    ['"flags":{"crowd":1}', 'flags', 'flags/crowd', 'expected-type bad "crowd": expected true or false, got 1'],
    ['"raw":{"format":"coco"}', 'raw', 'raw', 'missing-field no "json": expected "json", got undefined'],
    [
      '"raw":{"format":"coco","json":{},"more":1}',
      'raw',
      'raw/more',
      'expected-type bad "more": expected format, one of json, text and bytes, and sum, got 1',
    ],
    [
      '"raw":{"format":"coco","json":{},"sum":"1"}',
      'raw',
      'raw/sum',
      'expected-type bad "sum": expected a number, got "1"',
    ],
    [
      '"extra":{"a/b":{"keys":[1]}}',
      'extra',
      'extra/a~1b/keys/0',
      'expected-type bad element: expected a string, got 1',
    ],
  ])('%s', async (field, name, pointer, sentence) => {
    const text = `${FIRST}\n${itemLine(`${POINT.slice(0, -1)},${field},"status":"ok"}`)}`
    const { items, log } = await readAll(text, 'lenient')
    const where = ` @ a.jsonl:2 /annotations/0/${pointer}`
    expect(log).toEqual(['read 1', sentence + where, `field dropped ${name} invalid${where}`])
    expect(items[0]?.annotations[0]?.status).toBe('ok')
    expect(Object.entries(items[0]?.annotations[0] ?? {}).find(([key]) => key === name)?.[1]).toEqual(
      name === 'flags' ? {} : undefined,
    )
    expect((await failure(strictly(text))).place?.pointer).toBe(`/annotations/0/${pointer}`)
  })

  it('keys of a definition that its type does not have are ledgered', async () => {
    const box = '{"type":"box","label":"p","left":0,"top":0,"right":4,"bottom":2,"angel":30}'
    const { items, log } = await readAll(`${FIRST}\n${itemLine(`{"definition":${box}}`)}`, 'strict')
    expect(items[0]?.annotations).toHaveLength(1)
    expect(log).toEqual(['read 1', 'field dropped angel unknown key @ a.jsonl:2 /annotations/0/definition/angel'])
  })

  it('a repeated key counts with its last value', async () => {
    const twice = `${POINT.slice(0, -1)},"score":0.25,"score":0.5}`
    const { items, log } = await readAll(`${FIRST}\n${itemLine(twice)}`, 'lenient')
    expect(items[0]?.annotations[0]?.score).toBe(0.5)
    expect(log).toEqual([
      'read 1',
      'json-duplicate-key the key "score" is there twice; the last one counts @ a.jsonl:2 /annotations/0/score',
    ])
  })

  it('a repeated key among very many', async () => {
    const many = Array.from({ length: 40 }, (_, i) => `"k${i}":${i}`).join(',')
    const { items, log } = await readAll(`${FIRST}\n${itemLine(`${POINT.slice(0, -1)},${many},"k7":70}`)}`, 'lenient')
    expect(items[0]?.annotations[0]?.extra?.get('native')?.fields.get('k7')).toBe('70')
    expect(log).toEqual([
      'read 1',
      'json-duplicate-key the key "k7" is there twice; the last one counts @ a.jsonl:2 /annotations/0/k7',
    ])
  })

  it('null is as good as absent, but a value for metadata', async () => {
    const nulls = `${POINT.slice(0, -1)},"id":null,"score":null,"box":null,"flags":{"crowd":null},"metadata":null}`
    const { items, log } = await readAll(`${FIRST}\n${itemLine(nulls)}`, 'strict')
    expect(log).toEqual(['read 1'])
    const annotation = items[0]?.annotations[0]
    expect([annotation?.id, annotation?.score, annotation?.box]).toEqual([undefined, undefined, undefined])
    expect(annotation?.metadata).toBe(null)
  })
})

describe('a bad item', () => {
  it.each([
    [
      '{"path":"a.jpg","media":{"kind":"image"},',
      'missing-field item left out: no "id": expected "id", got undefined',
      '',
    ],
    ['{"id":1,"media":{"kind":"image"},', 'missing-field item left out: no "path": expected "path", got undefined', ''],
    ['{"id":1,"path":"a",', 'missing-field item left out: no "media": expected "media", got undefined', ''],
    [
      '{"id":1,"path":"a","media":{"kind":"hologram"},',
      'expected-type item left out: bad "kind": expected image, video, audio or text, got "hologram"',
      ' /media/kind',
    ],
    [
      '{"id":1,"path":"a","media":{"kind":"image","orientation":9},',
      'expected-type item left out: bad "orientation": expected a whole number from 1 to 8, got 9',
      ' /media/orientation',
    ],
  ])('%s', async (head, sentence, pointer) => {
    const text = `${FIRST}\n${itemLine(POINT)}\n${head}"annotations":[${POINT},{"what":1}]}\n${itemLine()}`
    const { items, log } = await readAll(text, 'lenient')
    expect(items.map(({ place }) => place?.line)).toEqual([2, 4])
    expect(log).toEqual([
      'read 1',
      'read 2',
      `${sentence} @ a.jsonl:3${pointer}`,
      'item dropped item invalid @ a.jsonl:3',
      'drop annotation invalid @ a.jsonl:3',
      'drop annotation invalid @ a.jsonl:3',
      'read 0',
    ])
  })

  it.each(['"Infinity"', '10.5', '0', '-3', '1e999', '9007199254740993', 'true'])(
    'a side of %s is left out by itself',
    async (side) => {
      const media = `"media":{"kind":"image","width":${side},"height":40}`
      const text = `${FIRST}\n{"id":1,"path":"../a.jpg",${media},"annotations":[${POINT}]}`
      const { items, log } = await readAll(text, 'lenient')
      expect(items[0]?.media).toEqual({ kind: 'image', height: 40 })
      expect(items[0]?.annotations).toHaveLength(1)
      const sentence = `expected-type bad "width": expected a whole number of pixels above 0, got ${side}`
      expect(log).toEqual([
        'read 1',
        'path-escape this path leaves the data set\'s folder; "a.jpg" is used @ a.jsonl:2 /path',
        `${sentence} @ a.jsonl:2 /media/width`,
        'item dropped width invalid @ a.jsonl:2 /media/width',
      ])
      const error = await failure(strictly(text.replace('../', '')))
      expect([error.code, error.reason, error.place?.pointer]).toEqual(['expected-type', 'bad "width"', '/media/width'])
    },
  )

  it('a line that is no object', async () => {
    const { items, log } = await readAll(`${FIRST}\n[1]\n${itemLine()}`, 'lenient')
    expect(items).toHaveLength(1)
    expect(log[0]).toBe('expected-type item left out: bad element: expected an object, got [1] @ a.jsonl:2')
  })

  it('annotations that are no array', async () => {
    const { items, log } = await readAll(
      `${FIRST}\n{"id":1,"path":"a","media":{"kind":"text"},"annotations":{}}`,
      'lenient',
    )
    expect(items[0]?.annotations).toEqual([])
    expect(log).toEqual([
      'expected-type bad "annotations": expected an array, got {} @ a.jsonl:2 /annotations',
      'item dropped annotations invalid @ a.jsonl:2 /annotations',
    ])
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['/abs/a.jpg', 'a.jpg'],
    ['C:/a.jpg', 'a.jpg'],
  ])('a path that leaves the folder: %s', async (path, name) => {
    const line = `{"id":1,"path":${JSON.stringify(path)},"media":{"kind":"image"}}`
    const { items, log } = await readAll(`${FIRST}\n${line}`, 'lenient')
    expect(items[0]?.path).toBe(name)
    expect(log).toEqual([`path-escape this path leaves the data set's folder; "${name}" is used @ a.jsonl:2 /path`])
    expect((await failure(strictly(`${FIRST}\n${line}`))).code).toBe('path-escape')
  })
})
