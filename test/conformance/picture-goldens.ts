import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { PngImage } from '../../src/png/index.js'
import { CorpusFile, firstRecordOf, type Layout } from './corpus.js'
import type { Library } from './library.js'
import { brokenAmong, notRefused } from './picture-layout.js'

/** What PIL makes of a PNG of the corpora. */
export interface PictureGolden {
  readonly file: string
  /** Why PIL cannot read it; then there is nothing else. */
  readonly error?: string
  readonly mode: string
  readonly width: number
  readonly height: number
  readonly interlaced: boolean
  /** How often each value occurs, the first 300 of them in ascending order. Not for colours. */
  readonly values?: Readonly<Record<string, number>>
  readonly sha256_int32le_rowmajor?: string
  readonly sha256_rgba?: string
  readonly palette_first_22?: readonly (readonly number[])[]
}

const MODES: Readonly<Record<string, PngImage['kind']>> = {
  1: 'grey',
  L: 'grey',
  I: 'grey',
  LA: 'grey-alpha',
  RGB: 'rgb',
  RGBA: 'rgba',
  P: 'palette',
}

/** Lists of PNG files of the corpora with their pixels as hashes. */
export const pictureGoldens: Layout = {
  name: 'goldens of PNG pictures',
  claim: (files) =>
    files.filter((file) => {
      const row = firstRecordOf(file.json())
      return row !== undefined && typeof row.file === 'string' && ('sha256_rgba' in row || 'error' in row)
    }),
  async judge(files, tally, { library, corpora }) {
    for (const file of files) {
      const rows = file.json() as readonly PictureGolden[]
      if (corpora === undefined) {
        tally.skip('the corpora these figures are about are not given', rows.length)
        continue
      }
      const broken = brokenRows(rows)
      for (const row of rows)
        await tally.check(`${file.path}: ${row.file}`, () => {
          if (!existsSync(join(corpora, row.file))) return 'it is not in the corpora'
          const bytes = new CorpusFile(corpora, row.file).bytes()
          // PIL does not mind every broken checksum; what the suite says of its own files counts for more.
          if (row.error !== undefined || broken.has(row.file)) return notRefused(bytes, library)
          return goldenDifference(row, library.png.decodePng(bytes, library.deflate.nodeDeflate), library.png)
        })
    }
  },
}

/** The files that are broken by what their suite says of them. */
export function brokenRows(rows: readonly PictureGolden[]): ReadonlySet<string> {
  const byFolder = new Map<string, string[]>()
  for (const { file } of rows) {
    const folder = file.slice(0, file.lastIndexOf('/') + 1)
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file])
  }
  return new Set([...byFolder.values()].flatMap((paths) => [...brokenAmong(paths)]))
}

/** The first thing that PIL sees otherwise. */
export function goldenDifference(row: PictureGolden, image: PngImage, png: Library['png']): string | undefined {
  // PIL has no mode for grey and alpha of 16 bits.
  const kind = row.mode === 'RGBA' && image.bitDepth === 16 && image.kind === 'grey-alpha' ? 'rgba' : image.kind
  if (kind !== MODES[row.mode]) return `mode ${row.mode}, got ${image.kind}`
  if (image.width !== row.width || image.height !== row.height)
    return `expected ${row.width} x ${row.height}, got ${image.width} x ${image.height}`
  const palette = row.palette_first_22?.flat()
  if (palette !== undefined && !isDeepStrictEqual(Array.from(image.palette ?? []).slice(0, 66), palette))
    return 'the palette is another'
  if (row.values !== undefined) {
    const values = asPil(image)
    if (!isDeepStrictEqual(histogram(values).slice(0, 300), Object.entries(row.values)))
      return 'the values occur otherwise'
    if (sha256(new Uint8Array(values.buffer)) !== row.sha256_int32le_rowmajor) return 'the values are others'
  }
  // PIL cannot make colours of grey of 16 bits.
  if (row.sha256_rgba === undefined) return row.values === undefined ? 'there is no figure to compare' : undefined
  return sha256(png.toRgba8(image)) === row.sha256_rgba ? undefined : 'the colours are others'
}

/** PIL scales grey of 2 and 4 bits to 8. */
function asPil({ kind, bitDepth, data }: PngImage): Int32Array {
  const factor = kind === 'grey' && (bitDepth === 2 || bitDepth === 4) ? 255 / (2 ** bitDepth - 1) : 1
  return Int32Array.from(data, (sample) => sample * factor)
}

/** How often each value occurs, in order of the values. */
function histogram(values: Int32Array): readonly (readonly [value: string, count: number])[] {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => a - b).map(([value, count]) => [String(value), count])
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
