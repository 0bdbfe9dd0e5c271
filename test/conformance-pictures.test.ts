import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as vtt from '../src/converters/vtt/index.js'
import * as geometry from '../src/geometry/index.js'
import * as deflate from '../src/io/deflate.js'
import * as mask from '../src/mask/index.js'
import * as node from '../src/node.js'
import * as png from '../src/png/index.js'
import * as json from '../src/text/json-value.js'
import type { Library } from './conformance/library.js'
import type { Tally } from './conformance/tally.js'
import { judgeAll } from './conformance/walk.js'
import { sha256 } from './png/pictures.js'

// How the conformance runner judges pictures: a decoder that is wrong in any way must not pass.

const LIBRARY: Library = { node, json, mask, geometry, png, vtt, deflate }
const { nodeDeflate } = deflate

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'annoform-pictures-'))
  for (const folder of ['corpora', 'goldens']) mkdirSync(join(root, folder))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, content: Uint8Array | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content instanceof Uint8Array ? content : JSON.stringify(content))
}

async function judged(library: Library = LIBRARY, corpora: string | undefined = join(root, 'corpora')): Promise<Tally> {
  const tallies: Tally[] = []
  for await (const tally of judgeAll(join(root, 'goldens'), { library, corpora })) tallies.push(tally)
  return tallies.at(-1) as Tally
}

/** What failed, without the name of the file. */
function failures({ failures: all }: Tally): readonly string[] {
  return all.map(({ check, reason }) => `${check.replace(/^[^:]*: /, '')}: ${reason}`)
}

const SMALL: png.PngImage = { width: 3, height: 2, kind: 'grey', bitDepth: 8, data: Uint8Array.of(0, 7, 7, 0, 7, 200) }
const bytes = png.encodePng(SMALL, nodeDeflate)

/** The library with another decoder. */
function decoding(decodePng: typeof png.decodePng): Library {
  return { ...LIBRARY, png: { ...png, decodePng } }
}

describe('pictures', () => {
  it('of any name are read, written again and damaged', async () => {
    put('corpora/some/where/else.png', bytes)
    const tally = await judged()
    expect([tally.passed, failures(tally), tally.sound]).toEqual([3, [], true])
  })

  it('beside annotations of no known layout do not make them known', async () => {
    put('corpora/new/a.png', bytes)
    put('corpora/new/a.bin', bytes)
    const tally = await judged()
    expect([tally.passed, tally.sound, tally.skips[0]?.explained, tally.skips[0]?.count]).toEqual([3, false, false, 1])
  })

  it('fail when broken ones have no name that says so', async () => {
    put('corpora/c/a.png', bytes.slice(0, 50))
    expect((await judged()).failures).toHaveLength(3)
  })

  it.each<[string, (image: png.PngImage) => png.PngImage, string]>([
    [
      'a sample',
      (image) => ({ ...image, data: image.data.map((v, i) => (i === 4 ? v + 1 : v)) }),
      'sample 4: expected',
    ],
    ['the size', (image) => ({ ...image, width: 2, height: 3 }), 'read as its header says: the header says'],
    ['a chunk', (image) => ({ ...image, chunks: [...(image.chunks ?? []), CHUNK] }), 'or a chunk is another'],
    ['the form', (image) => ({ ...image, bitDepth: 16, data: Uint16Array.from(image.data) }), 'the header says'],
  ])('fail when the decoder changes %s', async (_, change, reason) => {
    put('corpora/c/a.png', bytes)
    const tally = await judged(decoding((...given) => change(png.decodePng(...given))))
    expect(failures(tally).join('\n')).toContain(reason)
  })

  it('fail when the decoder lets damage pass', async () => {
    put('corpora/c/a.png', bytes)
    const forgiving = decoding((given, ...rest) => {
      try {
        return png.decodePng(given, ...rest)
      } catch {
        return SMALL
      }
    })
    expect(failures(await judged(forgiving))).toEqual(['refused when damaged: cut off after 0 bytes: accepted'])
    const careless = decoding((given, ...rest) => {
      if (given.length === bytes.length && given[30] !== bytes[30]) return SMALL
      return png.decodePng(given, ...rest)
    })
    expect(failures(await judged(careless))).toEqual(['refused when damaged: byte 30 changed: accepted'])
  })

  it.each<[string, () => Error, string]>([
    ['without a code', () => new RangeError('x'), 'refused with RangeError: x'],
    ['with another code', () => new node.AnnotationError('io', 'x'), 'refused with the code io'],
    ['without a place', () => new node.AnnotationError('png-format', 'x'), 'refused without an offset: '],
    ['beyond the end', () => png0(999), 'refused at 999 of 0 bytes'],
  ])('fail when damage is refused %s', async (_, error, reason) => {
    put('corpora/c/a.png', bytes)
    const tally = await judged(
      decoding((given, ...rest) => {
        if (given.length !== bytes.length) throw error()
        return png.decodePng(given, ...rest)
      }),
    )
    expect(failures(tally)[0]).toContain(`cut off after 0 bytes: ${reason}`)
  })
})

const CHUNK: png.PngChunk = { type: 'tEXt', data: Uint8Array.of(65, 0), after: 'data' }
const png0 = (offset: number): Error => new node.AnnotationError('png-format', 'x', { place: { offset } })

describe('PngSuite', () => {
  beforeEach(() => put('corpora/suite/basn0g08.png', bytes))

  it('says by its names what is broken and what a header holds', async () => {
    put('corpora/suite/xcsn0g01.png', bytes.slice(0, 50))
    put('corpora/suite/readme.png', bytes)
    const tally = await judged()
    expect([tally.passed, failures(tally)]).toEqual([7, []])
  })

  it('fails when what is broken is accepted or a header is another', async () => {
    put('corpora/suite/xcsn0g01.png', bytes)
    put('corpora/suite/basi0g08.png', bytes)
    put('corpora/suite/basn3p08.png', bytes)
    put('corpora/suite/basn0g04.png', bytes)
    expect(failures(await judged())).toEqual([
      'read as its header says: its name says otherwise than n0g08',
      'read as its header says: its name says otherwise than n0g08',
      'read as its header says: its name says otherwise than n0g08',
      'refused: accepted',
    ])
  })
})

describe('goldens of pictures', () => {
  const row = {
    file: 'c/a.png',
    mode: 'L',
    width: 3,
    height: 2,
    interlaced: false,
    values: { 0: 2, 7: 3, 200: 1 },
    sha256_int32le_rowmajor: sha256(new Uint8Array(Int32Array.from(SMALL.data).buffer)),
    sha256_rgba: sha256(png.toRgba8(SMALL)),
  }
  beforeEach(() => put('corpora/c/a.png', bytes))

  it('are exact', async () => {
    const { sha256_rgba: _, ...withoutColours } = row
    put('goldens/g/any.json', [row, withoutColours])
    const tally = await judged()
    expect([tally.passed, failures(tally)]).toEqual([2, []])
  })

  it.each([
    ['mode RGB, got grey', { mode: 'RGB' }],
    ['expected 2 x 3, got 3 x 2', { width: 2, height: 3 }],
    ['the palette is another', { palette_first_22: [[1, 2, 3]] }],
    ['the values occur otherwise', { values: { 0: 3, 7: 2, 200: 1 } }],
    ['the values are others', { sha256_int32le_rowmajor: '' }],
    ['the colours are others', { sha256_rgba: '' }],
    ['there is no figure to compare', { values: undefined, sha256_rgba: undefined, error: undefined }],
    ['it is not in the corpora', { file: 'c/b.png' }],
    ['accepted', { error: 'cannot identify' }],
  ])('fail: %s', async (reason, change) => {
    put('goldens/g/any.json', [row, { ...row, ...change }])
    expect((await judged()).failures.map((failure) => failure.reason)).toEqual([reason])
  })

  it('have grey of 1 to 4 bits as PIL scales it', async () => {
    const grey = { ...SMALL, bitDepth: 4, data: Uint8Array.of(0, 1, 2, 3, 14, 15) } as const
    const scaled = [0, 17, 34, 51, 238, 255]
    put('corpora/c/a.png', png.encodePng(grey, nodeDeflate))
    const values = Object.fromEntries(scaled.map((value) => [value, 1]))
    const hash = sha256(new Uint8Array(Int32Array.from(scaled).buffer))
    put('goldens/g/a.json', [{ ...row, values, sha256_int32le_rowmajor: hash, sha256_rgba: sha256(png.toRgba8(grey)) }])
    expect(failures(await judged())).toEqual([])
  })

  it('count what the suite calls broken as broken', async () => {
    put('corpora/s/xcsn0g01.png', bytes.slice(0, 50))
    put('goldens/g/any.json', [{ ...row, file: 's/xcsn0g01.png' }])
    expect((await judged()).passed).toBe(1)
    put('corpora/s/xcsn0g01.png', bytes)
    expect((await judged()).failures.map(({ reason }) => reason)).toEqual(['accepted'])
  })

  it('need the corpora', async () => {
    put('goldens/g/any.json', [row])
    const world = { library: LIBRARY, corpora: undefined }
    for await (const tally of judgeAll(join(root, 'goldens'), world))
      expect([tally.skipped, tally.passed]).toEqual([1, 0])
  })
})

describe('goldens of panoptic pictures', () => {
  const ids = [0, 0, 70_000, 0, 513, 70_000]
  const rgb = Uint8Array.from(ids.flatMap((id) => [id & 255, (id >> 8) & 255, id >> 16]))
  const segment = (id: number): object => {
    const pixels = mask.Mask.fromDense(
      Uint8Array.from(ids, (value) => (value === id ? 1 : 0)),
      3,
      2,
    )
    return { id, pixels: pixels.area, rle: { size: [2, 3], counts: mask.cocoRleString(pixels) } }
  }
  const row = {
    png: 'c/a.png',
    pixels_by_id: { 0: 3, 513: 1, 70000: 2 },
    segments: [segment(513), segment(70_000)],
  }
  beforeEach(() => put('corpora/c/a.png', png.encodePng({ ...SMALL, kind: 'rgb', data: rgb }, nodeDeflate)))

  it('are exact', async () => {
    put('goldens/g/p.json', [row])
    const tally = await judged()
    expect([tally.passed, failures(tally)]).toEqual([1, []])
  })

  it.each([
    ['the ids have other counts of pixels', { pixels_by_id: { 0: 3, 513: 2, 70000: 1 } }],
    ['segment 513 has other pixels', { segments: [{ ...segment(513), pixels: 2 }] }],
    ['segment 513 has other pixels', { segments: [{ ...segment(70_000), id: 513 }] }],
    ['it is not in the corpora', { png: 'c/b.png' }],
  ])('fail: %s', async (reason, change) => {
    put('goldens/g/p.json', [{ ...row, ...change }])
    expect((await judged()).failures.map((failure) => failure.reason)).toEqual([reason])
  })

  it('fail for a picture without ids, and when painting changes something', async () => {
    put('goldens/g/p.json', [row])
    const paintLabelMap: typeof mask.paintLabelMap = (width, height, layers, options) =>
      mask.paintLabelMap(width, height, layers.slice(0, 1), options)
    const painting = { ...LIBRARY, mask: { ...mask, paintLabelMap } }
    expect((await judged(painting)).failures[0]?.reason).toContain('it is another picture')
    put('corpora/c/a.png', bytes)
    expect((await judged()).failures[0]?.reason).toBe('grey of 8 bits has no ids')
  })
})
