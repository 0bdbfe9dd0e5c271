import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
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
})

it('makes folders, follows links, and writes into what is no file', () => {
  const folder = temporaryFolder()
  writeTextFile(join(folder, 'new', 'report.json'), 'text')
  expect(readFileSync(join(folder, 'new', 'report.json'), 'utf8')).toBe('text')
  symlinkSync(join(folder, 'new', 'report.json'), join(folder, 'link.json'))
  writeTextFile(join(folder, 'link.json'), 'more')
  expect(lstatSync(join(folder, 'link.json')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(folder, 'new', 'report.json'), 'utf8')).toBe('more')
  writeTextFile('/dev/null', 'gone')
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
})
