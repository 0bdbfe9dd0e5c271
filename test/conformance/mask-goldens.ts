import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Mask } from '../../src/node.js'
import { type CorpusFile, firstRecordOf, type Layout, recordOf } from './corpus.js'
import type { Library } from './library.js'
import type { Tally } from './tally.js'

// The answers of pycocotools and OpenCV to seeded questions: pairs `NAME.input.json` and `NAME.expected.json`, and single files
// with questions and answers together. Each has a list "cases"; what is asked shows in the keys of a case.

interface Rle {
  readonly size: readonly [number, number]
  readonly counts: string
}

type Case = Readonly<Record<string, unknown>> & { readonly id: string }

/** Polygons filled, masks encoded, overlaps measured, contours found: all exact. */
export const maskGoldens: Layout = {
  name: 'mask goldens',
  claim: (files) => files.filter((file) => kindOf(file) !== undefined),
  async judge(files, tally, { library }) {
    for (const file of files) {
      const kind = kindOf(file)
      if (kind === 'expected') continue // read with its questions
      if (kind === 'contours') {
        const opencv = await loadContours()
        const differs = (one: Case): string | undefined =>
          contourDifference(one as unknown as ContourCase, library, opencv)
        await judgeEach(file, casesOf(file), differs, tally)
      } else if (kind === 'overlaps')
        await judgeEach(file, casesOf(file), (one) => overlapDifference(one as unknown as OverlapCase, library), tally)
      else await judgePairs(file, kind === 'polygons' ? polygonDifference : maskDifference, files, tally, library)
    }
  },
}

function kindOf(file: CorpusFile): 'polygons' | 'masks' | 'overlaps' | 'contours' | 'expected' | undefined {
  const one = firstRecordOf(recordOf(file.json())?.cases)
  if (one === undefined) return undefined
  if (file.name.endsWith('.expected.json')) return 'expected'
  if ('polygons' in one) return 'polygons'
  if ('find' in one) return 'contours'
  if ('dt' in one && 'gt' in one) return 'overlaps'
  return 'rowRuns' in one ? 'masks' : undefined
}

function casesOf(file: CorpusFile): readonly Case[] {
  return recordOf(file.json())?.cases as readonly Case[]
}

type Compare = (question: Case, answer: Case, library: Library) => string | undefined

async function judgePairs(
  input: CorpusFile,
  compare: Compare,
  files: readonly CorpusFile[],
  tally: Tally,
  library: Library,
): Promise<void> {
  const path = input.path.replace(/\.input\.json$/, '.expected.json')
  const expected = files.find((file) => file.path === path && file !== input)
  if (expected === undefined) return tally.fail(input.path, `the answers, ${path}, are not there`)
  const answers = new Map(casesOf(expected).map((answer) => [answer.id, answer]))
  await judgeEach(
    input,
    casesOf(input),
    (question) => {
      const answer = answers.get(question.id)
      return answer === undefined ? 'there is no answer' : compare(question, answer, library)
    },
    tally,
  )
}

async function judgeEach(
  file: CorpusFile,
  cases: readonly Case[],
  difference: (one: Case) => string | undefined,
  tally: Tally,
): Promise<void> {
  for (const one of cases) await tally.check(`${file.path} ${one.id}`, () => difference(one))
}

function polygonDifference(question: Case, answer: Case, { mask, geometry }: Library): string | undefined {
  const { h, w, polygons } = question as unknown as { h: number; w: number; polygons: number[][] }
  const rings = polygons.map((numbers) => geometry.ringFrom(numbers))
  const fills = rings.map((ring) => mask.fillRingCoco(ring, w, h))
  const merged = mask.fillPolygonCoco(rings, w, h)
  const rle = (filled: Mask): Rle => ({ size: [filled.height, filled.width], counts: mask.cocoRleString(filled) })
  return firstDifference(answer, {
    rles: fills.map(rle),
    merged: rle(merged),
    areas: fills.map(({ area }) => area),
    area: merged.area,
    bboxes: fills.map(ltwhOf),
    bbox: ltwhOf(merged),
    sha256_rowmajor_01_bytes: createHash('sha256').update(merged.toDense('row')).digest('hex'),
  })
}

function maskDifference(question: Case, answer: Case, { node, mask }: Library): string | undefined {
  const { h, w, rowRuns } = question as unknown as { h: number; w: number; rowRuns: number[] }
  const pixels = new Uint8Array(w * h)
  let at = 0
  for (const [i, run] of rowRuns.entries()) {
    if (i % 2 === 1) pixels.fill(1, at, at + run)
    at += run
  }
  const filled = node.Mask.fromDense(pixels, w, h)
  const { counts, uncompressed } = answer as unknown as { counts: string; uncompressed: number[] }
  for (const given of [counts, uncompressed]) {
    const decoded = mask.maskFromCocoRle({ size: [h, w], counts: given }).toDense('row')
    if (!isDeepStrictEqual(decoded, pixels))
      return `${typeof given === 'string' ? 'the text' : 'the list'} is decoded to other pixels`
  }
  return firstDifference(answer, {
    counts: mask.cocoRleString(filled),
    uncompressed: mask.cocoRleCounts(filled),
    area: filled.area,
    bbox: ltwhOf(filled),
  })
}

interface OverlapCase {
  readonly dt: readonly Rle[]
  readonly gt: readonly Rle[]
  readonly iscrowd: readonly number[]
  readonly mask_iou: readonly (readonly number[])[]
  readonly box_dt: readonly (readonly number[])[]
  readonly box_gt: readonly (readonly number[])[]
  readonly box_iscrowd: readonly number[]
  readonly box_iou: readonly (readonly number[])[]
  readonly merge_union: Rle
  readonly merge_intersect: Rle
}

function overlapDifference(one: OverlapCase, { mask, geometry }: Library): string | undefined {
  const dt = one.dt.map((rle) => mask.maskFromCocoRle(rle))
  const gt = one.gt.map((rle) => mask.maskFromCocoRle(rle))
  const ious = dt.map((d) => gt.map((g, i) => mask.iou(d, g, one.iscrowd[i] === 1)))
  if (!isDeepStrictEqual(ious, one.mask_iou)) return 'mask_iou differs'
  for (const [i, d] of one.box_dt.entries()) {
    for (const [k, g] of one.box_gt.entries()) {
      const iou = geometry.boxIou(boundsOf(d), boundsOf(g), one.box_iscrowd[k] === 1)
      const expected = one.box_iou[i]?.[k]
      if (expected === undefined || Math.abs(iou - expected) > 1e-9)
        return `box_iou ${i},${k}: expected ${expected}, got ${iou}`
    }
  }
  if (mask.cocoRleString(mask.union(dt)) !== one.merge_union.counts) return 'merge_union differs'
  return mask.cocoRleString(mask.intersection(dt)) === one.merge_intersect.counts
    ? undefined
    : 'merge_intersect differs'
}

interface FoundContours {
  readonly contours: readonly (readonly (readonly [number, number])[])[]
  readonly hierarchy: readonly (readonly number[])[]
  readonly areas: readonly number[]
  readonly lengths: readonly number[]
  readonly boundingRects: readonly (readonly number[])[]
}

interface ContourCase {
  readonly h: number
  readonly w: number
  readonly rowRuns: readonly number[]
  readonly find: Readonly<Record<string, FoundContours>>
  readonly approxPolyDP_on_tree_none: readonly {
    readonly contour: number
    readonly epsilon: number
    readonly closed: boolean
    readonly points: FoundContours['contours'][number]
  }[]
  readonly refill_external_simple_fillPoly: readonly number[]
  readonly supervision_mask_to_polygons: FoundContours['contours']
}

type Contours = typeof import('../../src/mask/opencv/find-contours.js') &
  typeof import('../../src/mask/opencv/contour-measures.js') &
  typeof import('../../src/mask/opencv/approx-poly.js')

/** The contours of OpenCV, from the build that lies beside this one. */
async function loadContours(): Promise<Contours> {
  const names = ['find-contours', 'contour-measures', 'approx-poly']
  const load = (name: string): Promise<object> =>
    import(new URL(`../dist/mask/opencv/${name}.js`, import.meta.url).href)
  return Object.assign({}, ...(await Promise.all(names.map(load)))) as Contours
}

function contourDifference(one: ContourCase, { node, mask }: Library, opencv: Contours): string | undefined {
  const ofRows = (runs: readonly number[]): Mask =>
    node.Mask.fromDense(node.Mask.fromRuns(one.h, one.w, runs).toDense('column'), one.w, one.h)
  const asked = ofRows(one.rowRuns)
  const modes = ['external', 'list', 'ccomp', 'tree'] as const
  const methods = ['none', 'simple'] as const
  for (const [mode, method] of modes.flatMap((m) => methods.map((n) => [m, n] as const))) {
    const answer = one.find[`${mode}_${method}`]
    if (answer === undefined) return `${mode}_${method} is not there`
    const found = opencv.findContoursOpencv(asked, { mode, method })
    const actual: FoundContours = {
      contours: found.map(({ points }) => pairsOf(points)),
      hierarchy: found.map(({ hierarchy }) => hierarchy),
      areas: found.map(({ points }) => opencv.contourAreaOpencv(points)),
      lengths: found.map(({ points }) => opencv.arcLengthOpencv(points, true)),
      boundingRects: found.map(({ points }) => pixelBox(pairsOf(points))),
    }
    if (!isDeepStrictEqual(asSet(actual), asSet(answer))) return `${mode}_${method} finds other contours`
    if (mode === 'external' && method === 'simple') {
      const refilled = mask.fillRingsOpencv(
        found.map(({ points }) => Float64Array.from(points)),
        one.w,
        one.h,
      )
      if (!refilled.equals(ofRows(one.refill_external_simple_fillPoly))) return 'refilled to other pixels'
    }
    if (mode === 'tree' && method === 'simple') {
      const polygons = actual.contours.filter(({ length }) => length > 2)
      const expected = one.supervision_mask_to_polygons
      if (!isDeepStrictEqual(polygons.map(cyclic).sort(), expected.map(cyclic).sort())) return 'other polygons'
    }
  }
  const traced = one.find.tree_none?.contours ?? []
  for (const { contour, epsilon, closed, points } of one.approxPolyDP_on_tree_none) {
    const kept = pairsOf(opencv.approxPolyOpencv(Int32Array.from(traced[contour]?.flat() ?? []), epsilon, closed))
    if (cyclic(kept) !== cyclic(points)) return `contour ${contour} is approximated otherwise within ${epsilon}`
  }
  return undefined
}

/** Each contour with its measures and the contour around it, in an order that does not hang on theirs. */
function asSet({ contours, hierarchy, areas, lengths, boundingRects }: FoundContours): readonly string[] {
  const lines = contours.map((points) => cyclic(points))
  return lines
    .map((line, i) => JSON.stringify([line, lines[hierarchy[i]?.[3] ?? -1], areas[i], lengths[i], boundingRects[i]]))
    .sort()
}

/** The points of a closed line, the same text wherever it begins. */
function cyclic(points: readonly (readonly number[])[]): string {
  const texts = points.map(String)
  const least = [...texts].sort()[0]
  const turned = texts.flatMap((text, i) =>
    text === least ? [[...texts.slice(i), ...texts.slice(0, i)].join(' ')] : [],
  )
  return turned.sort()[0] ?? ''
}

function pairsOf(points: Int32Array): readonly (readonly [number, number])[] {
  return Array.from({ length: points.length / 2 }, (_, i) => [points[i * 2] ?? 0, points[i * 2 + 1] ?? 0])
}

/** The box around pixels as left, top, width and height. */
function pixelBox(points: readonly (readonly [number, number])[]): readonly number[] {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return [left, top, Math.max(...xs) - left + 1, Math.max(...ys) - top + 1]
}

function boundsOf(ltwh: readonly number[]): { left: number; top: number; right: number; bottom: number } {
  const [left = Number.NaN, top = Number.NaN, width = Number.NaN, height = Number.NaN] = ltwh
  return { left, top, right: left + width, bottom: top + height }
}

/** COCO's `[x, y, w, h]`, all zero for an empty mask. */
export function ltwhOf({ bounds }: Mask): readonly number[] {
  if (bounds === null) return [0, 0, 0, 0]
  return [bounds.left, bounds.top, bounds.right - bounds.left, bounds.bottom - bounds.top]
}

/** The first field of `actual` that is not what is expected of it, to the bit. */
export function firstDifference(
  expected: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
): string | undefined {
  for (const [key, value] of Object.entries(actual)) {
    if (isDeepStrictEqual(value, expected[key])) continue
    return `${key}: expected ${JSON.stringify(expected[key])?.slice(0, 120)}, got ${JSON.stringify(value).slice(0, 120)}`
  }
  return undefined
}
