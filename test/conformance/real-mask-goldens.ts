import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { CorpusFile, firstRecordOf, type Layout, recordOf } from './corpus.js'
import type { Library } from './library.js'
import { firstDifference, ltwhOf } from './mask-goldens.js'

// What pycocotools makes of annotations of the corpora: lists of rows, each naming a file there and an annotation in it,
// by id (filled) or by number in a list of results (decoded).

interface Filled {
  readonly file: string
  readonly id: number
  readonly h: number
  readonly w: number
  readonly rle: string
  readonly area: number
  readonly bbox: readonly number[]
}

interface Decoded {
  readonly file: string
  readonly index: number
  readonly size: readonly [number, number]
  readonly area: number
  readonly bbox: readonly number[]
  readonly uncompressed: readonly number[]
}

type Segmentation = readonly (readonly number[])[] | { readonly size: [number, number]; readonly counts: string }

export const realMaskGoldens: Layout = {
  name: 'goldens of real masks',
  claim: (files) => files.filter((file) => isFilled(file) || isDecoded(file)),
  async judge(files, tally, { library, corpora }) {
    for (const file of files) {
      const rows = file.json() as readonly (Filled & Decoded)[]
      if (corpora === undefined) {
        tally.skip('the corpora these figures are about are not given', rows.length)
        continue
      }
      const sources = new Sources(corpora)
      const filled = isFilled(file)
      for (const row of rows)
        await tally.check(`${file.path}: ${row.file} ${filled ? row.id : row.index}`, () =>
          filled ? filledDifference(row, sources, library) : decodedDifference(row, sources, library),
        )
    }
  },
}

function isFilled(file: CorpusFile): boolean {
  const row = firstRecordOf(file.json())
  return row !== undefined && typeof row.file === 'string' && 'rle' in row && 'id' in row
}

function isDecoded(file: CorpusFile): boolean {
  const row = firstRecordOf(file.json())
  return row !== undefined && typeof row.file === 'string' && 'uncompressed' in row && 'index' in row
}

/** Segmentations of the corpora by file, and id or number. */
class Sources {
  readonly #corpora: string
  readonly #files = new Map<string, ReadonlyMap<number, Segmentation>>()

  constructor(corpora: string) {
    this.#corpora = corpora
  }

  segmentation(path: string, key: number): Segmentation {
    let file = this.#files.get(path)
    if (file === undefined) {
      if (!existsSync(join(this.#corpora, path))) throw new Error(`${path} is not in the corpora`)
      const json = new CorpusFile(this.#corpora, path).json()
      const list = Array.isArray(json) ? json : recordOf(json)?.annotations
      const elements = Array.isArray(list) ? list.map((element) => recordOf(element) ?? {}) : []
      file = new Map(
        elements.map((row, i) => [Number(Array.isArray(json) ? i : row.id), row.segmentation as Segmentation]),
      )
      this.#files.set(path, file)
    }
    const found = file.get(key)
    if (found === undefined) throw new Error(`${path} has no annotation ${key}`)
    return found
  }
}

function filledDifference(row: Filled, sources: Sources, { mask, geometry }: Library): string | undefined {
  const segmentation = sources.segmentation(row.file, row.id)
  const filled =
    'counts' in segmentation
      ? mask.maskFromCocoRle(segmentation)
      : mask.fillPolygonCoco(
          segmentation.map((ring) => geometry.ringFrom(ring)),
          row.w,
          row.h,
        )
  return firstDifference(recordOf(row) ?? {}, {
    rle: mask.cocoRleString(filled),
    area: filled.area,
    bbox: ltwhOf(filled),
  })
}

function decodedDifference(row: Decoded, sources: Sources, { mask }: Library): string | undefined {
  const segmentation = sources.segmentation(row.file, row.index)
  if (!('counts' in segmentation)) return 'not an RLE'
  const decoded = mask.maskFromCocoRle(segmentation)
  if (!isDeepStrictEqual(mask.cocoRleString(decoded), segmentation.counts)) return 'encoded again it is another text'
  return firstDifference(recordOf(row) ?? {}, {
    size: [decoded.height, decoded.width],
    uncompressed: mask.cocoRleCounts(decoded),
    area: decoded.area,
    bbox: ltwhOf(decoded),
  })
}
