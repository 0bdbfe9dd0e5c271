import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../../src/memory.js'
import type { SourceTree } from '../../../src/ports.js'
import { encodeUtf8 } from '../../../src/text/decode.js'
import { type Files, problemsOf, readFiles } from './harness.js'

const ROW = '0 0.5 0.5 0.5 0.5\n'
const YAML = 'train: images\nnames: [cat]\n'

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

describe('names of label files', () => {
  const LIKELY = ['license-plate-1', 'notes.cam1', 'notice-board', 'requirements-2', 'readme_3', 'names.1']

  it.each<[string, string, string]>([
    ['below a description', 'labels/', YAML],
    ['without one', '', ''],
  ])('may begin like those of other texts, %s', async (_, folder, yaml) => {
    const files = Object.fromEntries(LIKELY.map((name) => [`${folder}${name}.txt`, ROW]))
    const read = await readFiles({ ...files, ...(yaml === '' ? { 'classes.txt': 'cat' } : { 'data.yaml': yaml }) })
    expect(read.items.map(({ id, annotations }) => `${id.text} ${annotations.length}`)).toEqual(
      [...LIKELY].sort().map((name) => `${name} 1`),
    )
    expect(problemsOf(read)).toEqual([])
  })

  it('may be those of other texts in a folder of labels', async () => {
    const read = await readFiles({
      'data.yaml': YAML,
      'labels/classes.txt': 'cat\n',
      'labels/names.txt': ROW,
      'labels/notes.txt': ROW,
      'labels/readme.txt': 'All about it\n',
    })
    expect(read.items.map(({ id, annotations }) => `${id.text} ${annotations.length}`)).toEqual(['names 1', 'notes 1'])
    expect(problemsOf(read)).toEqual(['file-skipped labels/readme.txt'])
  })

  it.each<[string, Files]>([
    ['below a description', { 'data.yaml': YAML, 'labels/a.txt': ROW, 'notes.txt': ROW, 'README.roboflow.txt': 'Hi' }],
    ['without one', { 'classes.txt': 'cat', 'a.txt': ROW, 'notes.txt': ROW, 'README.txt': '0 wait' }],
  ])('are told when rows are left aside, %s', async (_, files) => {
    const read = await readFiles(files)
    expect(read.items.map(({ id }) => id.text)).toEqual(['a'])
    expect(problemsOf(read)).toEqual(['file-skipped notes.txt'])
    expect(read.ledger.problems[0]?.lossy).toBe(true)
  })

  it.each<[string, Files, readonly string[]]>([
    [
      'below a description',
      { 'data.yaml': YAML, 'labels/A.TXT': ROW, 'images/b.png': '', 'labels/b.Txt': ROW },
      ['A.jpg', 'b.png'],
    ],
    ['without one', { 'classes.TXT': 'cat', 'A.TXT': ROW }, ['A.jpg']],
    [
      'in a list',
      { 'data.yaml': `train: list.txt\n${YAML.slice(14)}`, 'list.txt': 'images/A.jpg', 'labels/A.TXT': ROW },
      ['A.jpg'],
    ],
    ['by a list alone', { 'train.TXT': 'images/A.jpg', 'labels/A.TXT': ROW, 'classes.txt': 'cat' }, ['A.jpg']],
  ])('may end with .TXT, %s', async (_, files, paths) => {
    const read = await readFiles(files)
    expect(read.items.map(({ path }) => path)).toEqual(paths)
    expect(read.annotations.map(({ label }) => label)).toEqual(paths.map(() => 'cat'))
    expect(problemsOf(read)).toEqual([])
  })

  it('that belong to one picture are told', async () => {
    const read = await readFiles({ 'data.yaml': YAML, 'labels/a.txt': ROW, 'labels/a.TXT': ROW })
    expect(read.annotations.length).toBe(1)
    expect(read.ledger.problems.some(({ code, lossy }) => code === 'file-skipped' && lossy)).toBe(true)
  })
})

describe('what is not UTF-8', () => {
  const OPTIONS = [
    ['data.yaml', { 'data.yaml': latin1('train: images\nnames: [caf\xe9, \x80]\n') }],
    ['classes.txt', { 'classes.txt': latin1('caf\xe9\n\x80\n') }],
  ] as const

  it.each(OPTIONS)('is read as windows-1252: %s', async (name, files) => {
    const read = await readFiles({ ...files, 'labels/a.txt': ROW })
    expect(read.dataset.header.labels.labels.map((label) => label.name)).toEqual(['café', '€'])
    expect(problemsOf(read)).toEqual([`encoding ${name}:${name === 'data.yaml' ? '2:12' : '1:4'}`])
    expect(read.ledger.problems[0]?.got).toBe('byte 0xe9')
  })

  it.each(OPTIONS)('is refused by strict: %s', async (_, files) => {
    await expect(readFiles({ ...files, 'labels/a.txt': ROW }, { policy: 'strict' })).rejects.toMatchObject({
      code: 'encoding',
    })
  })
})

describe('a file of labels that is too large', () => {
  /** A tree in which one file is followed by blank lines up to 64 MB and one byte, which nobody holds. */
  function padded(files: Files, path: string, rows: Uint8Array): SourceTree {
    const tree = memoryTree({ ...files, [path]: rows })
    const size = (1 << 26) + 1
    return {
      ...tree,
      name: tree.name,
      list: (folder) => tree.list(folder),
      has: (file) => tree.has(file),
      open: async (file) =>
        file !== path
          ? tree.open(file)
          : {
              name: path,
              size,
              read: async (offset, target) => {
                const length = Math.min(target.length, size - offset)
                target.fill(0x0a, 0, length)
                if (offset < rows.length) target.set(rows.subarray(offset, offset + length))
                return length
              },
              close: () => Promise.resolve(),
            },
    }
  }

  it.each<[string, Uint8Array, readonly string[]]>([
    ['UTF-8', encodeUtf8(`\ufeff${ROW}\r\n \n${ROW}x`), ['labels/b.txt:1', 'labels/b.txt:4', 'labels/b.txt:5']],
    ['UTF-16', latin1(`\xff\xfe${[...`${ROW}\n`, ...ROW].join('\0')}\0`), ['labels/b.txt:1', 'labels/b.txt:3']],
  ])('in bytes is counted row by row (%s)', async (_, rows, places) => {
    const read = await readFiles(padded({ 'data.yaml': YAML, 'labels/a.txt': ROW }, 'labels/b.txt', rows))
    expect(read.ledger.counts).toMatchObject({ read: places.length + 1, dropped: places.length })
    expect(read.ledger.entries.find(({ reason }) => reason === 'too large')?.places).toEqual(places)
    expect(problemsOf(read)).toEqual(['file-skipped labels/b.txt'])
    expect(read.ledger.problems[0]?.lossy).toBe(true)
  })

  it('in rows is not read', async () => {
    const read = await readFiles({
      'data.yaml': YAML,
      'labels/a.txt': ROW,
      'labels/b.txt': '0 1 1 1 1\n'.repeat(400_001),
    })
    expect(read.ledger.counts).toMatchObject({ read: 400_002, dropped: 400_001 })
    expect(problemsOf(read)).toEqual(['file-skipped labels/b.txt'])
    expect(read.items.map(({ annotations }) => annotations.length)).toEqual([1, 0])
  })
})

it('the extension of a picture that nobody has seen is entered as made up', async () => {
  const read = await readFiles({
    'data.yaml': 'train: images\nval: list.txt\nnames: [cat]\n',
    'images/a.png': '',
    'labels/a.txt': ROW,
    'labels/b.txt': ROW,
    'labels/c.txt': '',
    'list.txt': 'elsewhere/d.bmp\n',
  })
  expect(read.items.map(({ path }) => path)).toEqual(['a.png', 'b.jpg', 'c.jpg', 'd.bmp'])
  expect(read.ledger.entries).toMatchObject([
    {
      level: 'item',
      effect: 'defaulted',
      subject: 'path extension',
      reason: 'labels do not tell it',
      count: 2,
      places: ['labels/b.txt', 'labels/c.txt'],
    },
  ])
})
