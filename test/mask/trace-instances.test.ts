import { expect, it } from 'vitest'
import { Mask } from '../../src/mask/mask.js'
import { traceInstances } from '../../src/mask/trace-instances.js'

it('every ring has memory of its own: transferring one leaves the others as they are', () => {
  // Two regions, one with a hole.
  const rows = ['.....###', '.##..#.#', '.....###']
  const mask = Mask.fromDense(
    Uint8Array.from([...rows.join('')], (c) => (c === '#' ? 1 : 0)),
    8,
    3,
  )
  for (const options of [{}, { epsilon: 0.2 }]) {
    const rings = traceInstances(mask, options).flatMap(({ part }) => [part.outer, ...part.holes])
    expect(rings).toHaveLength(3)
    expect(new Set(rings.map(({ buffer }) => buffer)).size).toBe(3)
    const [first, ...others] = rings
    structuredClone(first, { transfer: [first?.buffer as ArrayBuffer] })
    expect(first).toHaveLength(0)
    expect(others.map((ring) => [...ring])).toEqual([
      [6, 1, 6, 2, 7, 2, 7, 1],
      [1, 1, 3, 1, 3, 2, 1, 2],
    ])
  }
})
