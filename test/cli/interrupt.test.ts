import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { putFiles, temporaryFolder } from '../io/temporary.js'
import { slowDocument } from './documents.js'
import { finished, startCli } from './spawn.js'

// Filling 4000 polygons of a megapixel and a half takes many seconds; it is stopped long before.
const SLOW = slowDocument(4000)
const SLOWLY = ['convert', 'slow.json', '--to', 'coco', '--coco.segmentation', 'rle', '--out', 'out', '--quiet']

/** Waits until the writer has opened its file in the folder beside the output. */
async function writing(folder: string): Promise<string> {
  for (let tries = 0; tries < 2000; tries++) {
    const [partial] = readdirSync(folder).filter((name) => name.startsWith('.out.partial-'))
    if (partial !== undefined && partialFiles(join(folder, partial)).some((path) => path.endsWith('.json')))
      return partial
    await setTimeout(5)
  }
  throw new Error('the conversion did not begin')
}

function partialFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
}

describe.skipIf(process.platform === 'win32')('stopping a conversion (Windows has no such signals)', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`${signal} leaves nothing behind and exits with 130`, async () => {
      const folder = temporaryFolder()
      putFiles(folder, { 'slow.json': SLOW })
      const child = startCli(SLOWLY, folder)
      const end = finished(child)
      await writing(folder)
      child.kill(signal)
      expect(await end).toEqual({ code: 130, stdout: '', stderr: 'Interrupted; nothing was written.\n' })
      expect(readdirSync(folder)).toEqual(['slow.json'])
    })
  }

  it('leaves an older output as it was', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'slow.json': SLOW, 'out/annotations/instances.json': 'older', 'out/mine.txt': 'mine' })
    const child = startCli([...SLOWLY, '--overwrite'], folder)
    const end = finished(child)
    await writing(folder)
    child.kill('SIGINT')
    expect((await end).code).toBe(130)
    expect(readdirSync(folder).sort()).toEqual(['out', 'slow.json'])
    expect(readFileSync(join(folder, 'out/annotations/instances.json'), 'utf8')).toBe('older')
    expect(readFileSync(join(folder, 'out/mine.txt'), 'utf8')).toBe('mine')
  })

  it('a second signal ends it at once, as clean', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'slow.json': SLOW })
    const child = startCli(SLOWLY, folder)
    const end = finished(child)
    await writing(folder)
    child.kill('SIGINT')
    child.kill('SIGTERM')
    expect((await end).code).toBe(130)
    expect(readdirSync(folder)).toEqual(['slow.json'])
  })
})
