import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Mask } from '../../src/mask/mask.js'

/** Reads a JSON file of test/fixtures/masks. */
export function maskFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/masks/${name}.json`, import.meta.url), 'utf8')) as T
}

export interface RleJson {
  readonly size: readonly [number, number]
  readonly counts: string
}

export interface DenseMask {
  readonly width: number
  readonly height: number
  /** 0 or 1, row by row. */
  readonly pixels: Uint8Array
}

/** COCO's `[x, y, w, h]`, all zero for an empty mask. */
export function ltwhOf(mask: Mask): number[] {
  const b = mask.bounds
  return b === null ? [0, 0, 0, 0] : [b.left, b.top, b.right - b.left, b.bottom - b.top]
}

/** Random pixels, sparse, dense or in rectangles, up to 40 × 40 with sides of any parity, 0 included. */
export const denseMasks: fc.Arbitrary<DenseMask> = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
  .chain(([width, height]) => densePixels(width, height).map((pixels) => ({ width, height, pixels })))

/** As {@link denseMasks}, of one size. */
export function densePixels(width: number, height: number): fc.Arbitrary<Uint8Array> {
  const side = fc.integer({ min: -3, max: 45 })
  const rectangles = fc.array(fc.tuple(side, side, side, side, fc.constantFrom(0, 1)), { maxLength: 6 })
  const salt = fc.array(fc.nat({ max: Math.max(0, width * height - 1) }), { maxLength: 12 })
  return fc.tuple(rectangles, salt, fc.boolean()).map(([boxes, flips, inverted]) => {
    const pixels = new Uint8Array(width * height).fill(inverted ? 1 : 0)
    for (const [left, top, right, bottom, value] of boxes) {
      for (let y = Math.max(0, top); y < Math.min(height, bottom); y++) {
        for (let x = Math.max(0, left); x < Math.min(width, right); x++) pixels[y * width + x] = value
      }
    }
    for (const at of flips) if (at < pixels.length) pixels[at] = 1 - (pixels[at] as number)
    return pixels
  })
}

export function maskOf({ width, height, pixels }: DenseMask): Mask {
  return Mask.fromDense(pixels, width, height)
}

/** Whether the runs are in the form the class promises. */
export function isCanonical(mask: Mask): boolean {
  const { runs } = mask
  let sum = 0
  for (const [i, run] of runs.entries()) {
    if (run < 0 || (run === 0 && i > 0)) return false
    sum += run
  }
  return runs.length > 0 && sum === mask.width * mask.height
}
