import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOutput, type Output } from '../../src/io/output.js'
import { putFiles, temporaryFolder } from './temporary.js'

const windows = process.platform === 'win32'

async function put(output: Output, path: string, text: string): Promise<void> {
  const sink = await output.tree.create(path)
  await sink.write(new TextEncoder().encode(text))
  await sink.close()
}

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8')

describe('a new output folder', () => {
  it('appears at commit, with its parents, and leaves nothing beside it', async () => {
    const folder = temporaryFolder()
    const out = join(folder, 'deep', 'er', 'out')
    const output = await createOutput(out)
    await put(output, 'a.txt', 'A')
    await put(output, 'sub/b.txt', 'B')
    expect(existsSync(out)).toBe(false)
    await output.commit()
    expect(read(out, 'a.txt')).toBe('A')
    expect(read(out, 'sub', 'b.txt')).toBe('B')
    expect(output.files).toEqual(['a.txt', 'sub/b.txt'])
    expect(readdirSync(join(folder, 'deep', 'er'))).toEqual(['out'])
  })

  it('leaves nothing at all after an abort, open files or not', async () => {
    const folder = temporaryFolder()
    const output = await createOutput(join(folder, 'deep', 'er', 'out'))
    await put(output, 'a.txt', 'A')
    const open = await output.tree.create('b.txt')
    await open.write(new Uint8Array(100_000))
    await output.abort()
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps a folder somebody else has put something into', async () => {
    const folder = temporaryFolder()
    const output = await createOutput(join(folder, 'deep', 'out'))
    putFiles(folder, { 'deep/mine.txt': 'mine' })
    await output.abort()
    expect(readdirSync(join(folder, 'deep'))).toEqual(['mine.txt'])
  })

  it('is not aborted after a commit, and not committed twice or with open files', async () => {
    const folder = temporaryFolder()
    const output = await createOutput(join(folder, 'out'))
    const sink = await output.tree.create('a.txt')
    await expect(output.commit()).rejects.toThrow(TypeError)
    await sink.close()
    await output.commit()
    await output.abort()
    expect(readdirSync(join(folder, 'out'))).toEqual(['a.txt'])
    await expect(output.commit()).rejects.toThrow(TypeError)
    await expect(output.tree.create('b.txt')).rejects.toThrow(TypeError)
  })

  it('takes bytes in pieces of any size and does not keep the caller’s array', async () => {
    const folder = temporaryFolder()
    let n = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 8 }), async (lengths) => {
        const out = join(folder, `out${n++}`)
        const output = await createOutput(out)
        const sink = await output.tree.create('a.bin')
        const expected: number[] = []
        const piece = new Uint8Array(90_000)
        for (const [i, length] of lengths.entries()) {
          piece.fill(i + 1)
          await sink.write(piece.subarray(0, length))
          for (let k = 0; k < length; k++) expected.push(i + 1)
        }
        await sink.close()
        await output.commit()
        expect(Buffer.from(expected).equals(readFileSync(join(out, 'a.bin')))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })
})

describe('paths in an output', () => {
  it('refuses those that leave the folder and those that are taken', async () => {
    const folder = temporaryFolder()
    const output = await createOutput(join(folder, 'out'))
    for (const path of ['../a.txt', '/a.txt', 'a/../../b.txt', 'C:/a.txt', 'a\\b.txt', '', 'a//b', 'nul\0']) {
      await expect(output.tree.create(path), path).rejects.toMatchObject({ code: 'path-escape' })
    }
    await put(output, 'a', 'file')
    await expect(output.tree.create('a')).rejects.toMatchObject({ code: 'path-collision' })
    await expect(output.tree.create('a/b.txt')).rejects.toMatchObject({ code: 'path-collision' })
    await put(output, 'sub/c.txt', '')
    await expect(output.tree.create('sub')).rejects.toMatchObject({ code: 'path-collision' })
    await output.abort()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('an output folder that is there', () => {
  it('is refused with something in it, hidden or not', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'out/.hidden': '' })
    await expect(createOutput(join(folder, 'out'))).rejects.toMatchObject({
      code: 'output-not-empty',
      message: `${join(folder, 'out')}: the output folder is not empty`,
    })
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it('is filled when it is empty', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'out'))
    const output = await createOutput(join(folder, 'out'))
    await put(output, 'a.txt', 'A')
    expect(readdirSync(join(folder, 'out'))).toEqual([])
    await output.commit()
    expect(read(folder, 'out', 'a.txt')).toBe('A')
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it('with overwrite loses only files of the same name', async () => {
    const folder = temporaryFolder()
    putFiles(folder, {
      'out/a.txt': 'old',
      'out/letters.txt': 'mine',
      'out/sub/b.txt': 'old',
      'out/sub/photo.jpg': 'mine',
    })
    const output = await createOutput(join(folder, 'out'), { overwrite: true })
    await put(output, 'a.txt', 'new')
    await put(output, 'sub/b.txt', 'new')
    await put(output, 'sub/deep/c.txt', 'new')
    expect(read(folder, 'out', 'a.txt')).toBe('old')
    await output.commit()
    expect(read(folder, 'out', 'a.txt')).toBe('new')
    expect(read(folder, 'out', 'letters.txt')).toBe('mine')
    expect(read(folder, 'out', 'sub', 'b.txt')).toBe('new')
    expect(read(folder, 'out', 'sub', 'photo.jpg')).toBe('mine')
    expect(read(folder, 'out', 'sub', 'deep', 'c.txt')).toBe('new')
    expect(readdirSync(folder)).toEqual(['out'])
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['a.txt', 'letters.txt', 'sub'])
  })

  it('is as before when it was aborted', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'out/a.txt': 'old' })
    const output = await createOutput(join(folder, 'out'), { overwrite: true })
    await put(output, 'a.txt', 'new')
    await output.abort()
    expect(read(folder, 'out', 'a.txt')).toBe('old')
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it('is as before when the last file cannot be put in place', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'out/a.txt': 'old' })
    const output = await createOutput(join(folder, 'out'), { overwrite: true })
    for (const path of ['a.txt', 'fresh/b.txt', 'c.txt', 'z.txt']) await put(output, path, 'new')
    // Comes into being while the conversion runs; whatever the order of moving, the others are taken back.
    mkdirSync(join(folder, 'out', 'z.txt'))
    mkdirSync(join(folder, 'out', 'c.txt'))
    await expect(output.commit()).rejects.toMatchObject({ code: 'path-collision' })
    await output.abort()
    expect(read(folder, 'out', 'a.txt')).toBe('old')
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['a.txt', 'c.txt', 'z.txt'])
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it('tells a clash of file and folder before anything is written', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'out/labels': 'a file', 'out/a.txt/x': '' })
    const output = await createOutput(join(folder, 'out'), { overwrite: true })
    await expect(output.tree.create('labels/a.txt')).rejects.toMatchObject({
      code: 'path-collision',
      reason: 'a file stands where a folder is to be written',
    })
    await expect(output.tree.create('a.txt')).rejects.toMatchObject({
      code: 'path-collision',
      reason: 'a folder stands where a file is to be written',
    })
    await output.abort()
  })

  it.skipIf(windows)('does not write through links in it (links need rights on Windows)', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'victim/a.txt': 'precious', 'out/keep.txt': '' })
    symlinkSync('../victim', join(folder, 'out', 'sub'))
    symlinkSync('../victim/a.txt', join(folder, 'out', 'a.txt'))
    const output = await createOutput(join(folder, 'out'), { overwrite: true })
    await expect(output.tree.create('sub/a.txt')).rejects.toMatchObject({ code: 'path-escape' })
    await put(output, 'a.txt', 'new')
    await output.commit()
    expect(read(folder, 'victim', 'a.txt')).toBe('precious')
    expect(read(folder, 'out', 'a.txt')).toBe('new')
    expect(lstatSync(join(folder, 'out', 'a.txt')).isSymbolicLink()).toBe(false)
  })

  it.skipIf(windows)('is filled through a link to it (links need rights on Windows)', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'real'))
    symlinkSync('real', join(folder, 'out'))
    const output = await createOutput(join(folder, 'out'))
    await put(output, 'a.txt', 'A')
    await output.commit()
    expect(lstatSync(join(folder, 'out')).isSymbolicLink()).toBe(true)
    expect(read(folder, 'real', 'a.txt')).toBe('A')
  })

  it('is not a file', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { out: 'a file' })
    await expect(createOutput(join(folder, 'out'), { overwrite: true })).rejects.toMatchObject({
      code: 'io',
      reason: 'the output folder is a file',
    })
    expect(read(folder, 'out')).toBe('a file')
  })

  it('that came into being in the meantime is filled without loss', async () => {
    const folder = temporaryFolder()
    const output = await createOutput(join(folder, 'out'))
    await put(output, 'a.txt', 'A')
    putFiles(folder, { 'out/other.txt': 'mine' })
    await output.commit()
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['a.txt', 'other.txt'])
  })
})

describe('an output beside its input', () => {
  it('is apart from it', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'data/sub/a.json': '', 'data2/x': '' })
    const code = 'output-inside-input'
    const data = join(folder, 'data')
    await expect(createOutput(data, { input: data, overwrite: true })).rejects.toMatchObject({ code })
    await expect(createOutput(join(data, 'out'), { input: data })).rejects.toMatchObject({ code })
    await expect(createOutput(join(data, 'new', 'out'), { input: data })).rejects.toMatchObject({ code })
    await expect(createOutput(data, { input: join(data, 'sub'), overwrite: true })).rejects.toMatchObject({ code })
    await expect(createOutput(data, { input: join(data, 'sub', 'a.json'), overwrite: true })).rejects.toMatchObject({
      code,
    })
    expect(readdirSync(data)).toEqual(['sub'])
    // A name that only starts alike is somewhere else, and so is a folder beside an input file.
    const alike = await createOutput(join(folder, 'data3'), { input: data })
    await alike.abort()
    const beside = await createOutput(join(data, 'sub', 'out'), { input: join(data, 'sub', 'a.json') })
    await beside.abort()
  })

  it.skipIf(windows)('is recognised through links (links need rights on Windows)', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'data/a.json': '' })
    symlinkSync('data', join(folder, 'alias'))
    await expect(createOutput(join(folder, 'alias', 'out'), { input: join(folder, 'data') })).rejects.toMatchObject({
      code: 'output-inside-input',
    })
  })
})

it('finds another name when the folder of a crashed run is still there', async () => {
  const folder = temporaryFolder()
  const stale = join(folder, `.out.partial-${process.pid}`)
  mkdirSync(stale)
  writeFileSync(join(stale, 'x'), '')
  const output = await createOutput(join(folder, 'out'))
  await put(output, 'a.txt', 'A')
  await output.commit()
  expect(readdirSync(join(folder, 'out'))).toEqual(['a.txt'])
  expect(readdirSync(stale)).toEqual(['x'])
  rmSync(stale, { recursive: true })
})
