import type { Annotation } from '../../dataset/annotation.js'
import { boundsCorners, boundsOfPoints } from '../../geometry/bounds.js'
import { bridgeIfApart } from '../../geometry/bridge.js'
import { clipRing } from '../../geometry/clip.js'
import { ellipseRing } from '../../geometry/ellipse.js'
import { type Part, partsBounds } from '../../geometry/parts.js'
import { type Ring, ringArea, ringPerimeter } from '../../geometry/ring.js'
import { rotatedBoxRing } from '../../geometry/rotated-box.js'
import { fillPartsPixelCenter } from '../../mask/fill-pixel-center.js'
import { MOST_PIXELS } from '../../mask/size.js'
import { traceMask } from '../../mask/trace.js'
import type { Size } from '../sizes.js'
import {
  clippedBy,
  declaredBox,
  excess,
  type NumbersOptions,
  type RowNumbers,
  roundedBy,
  TOLERANCE,
} from './box-row.js'
import { decimalText, digitsFor, LARGEST, MOST_DIGITS, rounded } from './decimal-text.js'
import {
  BOUNDING_BOX,
  type Change,
  NO_EXTENT,
  NO_PLACE,
  OUTSIDE,
  TOO_FAR,
  TOO_INTRICATE,
  UNCHANGED,
} from './outcomes.js'
import { partsOfRing } from './row-shape.js'
import { unitedParts } from './united-parts.js'

/** More rings than this are not joined into one. */
const MOST_RINGS = 20_000

const CORNERS: Change = Object.freeze({ effect: 'derived', reason: 'its corners as a polygon' })
const TRACED: Change = Object.freeze({ effect: 'derived', reason: 'traced along its pixel edges' })
const BRIDGED: Change = Object.freeze({ effect: 'derived', reason: 'parts joined by bridges without width' })
const UNITED: Change = Object.freeze({ effect: 'derived', reason: 'overlapping parts united' })
const IN_PIXELS: Change = Object.freeze({
  effect: 'approximated',
  reason: 'overlapping parts united in pixels',
  measure: { name: 'px', value: 1 } as const,
})
const SPLITS: Change = Object.freeze({ effect: 'derived', reason: 'its ring walks a side twice' })

/** An annotation as one ring `x1 y1 x2 y2 …`. */
export function ringNumbers(annotation: Annotation, size: Size, { clip, digits }: NumbersOptions): RowNumbers {
  const region = regionOf(annotation)
  if (typeof region === 'string') return region
  const inside = clip ? clippedParts(region.parts, size) : { parts: region.parts, change: UNCHANGED }
  if (inside.parts.length === 0) return OUTSIDE
  const joined = oneRing(inside.parts, size)
  if (typeof joined === 'string') return joined
  const least = Math.max(digits, digitsFor(Math.max(size.width, size.height)))
  const numbers = fittedRing(joined.ring, size, least, joined.change === UNCHANGED)
  if (typeof numbers === 'string') return numbers
  return { text: numbers.text, changes: [region.change, inside.change, joined.change, numbers.change] }
}

function regionOf(annotation: Annotation): { parts: readonly Part[]; change: Change } | string {
  const { definition } = annotation
  switch (definition.type) {
    case 'box':
      return { parts: onePart(rotatedBoxRing(definition.frame, definition.angle)), change: CORNERS }
    case 'segment':
      return { parts: definition.parts, change: UNCHANGED }
    case 'binary': {
      const parts = traceMask(definition.mask)
      return parts.length === 0 ? NO_EXTENT : { parts, change: TRACED }
    }
    case 'ellipse': {
      const { x, y, rx, ry, angle } = definition
      const { ring, deviation } = ellipseRing(x, y, rx, ry, angle)
      const measure = { name: 'px', value: deviation } as const
      return {
        parts: onePart(ring),
        change: { effect: 'approximated', reason: 'a polygon along the ellipse', measure },
      }
    }
    case 'cube':
    case 'pose': {
      const bounds = declaredBox(annotation) ?? definition.bounds
      return bounds === null ? NO_EXTENT : { parts: onePart(boundsCorners(bounds)), change: BOUNDING_BOX }
    }
    default:
      return NO_PLACE
  }
}

function onePart(outer: Ring): readonly Part[] {
  return [{ outer, holes: [] }]
}

function clippedParts(parts: readonly Part[], size: Size): { parts: readonly Part[]; change: Change } {
  const bounds = partsBounds(parts)
  const beyond = bounds === null ? 0 : excess(bounds, size)
  if (beyond <= 0) return { parts, change: UNCHANGED }
  const { width, height } = size
  const frame = { left: 0, top: 0, right: width, bottom: height }
  if (beyond <= TOLERANCE) {
    const within = (ring: Ring): Ring =>
      ring.map((value, i) => Math.min(i % 2 === 0 ? width : height, Math.max(0, value)))
    return {
      parts: parts.map(({ outer, holes }) => ({ outer: within(outer), holes: holes.map(within) })),
      change: UNCHANGED,
    }
  }
  const cut = parts.flatMap(({ outer, holes }) => {
    const ring = cutRing(outer, frame)
    return ring.length < 6
      ? []
      : [{ outer: ring, holes: holes.map((hole) => cutRing(hole, frame)).filter((hole) => hole.length >= 6) }]
  })
  return { parts: cut, change: clippedBy(beyond) }
}

/** What lies inside wholly stays vertex by vertex. */
function cutRing(ring: Ring, frame: { left: number; top: number; right: number; bottom: number }): Ring {
  const bounds = boundsOfPoints(ring)
  const size = { width: frame.right, height: frame.bottom }
  return bounds !== null && excess(bounds, size) <= 0 ? ring : clipRing(ring, frame)
}

/** All parts and holes as one ring, or why there is none. */
function oneRing(parts: readonly Part[], { width, height }: Size): { ring: Ring; change: Change } | string {
  const [first] = parts
  if (first !== undefined && parts.length === 1 && first.holes.length === 0)
    return { ring: first.outer, change: UNCHANGED }
  const bridged = bridgeIfApart(parts)
  if (bridged !== null) return { ring: bridged, change: BRIDGED }
  const united = unitedParts(parts)
  const exact = united === null ? null : bridgeIfApart(united)
  if (exact !== null) return { ring: exact, change: UNITED }
  if (width * height > MOST_PIXELS) return TOO_INTRICATE
  const traced = traceMask(fillPartsPixelCenter(parts, width, height))
  if (traced.length === 0) return NO_EXTENT
  // Combs across each other leave a hole at every crossing: there may be as many as pixels.
  if (traced.reduce((rings, { holes }) => rings + 1 + holes.length, 0) > MOST_RINGS) return TOO_INTRICATE
  const ring = bridgeIfApart(traced)
  return ring === null ? TOO_INTRICATE : { ring, change: IN_PIXELS }
}

/** With as many digits as it takes for every vertex to come back. `alone`: no other rings were joined into it. */
function fittedRing(
  ring: Ring,
  { width, height }: Size,
  least: number,
  alone: boolean,
): { text: string; change: Change } | string {
  const count = ring.length
  const shares = new Float64Array(count)
  for (let i = 0; i < count; i++) shares[i] = (ring[i] as number) / (i % 2 === 0 ? width : height)
  if (!shares.every((share) => Math.abs(share) < LARGEST)) return TOO_FAR
  // A tiny region must not lose a thousandth of its area either. One without area has nothing to lose.
  const area = ringArea(ring) * 0.0005 || Infinity
  const outline = ringPerimeter(ring)
  const back = new Float64Array(count)
  for (let digits = least; ; digits++) {
    let furthest = 0
    for (let i = 0; i < count; i++) {
      const value = rounded(shares[i] as number, digits) * (i % 2 === 0 ? width : height)
      back[i] = value
      const distance = Math.abs(value - (ring[i] as number))
      if (distance > furthest) furthest = distance
    }
    if ((furthest > TOLERANCE || furthest * outline > area) && digits < MOST_DIGITS) continue
    let text = ''
    for (let i = 0; i < count; i++) text += `${i === 0 ? '' : ' '}${decimalText(shares[i] as number, digits)}`
    if (furthest > TOLERANCE) return { text, change: roundedBy(furthest) }
    const [part, ...more] = alone ? partsOfRing(back) : []
    return { text, change: more.length > 0 || (part?.holes.length ?? 0) > 0 ? SPLITS : UNCHANGED }
  }
}
