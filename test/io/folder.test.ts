import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileTree, folderTree, sourceTree } from '../../src/io/folder.js'
import type { ByteSource, SourceTree } from '../../src/ports.js'
import { putFiles, temporaryFolder } from './temporary.js'

const windows = process.platform === 'win32'

async function textOf(tree: SourceTree, path: string): Promise<string> {
  const source = await tree.open(path)
  const bytes = new Uint8Array(source.size)
  await source.read(0, bytes)
  await source.close()
  return new TextDecoder().decode(bytes)
}

describe('folderTree', () => {
  it('lists all files by code point, with POSIX paths', async () => {
    const folder = temporaryFolder()
    putFiles(folder, {
      'b/z.txt': '',
      'b/a/x.txt': '',
      'B.txt': '',
      'b-1.txt': '',
      'ä.txt': '',
      '.hidden': '',
      'b.txt': '',
    })
    const tree = await folderTree(folder)
    expect(await tree.list()).toEqual(['.hidden', 'B.txt', 'b-1.txt', 'b.txt', 'b/a/x.txt', 'b/z.txt', 'ä.txt'])
    expect(await tree.list('b')).toEqual(['b/a/x.txt', 'b/z.txt'])
    expect(await tree.list('b/a')).toEqual(['b/a/x.txt'])
    expect(await tree.list('nothing')).toEqual([])
    expect(tree.skipped).toEqual([])
  })

  it('opens what it lists and nothing else', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'in/a.txt': 'inside', 'secret.txt': 'outside' })
    const tree = await folderTree(join(folder, 'in'))
    expect(await textOf(tree, 'a.txt')).toBe('inside')
    expect(await tree.has('a.txt')).toBe(true)
    for (const path of ['../secret.txt', join(folder, 'secret.txt'), './a.txt', '', 'a.txt/', 'x/../a.txt']) {
      expect(await tree.has(path), path).toBe(false)
      await expect(tree.open(path), path).rejects.toMatchObject({ code: 'path-escape' })
    }
    expect(await tree.has('b.txt')).toBe(false)
    await expect(tree.open('b.txt')).rejects.toMatchObject({
      code: 'io',
      message: 'b.txt: there is no such file',
    })
  })

  it('does not take a folder for a file', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'sub/a.txt': '' })
    const tree = await folderTree(folder)
    expect(await tree.has('sub')).toBe(false)
    await expect(tree.open('sub')).rejects.toMatchObject({ code: 'io', message: 'sub: this is a folder, not a file' })
  })

  it.skipIf(windows)(
    'follows links that stay inside and leaves out those that do not (links need rights on Windows)',
    async () => {
      const folder = temporaryFolder()
      putFiles(folder, { 'in/all/a.txt': 'a', 'secret.txt': 's', 'elsewhere/b.txt': 'b' })
      const root = join(folder, 'in')
      mkdirSync(join(root, 'train'))
      symlinkSync('../all/a.txt', join(root, 'train', 'a.txt'))
      symlinkSync('all', join(root, 'val'))
      symlinkSync('../secret.txt', join(root, 'secret.txt'))
      symlinkSync(join(folder, 'elsewhere'), join(root, 'elsewhere'))
      symlinkSync('nowhere', join(root, 'dead'))
      const tree = await folderTree(root)
      expect(await tree.list()).toEqual(['all/a.txt', 'train/a.txt', 'val/a.txt'])
      expect([...tree.skipped].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
        { path: 'dead', reason: 'a link to nothing' },
        { path: 'elsewhere', reason: 'a link that leaves the folder' },
        { path: 'secret.txt', reason: 'a link that leaves the folder' },
      ])
      expect(await textOf(tree, 'val/a.txt')).toBe('a')
      expect(await tree.has('secret.txt')).toBe(false)
      expect(await tree.has('elsewhere/b.txt')).toBe(false)
      await expect(tree.open('secret.txt')).rejects.toMatchObject({
        code: 'path-escape',
        message: 'secret.txt: this link leaves its folder',
      })
      await expect(tree.open('elsewhere/b.txt')).rejects.toMatchObject({ code: 'path-escape' })
    },
  )

  it.skipIf(windows)('lists pictures kept elsewhere and linked, and opens none of them', async () => {
    const folder = temporaryFolder()
    putFiles(folder, {
      'in/labels/a.txt': 'a',
      'data/a.jpg': 'picture',
      'data/deep/b.PNG': 'picture',
      'mixed/c.jpg': 'picture',
      'mixed/c.txt': 'secret',
    })
    const root = join(folder, 'in')
    symlinkSync(join(folder, 'data'), join(root, 'images'))
    symlinkSync(join(folder, 'mixed'), join(root, 'mixed'))
    symlinkSync(join(folder, 'data/a.jpg'), join(root, 'one.jpg'))
    symlinkSync(join(folder, 'in'), join(folder, 'data/loop'))
    const tree = await folderTree(root)
    const paths = await tree.list()
    expect(paths.filter((path) => !path.includes('loop'))).toEqual([
      'images/a.jpg',
      'images/deep/b.PNG',
      'labels/a.txt',
      'mixed/c.jpg',
      'one.jpg',
    ])
    expect(tree.skipped.some(({ path }) => path === 'mixed')).toBe(true)
    expect(await tree.has('images/a.jpg')).toBe(true)
    expect(await tree.has('mixed/c.txt')).toBe(false)
    await expect(tree.open('images/a.jpg')).rejects.toMatchObject({ code: 'path-escape' })
  })
  it.skipIf(windows)('does not run in circles (links need rights on Windows)', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a/file.txt': '', 'b/file.txt': '' })
    symlinkSync('..', join(folder, 'a', 'up'))
    symlinkSync('../b', join(folder, 'a', 'other'))
    symlinkSync('../a', join(folder, 'b', 'other'))
    const tree = await folderTree(folder)
    expect(await tree.list()).toEqual(['a/file.txt', 'a/other/file.txt', 'b/file.txt', 'b/other/file.txt'])
    expect(tree.skipped).toContainEqual({ path: 'a/up', reason: 'a link to a folder it lies in' })
  })

  it.skipIf(windows)('leaves out names that are no portable path, and pipes (Windows has neither)', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'back\\slash.txt': '', 'c:drive.txt': '', 'plain.txt': '' })
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const tree = await folderTree(folder)
    expect(await tree.list()).toEqual(['plain.txt'])
    expect(tree.skipped.map(({ path }) => path).sort()).toEqual(['back\\slash.txt', 'c:drive.txt', 'pipe'])
    // Waiting for somebody to write into it would hang here.
    await expect(tree.open('pipe')).rejects.toMatchObject({ code: 'io', message: 'pipe: this is not a regular file' })
  })
})

describe('fileTree', () => {
  it('holds exactly one file', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': '[1]', 'b.json': '[2]' })
    const tree = fileTree(join(folder, 'a.json'))
    expect(await tree.list()).toEqual(['a.json'])
    expect(await tree.list('a.json')).toEqual([])
    expect(await tree.has('a.json')).toBe(true)
    expect(await tree.has('b.json')).toBe(false)
    expect(tree.folder).toBe(folder)
    expect(await textOf(tree, 'a.json')).toBe('[1]')
    await expect(tree.open('b.json')).rejects.toMatchObject({ code: 'io' })
  })
})

describe('sourceTree', () => {
  it('tells a file from a folder', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'sub/a.json': '', 'sub/b.json': '' })
    expect(await (await sourceTree(join(folder, 'sub'))).list()).toEqual(['a.json', 'b.json'])
    expect(await (await sourceTree(join(folder, 'sub', 'b.json'))).list()).toEqual(['b.json'])
  })

  it('says how far a wrong path is right', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'sub/Instances.json': '', 'sub/other.json': '' })
    await expect(sourceTree(join(folder, 'sub', 'instances.jsn'))).rejects.toMatchObject({
      code: 'io',
      reason: 'there is no such file or folder',
      fix: `Check the path: ${join(folder, 'sub')} has no "instances.jsn"; it has Instances.json`,
    })
    await expect(sourceTree(join(folder, 'sup', 'x', 'y'))).rejects.toMatchObject({
      fix: `Check the path: ${folder} has no "sup"`,
    })
    await expect(sourceTree(join(folder, 'sub', 'other.json', 'y'))).rejects.toMatchObject({
      fix: `Check the path: ${join(folder, 'sub', 'other.json')} is a file`,
    })
  })
})

describe('a file', () => {
  async function opened(content: string): Promise<ByteSource> {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.bin': content })
    return fileTree(join(folder, 'a.bin')).open('a.bin')
  }

  it('reads at any place, 0 only past the end', async () => {
    const source = await opened('0123456789')
    const target = new Uint8Array(4)
    expect(source.size).toBe(10)
    expect(await source.read(3, target)).toBe(4)
    expect(new TextDecoder().decode(target)).toBe('3456')
    expect(source.readSync?.(8, target)).toBe(2)
    expect(new TextDecoder().decode(target)).toBe('8956')
    expect(source.readSync?.(10, target)).toBe(0)
    expect(await source.read(99, target)).toBe(0)
    await source.close()
  })

  it('does not read after it was closed, twice as it may be', async () => {
    const source = await opened('0123456789')
    await source.close()
    await source.close()
    expect(() => source.readSync?.(0, new Uint8Array(1))).toThrow('a.bin: this file was closed before it was read')
    await expect(source.read(0, new Uint8Array(1))).rejects.toMatchObject({ code: 'io' })
  })
})
