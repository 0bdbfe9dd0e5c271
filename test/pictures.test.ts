import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { convert } from '../src/node.js'
import { CLEAN } from './cli/documents.js'
import { putFiles, temporaryFolder } from './io/temporary.js'

/** `a.jpg` is 20 × 10 in the document, `b.jpg` 30 × 40. */
async function folderOf(
  pictures: Readonly<Record<string, readonly [width: number, height: number, orientation?: number]>>,
): Promise<string> {
  const folder = temporaryFolder()
  putFiles(folder, { 'in/annotations.json': CLEAN })
  for (const [path, [width, height, orientation = 1]] of Object.entries(pictures)) {
    const picture = sharp({ create: { width, height, channels: 3, background: 'teal' } })
    putFiles(folder, { [path]: await picture.withMetadata({ orientation }).jpeg().toBuffer() })
  }
  return folder
}

describe('pictures of a conversion', () => {
  it.each(['coco', 'native'])('come into images/ of %s where readers look for them', async (to) => {
    const folder = await folderOf({ 'in/a.jpg': [20, 10], 'in/images/b.jpg': [30, 40] })
    const report = await convert({ from: join(folder, 'in'), to, out: join(folder, 'out'), media: 'copy' })
    expect(report.problems).toEqual([])
    expect(readdirSync(join(folder, 'out/images'))).toEqual(['a.jpg', 'b.jpg'])
    const again = await convert({ from: join(folder, 'out'), to, out: join(folder, 'again'), media: 'hardlink' })
    expect(again.problems).toEqual([])
    expect(readdirSync(join(folder, 'again/images'))).toEqual(['a.jpg', 'b.jpg'])
  })

  it('stay where they are by default, and nobody looks at them', async () => {
    const folder = await folderOf({ 'in/a.jpg': [1, 1] })
    const report = await convert({ from: join(folder, 'in'), to: 'native', out: join(folder, 'out') })
    expect(report.problems).toEqual([])
    expect(existsSync(join(folder, 'out/images'))).toBe(false)
  })

  it('are compared to the sizes the source declares', async () => {
    const folder = await folderOf({ 'pics/a.jpg': [10, 20], 'pics/b.jpg': [31, 40] })
    const report = await convert({
      from: join(folder, 'in'),
      to: 'native',
      out: join(folder, 'out'),
      images: join(folder, 'pics'),
    })
    expect(report.problems).toMatchObject([
      { code: 'size-transposed', expected: '10 × 20', got: '20 × 10' },
      { code: 'size-mismatch', expected: '31 × 40', got: '30 × 40' },
    ])
  })

  it('count as displayed, or as stored when that is asked for', async () => {
    const folder = await folderOf({ 'pics/a.jpg': [20, 10, 6], 'pics/b.jpg': [40, 30, 5] })
    const problems = async (
      orientation: 'displayed' | 'stored',
      out: string,
    ): Promise<readonly (string | undefined)[]> => {
      const report = await convert({
        from: join(folder, 'in'),
        to: 'native',
        out: join(folder, out),
        images: join(folder, 'pics'),
        orientation,
      })
      return report.problems.map(({ code, fix }) => `${code} ${/--orientation (\w+)/.exec(fix ?? '')?.[1]}`)
    }
    expect(await problems('displayed', 'out1')).toEqual(['size-transposed stored'])
    expect(await problems('stored', 'out2')).toEqual(['size-transposed displayed'])
  })

  it('leave nothing behind when one of them cannot be placed', async () => {
    const folder = await folderOf({ 'in/a.jpg': [20, 10] })
    const report = await convert({ from: join(folder, 'in'), to: 'coco', out: join(folder, 'out'), media: 'symlink' })
    expect(report.problems).toMatchObject([{ code: 'picture-missing', count: 1 }])
    expect(readdirSync(folder).sort()).toEqual(['in', 'out'])
  })
})
