import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeTextFile } from '../../src/io/write-file.js'
import { putFiles, temporaryFolder } from './temporary.js'

it('writes a file whole, in the place of an older one', () => {
  const folder = temporaryFolder()
  putFiles(folder, { 'report.json': 'a longer old text' })
  writeTextFile(join(folder, 'report.json'), 'ä\n')
  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('ä\n')
  expect(readdirSync(folder)).toEqual(['report.json'])
})

it('leaves nothing when it cannot', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'report.json', 'x'), { recursive: true })
  expect(() => writeTextFile(join(folder, 'report.json'), 'text')).toThrow('this is a folder, not a file')
  expect(readdirSync(folder)).toEqual(['report.json'])
  expect(() => writeTextFile(join(folder, 'missing', 'report.json'), 'text')).toThrow('there is no such file or folder')
})
