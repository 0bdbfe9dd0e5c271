import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { components, Mask, union } from '../../src/mask/index.js'
import { type DenseMask, denseMasks, isCanonical, maskOf } from './fixtures.js'

/** Pixel sets by flooding, in the order of their first pixels column by column. */
function flood({ width, height, pixels }: DenseMask, connectivity: 4 | 8): Uint8Array[] {
  const left = Uint8Array.from(pixels)
  const found: Uint8Array[] = []
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      if (left[y * width + x] === 0) continue
      const own = new Uint8Array(pixels.length)
      const open: [number, number][] = [[x, y]]
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const [px, py] = next
        if (px < 0 || py < 0 || px >= width || py >= height || left[py * width + px] === 0) continue
        left[py * width + px] = 0
        own[py * width + px] = 1
        for (const [dx, dy] of [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ] as const)
          open.push([px + dx, py + dy])
        if (connectivity === 8) for (const dx of [-1, 1]) for (const dy of [-1, 1]) open.push([px + dx, py + dy])
      }
      found.push(own)
    }
  }
  return found
}

describe('components', () => {
  const noise = fc
    .tuple(fc.nat(14), fc.nat(11))
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: width * height, maxLength: width * height, max: 1 })
        .map((pixels) => ({ width, height, pixels })),
    )

  it.each([4, 8] as const)('%i-connected are what flooding finds', (connectivity) => {
    fc.assert(
      fc.property(fc.oneof(noise, denseMasks), (dense) => {
        const found = components(maskOf(dense), connectivity)
        expect(found.map((mask) => [...mask.toDense()])).toEqual(flood(dense, connectivity).map((own) => [...own]))
        expect(found.every(isCanonical)).toBe(true)
        if (found.length > 0) expect(union(found).equals(maskOf(dense))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('a corner connects for 8 only, the foot of a column and the head of the next not at all', () => {
    const corner = Mask.fromDense(Uint8Array.of(1, 0, 0, 0, 1, 0), 3, 2)
    expect(components(corner, 8)).toHaveLength(1)
    expect(components(corner, 4)).toHaveLength(2)
    expect(components(corner)).toHaveLength(1)
    // One run of two pixels over a column's end, three rows high: two components.
    const wrapped = Mask.fromRuns(3, 3, [2, 2, 5])
    expect(components(wrapped, 8).map((mask) => mask.bounds)).toEqual([
      { left: 0, top: 2, right: 1, bottom: 3 },
      { left: 1, top: 0, right: 2, bottom: 1 },
    ])
  })

  it('joins arms that meet last: a comb is one piece', () => {
    const width = 3
    const height = 41
    const comb = new Uint8Array(width * height)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) comb[y * width + x] = x === 2 || y % 2 === 0 ? 1 : 0
    const mask = Mask.fromDense(comb, width, height)
    expect(components(mask, 4)).toEqual([mask])
  })

  it('none, and wrong arguments', () => {
    expect(components(Mask.empty(4, 3))).toEqual([])
    expect(() => components(Mask.empty(4, 3), 6 as 4)).toThrow(TypeError)
  })
})
