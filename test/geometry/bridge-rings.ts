import type { Part } from '../../src/geometry/parts.js'
import type { Ring } from '../../src/geometry/ring.js'

/** A ring as text that does not depend on its direction or on where it starts. */
export function cycleKey(ring: Ring): string {
  const points = Array.from({ length: ring.length / 2 }, (_, i) => `${ring[i * 2]},${ring[i * 2 + 1]}`)
  const turned = (list: readonly string[]): string => {
    let best = ''
    for (let i = 0; i < list.length; i++) {
      const text = [...list.slice(i), ...list.slice(0, i)].join(' ')
      if (best === '' || text < best) best = text
    }
    return best
  }
  const forth = turned(points)
  const back = turned(points.slice().reverse())
  return forth < back ? forth : back
}

/** Parts as sets: neither order nor start nor direction matter. */
export function partKeys(parts: readonly Part[]): readonly string[] {
  return parts.map(({ outer, holes }) => [cycleKey(outer), ...holes.map(cycleKey).sort()].join(' | ')).sort()
}

type Side = readonly [ax: number, ay: number, bx: number, by: number]

export function sidesOf(ring: Ring): readonly Side[] {
  return Array.from({ length: ring.length / 2 }, (_, i) => [
    ring[i * 2] as number,
    ring[i * 2 + 1] as number,
    ring[(i * 2 + 2) % ring.length] as number,
    ring[(i * 2 + 3) % ring.length] as number,
  ])
}

/** Whether two sides cross at a place inside both; exact for small integers. */
export function sidesCross([ax, ay, bx, by]: Side, [cx, cy, dx, dy]: Side): boolean {
  const turn = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number =>
    Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px))
  return (
    turn(ax, ay, bx, by, cx, cy) * turn(ax, ay, bx, by, dx, dy) < 0 &&
    turn(cx, cy, dx, dy, ax, ay) * turn(cx, cy, dx, dy, bx, by) < 0
  )
}

/** The length of what is walked in both directions, once. */
export function bridgeLength(ring: Ring, parts: readonly Part[]): number {
  const length = (one: Ring): number =>
    sidesOf(one).reduce((sum, [ax, ay, bx, by]) => sum + Math.hypot(bx - ax, by - ay), 0)
  const outlines = parts.reduce(
    (sum, { outer, holes }) => sum + [outer, ...holes].reduce((s, r) => s + length(r), 0),
    0,
  )
  return (length(ring) - outlines) / 2
}
