import { AnnotationError } from '../errors.js'
import type { Part } from '../geometry/parts.js'
import type { Ring } from '../geometry/ring.js'
import { sortRange } from './buckets.js'
import { checkedRule, type FillOptions, type FillRule, partRings } from './fill.js'
import { fillPartsCoco } from './fill-parts.js'
import { rowRunsOfParts } from './fill-pixel-center.js'
import { checkLabel, type LabelBits, type LabelData, type LabelMap, labelBits, labelMapOf } from './label-map.js'
import type { Mask } from './mask.js'
import { opencvEllipse, opencvFill, opencvStroke } from './opencv/paint.js'
import { type EllipseShape, ellipseSpans, strokeEllipse } from './paint-ellipse.js'
import { RowSpans } from './row-spans.js'
import { scanRings } from './scan.js'
import { strokeSpans } from './stroke.js'
import { transposeRuns } from './transpose.js'

/** What is painted with one value: a mask, polygons, lines or an ellipse. */
export type LabelLayer = { readonly value: number } & FillOptions &
  (
    | { readonly mask: Mask }
    | {
        readonly parts: readonly Part[]
        /** Absent or -1: filled. Else the outlines of all rings this many pixels wide. */
        readonly thickness?: number | undefined
      }
    | {
        readonly lines: readonly Ring[]
        readonly thickness: number
        /** Whether the last vertex of a line is joined to its first. */
        readonly closed?: boolean | undefined
      }
    | { readonly ellipse: EllipseShape; readonly thickness?: number | undefined }
  )

/** What the label map is like before anything is painted. */
export interface PaintOptions {
  /** `auto`, the default, takes the fewest bits that hold all values. */
  readonly bits?: LabelBits | 'auto' | undefined
  /** The value where nothing is painted, default 0. */
  readonly background?: number | undefined
}

/**
 * A label map of layers painted in order, each over those before it, as integers: every pixel holds the value of exactly
 * one layer or the background, never a blend.
 *
 * Polygons are filled by the layer's rule, default `pixel-center`. Outlines and lines are drawn by `opencv` as it draws
 * them, by the other rules as `strokeLines` does (COCO has no rule for lines); ellipses likewise, `opencv` making
 * polygons of them.
 * @throws AnnotationError `label-overflow` for a value that does not fit into the bits, before anything is painted;
 * `mask-size` for a mask of another size or a size that is none; `ring-format` and `invalid-value` as the fill rules do.
 * TypeError for bits, a rule or a winding there is none of.
 */
export function paintLabelMap(
  width: number,
  height: number,
  layers: readonly LabelLayer[],
  options: PaintOptions = {},
): LabelMap {
  const { bits: wanted = 'auto', background = 0 } = options
  const bits = wanted === 'auto' ? labelBits([background, ...layers.map((layer) => layer.value)]) : wanted
  const map = labelMapOf(width, height, bits, background)
  for (const layer of layers) checkLabel(layer.value, bits)
  for (const layer of layers) paintLayer(map, layer)
  return map
}

function paintLayer(map: LabelMap, layer: LabelLayer): void {
  const { width, height, data } = map
  const rule = checkedRule(layer)
  if (!('parts' in layer) || (layer.thickness ?? -1) !== -1 || rule === 'coco') {
    fillRuns(data, rowRunsOf(layer, rule, width, height), layer.value)
    return
  }
  const { winding = 'even-odd', value } = layer
  if (rule === 'opencv') {
    opencvFill(layer.parts.map(partRings), width, height, new Brush(map, value))
    return
  }
  // One value over itself is that value again: parts need no union, they are painted one by one.
  for (const part of layer.parts) {
    if (part.holes.length === 0 && winding === 'even-odd') fillRing(map, part.outer, value)
    else fillRuns(data, rowRunsOfParts([part], width, height, winding), value)
  }
}

/** The pixels of `fillRingsPixelCenter` of one ring, without making runs of them first: that saves a tenth of the time. */
function fillRing({ width, height, data }: LabelMap, ring: Ring, value: number): void {
  const crossings = scanRings([ring], height, width, 'rows', false)
  if (crossings === null) return
  const { firstLine, ends, at } = crossings
  let from = 0
  for (let line = 0; line < ends.length; line++) {
    const to = ends[line] as number
    const base = (firstLine + line) * width
    if (to - from > 2) sortRange(at, from, to)
    for (let i = from; i + 1 < to; i += 2) {
      const a = at[i] as number
      const b = at[i + 1] as number
      if (a < b) fillSpan(data, value, base + a, base + b)
      else fillSpan(data, value, base + b, base + a)
    }
    from = to
  }
}

function fillRuns(data: LabelData, runs: Int32Array, value: number): void {
  let position = 0
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const start = position + (runs[i] as number)
    position = start + (runs[i + 1] as number)
    fillSpan(data, value, start, position)
  }
}

/** As in pixels.ts: the call costs as much as about 24 stores. */
function fillSpan(data: LabelData, value: number, start: number, end: number): void {
  if (end - start > 24) data.fill(value, start, end)
  else for (let k = start; k < end; k++) data[k] = value
}

/** Paints spans at once instead of collecting them: the same pixels in half the time. */
class Brush extends RowSpans {
  readonly #data: LabelData
  readonly #value: number

  constructor({ width, height, data }: LabelMap, value: number) {
    super(width, height)
    this.#data = data
    this.#value = value
  }

  override add(row: number, start: number, end: number): void {
    if (!(row >= 0 && row < this.height)) return
    const base = row * this.width
    fillSpan(this.#data, this.#value, base + Math.max(0, start), base + Math.min(this.width, end))
  }
}

/** The pixels of a layer as runs row by row. Of filled polygons only those of the rule `coco` come here. */
function rowRunsOf(layer: LabelLayer, rule: FillRule, width: number, height: number): Int32Array {
  if ('mask' in layer) return rowRunsOfMask(layer.mask, width, height)
  if ('lines' in layer) return strokeRuns(layer.lines, width, height, layer.thickness, layer.closed === true, rule)
  const thickness = layer.thickness ?? -1
  if ('ellipse' in layer) {
    const { cx, cy, rx, ry, angle = 0 } = layer.ellipse
    if (rule === 'opencv') return opencvEllipse(cx, cy, rx, ry, angle, width, height, thickness).rowRuns()
    if (thickness === -1) return ellipseSpans(layer.ellipse, width, height).rowRuns()
    return rowRunsOfMask(strokeEllipse(layer.ellipse, width, height, thickness), width, height)
  }
  if (thickness !== -1) {
    return strokeRuns(layer.parts.flatMap(partRings), width, height, thickness, true, rule)
  }
  return rowRunsOfMask(fillPartsCoco(layer.parts, width, height), width, height)
}

function strokeRuns(
  lines: readonly Ring[],
  width: number,
  height: number,
  thickness: number,
  closed: boolean,
  rule: FillRule,
): Int32Array {
  const stroke = rule === 'opencv' ? opencvStroke : strokeSpans
  return stroke(lines, width, height, thickness, closed).rowRuns()
}

function rowRunsOfMask(mask: Mask, width: number, height: number): Int32Array {
  if (mask.width !== width || mask.height !== height) {
    throw new AnnotationError('mask-size', 'a mask is painted into a label map of another size', {
      expected: `${width} × ${height}`,
      got: `${mask.width} × ${mask.height}`,
    })
  }
  return transposeRuns(mask.runs, width, height)
}
