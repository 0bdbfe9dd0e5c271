import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { boxIou, ringFrom } from '../../src/geometry/index.js'
import {
  cocoRleCounts,
  cocoRleString,
  fillPolygonCoco,
  fillRingCoco,
  intersection,
  intersectionArea,
  iou,
  Mask,
  maskFromCocoRle,
  union,
} from '../../src/mask/index.js'
import { isCanonical, ltwhOf, maskFixture, type RleJson } from './fixtures.js'

interface MaskInput {
  readonly id: string
  readonly category: string
  readonly h: number
  readonly w: number
  readonly rowRuns: number[]
}
interface MaskExpected {
  readonly id: string
  readonly counts: string
  readonly uncompressed: number[]
  readonly area: number
  readonly bbox: number[]
}

describe('masks encoded by pycocotools', () => {
  const inputs = maskFixture<{ cases: MaskInput[] }>('masks.input').cases
  const expected = maskFixture<{ cases: MaskExpected[] }>('masks.expected').cases

  it('has all 51 cases', () => {
    expect(inputs.map((c) => c.id)).toEqual(expected.map((c) => c.id))
    expect(inputs).toHaveLength(51)
  })

  it.each(inputs.map((input, i) => ({ ...input, want: expected[i] as MaskExpected })))(
    '$id $category $w x $h',
    ({ h, w, rowRuns, want }) => {
      const pixels = new Uint8Array(w * h)
      let at = 0
      for (const [i, run] of rowRuns.entries()) {
        if (i % 2 === 1) pixels.fill(1, at, at + run)
        at += run
      }
      expect(at).toBe(w * h)
      const mask = Mask.fromDense(pixels, w, h)
      expect(cocoRleString(mask)).toBe(want.counts)
      expect(cocoRleCounts(mask)).toEqual(want.uncompressed)
      expect(mask.area).toBe(want.area)
      expect(ltwhOf(mask)).toEqual(want.bbox)
      expect(Buffer.compare(mask.toDense('row'), pixels)).toBe(0)
      const columns = mask.toDense('column')
      expect(Mask.fromDense(columns, w, h, { order: 'column' }).equals(mask)).toBe(true)
      expect(maskFromCocoRle({ size: [h, w], counts: want.counts }).equals(mask)).toBe(true)
      expect(maskFromCocoRle({ size: [h, w], counts: want.uncompressed }).equals(mask)).toBe(true)
    },
  )
})

interface PolygonInput {
  readonly id: string
  readonly category: string
  readonly h: number
  readonly w: number
  readonly polygons: number[][]
}
interface PolygonExpected {
  readonly id: string
  readonly rles: RleJson[]
  readonly merged: RleJson
  readonly areas: number[]
  readonly area: number
  readonly bboxes: number[][]
  readonly bbox: number[]
  readonly sha256_rowmajor_01_bytes: string
}

describe('polygons filled by pycocotools', () => {
  const inputs = maskFixture<{ cases: PolygonInput[] }>('polygons.input').cases
  const expected = maskFixture<{ cases: PolygonExpected[] }>('polygons.expected').cases

  it('has all 155 cases', () => {
    expect(inputs.map((c) => c.id)).toEqual(expected.map((c) => c.id))
    expect(inputs).toHaveLength(155)
  })

  it.each(inputs.map((input, i) => ({ ...input, want: expected[i] as PolygonExpected })))(
    '$id $category $w x $h',
    ({ h, w, polygons, want }) => {
      const rings = polygons.map((numbers) => ringFrom(numbers))
      const fills = rings.map((ring) => fillRingCoco(ring, w, h))
      expect(fills.map((mask) => ({ size: [mask.height, mask.width], counts: cocoRleString(mask) }))).toEqual(want.rles)
      expect(fills.every(isCanonical)).toBe(true)
      expect(fills.map((mask) => mask.area)).toEqual(want.areas)
      expect(fills.map(ltwhOf)).toEqual(want.bboxes)
      const merged = fillPolygonCoco(rings, w, h)
      expect(cocoRleString(merged)).toBe(want.merged.counts)
      expect(merged.area).toBe(want.area)
      expect(ltwhOf(merged)).toEqual(want.bbox)
      expect(createHash('sha256').update(merged.toDense('row')).digest('hex')).toBe(want.sha256_rowmajor_01_bytes)
    },
  )
})

interface IouCase {
  readonly id: string
  readonly dt: RleJson[]
  readonly gt: RleJson[]
  readonly iscrowd: number[]
  readonly mask_iou: number[][]
  readonly box_dt: number[][]
  readonly box_gt: number[][]
  readonly box_iscrowd: number[]
  readonly box_iou: number[][]
  readonly merge_union: RleJson
  readonly merge_intersect: RleJson
}

describe('IoU and merges by pycocotools', () => {
  const cases = maskFixture<{ cases: IouCase[] }>('iou').cases
  const boundsOf = (ltwh: number[]) => {
    const [left, top, width, height] = ltwh as [number, number, number, number]
    return { left, top, right: left + width, bottom: top + height }
  }

  it('has all 10 groups', () => expect(cases).toHaveLength(10))

  it.each(cases)('$id', (group) => {
    const dt = group.dt.map((rle) => maskFromCocoRle(rle))
    const gt = group.gt.map((rle) => maskFromCocoRle(rle))
    expect(dt.map((d) => gt.map((g, i) => iou(d, g, group.iscrowd[i] === 1)))).toEqual(group.mask_iou)
    for (const d of dt) for (const g of gt) expect(intersectionArea(d, g)).toBe(intersection([d, g]).area)
    const boxes = group.box_dt.map((d) =>
      group.box_gt.map((g, i) => boxIou(boundsOf(d), boundsOf(g), group.box_iscrowd[i] === 1)),
    )
    for (const [i, row] of boxes.entries()) {
      for (const [k, value] of row.entries()) expect(value).toBeCloseTo(group.box_iou[i]?.[k] as number, 12)
    }
    expect(cocoRleString(union(dt))).toBe(group.merge_union.counts)
    expect(cocoRleString(intersection(dt))).toBe(group.merge_intersect.counts)
  })
})
