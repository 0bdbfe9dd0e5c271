import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diskScratch } from '../../src/io/scratch.js'
import { temporaryFolder } from './temporary.js'

describe('diskScratch', () => {
  it('gives back what was written, in memory and on the disk', async () => {
    const folder = temporaryFolder()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 50 }),
        async (pieces, memory, window) => {
          const scratch = diskScratch({ memory, folder })
          const file = await scratch.create()
          for (const piece of pieces) {
            const reused = piece.slice()
            await file.write(reused)
            reused.fill(0xaa)
          }
          await file.close()
          const source = await file.source()
          const expected = Buffer.concat(pieces)
          expect(source.size).toBe(expected.length)
          const target = new Uint8Array(window)
          const found: number[] = []
          for (let offset = 0; ; ) {
            const count = source.readSync?.(offset, target) ?? 0
            if (count === 0) break
            found.push(...target.subarray(0, count))
            offset += count
          }
          expect(Buffer.from(found).equals(expected)).toBe(true)
          await scratch.dispose()
        },
      ),
      { numRuns: 60 },
    )
    expect(readdirSync(folder)).toEqual([])
  })

  it('goes to the disk only beyond its memory', async () => {
    const small = diskScratch({ memory: 100, folder: '/nowhere/at/all' })
    const file = await small.create()
    await file.write(new Uint8Array(100))
    expect((await file.source()).size).toBe(100)
    const large = await small.create()
    await large.write(new Uint8Array(100))
    await expect((async () => large.write(new Uint8Array(1)))()).rejects.toMatchObject({
      code: 'io',
      reason: 'there is no such file or folder while keeping data aside',
      fix: 'Point the environment variable TMPDIR at a folder with more space',
    })
    await small.dispose()
  })

  it.skipIf(process.platform === 'win32')(
    'has no name on the disk even while it is used (open files keep theirs on Windows)',
    async () => {
      const folder = temporaryFolder()
      const scratch = diskScratch({ memory: 10, folder })
      const file = await scratch.create()
      await file.write(new Uint8Array(1000).fill(7))
      expect(readdirSync(folder)).toEqual([])
      const target = new Uint8Array(1)
      await (await file.source()).read(999, target)
      expect(target[0]).toBe(7)
      await file.dispose()
      await file.dispose()
      await scratch.dispose()
    },
  )

  it('can be read several times, not written after reading, not read after it is freed', async () => {
    const scratch = diskScratch()
    const file = await scratch.create()
    await file.write(Uint8Array.of(1, 2, 3))
    expect((await file.source()).size).toBe(3)
    expect((await file.source()).size).toBe(3)
    expect(() => file.write(Uint8Array.of(4))).toThrow(TypeError)
    await scratch.dispose()
    await expect(file.source()).rejects.toThrow(TypeError)
  })
})
