import { lstatSync, readFileSync, readlinkSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Ledger } from '../../src/converters/ledger.js'
import { idFrom } from '../../src/dataset/id.js'
import { Item } from '../../src/dataset/item.js'
import { createOutput } from '../../src/io/output.js'
import { type MediaMode, placedPictures } from '../../src/io/place-pictures.js'
import { putFiles, temporaryFolder } from './temporary.js'

const itemAt = (path: string): Item => new Item({ id: idFrom(1), path, media: { kind: 'image' } })

async function placed(folder: string, mode: MediaMode, path = 'x/a.jpg'): Promise<Ledger> {
  const output = await createOutput(join(folder, 'out'))
  const ledger = new Ledger('lenient')
  await placedPictures(output, { input: join(folder, 'in') }, mode, ledger).place(itemAt('a.jpg'), path)
  await (await output.tree.create('labels.txt')).close()
  await output.commit()
  return ledger
}

describe('placedPictures', () => {
  it('copies, links or leaves pictures', async () => {
    for (const mode of ['copy', 'hardlink', 'symlink', 'none'] as const) {
      const folder = temporaryFolder()
      putFiles(folder, { 'in/a.jpg': 'picture' })
      const ledger = await placed(folder, mode)
      const [source, target] = [join(folder, 'in/a.jpg'), join(folder, 'out/x/a.jpg')]
      expect(ledger.problems).toEqual([])
      if (mode === 'none') {
        expect(lstatSync(target, { throwIfNoEntry: false })).toBeUndefined()
        continue
      }
      expect(readFileSync(target, 'utf8')).toBe('picture')
      expect(lstatSync(target).isSymbolicLink()).toBe(mode === 'symlink')
      expect(statSync(target).ino === statSync(source).ino).toBe(mode !== 'copy')
    }
  })

  it('links to the picture itself where the source has a link to it', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'store/real.jpg': 'picture', 'in/b.jpg': '' })
    symlinkSync(join(folder, 'store/real.jpg'), join(folder, 'in/a.jpg'))
    await placed(folder, 'symlink')
    expect(readlinkSync(join(folder, 'out/x/a.jpg'))).toBe(join(folder, 'store/real.jpg'))
  })

  it('tells of pictures that are not there', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'in/other.jpg': '' })
    const ledger = await placed(folder, 'copy')
    expect(ledger.problems).toMatchObject([{ code: 'picture-missing', lossy: true, places: ['a.jpg'] }])
  })

  it('says nothing of pictures nobody asked for', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'in/other.jpg': '' })
    expect((await placed(folder, 'none')).problems).toEqual([])
  })

  it.each(['copy', 'hardlink', 'symlink'] as const)(
    'leaves a picture alone that is in its place already: %s',
    async (mode) => {
      const folder = temporaryFolder()
      putFiles(folder, { 'out/images/a.jpg': 'picture', 'ann/i.json': '' })
      const output = await createOutput(join(folder, 'out'), { overwrite: true })
      const folders = { input: join(folder, 'ann'), images: join(folder, 'out/images') }
      const pictures = placedPictures(output, folders, mode, new Ledger('lenient'))
      await pictures.place(itemAt('a.jpg'), 'images/a.jpg')
      await output.commit()
      expect(pictures.counts).toEqual({ placed: 1, missing: 0 })
      expect(lstatSync(join(folder, 'out/images/a.jpg')).isFile()).toBe(true)
      expect(readFileSync(join(folder, 'out/images/a.jpg'), 'utf8')).toBe('picture')
    },
  )

  it('makes no link to a file of the output itself, which might be replaced', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'out/images/a.jpg': 'picture', 'ann/i.json': '' })
    const output = await createOutput(join(folder, 'out'), { overwrite: true })
    const folders = { input: join(folder, 'ann'), images: join(folder, 'out/images') }
    const pictures = placedPictures(output, folders, 'symlink', new Ledger('lenient'))
    await expect(pictures.place(itemAt('a.jpg'), 'train/a.jpg')).rejects.toMatchObject({ code: 'output-inside-input' })
    await output.abort()
    expect(readFileSync(join(folder, 'out/images/a.jpg'), 'utf8')).toBe('picture')
  })

  it('refuses places outside the output and places taken', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'in/a.jpg': 'picture' })
    await expect(placed(folder, 'copy', '../a.jpg')).rejects.toMatchObject({ code: 'path-escape' })
    await expect(placed(anotherFolder(), 'copy', 'labels.txt')).rejects.toMatchObject({
      code: 'path-collision',
    })
    expect(lstatSync(join(folder, 'a.jpg'), { throwIfNoEntry: false })).toBeUndefined()
  })

  it('knows the folder a path is named from', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'in/images/a.jpg': '', 'in/images/s/b.jpg': '' })
    const output = await createOutput(join(folder, 'out'))
    const pictures = placedPictures(output, { input: join(folder, 'in') }, 'none', new Ledger('lenient'))
    expect(pictures.folderOf(itemAt('a.jpg'))).toBe(join(folder, 'in/images'))
    expect(pictures.folderOf(itemAt('s/b.jpg'))).toBe(join(folder, 'in/images'))
    expect(pictures.folderOf(itemAt('c.jpg'))).toBeUndefined()
    await output.abort()
  })
})

function anotherFolder(): string {
  const folder = temporaryFolder()
  putFiles(folder, { 'in/a.jpg': 'picture' })
  return folder
}
