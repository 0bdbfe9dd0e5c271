import { checkedPairs } from './contour-measures.js'

/**
 * `cv2.approxPolyDP(points, epsilon, closed)` of OpenCV 4.6, point for point: some of the given points `x0, y0, …`, the
 * others within `epsilon` pixels of the lines between these (the comparison is with <=).
 *
 * Douglas and Peucker's rule (1973). A closed line is first cut in two, at the point found by going three times from a point
 * to the one furthest from it, from the first point on, and at the point furthest from that; so the result need not begin
 * with the first point. Afterwards a point goes too when it lies within `epsilon` / √2 of a slanting line between the
 * point kept before it and the next, and the way does not turn back there: that may leave points further off than `epsilon`.
 * A closed line may become two points or one; an open one that ends where it begins is taken for one and loses its end. For a polygon that stays one, with the deviation told, take `simplifyRing`.
 * @throws AnnotationError `ring-format` for an odd count of numbers. @throws TypeError for an `epsilon` that is not a
 * number of at least 0.
 */
export function approxPolyOpencv(points: Int32Array, epsilon: number, closed: boolean): Int32Array {
  if (!(epsilon >= 0)) throw new TypeError(`epsilon must be a number of at least 0, got ${String(epsilon)}`)
  const n = checkedPairs(points) / 2
  if (n === 0) return new Int32Array(0)
  const limit = epsilon * epsilon
  const kept = keptPoints(points, n, limit, closed)
  return withoutStraightOn(
    Int32Array.from({ length: kept.length * 2 }, (_, i) => points[(kept[i >> 1] as number) * 2 + (i & 1)] as number),
    limit,
    closed,
  )
}

/** The indices of the points that Douglas and Peucker's rule keeps, in their order along the line. */
function keptPoints(points: Int32Array, n: number, limit: number, closed: boolean): readonly number[] {
  // An open line that comes back to its first point is cut like a closed one, but at that point.
  const loops = closed || (points[0] === points[n * 2 - 2] && points[1] === points[n * 2 - 1])
  const stack = [0, n - 1]
  if (loops) {
    let from = 0
    let [to, most] = furthestFromPoint(points, n, from)
    for (let turn = 1; closed && turn < 3; turn++) {
      from = to
      ;[to, most] = furthestFromPoint(points, n, from)
    }
    if (most <= limit) return [from]
    stack.splice(0, 2, to, from, from, to)
  }
  const kept: number[] = []
  while (stack.length > 0) {
    const to = stack.pop() as number
    const from = stack.pop() as number
    const at = furthestBetween(points, n, from, to, limit)
    if (at < 0) kept.push(from)
    else stack.push(at, to, from, at)
  }
  if (!loops) kept.push(n - 1)
  return kept
}

/** The point furthest from point `from` (the first of equals, going on from there), and the square of its distance. */
function furthestFromPoint(points: Int32Array, n: number, from: number): [at: number, square: number] {
  const x = points[from * 2] as number
  const y = points[from * 2 + 1] as number
  let at = from
  let most = 0
  for (let k = 1; k < n; k++) {
    const i = from + k < n ? from + k : from + k - n
    const dx = (points[i * 2] as number) - x
    const dy = (points[i * 2 + 1] as number) - y
    const square = dx * dx + dy * dy
    if (square > most) {
      most = square
      at = i
    }
  }
  return [at, most]
}

/**
 * The point between `from` and `to`, going on round the end, that is furthest from the line through these two (the first of
 * equals); -1 when none is further away than the limit, a square.
 */
function furthestBetween(points: Int32Array, n: number, from: number, to: number, limit: number): number {
  const x = points[from * 2] as number
  const y = points[from * 2 + 1] as number
  const dx = (points[to * 2] as number) - x
  const dy = (points[to * 2 + 1] as number) - y
  let at = -1
  let most = 0
  for (let i = from + 1 < n ? from + 1 : 0; i !== to; i = i + 1 < n ? i + 1 : 0) {
    const cross = Math.abs(((points[i * 2 + 1] as number) - y) * dx - ((points[i * 2] as number) - x) * dy)
    if (cross > most) {
      most = cross
      at = i
    }
  }
  return most * most <= limit * (dx * dx + dy * dy) ? -1 : at
}

/**
 * Leaves out points on almost straight slanting lines, in the given array, as the original does: what has been written
 * shows when a closed line is read round its end, and it stops at two points wherever it is.
 */
function withoutStraightOn(points: Int32Array, limit: number, closed: boolean): Int32Array {
  const n = points.length / 2
  const after = (i: number): number => (i + 1 < n ? i + 1 : 0)
  const ends = closed ? 0 : 1
  let left = n
  let read = closed ? n - 1 : 0
  let startX = points[read * 2] as number
  let startY = points[read * 2 + 1] as number
  read = after(read)
  let write = read
  let x = points[read * 2] as number
  let y = points[read * 2 + 1] as number
  read = after(read)
  for (let i = ends; i < n - ends && left > 2; i++) {
    const endX = points[read * 2] as number
    const endY = points[read * 2 + 1] as number
    read = after(read)
    const dx = endX - startX
    const dy = endY - startY
    const cross = (x - startX) * dy - (y - startY) * dx
    const onward = (x - startX) * (endX - x) + (y - startY) * (endY - y)
    const goes = cross * cross <= 0.5 * limit * (dx * dx + dy * dy) && dx !== 0 && dy !== 0 && onward >= 0
    startX = goes ? endX : x
    startY = goes ? endY : y
    points[write * 2] = startX
    points[write * 2 + 1] = startY
    write = after(write)
    if (goes) {
      left--
      i++
      x = points[read * 2] as number
      y = points[read * 2 + 1] as number
      read = after(read)
    } else {
      x = endX
      y = endY
    }
  }
  if (!closed) {
    points[write * 2] = x
    points[write * 2 + 1] = y
  }
  return points.slice(0, left * 2)
}
