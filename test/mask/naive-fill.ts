import type { Ring } from '../../src/geometry/index.js'

/** Unit of the coordinates the laws use: all products of such coordinates are exact in a double. */
export const QUARTER = 0.25

/**
 * How often a ring winds around a pixel centre, by the sum over its edges, in exact arithmetic for coordinates in
 * quarters. The centre is moved to the right by a hair, and down by a hair of that hair, so that it is never on an edge.
 */
export function windingAt(ring: Ring, column: number, row: number): { turns: number; crossings: number } {
  const cx = (column + 0.5) * 4
  const cy = (row + 0.5) * 4
  let turns = 0
  let crossings = 0
  const n = ring.length / 2
  for (let i = 0; i < n; i++) {
    const x0 = (ring[i * 2] as number) * 4
    const y0 = (ring[i * 2 + 1] as number) * 4
    const x1 = (ring[((i + 1) % n) * 2] as number) * 4
    const y1 = (ring[((i + 1) % n) * 2 + 1] as number) * 4
    // A ray to the left meets the edges that pass the height of the moved centre (just below cy) left of it.
    if (y0 <= cy === y1 <= cy) continue
    const [lx, ly, hx, hy] = y0 < y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0]
    // x of the edge at cy, compared with cx without dividing: lx + (cy - ly) (hx - lx) / (hy - ly) <= cx.
    if ((cy - ly) * (hx - lx) <= (cx - lx) * (hy - ly)) {
      crossings++
      turns += y0 < y1 ? 1 : -1
    }
  }
  return { turns, crossings }
}

/** The pixels, row by row, of those whose centre `inside` holds for. */
export function naivePixels(width: number, height: number, inside: (x: number, y: number) => boolean): Uint8Array {
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) pixels[y * width + x] = inside(x, y) ? 1 : 0
  return pixels
}
