import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { LabelMap } from '../../src/mask/index.js'
import type { PngImage } from '../../src/png/index.js'
import { CorpusFile, firstRecordOf, type Layout } from './corpus.js'
import type { Library } from './library.js'

/** A panoptic PNG of the corpora, its ids counted and its segments encoded by pycocotools. */
interface PanopticGolden {
  readonly png: string
  readonly pixels_by_id: Readonly<Record<string, number>>
  readonly segments: readonly {
    readonly id: number
    readonly pixels: number
    readonly rle: { readonly size: readonly [number, number]; readonly counts: string }
  }[]
}

/** PNG → ids → masks, exact, and the same way back. */
export const panopticGoldens: Layout = {
  name: 'goldens of panoptic pictures',
  claim: (files) =>
    files.filter((file) => {
      const row = firstRecordOf(file.json())
      return row !== undefined && typeof row.png === 'string' && 'pixels_by_id' in row
    }),
  async judge(files, tally, { library, corpora }) {
    for (const file of files) {
      const rows = file.json() as readonly PanopticGolden[]
      if (corpora === undefined) {
        tally.skip('the corpora these figures are about are not given', rows.length)
        continue
      }
      for (const row of rows)
        await tally.check(`${file.path}: ${row.png}`, () => {
          if (!existsSync(join(corpora, row.png))) return 'it is not in the corpora'
          return panopticDifference(row, new CorpusFile(corpora, row.png).bytes(), library)
        })
    }
  },
}

function panopticDifference(row: PanopticGolden, bytes: Uint8Array, library: Library): string | undefined {
  const { png, mask, deflate } = library
  const image = png.decodePng(bytes, deflate.nodeDeflate)
  if (image.kind !== 'rgb' || image.bitDepth !== 8) return `${image.kind} of ${image.bitDepth} bits has no ids`
  const map = idsOf(image)
  const masks = mask.masksFromLabelMap(map, null)
  const counted = Object.fromEntries([...masks].map(([id, pixels]) => [String(id), pixels.area]))
  if (!isDeepStrictEqual(counted, row.pixels_by_id)) return 'the ids have other counts of pixels'
  for (const { id, pixels, rle } of row.segments) {
    const segment = mask.maskFromLabelMap(map, id)
    const found = { size: [segment.height, segment.width], counts: mask.cocoRleString(segment) }
    if (segment.area !== pixels || !isDeepStrictEqual(found, { size: rle.size, counts: rle.counts }))
      return `segment ${id} has other pixels`
    if (masks.get(id)?.equals(segment) !== true) return `segment ${id} is another when all are read at once`
  }
  const layers = [...masks].map(([value, pixels]) => ({ value, mask: pixels }))
  const painted = pictureOf(mask.paintLabelMap(map.width, map.height, layers, { bits: 32 }))
  const again = png.decodePng(png.encodePng(painted, deflate.nodeDeflate), deflate.nodeDeflate)
  return isDeepStrictEqual(again.data, image.data) ? undefined : 'painted, written and read again it is another picture'
}

/** id = R + 256 G + 65536 B. */
function idsOf({ width, height, data }: PngImage): LabelMap {
  const ids = new Uint32Array(width * height)
  for (let i = 0; i < ids.length; i++)
    ids[i] = (data[3 * i] as number) + 256 * (data[3 * i + 1] as number) + 65536 * (data[3 * i + 2] as number)
  return { width, height, data: ids }
}

function pictureOf({ width, height, data }: LabelMap): PngImage {
  const rgb = new Uint8Array(3 * data.length)
  for (const [i, id] of data.entries()) for (let c = 0; c < 3; c++) rgb[3 * i + c] = id >> (8 * c)
  return { width, height, kind: 'rgb', bitDepth: 8, data: rgb }
}
