import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { convertDataset } from '../../../src/converters/convert.js'
import type { Pictures } from '../../../src/converters/format.js'
import { formatById } from '../../../src/converters/registry.js'
import { yamlEntry, yamlKey } from '../../../src/converters/yolo/yaml-text.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { memorySink } from '../../../src/memory.js'
import { problemsOf, readFiles } from './harness.js'

const ROW = '0 0.5 0.5 0.5 0.5\n'

async function namesOf(names: string): Promise<{ labels: readonly string[]; problems: readonly string[] }> {
  const read = await readFiles({ 'data.yaml': `train: images\n${names}\n`, 'labels/a.txt': ROW })
  const labels = read.dataset.header.labels.labels.map(({ name, id }) => `${id?.text} ${name}`)
  return { labels, problems: problemsOf(read) }
}

describe('names', () => {
  it.each([
    ['a list', 'names: [cat, "dog"]', ['0 cat', '1 dog']],
    ['a list on lines', 'names:\n- cat\n- dog # woof', ['0 cat', '1 dog']],
    ['a map', 'names:\n  0: cat\n  1: dog', ['0 cat', '1 dog']],
    ['a map in any order with gaps', 'names: {9: z, 0: a, 3: m}', ['9 z', '0 a', '3 m']],
    ['keys in quotes', 'names: {"0": cat}', ['0 cat']],
    [
      'what YAML 1.1 takes for something else',
      'names: [no, on, 2021-01-01, 12:30:45, 007, 1.0, ~x, =, null x]',
      ['0 no', '1 on', '2 2021-01-01', '3 12:30:45', '4 007', '5 1.0', '6 ~x', '7 =', '8 null x'],
    ],
    ['an alias', 'base: &b [cat]\nnames: *b', ['0 cat']],
    ['__proto__', 'names: [__proto__, constructor]', ['0 __proto__', '1 constructor']],
    ['maps of one entry in a list', 'names:\n- 0: cat\n- 1: dog', ['0 cat', '1 dog']],
    [
      'maps of one entry in a list, with other numbers',
      'names: [{4: cat}, {name: dog}, {0: x}]',
      ['4 cat', '1 dog', '0 x'],
    ],
    ['maps of one entry in a map', 'names: {0: {name: cat}, 2: {x: "007"}}', ['0 cat', '2 007']],
    ['aliases one by one', 'a: &a cat\nnames: [*a]', ['0 cat']],
    ['merged', 'base: &b\n  names: [cat, 007]\n<<: *b', ['0 cat', '1 007']],
    ['merged among others', 'base: &b {0: x, 1: dog}\nnames: {<<: *b, 0: cat}', ['0 cat', '1 dog']],
    ['merged from several', 'a: &a {0: x}\nb: &b {0: y, 1: z}\nnames: {<<: [*a, *b]}', ['0 x', '1 z']],
  ])('may be %s', async (_, names, labels) => {
    expect(await namesOf(names)).toEqual({ labels, problems: [] })
  })

  it.each([
    ['two of one name', 'names: [cat, cat]', ['0 cat', '1 cat (2)'], ['duplicate-label data.yaml:2']],
    ['a number twice', 'names: {0: cat, 0.0: x}', ['0 cat'], ['invalid-value data.yaml:2:17']],
    ['one without a name', 'names: [cat, ~]', ['0 cat', '1 class 1'], ['missing-field data.yaml:2']],
    [
      'a map of several entries in place of one',
      'names: [cat, {a: b, c: d}]',
      ['0 cat', '1 class 1'],
      ['expected-type data.yaml:2:14', 'missing-field data.yaml:2'],
    ],
    [
      'a list in place of one',
      'names: {0: [a]}',
      ['0 class 0'],
      ['expected-type data.yaml:2:9', 'missing-field data.yaml:2'],
    ],
    ['one that is no number', 'names: {0: cat, dog: 1}', ['0 cat'], ['invalid-value data.yaml:2:17']],
  ])('with %s are a problem', async (_, names, labels, problems) => {
    expect(await namesOf(names)).toEqual({ labels, problems })
  })

  it('may be in Label Studio’s notes.json', async () => {
    const notes = '{"categories":[{"id":1,"name":"dog"},{"id":0,"name":"cat"}],"info":{}}'
    const { dataset } = await readFiles({ 'notes.json': notes, 'labels/a.txt': ROW })
    expect(dataset.header.labels.labels.map(({ name, id }) => `${id?.text} ${name}`)).toEqual(['1 dog', '0 cat'])
  })
})

describe('other values', () => {
  async function fields(yaml: string) {
    const { dataset } = await readFiles({ 'data.yaml': `train: images\nnames: [cat]\n${yaml}`, 'labels/a.txt': ROW })
    return Object.fromEntries(dataset.header.extra?.get('yolo')?.fields ?? [])
  }

  it('keep every digit of whole numbers', async () => {
    expect(await fields('nc: 99999999999999999999\nid: -12345678901234567890\nx: 0x10\n')).toMatchObject({
      nc: '99999999999999999999',
      id: '-12345678901234567890',
      x: '16',
    })
  })

  it('are merged, unless the key is in quotes', async () => {
    const merged = await fields('base: &b {lr: 1, mode: a}\nhyp:\n  <<: *b\n  mode: b\n"<<": {y: 2}\n')
    expect(JSON.parse(merged.hyp ?? '')).toEqual({ lr: 1, mode: 'b' })
    expect([merged['<<'], merged.y]).toEqual(['{"y":2}', undefined])
  })

  it('whose merge keys multiply, or end in themselves, are refused', async () => {
    const maps = [...'bcdefgh'].map((name, i) => `${name}: &${name}\n  <<: [${`*${'abcdefg'[i]},`.repeat(9)}]\n`)
    for (const yaml of [`a: &a {x: 1}\n${maps.join('')}`, 'a: &a\n  <<: *a\n'])
      await expect(fields(yaml)).rejects.toMatchObject({ code: 'yaml-syntax' })
  })

  it('still say how many points a pose has', async () => {
    const row = '0 0.5 0.5 0.5 0.5 0.1 0.1\n'
    const yaml = 'train: images\nnc: 1\nkpt_shape: [1, 2]\nnames: [cat]\n'
    const read = await readFiles({ 'data.yaml': yaml, 'labels/a.txt': row })
    expect([read.annotations.map(({ type }) => type), problemsOf(read)]).toEqual([['box'], []])
  })
})

const NASTY = [
  'no',
  'y',
  '2021-01-01',
  '12:30:45',
  '007',
  '1e3',
  '<<',
  '=',
  '',
  ' x ',
  "it's",
  '"q"',
  'a: b',
  '# c',
  '\t',
  'a\nb',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\x07',
  '\x7f',
  '\x9b',
  '猫',
  '🚗',
  '!!int 3',
  '*a',
  '&a',
  '%',
  '@',
  '`',
  '|',
  '>',
  '-',
  '{}',
  '[]',
  '\\n',
  '0x10',
  '0o7',
  '.inf',
  '~',
]
const python = spawnSync('python3', ['-c', 'import yaml'], { encoding: 'utf8' }).status === 0

describe('data.yaml', () => {
  it.skipIf(!python)('is read by PyYAML as it was meant (needs python3 with yaml)', () => {
    const value = { 0: 'a', 7: 'b', no: [1, 2.5, 1e-7, 1e30, true, null, 'x'], '01': { 3: 'deep' }, 'a b': -1 }
    const names = Object.fromEntries(NASTY.map((name, i) => [i, name]))
    const text = yamlEntry('names', names) + yamlEntry('other', value) + yamlEntry('on', 'train') + yamlEntry('e', {})
    const run = spawnSync(
      'python3',
      [
        '-c',
        'import sys, yaml, json; d = yaml.safe_load(sys.stdin.buffer.read().decode()); print(json.dumps([[[type(k).__name__, k, v] for k, v in d["names"].items()], [[type(k).__name__, k] for k in d["other"]], d["other"]["no"], list(d["other"]["01"]), list(d)]))',
      ],
      { input: text, encoding: 'utf8' },
    )
    expect(run.stderr).toBe('')
    expect(JSON.parse(run.stdout)).toEqual([
      NASTY.map((name, i) => ['int', i, name]),
      [
        ['int', 0],
        ['int', 7],
        ['str', 'no'],
        ['str', '01'],
        ['str', 'a b'],
      ],
      value.no,
      [3],
      ['names', 'other', 'on', 'e'],
    ])
  })

  it('comes back with every name, however nasty', async () => {
    const labels = NASTY.filter((name) => name !== '').map((name, i) => ({ name, id: idFrom(i) }))
    const sink = memorySink()
    await convertDataset(createDataset({ items: [item('a.jpg')], labels }), { to: formatById('yolo'), tree: sink })
    const { dataset, ledger } = await readFiles(Object.fromEntries(sink.files))
    expect(dataset.header.labels.labels.map(({ name }) => name)).toEqual(labels.map(({ name }) => name))
    expect(ledger.problems).toEqual([])
  })

  it.each([
    ['0', '0'],
    ['12', '12'],
    ['012', '"012"'],
    ['train', 'train'],
    ['no', '"no"'],
    ['a-b_c', 'a-b_c'],
    ['a b', '"a b"'],
    ['', '""'],
  ])('has the key %j as %s', (key, text) => expect(yamlKey(key)).toBe(text))
})

function item(path: string, split = 'train'): Item {
  return new Item({ id: idFrom(path), path, split, media: { kind: 'image', width: 20, height: 10 } })
}

describe('pictures', () => {
  const items = [item('a.jpg'), item('sub/b.png'), item('c.jpg', 'val2017')]

  async function written(carried: boolean, folderOf: (item: Item) => string | undefined) {
    const placed: string[] = []
    const pictures: Pictures = { carried, place: (_, path) => void placed.push(path), folderOf }
    const sink = memorySink()
    await convertDataset(createDataset({ items, labels: ['x'] }), { to: formatById('yolo'), tree: sink, pictures })
    return { placed, yaml: sink.text('data.yaml'), files: Object.fromEntries(sink.files) }
  }

  it('are placed where Ultralytics looks for them', async () => {
    const { placed, yaml } = await written(true, () => '/data')
    expect(placed).toEqual(['images/train/a.jpg', 'images/train/sub/b.png', 'images/val2017/c.jpg'])
    expect(yaml).toContain('\ntrain: "images/train"\nval: "images/val2017"\n')
  })

  it('that stay where they are are pointed at, and it is said how labels find them', async () => {
    const { yaml, files } = await written(false, ({ split }) => `/data/"my set"/${split}`)
    expect(yaml).toMatch(/^# The pictures were not copied\..*\n# last \/images\/ by \/labels\//)
    expect(yaml).toContain(
      '\ntrain: "/data/\\"my set\\"/train"\nval: "/data/\\"my set\\"/val2017"\nlabel_folders:\n  train: "labels/train"\n  val: "labels/val2017"\n',
    )
    const read = await readFiles(files)
    expect(problemsOf(read)).toEqual([])
    expect(read.items.map(({ split, id }) => `${split} ${id.text}`)).toEqual(['train a', 'train sub/b', 'val c'])
  })

  it('that nobody knows are expected beside the labels', async () => {
    const { yaml } = await written(false, ({ path }) => (path === 'a.jpg' ? '/data' : undefined))
    expect(yaml).toContain('\ntrain: "images/train"\n')
  })
})
