import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { Ledger } from '../../src/converters/ledger.js'
import { idFrom } from '../../src/dataset/id.js'
import { Item, type Media } from '../../src/dataset/item.js'
import { pictureSizes } from '../../src/io/picture-size.js'
import { putFiles, temporaryFolder } from './temporary.js'

function picture(width: number, height: number): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
}

function itemAt(path: string, split?: string, kind: Media['kind'] = 'image'): Item {
  return new Item({ id: idFrom(1), path, media: { kind }, split })
}

describe('pictureSizes', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'reads the size as displayed or as stored under EXIF orientation %i',
    async (orientation) => {
      const folder = temporaryFolder()
      const jpeg = await sharp({ create: { width: 31, height: 17, channels: 3, background: 'red' } })
        .withMetadata({ orientation })
        .jpeg()
        .toBuffer()
      putFiles(folder, { 'a.jpg': jpeg })
      const [turned, straight] = [
        { width: 17, height: 31 },
        { width: 31, height: 17 },
      ]
      expect(await pictureSizes({ input: folder })(itemAt('a.jpg'), undefined)).toEqual(
        orientation >= 5 ? turned : straight,
      )
      expect(await pictureSizes({ input: folder }, 'stored')(itemAt('a.jpg'), undefined)).toEqual(straight)
    },
  )

  it('looks first where the reader has seen the picture', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.png': await picture(10, 1), 'deep/images/a.png': await picture(10, 2) })
    const item = new Item({ id: idFrom(1), path: 'a.png', media: { kind: 'image' }, file: 'deep/images/a.png' })
    expect(await pictureSizes({ input: folder })(item, undefined)).toEqual({ width: 10, height: 2 })
  })

  it('takes a picture of another extension when it is the only one of its stem', async () => {
    const folder = temporaryFolder()
    putFiles(folder, {
      'a.JPG': await picture(10, 1),
      'a.txt': '',
      'b.png': await picture(10, 2),
      'b.webp': await picture(10, 3),
      'images/c.jpg': await picture(10, 4),
      'c.png': await picture(10, 5),
    })
    const sizes = pictureSizes({ input: folder })
    const height = async (path: string): Promise<number | undefined> => (await sizes(itemAt(path), undefined))?.height
    expect(await height('a.jpg')).toBe(1)
    expect(await height('b.jpg')).toBeUndefined()
    // The very name wins, wherever it is.
    expect(await height('c.jpg')).toBe(4)
  })

  it('looks in the usual places, the nearest first', async () => {
    const folder = temporaryFolder()
    putFiles(folder, {
      'in/here.png': await picture(10, 1),
      'in/images/here.png': await picture(10, 2),
      'in/images/sub/a.png': await picture(10, 3),
      'b.png': await picture(10, 4),
      'images/c.png': await picture(10, 5),
      'val2017/d.png': await picture(10, 6),
      'in/images/val2017/e.png': await picture(10, 7),
      'elsewhere/deep/f.png': await picture(10, 8),
      'elsewhere/here.png': await picture(10, 9),
    })
    const sizes = pictureSizes({ input: join(folder, 'in') })
    const height = async (path: string, split?: string): Promise<number | undefined> =>
      (await sizes(itemAt(path, split), undefined))?.height
    expect(await height('here.png')).toBe(1)
    expect(await height('sub/a.png')).toBe(3)
    expect(await height('b.png')).toBe(4)
    expect(await height('c.png')).toBe(5)
    expect(await height('d.png')).toBeUndefined()
    expect(await height('d.png', 'val2017')).toBe(6)
    expect(await height('e.png', 'val2017')).toBe(7)
    expect(await height('../b.png')).toBeUndefined()
    const explicit = pictureSizes({ input: join(folder, 'in'), images: join(folder, 'elsewhere') })
    expect(await explicit(itemAt('train/deep/f.png'), undefined)).toBeUndefined()
    expect(await explicit(itemAt('deep/f.png'), undefined)).toEqual({ width: 10, height: 8 })
    expect(await explicit(itemAt('train/here.png'), undefined)).toEqual({ width: 10, height: 9 })
    expect(await explicit(itemAt('b.png'), undefined)).toEqual({ width: 10, height: 4 })
  })

  it('says once when a picture cannot be read', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'images/bad.jpg': 'this is no picture' })
    const sizes = pictureSizes({ input: folder })
    const ledger = new Ledger('lenient')
    expect(await sizes(itemAt('bad.jpg'), ledger)).toBeUndefined()
    expect(await sizes(itemAt('bad.jpg'), ledger)).toBeUndefined()
    expect(ledger.problems).toMatchObject([
      {
        code: 'size-unknown',
        message: 'this picture cannot be read, so its size is not known',
        count: 1,
        places: [join('images', 'bad.jpg')],
      },
    ])
    await expect(pictureSizes({ input: folder })(itemAt('bad.jpg'), new Ledger('strict'))).rejects.toMatchObject({
      code: 'size-unknown',
    })
  })

  it('leaves alone what is no picture and what is not there', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.png': await picture(4, 3) })
    const ledger = new Ledger('strict')
    expect(await pictureSizes({ input: folder })(itemAt('a.png', undefined, 'video'), ledger)).toBeUndefined()
    expect(await pictureSizes({ input: folder })(itemAt('b.png'), ledger)).toBeUndefined()
  })
})
