// Regions compared without the help of the library: what is inside is found by counting crossings along lines.

/** Rings of which those of one part are filled by even and odd; what is in any part is in the region. */
export type Region = readonly (readonly ArrayLike<number>[])[]

/** Lines across the height of both regions. No small round number: vertices love those. */
const LINES = 997

/** The area both regions have in common, by that of either; 1 where neither has any. Exact along x, sampled along y. */
export function overlapOf(a: Region, b: Region): number {
  const [top, bottom] = heightOf([...a, ...b])
  let both = 0
  let either = 0
  for (let line = 0; line < LINES; line++) {
    const y = top + ((bottom - top) * (line + 0.5)) / LINES
    const [first, second] = [spansAt(a, y), spansAt(b, y)]
    const common = commonLength(first, second)
    both += common
    either += lengthOf(first) + lengthOf(second) - common
  }
  return either === 0 ? 1 : both / either
}

/** The greatest distance of a vertex of one region from the outline of the other. */
export function deviationOf(from: Region, to: Region): number {
  let most = 0
  for (const ring of from.flat())
    for (let i = 0; i < ring.length; i += 2) most = Math.max(most, distanceTo(to, at(ring, i), at(ring, i + 1)))
  return most
}

type Span = readonly [number, number]

/** Where a line runs inside, from left to right, apart from each other. */
function spansAt(region: Region, y: number): readonly Span[] {
  const spans: Span[] = []
  for (const rings of region) {
    const crossings = rings.flatMap((ring) => crossingsAt(ring, y)).sort((a, b) => a - b)
    for (let i = 0; i + 1 < crossings.length; i += 2) spans.push([crossings[i] ?? 0, crossings[i + 1] ?? 0])
  }
  const apart: [number, number][] = []
  for (const [left, right] of spans.sort((a, b) => a[0] - b[0])) {
    const last = apart.at(-1)
    if (last !== undefined && left <= last[1]) last[1] = Math.max(last[1], right)
    else apart.push([left, right])
  }
  return apart
}

function crossingsAt(ring: ArrayLike<number>, y: number): readonly number[] {
  const crossings: number[] = []
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length
    const [x0, y0, x1, y1] = [at(ring, i), at(ring, i + 1), at(ring, next), at(ring, next + 1)]
    if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0))
  }
  return crossings
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, [left, right]) => sum + right - left, 0)
}

function commonLength(a: readonly Span[], b: readonly Span[]): number {
  let [sum, i, k] = [0, 0, 0]
  for (;;) {
    const [first, second] = [a[i], b[k]]
    if (first === undefined || second === undefined) return sum
    sum += Math.max(0, Math.min(first[1], second[1]) - Math.max(first[0], second[0]))
    if (first[1] < second[1]) i++
    else k++
  }
}

function heightOf(region: Region): readonly [number, number] {
  let [top, bottom] = [Infinity, -Infinity]
  for (const ring of region.flat())
    for (let i = 1; i < ring.length; i += 2) {
      top = Math.min(top, at(ring, i))
      bottom = Math.max(bottom, at(ring, i))
    }
  return top <= bottom ? [top, bottom] : [0, 0]
}

function distanceTo(region: Region, x: number, y: number): number {
  let least = Infinity
  for (const ring of region.flat())
    for (let i = 0; i < ring.length; i += 2) {
      const next = (i + 2) % ring.length
      const [x0, y0] = [at(ring, i), at(ring, i + 1)]
      const [dx, dy] = [at(ring, next) - x0, at(ring, next + 1) - y0]
      const square = dx * dx + dy * dy
      const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / square))
      least = Math.min(least, Math.hypot(x0 + t * dx - x, y0 + t * dy - y))
    }
  return least
}

function at(ring: ArrayLike<number>, i: number): number {
  return ring[i] ?? Number.NaN
}
