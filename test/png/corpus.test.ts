import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as deflate from '../../src/io/deflate.js'
import * as png from '../../src/png/index.js'
import { brokenRows, goldenDifference, type PictureGolden } from '../conformance/picture-goldens.js'
import { rewritingDifference } from '../conformance/picture-layout.js'

// PngSuite and the masks of public data sets, against what PIL makes of them.

const corpora = process.env.ANNOFORM_CORPORA
const goldens = process.env.ANNOFORM_GOLDENS
const file = goldens === undefined ? '' : join(goldens, 'png', 'png.json')
const ready = corpora !== undefined && existsSync(file)

const all: readonly PictureGolden[] = ready ? JSON.parse(readFileSync(file, 'utf8')) : []
const broken = brokenRows(all)
const sound = all.filter((row) => !broken.has(row.file))

function bytesOf(row: PictureGolden): Uint8Array {
  return new Uint8Array(readFileSync(join(corpora ?? '', row.file)))
}

describe.skipIf(!ready)('PNG files of the corpora (needs ANNOFORM_CORPORA and ANNOFORM_GOLDENS)', () => {
  it('are all there', () => {
    const named = new Set(all.map((row) => row.file))
    const found = readdirSync(corpora ?? '', { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.png'))
    expect(found.filter((name) => !named.has(name))).toEqual([])
    expect(all.filter((row) => row.error !== undefined && !broken.has(row.file))).toEqual([])
    expect(broken.size).toBeGreaterThan(0)
  })

  it.each(sound)('$file', (row) => {
    expect(goldenDifference(row, png.decodePng(bytesOf(row), deflate.nodeDeflate), png)).toBeUndefined()
  })

  it.each(sound)('$file, written and read again', (row) => {
    const image = png.decodePng(bytesOf(row), deflate.nodeDeflate)
    expect(rewritingDifference(image, { png, deflate })).toBeUndefined()
  })

  it.each([...broken])('%s is refused', (path) => {
    try {
      png.decodePng(new Uint8Array(readFileSync(join(corpora ?? '', path))), deflate.nodeDeflate)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'png-format', place: { offset: expect.any(Number) } })
    }
  })
})
