import { AnnotationError } from '../errors.js'
import type { Part } from '../geometry/parts.js'
import type { Ring } from '../geometry/ring.js'
import { checkedRule, type FillOptions, fillParts, partRings } from './fill.js'
import { rowRunsOfParts } from './fill-pixel-center.js'
import { checkLabel, type LabelBits, type LabelData, type LabelMap, labelBits, labelMapOf } from './label-map.js'
import type { Mask } from './mask.js'
import { opencvEllipse, opencvFill, opencvStroke } from './opencv/paint.js'
import { type EllipseShape, ellipseSpans, strokeEllipse } from './paint-ellipse.js'
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
  for (const layer of layers) fillRuns(map.data, rowRunsOf(layer, width, height), layer.value)
  return map
}

function fillRuns(data: LabelData, runs: Int32Array, value: number): void {
  let position = 0
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const start = position + (runs[i] as number)
    position = start + (runs[i + 1] as number)
    // As in dense.ts: the call costs as much as about 24 stores.
    if (position - start > 24) data.fill(value, start, position)
    else for (let k = start; k < position; k++) data[k] = value
  }
}

/** The pixels of a layer as runs row by row. */
function rowRunsOf(layer: LabelLayer, width: number, height: number): Int32Array {
  const rule = checkedRule(layer)
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
  if (rule === 'pixel-center') return rowRunsOfParts(layer.parts, width, height, layer.winding ?? 'even-odd')
  if (rule === 'opencv') return opencvFill(layer.parts.map(partRings), width, height).rowRuns()
  return rowRunsOfMask(fillParts(layer.parts, width, height, { rule }), width, height)
}

function strokeRuns(
  lines: readonly Ring[],
  width: number,
  height: number,
  thickness: number,
  closed: boolean,
  rule: FillOptions['rule'],
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
