import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Converter, createDataset, memorySink, openDataset } from '../src/node.js'
import { CLEAN } from './cli/documents.js'
import { putFiles, temporaryFolder } from './io/temporary.js'

describe('Converter in Node', () => {
  it('converts a file and a folder, with the function of the user', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'in/a.json': CLEAN })
    const seen: number[] = []
    const converter = new Converter({
      conversion: (annotation) => (annotation.label === 'cat' ? annotation : null),
      onProgress: (done) => void seen.push(done),
    })
    const report = await converter.convertFile(join(folder, 'in/a.json'), { to: 'coco', out: join(folder, 'file') })
    expect(report.annotations).toEqual({ read: 2, kept: 1, derived: 0, approximated: 0, dropped: 1 })
    expect(seen).toEqual([2])
    await converter.convertDirectory(join(folder, 'in'), { from: 'coco', to: 'coco', out: join(folder, 'folder') })
    const written = readFileSync(join(folder, 'file/annotations/instances.json'), 'utf8')
    expect(readFileSync(join(folder, 'folder/annotations/instances.json'), 'utf8')).toBe(written)
    expect(JSON.parse(written)).toMatchObject({ annotations: [{ id: 1 }] })
    expect(readFileSync(join(folder, 'in/a.json'), 'utf8')).toBe(CLEAN)
  })

  it('writes a data set into a folder or a tree and leaves it open', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': CLEAN })
    const dataset = await openDataset(join(folder, 'a.json'))
    const converter = new Converter()
    await converter.convertDataset(dataset, { to: 'native', out: join(folder, 'out') })
    const tree = memorySink()
    await converter.convertDataset(dataset, { to: 'native', tree })
    expect(readFileSync(join(folder, 'out/dataset.annoform.jsonl'), 'utf8')).toBe(tree.text('dataset.annoform.jsonl'))
    await dataset.close()
  })

  it('leaves nothing behind when a function throws', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': CLEAN })
    const converter = new Converter({
      conversion: () => {
        throw new RangeError('not today')
      },
    })
    await expect(
      converter.convertFile(join(folder, 'a.json'), { to: 'native', out: join(folder, 'out') }),
    ).rejects.toThrow('not today')
    expect(readdirSync(folder)).toEqual(['a.json'])
    await expect(
      converter.convertDataset(createDataset({ items: [] }), { to: 'nothing', out: join(folder, 'out') }),
    ).rejects.toMatchObject({ code: 'unknown-format' })
  })
})
