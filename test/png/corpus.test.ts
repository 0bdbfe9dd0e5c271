import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeDeflate } from '../../src/io/deflate.js'
import { decodePng, encodePng, type PngImage, toRgba8 } from '../../src/png/index.js'
import { sha256, summaryOf } from './pictures.js'

// PngSuite and the masks of public data sets, against what PIL makes of them.

const corpora = process.env.ANNOFORM_CORPORA
const goldens = process.env.ANNOFORM_GOLDENS
const file = goldens === undefined ? '' : join(goldens, 'png', 'png.json')
const ready = corpora !== undefined && existsSync(file)

interface Golden {
  readonly file: string
  readonly error?: string
  readonly mode: string
  readonly width: number
  readonly height: number
  readonly interlaced: boolean
  readonly values?: Readonly<Record<string, number>>
  readonly sha256_int32le_rowmajor?: string
  readonly sha256_rgba?: string
  readonly palette_first_22?: readonly (readonly number[])[]
}

const all: readonly Golden[] = ready ? JSON.parse(readFileSync(file, 'utf8')) : []
/** Files of PngSuite whose name begins with x are broken; PIL does not mind the wrong checksum of one of them. */
const isBroken = (golden: Golden): boolean => /^pngsuite\/x/.test(golden.file)

const MODES: Readonly<Record<string, PngImage['kind']>> = {
  1: 'grey',
  L: 'grey',
  I: 'grey',
  LA: 'grey-alpha',
  RGB: 'rgb',
  RGBA: 'rgba',
  P: 'palette',
}

function bytesOf(golden: Golden): Uint8Array {
  return readFileSync(join(corpora ?? '', golden.file))
}

/** PIL scales grey of 2 and 4 bits to 8. */
function asPil(image: PngImage): Int32Array {
  const factor =
    image.kind === 'grey' && (image.bitDepth === 2 || image.bitDepth === 4) ? 255 / (2 ** image.bitDepth - 1) : 1
  return Int32Array.from(image.data, (sample) => sample * factor)
}

/** How often each value occurs, in order of the values. */
function histogram(values: Int32Array): [value: number, count: number][] {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => a - b)
}

describe.skipIf(!ready)('PNG files of the corpora (needs ANNOFORM_CORPORA and ANNOFORM_GOLDENS)', () => {
  it('are all there', () => {
    expect(all).toHaveLength(185)
    expect(all.filter(isBroken)).toHaveLength(10)
    const named = new Set(all.map((golden) => golden.file))
    const found = readdirSync(corpora ?? '', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.png'),
    )
    expect(found.filter((name) => !named.has(name.replaceAll('\\', '/')))).toEqual([])
  })

  it.each(all.filter((golden) => !isBroken(golden)))('$file', (golden) => {
    expect(golden.error).toBeUndefined()
    const image = decodePng(bytesOf(golden), nodeDeflate)
    const isWideAlpha = image.kind === 'grey-alpha' && image.bitDepth === 16
    // PIL has no mode for grey and alpha of 16 bits.
    expect(isWideAlpha ? 'RGBA' : image.kind).toBe(isWideAlpha ? golden.mode : MODES[golden.mode])
    expect([image.width, image.height]).toEqual([golden.width, golden.height])
    if (golden.values !== undefined) {
      const values = asPil(image)
      // The list of values ends with the 300th; the hash is of them all.
      expect(histogram(values).slice(0, 300)).toEqual(
        Object.entries(golden.values).map(([value, count]) => [Number(value), count]),
      )
      expect(sha256(new Uint8Array(values.buffer))).toBe(golden.sha256_int32le_rowmajor)
    }
    if (golden.palette_first_22 !== undefined)
      expect(Array.from(image.palette ?? []).slice(0, 66)).toEqual(golden.palette_first_22.flat())
    if (golden.sha256_rgba !== undefined) expect(sha256(toRgba8(image))).toBe(golden.sha256_rgba)
  })

  it.each(all.filter((golden) => !isBroken(golden)))('$file, written and read again', (golden) => {
    const image = decodePng(bytesOf(golden), nodeDeflate)
    for (const filter of ['none', 'up', 'adaptive'] as const) {
      const again = decodePng(encodePng(image, nodeDeflate, { filter }), nodeDeflate)
      expect(summaryOf(again)).toEqual(summaryOf(image))
    }
  })

  it.each(all.filter(isBroken))('$file is refused', (golden) => {
    expect(() => decodePng(bytesOf(golden), nodeDeflate)).toThrow(expect.objectContaining({ code: 'png-format' }))
    try {
      decodePng(bytesOf(golden), nodeDeflate)
    } catch (error) {
      expect(error).toHaveProperty('place.offset', expect.any(Number))
    }
  })
})
