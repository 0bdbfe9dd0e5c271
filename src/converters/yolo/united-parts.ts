import { nestRings, type Part } from '../../geometry/parts.js'
import { type Ring, ringContains } from '../../geometry/ring.js'
import { type Arrangement, arrange } from './arrangement.js'

/** How far beside a side it is asked what lies there, in pixels. */
const BESIDE = 1e-5
/** How many times a side may be compared with a vertex. */
const MOST_COMPARISONS = 500_000_000

/**
 * The union of parts that overlap or whose rings cross, each part filled even-odd: the same region as parts that do not
 * overlap. Vertices stay bit for bit; new ones stand only where sides cross. Null where that cannot be told for sure
 * (slivers thinner than a hundred-thousandth of a pixel) or would take too long.
 */
export function unitedParts(parts: readonly Part[]): readonly Part[] | null {
  const arrangement = arrange(parts.flatMap(({ outer, holes }) => [outer, ...holes]))
  if (arrangement === null) return null
  let vertices = 0
  for (const { outer, holes } of parts) {
    vertices += outer.length / 2
    for (const hole of holes) vertices += hole.length / 2
  }
  if (arrangement.sides.length * vertices > MOST_COMPARISONS) return null
  const border = borderOf(arrangement, parts)
  const rings = border === null ? null : ringsOf(border, arrangement)
  return rings === null || rings.length === 0 ? null : nestRings(rings)
}

/** The sides with the region on one side of them only, by the points they start from; the region lies to their right. */
function borderOf({ x, y, sides }: Arrangement, parts: readonly Part[]): Map<number, number[]> | null {
  const border = new Map<number, number[]>()
  const balance = new Map<number, number>()
  for (const [from, to] of sides) {
    const [fx, fy, tx, ty] = [x[from] as number, y[from] as number, x[to] as number, y[to] as number]
    const length = Math.hypot(tx - fx, ty - fy)
    const step = Math.min(BESIDE, length / 16) / length
    const [mx, my] = [(fx + tx) / 2, (fy + ty) / 2]
    // To the right of the way, as seen on a screen where y runs down.
    const right = covers(parts, mx - (ty - fy) * step, my + (tx - fx) * step)
    const left = covers(parts, mx + (ty - fy) * step, my - (tx - fx) * step)
    if (right === left) continue
    const [start, end] = right ? [from, to] : [to, from]
    const list = border.get(start)
    if (list === undefined) border.set(start, [end])
    else list.push(end)
    balance.set(start, (balance.get(start) ?? 0) + 1)
    balance.set(end, (balance.get(end) ?? 0) - 1)
  }
  for (const surplus of balance.values()) if (surplus !== 0) return null
  return border
}

function covers(parts: readonly Part[], px: number, py: number): boolean {
  return parts.some(({ outer, holes }) => {
    let inside = ringContains(outer, px, py)
    for (const hole of holes) if (ringContains(hole, px, py)) inside = !inside
    return inside
  })
}

/** Walks along the border, at every point where it parts to the right, so that no ring passes a point twice. */
function ringsOf(border: Map<number, number[]>, arrangement: Arrangement): readonly Ring[] | null {
  const rings: Ring[] = []
  for (const start of [...border.keys()].sort((a, b) => a - b)) {
    for (let first = border.get(start)?.pop(); first !== undefined; first = border.get(start)?.pop()) {
      const way = [start]
      for (let at = first; at !== start; ) {
        const next = takeNext(border.get(at), way.at(-1) as number, at, arrangement)
        if (next === undefined) return null
        way.push(at)
        at = next
      }
      const ring = withoutCrossings(way, arrangement)
      if (ring.length >= 6) rings.push(ring)
    }
  }
  return rings
}

/** Of the ways that leave a point the one that turns right the most. */
function takeNext(ways: number[] | undefined, before: number, at: number, { x, y }: Arrangement): number | undefined {
  if (ways === undefined || ways.length === 0) return undefined
  const angle = (to: number): number =>
    Math.atan2((y[to] as number) - (y[at] as number), (x[to] as number) - (x[at] as number))
  const back = angle(before)
  let best = 0
  let least = Infinity
  for (const [i, to] of ways.entries()) {
    // Clockwise on screen from straight on is to the right: the way back is half a turn from there.
    const turn = (((back - angle(to)) % FULL) + FULL) % FULL
    if (turn < least) {
      least = turn
      best = i
    }
  }
  return ways.splice(best, 1)[0]
}

const FULL = 2 * Math.PI

/** The ring without the points where another side was crossed and the way went straight on. */
function withoutCrossings(way: readonly number[], { x, y, isVertex }: Arrangement): Ring {
  const kept: number[] = []
  for (const [i, point] of way.entries()) {
    const before = way[i === 0 ? way.length - 1 : i - 1] as number
    const after = way[i + 1 === way.length ? 0 : i + 1] as number
    const [ax, ay] = [(x[point] as number) - (x[before] as number), (y[point] as number) - (y[before] as number)]
    const [bx, by] = [(x[after] as number) - (x[point] as number), (y[after] as number) - (y[point] as number)]
    const straight = Math.abs(ax * by - ay * bx) <= 1e-9 * Math.hypot(ax, ay) * Math.hypot(bx, by)
    if (isVertex[point] === true || !straight) kept.push(x[point] as number, y[point] as number)
  }
  return Float64Array.from(kept)
}
