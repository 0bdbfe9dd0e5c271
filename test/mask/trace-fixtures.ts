import fc from 'fast-check'
import type { Part } from '../../src/geometry/parts.js'
import type { Ring } from '../../src/geometry/ring.js'
import { Mask } from '../../src/mask/mask.js'
import { arbitraryMask } from '../arbitraries/shapes.js'
import { denseMasks, maskOf } from './fixtures.js'

export { LAW_RUNS } from '../arbitraries/law-runs.js'

/** A mask from rows of text: `#` is foreground. */
export function drawn(...rows: readonly string[]): Mask {
  const width = rows[0]?.length ?? 0
  return Mask.fromDense(
    Uint8Array.from([...rows.join('')].map((character) => (character === '#' ? 1 : 0))),
    width,
    rows.length,
  )
}

export function ringsOf(parts: readonly Part[]): readonly Ring[] {
  return parts.flatMap(({ outer, holes }) => [outer, ...holes])
}

const side = fc.integer({ min: 1, max: 26 })

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 0) / 2 ** 32
  }
}

function painted(width: number, height: number, inside: (x: number, y: number) => boolean): Mask {
  const pixels = Uint8Array.from({ length: width * height }, (_, i) =>
    inside(i % width, Math.floor(i / width)) ? 1 : 0,
  )
  return Mask.fromDense(pixels, width, height)
}

const noise = fc
  .tuple(side, side, fc.constantFrom(0.02, 0.2, 0.41, 0.5, 0.59, 0.8, 0.98), fc.integer())
  .map(([width, height, density, seed]) => {
    const random = seeded(seed)
    return painted(width, height, () => random() < density)
  })

const blobs = fc
  .tuple(
    side,
    side,
    fc.array(fc.tuple(fc.nat(26), fc.nat(26), fc.double({ min: 0.3, max: 9, noNaN: true })), { maxLength: 7 }),
  )
  .map(([width, height, discs]) =>
    painted(width, height, (x, y) => discs.filter(([cx, cy, r]) => Math.hypot(x - cx, y - cy) <= r).length % 2 === 1),
  )

const ringsInRings = fc
  .tuple(side, side, fc.integer({ min: 1, max: 3 }), fc.nat(13), fc.nat(13), fc.boolean())
  .map(([width, height, step, cx, cy, square]) =>
    painted(width, height, (x, y) => {
      const away = square ? Math.max(Math.abs(x - cx), Math.abs(y - cy)) : Math.hypot(x - cx, y - cy)
      return Math.floor(away / step) % 2 === 0
    }),
  )

const checkerboards = fc
  .tuple(side, side, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .map(([width, height, across, down]) =>
    painted(width, height, (x, y) => (Math.floor(x / across) + Math.floor(y / down)) % 2 === 0),
  )

const lines = fc
  .tuple(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 40 }), fc.boolean())
  .map(([pixels, upright]) =>
    Mask.fromDense(Uint8Array.from(pixels), upright ? 1 : pixels.length, upright ? pixels.length : 1),
  )

const borders = fc
  .tuple(side, side, fc.integer({ min: 0, max: 15 }))
  .map(([width, height, which]) =>
    painted(
      width,
      height,
      (x, y) =>
        ((which & 1) > 0 && x === 0) ||
        ((which & 2) > 0 && y === 0) ||
        ((which & 4) > 0 && x === width - 1) ||
        ((which & 8) > 0 && y === height - 1),
    ),
  )

const plain = fc
  .tuple(fc.nat(9), fc.nat(9), fc.boolean())
  .map(([w, h, full]) => (full ? Mask.full(w, h) : Mask.empty(w, h)))

/** Masks of all kinds: noise of every density, blobs, rings in rings, checkerboards, lines, borders, empty, full, no size. */
export const anyMask: fc.Arbitrary<Mask> = fc.oneof(
  denseMasks.map(maskOf),
  { weight: 3, arbitrary: noise },
  blobs,
  ringsInRings,
  checkerboards,
  lines,
  borders,
  plain,
  arbitraryMask({ width: 31, height: 17 }),
)

/** The pixels whose centres lie inside an odd number of times, crossing by crossing: slow and plain. */
export function evenOddAtCentres(rings: readonly Ring[], width: number, height: number): Mask {
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const level = y + 0.5
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        const x0 = ring[i] as number
        const y0 = ring[i + 1] as number
        const x1 = ring[(i + 2) % ring.length] as number
        const y1 = ring[(i + 3) % ring.length] as number
        if (y0 <= level === y1 <= level) continue
        // Always from the upper end, so that a side walked there and back crosses at the very same place.
        const [tx, ty, bx, by] = y0 < y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0]
        const crossing = tx + ((level - ty) * (bx - tx)) / (by - ty)
        for (let x = Math.max(0, Math.ceil(crossing - 0.5)); x < width; x++) {
          pixels[y * width + x] = 1 - (pixels[y * width + x] as number)
        }
      }
    }
  }
  return Mask.fromDense(pixels, width, height)
}

/** How many groups of pixels there are, counted by flooding. */
export function groupCount(mask: Mask, value: 0 | 1, connectivity: 4 | 8): number {
  const { width, height } = mask
  const pixels = mask.toDense()
  let count = 0
  for (let start = 0; start < pixels.length; start++) {
    if (pixels[start] !== value) continue
    count++
    const open = [start]
    pixels[start] = 2
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const x = at % width
      const y = Math.floor(at / width)
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if (connectivity === 4 && dx !== 0 && dy !== 0) continue
          if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue
          const near = at + dy * width + dx
          if (pixels[near] !== value) continue
          pixels[near] = 2
          open.push(near)
        }
      }
    }
  }
  return count
}
