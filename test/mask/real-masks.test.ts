import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ringFrom } from '../../src/geometry/index.js'
import {
  type CocoRle,
  cocoRleCounts,
  cocoRleString,
  fillPolygonCoco,
  Mask,
  maskFromCocoRle,
} from '../../src/mask/index.js'
import { ltwhOf } from './fixtures.js'

const corpora = process.env.ANNOFORM_CORPORA
const goldens = process.env.ANNOFORM_GOLDENS

function json<T>(folder: string | undefined, path: string): T {
  return JSON.parse(readFileSync(join(folder as string, path), 'utf8')) as T
}

interface RealAnnotation {
  readonly file: string
  readonly id: number
  readonly h: number
  readonly w: number
  readonly kind: string
  readonly rle: string
  readonly area: number
  readonly bbox: number[]
}
interface CocoFile {
  readonly annotations: readonly { readonly id: number; readonly segmentation: number[][] | CocoRle }[]
}
interface DecodedRle {
  readonly file: string
  readonly index: number
  readonly size: [number, number]
  readonly area: number
  readonly bbox: number[]
  readonly uncompressed: number[]
}

const ready = corpora !== undefined && goldens !== undefined

describe('real annotations (skipped unless ANNOFORM_CORPORA and ANNOFORM_GOLDENS are set)', () => {
  it.skipIf(!ready)('420 COCO, LVIS and TACO annotations fill as by pycocotools', () => {
    const expected = json<RealAnnotation[]>(goldens, 'realmasks/annotations.json')
    const files = new Map<string, Map<number, number[][] | CocoRle>>()
    for (const { file } of expected) {
      if (files.has(file)) continue
      const { annotations } = json<CocoFile>(corpora, file)
      files.set(file, new Map(annotations.map((a) => [a.id, a.segmentation])))
    }
    expect(expected).toHaveLength(420)
    for (const want of expected) {
      const segmentation = files.get(want.file)?.get(want.id)
      if (segmentation === undefined) throw new Error(`${want.file} has no annotation ${want.id}`)
      const mask =
        'counts' in segmentation
          ? maskFromCocoRle(segmentation)
          : fillPolygonCoco(
              segmentation.map((ring) => ringFrom(ring)),
              want.w,
              want.h,
            )
      const name = `${want.file} ${want.id} ${want.kind}`
      expect([name, cocoRleString(mask)]).toEqual([name, want.rle])
      expect([name, mask.area, ...ltwhOf(mask)]).toEqual([name, want.area, ...want.bbox])
    }
  })

  it.skipIf(!ready)('150 compressed results decode as by pycocotools', () => {
    const expected = json<DecodedRle[]>(goldens, 'realmasks/rle_decode.json')
    expect(expected).toHaveLength(150)
    const results = new Map<string, { segmentation: CocoRle }[]>()
    for (const want of expected) {
      let file = results.get(want.file)
      if (file === undefined) {
        file = json<{ segmentation: CocoRle }[]>(corpora, want.file)
        results.set(want.file, file)
      }
      const rle = file[want.index]?.segmentation as CocoRle
      const mask = maskFromCocoRle(rle)
      expect([mask.height, mask.width]).toEqual(want.size)
      expect(mask.equals(Mask.fromRuns(mask.width, mask.height, want.uncompressed))).toBe(true)
      expect(cocoRleCounts(mask)).toEqual(want.uncompressed)
      expect(cocoRleString(mask)).toBe(rle.counts)
      expect([mask.area, ...ltwhOf(mask)]).toEqual([want.area, ...want.bbox])
    }
  })
})
