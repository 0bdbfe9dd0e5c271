import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { putFiles, temporaryFolder } from '../io/temporary.js'
import { CLEAN, FLAWED } from './documents.js'
import { runCli } from './spawn.js'
import { runHere } from './terminal.js'

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  putFiles(folder, files)
  return folder
}

/** `convert a.json --to coco --out out` in a folder, with more arguments. */
async function convertHere(folder: string, ...more: string[]): ReturnType<typeof runHere> {
  return runHere(['convert', join(folder, 'a.json'), '--to', 'coco', '--out', join(folder, 'out'), ...more])
}

describe('the summary', () => {
  it('of a sound file is short', async () => {
    const folder = folderWith({ 'a.json': CLEAN })
    const { stderr } = await runCli(['convert', 'a.json', '--to', 'coco', '--out', 'out', '--rewrite'], folder)
    expect(stderr.replace(/\d+ ms|\d+\.\d s/, 'SECONDS')).toBe(`a.json (coco) → out (coco), SECONDS

  items           2
  annotations     2
    kept          2
    derived       0
    approximated  0
    dropped       0

Wrote annotations/instances.json to out. Pictures stay where they are (--media).
`)
  })

  it('tells what was lost, where and why', async () => {
    const folder = folderWith({ 'a.json': FLAWED })
    const args = ['convert', 'a.json', '--to', 'coco', '--out', 'out', '--coco.segmentation', 'rle']
    const { stderr } = await runCli(args, folder)
    expect(
      stderr.replace(/\d+ ms|\d+\.\d s/, 'SECONDS').replace(/IoU [\d.]+/, 'IoU WORST'),
    ).toBe(`a.json (coco) → out (coco), SECONDS

  items           2
  annotations     3
    kept          1
    derived       0
    approximated  1
    dropped       1

What became of annotations
  1  dropped       annotation: invalid
     a.json /annotations/2/segmentation
  1  approximated  segment: filled into pixels, as asked for (IoU WORST or more)
     a.json /annotations/0

Problems
  1  expected-type  bad segmentation: expected a list of rings or an RLE object, got "round" (left out)
     a.json /annotations/2/segmentation

Wrote annotations/instances.json to out. Pictures stay where they are (--media).
Finished, but 1 problem left something out; see above.
`)
  })

  it('is in colour on a terminal only, and not with NO_COLOR', async () => {
    const folder = folderWith({ 'a.json': FLAWED })
    const args = ['formats']
    expect((await runHere(args, { tty: true })).stdout).toContain('\u001b[1mFormats\u001b[22m')
    expect((await runHere(args, { tty: false })).stdout).toMatch(/^Formats\n/)
    expect((await runHere(args, { tty: true, env: { NO_COLOR: '1' } })).stdout).toMatch(/^Formats\n/)
    expect((await runHere(args, { tty: true, env: { NO_COLOR: '' } })).stdout).toContain('\u001b[1m')
    expect((await runHere(args, { tty: true, env: { TERM: 'dumb' } })).stdout).toMatch(/^Formats\n/)
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  it('does not let names of the data command the terminal', async () => {
    const folder = folderWith({ 'a.json': CLEAN.replace('"cat"', '"\\u001b[31mcat\\u202e"') })
    const { stdout } = await runHere(['inspect', join(folder, 'a.json')])
    expect(stdout).toContain('\\u001b[31mcat\\u202e')
    expect(stdout).not.toContain('\u001b')
    expect(stdout).not.toContain('\u202e')
  })
})

describe('--report', () => {
  it('holds the whole account', async () => {
    const folder = folderWith({ 'a.json': FLAWED })
    const { code } = await convertHere(folder, '--quiet', '--report', join(folder, 'report.json'))
    expect(code).toBe(4)
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
    expect(Object.keys(report)).toEqual([
      'version',
      'source',
      'target',
      'items',
      'annotations',
      'ledger',
      'problems',
      'seconds',
    ])
    expect(report).toMatchObject({
      version: 1,
      source: { format: 'coco', name: join(folder, 'a.json') },
      target: { format: 'coco', name: join(folder, 'out') },
      items: 2,
      annotations: { read: 3, kept: 2, derived: 0, approximated: 0, dropped: 1 },
      problems: [{ code: 'expected-type', lossy: true, count: 1, places: ['a.json /annotations/2/segmentation'] }],
    })
    expect(report.seconds).toBeGreaterThan(0)
    expect(report.ledger).toContainEqual({
      level: 'annotation',
      effect: 'dropped',
      subject: 'annotation',
      reason: 'invalid',
      count: 1,
      places: ['a.json /annotations/2/segmentation'],
    })
  })

  it('is the same for two runs but for the seconds', async () => {
    const folder = folderWith({ 'a.json': FLAWED })
    const report = async (): Promise<Record<string, unknown>> => {
      await convertHere(folder, '--quiet', '--overwrite', '--report', join(folder, 'report.json'))
      return { ...JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')), seconds: 0 }
    }
    expect(await report()).toEqual(await report())
  })

  it('may lie in the output, but in no folder that is not there, which is told beforehand', async () => {
    const folder = folderWith({ 'a.json': CLEAN })
    const missing = await convertHere(folder, '--report', join(folder, 'none', 'report.json'))
    expect(missing.code).toBe(3)
    expect(missing.stderr).toContain('the folder of the report is not there\n')
    expect(readdirSync(folder)).toEqual(['a.json'])
    expect((await convertHere(folder, '--quiet', '--report', join(folder, 'out', 'report.json'))).code).toBe(0)
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['annotations', 'report.json'])
  })
})

describe('the output', () => {
  it('must be empty, or --overwrite given, which leaves other files alone', async () => {
    const folder = folderWith({ 'a.json': CLEAN, 'out/mine.txt': 'mine', 'out/annotations/instances.json': 'old' })
    const refused = await convertHere(folder)
    expect(refused).toEqual({
      code: 2,
      stdout: '',
      stderr: `error output-not-empty: ${join(folder, 'out')}: the output folder is not empty
  fix: Choose another folder, or give --overwrite to replace files of the same name and leave the others alone
`,
    })
    expect(readFileSync(join(folder, 'out/annotations/instances.json'), 'utf8')).toBe('old')
    expect((await convertHere(folder, '--overwrite', '--quiet')).code).toBe(0)
    expect(readFileSync(join(folder, 'out/mine.txt'), 'utf8')).toBe('mine')
    expect(JSON.parse(readFileSync(join(folder, 'out/annotations/instances.json'), 'utf8'))).toEqual(JSON.parse(CLEAN))
  })

  it('is apart from the input', async () => {
    const folder = folderWith({ 'data/a.json': CLEAN })
    const { code, stderr } = await runHere([
      'convert',
      join(folder, 'data'),
      '--to',
      'coco',
      '--out',
      join(folder, 'data/out'),
    ])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^error output-inside-input: /)
    expect(readdirSync(join(folder, 'data'))).toEqual(['a.json'])
  })

  it('is not there after an error under way, nor is anything beside it', async () => {
    const folder = folderWith({ 'a.json': FLAWED })
    const { code, stderr } = await convertHere(folder, '--policy', 'strict')
    expect(code).toBe(3)
    expect(stderr).toMatch(/^error expected-type: a\.json \/annotations\/2\/segmentation: /)
    expect(readdirSync(folder)).toEqual(['a.json'])
  })
})

describe('a picture path that leaves the folder', () => {
  const folder = () => folderWith({ 'in/a.json': CLEAN.replace('a.jpg', '../../../evil.jpg') })

  it('is a problem, and nothing is written outside', async () => {
    const root = folder()
    const args = [
      'convert',
      join(root, 'in/a.json'),
      '--to',
      'native',
      '--out',
      join(root, 'in/out'),
      '--fail-on',
      'problems',
    ]
    const { code, stderr } = await runHere(args)
    expect(code).toBe(1)
    expect(stderr).toMatch(/ 1 {2}path-escape {2}.*\n +a\.json \/images\/0\/file_name\n/)
    expect(readdirSync(root)).toEqual(['in'])
    expect(readFileSync(join(root, 'in/out/dataset.annoform.jsonl'), 'utf8')).toContain('"path":"evil.jpg"')
  })

  it('stops a strict conversion', async () => {
    const root = folder()
    const args = [
      'convert',
      join(root, 'in/a.json'),
      '--to',
      'native',
      '--out',
      join(root, 'out'),
      '--policy',
      'strict',
    ]
    const { code, stderr } = await runHere(args)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^error path-escape: a\.json \/images\/0\/file_name: /)
    expect(readdirSync(root)).toEqual(['in'])
  })
})

describe('an input without anything', () => {
  it('ends with 3 and writes nothing', async () => {
    const folder = folderWith({ 'a.json': '{"images":[],"annotations":[],"categories":[]}', 'empty/.keep': '' })
    const { code, stderr } = await convertHere(folder, '--from', 'coco')
    expect(code).toBe(3)
    expect(stderr).toBe(
      `error empty-input: ${join(folder, 'a.json')}: there is no item in here\n  fix: Look at the input with inspect\n`,
    )
    expect(existsSync(join(folder, 'out'))).toBe(false)
    expect((await runHere(['inspect', join(folder, 'missing')])).code).toBe(3)
    expect((await runHere(['inspect', join(folder, 'empty')])).code).toBe(3)
  })
})

describe('splits, labels and sizes', () => {
  it('divides the same way every time, and differently with another seed', async () => {
    const images = Array.from({ length: 40 }, (_, i) => ({ id: i + 1, file_name: `${i}.jpg`, width: 3, height: 2 }))
    const folder = folderWith({
      'a.json': JSON.stringify({ images, annotations: [], categories: [{ id: 1, name: 'x' }] }),
    })
    const idsOf = (out: string, split: string): number[] =>
      JSON.parse(readFileSync(join(folder, out, 'annotations', `instances_${split}.json`), 'utf8')).images.map(
        ({ id }: { id: number }) => id,
      )
    const divide = (out: string, ...more: string[]) =>
      runHere([
        'convert',
        join(folder, 'a.json'),
        '--to',
        'coco',
        '--out',
        join(folder, out),
        '--split',
        'train=80,val=20',
        ...more,
      ])
    for (const [out, ...more] of [['one'], ['two'], ['three', '--seed', '7']] as const) {
      expect((await divide(out, '--quiet', ...more)).code).toBe(0)
    }
    expect([...idsOf('one', 'train'), ...idsOf('one', 'val')].sort((a, b) => a - b)).toEqual(images.map(({ id }) => id))
    expect(idsOf('one', 'train').length).toBeGreaterThan(idsOf('one', 'val').length)
    expect(idsOf('two', 'train')).toEqual(idsOf('one', 'train'))
    expect(idsOf('three', 'train')).not.toEqual(idsOf('one', 'train'))
  })

  it('takes one split, and names those there are when it is not there', async () => {
    const folder = folderWith({
      'data/instances_train.json': CLEAN,
      'data/instances_val.json': CLEAN.replaceAll('.jpg', '.png'),
    })
    const take = (split: string) =>
      runHere([
        'convert',
        join(folder, 'data'),
        '--to',
        'coco',
        '--out',
        join(folder, 'out'),
        '--quiet',
        '--split',
        split,
      ])
    expect(await take('test')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error invalid-option: there is no split "test"\n  fix: Choose one of train, val\n',
    })
    expect((await take('val')).code).toBe(0)
    expect(readdirSync(join(folder, 'out', 'annotations'))).toEqual(['instances_val.json'])
  })

  it('orders labels by a file', async () => {
    const folder = folderWith({ 'a.json': CLEAN, 'labels.txt': 'owl\ndog\ncat\n', 'twice.txt': 'a\na\n' })
    expect((await convertHere(folder, '--quiet', '--labels', join(folder, 'labels.txt'))).code).toBe(0)
    const { categories } = JSON.parse(readFileSync(join(folder, 'out/annotations/instances.json'), 'utf8'))
    expect(categories.map(({ name }: { name: string }) => name)).toEqual(['owl', 'dog', 'cat'])
    const twice = await convertHere(folder, '--overwrite', '--labels', join(folder, 'twice.txt'))
    expect(twice.code).toBe(3)
    expect(twice.stderr).toContain('twice.txt: the label "a" is there twice')
    const missing = await convertHere(folder, '--overwrite', '--labels', join(folder, 'none.txt'))
    expect(missing).toMatchObject({ code: 3 })
    expect(missing.stderr).toContain('none.txt: there is no such file or folder')
  })

  it('fills sizes the source does not have, and only those', async () => {
    const folder = folderWith({
      'a.json': CLEAN.replace(',"width":20,"height":10', ''),
      'sizes.json': '{"a.jpg": [640, 480], "b.jpg": [1, 1]}',
    })
    const sizesWith = async (sizes: string): Promise<number[][]> => {
      expect((await convertHere(folder, '--quiet', '--overwrite', '--sizes', sizes)).code).toBe(0)
      const { images } = JSON.parse(readFileSync(join(folder, 'out/annotations/instances.json'), 'utf8'))
      return images.map(({ width, height }: { width: number; height: number }) => [width, height])
    }
    expect(await sizesWith('70x50')).toEqual([
      [70, 50],
      [30, 40],
    ])
    expect(await sizesWith(join(folder, 'sizes.json'))).toEqual([
      [640, 480],
      [30, 40],
    ])
  })
})
