import type { Ring } from '../../geometry/ring.js'

/** Points closer than this to each other are one, in pixels. */
const GRID = 1e-7
/** More sides than this are not cut with each other. */
const MOST_SIDES = 20_000
/** So many points where sides meet are always dealt with, however few sides there are; and so many for each side. */
const CUTS = 50_000
const CUTS_A_SIDE = 4
/** How many pairs of sides are looked at closely. */
const MOST_PAIRS = 20_000_000

/** Rings cut at all points where they meet: no two sides cross, and none is there twice. */
export interface Arrangement {
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** Whether a point is a vertex of a ring; others are where sides cross. */
  readonly isVertex: readonly boolean[]
  /** Pairs of points, each once, in whichever direction. */
  readonly sides: readonly (readonly [from: number, to: number])[]
}

interface Side {
  readonly from: number
  readonly to: number
  /** Points on the way, with how far along they are. */
  readonly cuts: { readonly point: number; readonly at: number }[]
}

/** Null where there are too many sides, or they meet too often: that may be as often as there are pairs of them. */
export function arrange(rings: readonly Ring[]): Arrangement | null {
  const points = new Points()
  const sides: Side[] = []
  for (const ring of rings) {
    const ids: number[] = []
    for (let i = 0; i + 1 < ring.length; i += 2) ids.push(points.id(ring[i] as number, ring[i + 1] as number, true))
    for (const [i, from] of ids.entries()) {
      const to = ids[i + 1 === ids.length ? 0 : i + 1] as number
      if (from !== to) sides.push({ from, to, cuts: [] })
    }
  }
  if (sides.length > MOST_SIDES) return null
  if (!cutAll(sides, points)) return null
  const unique = new Map<string, readonly [number, number]>()
  for (const { from, to, cuts } of sides) {
    cuts.sort((a, b) => a.at - b.at)
    let last = from
    for (const point of [...cuts.map((cut) => cut.point), to]) {
      if (point === last) continue
      unique.set(last < point ? `${last},${point}` : `${point},${last}`, [last, point])
      last = point
    }
  }
  return { x: points.x, y: points.y, isVertex: points.isVertex, sides: [...unique.values()] }
}

class Points {
  readonly x: number[] = []
  readonly y: number[] = []
  readonly isVertex: boolean[] = []
  readonly #cells = new Map<string, number>()

  id(x: number, y: number, vertex: boolean): number {
    const column = Math.round(x / GRID)
    const row = Math.round(y / GRID)
    // A point near the border of its cell may have its twin in the next one.
    for (let i = -1; i <= 1; i++) {
      for (let k = -1; k <= 1; k++) {
        const near = this.#cells.get(`${column + i},${row + k}`)
        if (near !== undefined && Math.hypot((this.x[near] as number) - x, (this.y[near] as number) - y) <= GRID)
          return near
      }
    }
    const id = this.x.length
    this.x.push(x)
    this.y.push(y)
    this.isVertex.push(vertex)
    this.#cells.set(`${column},${row}`, id)
    return id
  }
}

/** Compares every side with those whose extent meets its own, from left to right. False when that is too much to do. */
function cutAll(sides: readonly Side[], points: Points): boolean {
  let cuts = CUTS + CUTS_A_SIDE * sides.length
  let pairs = MOST_PAIRS
  const { x, y } = points
  const low = (side: Side): number => Math.min(x[side.from] as number, x[side.to] as number)
  const order = [...sides].sort((a, b) => low(a) - low(b))
  for (const [i, a] of order.entries()) {
    const right = Math.max(x[a.from] as number, x[a.to] as number) + GRID
    const top = Math.min(y[a.from] as number, y[a.to] as number) - GRID
    const bottom = Math.max(y[a.from] as number, y[a.to] as number) + GRID
    for (let k = i + 1; k < order.length; k++) {
      const b = order[k] as Side
      if (low(b) > right) break
      const [y1, y2] = [y[b.from] as number, y[b.to] as number]
      if (Math.max(y1, y2) < top || Math.min(y1, y2) > bottom) continue
      const before = a.cuts.length + b.cuts.length
      cutPair(a, b, points)
      cuts -= a.cuts.length + b.cuts.length - before
      if (cuts < 0 || --pairs < 0) return false
    }
  }
  return true
}

function cutPair(a: Side, b: Side, points: Points): void {
  // Ends of one that lie on the other, also where both lie on one line.
  const touches = [touch(a, b.from, points), touch(a, b.to, points), touch(b, a.from, points), touch(b, a.to, points)]
  if (touches.includes(true) || a.from === b.from || a.from === b.to || a.to === b.from || a.to === b.to) return
  const { x, y } = points
  const [ax, ay, bx, by] = [x[a.from] as number, y[a.from] as number, x[b.from] as number, y[b.from] as number]
  const [adx, ady] = [(x[a.to] as number) - ax, (y[a.to] as number) - ay]
  const [bdx, bdy] = [(x[b.to] as number) - bx, (y[b.to] as number) - by]
  const across = adx * bdy - ady * bdx
  if (across === 0) return
  const t = ((bx - ax) * bdy - (by - ay) * bdx) / across
  const u = ((bx - ax) * ady - (by - ay) * adx) / across
  if (!(t > 0 && t < 1 && u > 0 && u < 1)) return
  const point = points.id(ax + t * adx, ay + t * ady, false)
  a.cuts.push({ point, at: t })
  b.cuts.push({ point, at: u })
}

/** Cuts a side at a point that lies on it, between its ends. */
function touch(side: Side, point: number, { x, y }: Points): boolean {
  if (point === side.from || point === side.to) return false
  const [fx, fy] = [x[side.from] as number, y[side.from] as number]
  const [dx, dy] = [(x[side.to] as number) - fx, (y[side.to] as number) - fy]
  const [px, py] = [(x[point] as number) - fx, (y[point] as number) - fy]
  const square = dx * dx + dy * dy
  const at = (px * dx + py * dy) / square
  if (!(at > 0 && at < 1) || Math.abs(px * dy - py * dx) > GRID * Math.sqrt(square)) return false
  side.cuts.push({ point, at })
  return true
}
