import type { Bounds } from '../../../geometry/bounds.js'
import { ellipseRing } from '../../../geometry/ellipse.js'
import { type Ring, ringFrom } from '../../../geometry/ring.js'
import { chance } from '../chance.js'

/** Radii of the corners: top left, top right, bottom right, bottom left. */
export type Radii = readonly [number, number, number, number]

/** A rectangle with round corners, clockwise, a vertex every `step` degrees of a corner. */
export function roundedRing({ left, top, right, bottom }: Bounds, radii: Radii, step = 10): Ring {
  const centres = [
    [left + radii[0], top + radii[0]],
    [right - radii[1], top + radii[1]],
    [right - radii[2], bottom - radii[2]],
    [left + radii[3], bottom - radii[3]],
  ] as const
  const points: number[] = []
  for (const [corner, [x, y]] of centres.entries()) {
    const radius = radii[corner] ?? 0
    for (let degrees = 0; degrees <= 90; degrees += radius === 0 ? 91 : step) {
      const angle = ((180 + corner * 90 + degrees) * Math.PI) / 180
      points.push(tidy(x + Math.cos(angle) * radius), tidy(y + Math.sin(angle) * radius))
    }
  }
  return ringFrom(points)
}

/** A circle or an ellipse as a polygon within `tolerance` pixels of it. */
export function ovalRing(x: number, y: number, rx: number, ry = rx, tolerance = 0.25): Ring {
  return ellipseRing(x, y, rx, ry, 0, tolerance).ring.map(tidy)
}

/**
 * A round shape with soft bumps: a circle of `radius` whose radius swings by up to `swing` of itself. The same `seed`
 * gives the same shape. `stretch` is its width divided by its height.
 */
export function blobRing(x: number, y: number, radius: number, swing: number, seed: number, stretch = 1): Ring {
  const dice = chance(seed)
  const waves = [2, 3, 4, 5].map((count) => ({
    count,
    size: dice.between(0.4, 1) / count,
    phase: dice.between(0, Math.PI * 2),
  }))
  const ring = new Float64Array(2 * 72)
  for (let i = 0; i < 72; i++) {
    const angle = (i / 72) * Math.PI * 2
    const wave = waves.reduce((sum, { count, size, phase }) => sum + size * Math.sin(count * angle + phase), 0)
    const reach = radius * (1 + swing * wave)
    ring[i * 2] = tidy(x + Math.cos(angle) * reach * Math.sqrt(stretch))
    ring[i * 2 + 1] = tidy(y + (Math.sin(angle) * reach) / Math.sqrt(stretch))
  }
  return ring
}

/** Quarter pixels: exact in binary, short in files. */
function tidy(value: number): number {
  return Math.round(value * 4) / 4
}
