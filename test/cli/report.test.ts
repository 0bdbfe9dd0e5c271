import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { putFiles, temporaryFolder } from '../io/temporary.js'
import { CLEAN } from './documents.js'
import { runCli } from './spawn.js'

const NAMES = 'cat\n'
const BASE = ['convert', 'a.json', '--to', 'native', '--out', 'out', '--quiet'] as const

async function reported(...args: readonly string[]) {
  const folder = temporaryFolder()
  putFiles(folder, { 'a.json': CLEAN, 'names.txt': NAMES, 'mine.txt': 'mine' })
  const { code, stderr } = await runCli([...BASE, ...args], folder)
  const text = (path: string): string | undefined =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined
  return { folder, code, stderr, text }
}

describe('--report', () => {
  it('is written, again as well, and may lie in the output', async () => {
    const { folder, code, text } = await reported('--report', 'out/deep/report.json')
    expect(code).toBe(0)
    expect(JSON.parse(text('out/deep/report.json') ?? '').annotations.read).toBeGreaterThan(0)
    const again = await runCli([...BASE, '--overwrite', '--report', 'out/deep/report.json'], folder)
    expect(again).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it.each([
    ['a.json', CLEAN, /^error output-inside-input: a\.json: the report would replace what is read\n/],
    ['names.txt', NAMES, /^error output-inside-input: names\.txt: the report would replace what is read\n/],
    ['mine.txt', 'mine', /^error output-not-empty: mine\.txt: this file is there and is no report\n/],
  ])('never replaces %s', async (path, before, message) => {
    const { code, stderr, text } = await reported('--labels', 'names.txt', '--report', path)
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
    expect(text(path)).toBe(before)
    expect(text('out/dataset.annoform.jsonl')).toBeUndefined()
  })

  it('never replaces the result', async () => {
    const { code, stderr, text } = await reported('--report', 'out/dataset.annoform.jsonl')
    expect(code).toBe(3)
    expect(stderr).toContain('the report would replace a file of the result')
    expect(text('out/dataset.annoform.jsonl')?.startsWith('{"annoform":1')).toBe(true)
  })
})

describe('arguments that cannot be meant', () => {
  it.each([
    [['--sizes', '640'], 2],
    [['--sizes', '0x480'], 2],
    [['--images', 'nowhere'], 3],
    [['--split', '80,20'], 2],
    [['--split', 'train:80,val:20'], 2],
    [['--out', ''], 2],
  ])('%j ends with %i', async (args, expected) => {
    const { code, text } = await reported(...args)
    expect(code).toBe(expected)
    expect(text('out/dataset.annoform.jsonl')).toBeUndefined()
  })
})
