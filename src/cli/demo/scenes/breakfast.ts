import type { Bounds } from '../../../geometry/bounds.js'
import type { Pt } from '../../../geometry/point.js'
import { type Ring, ringFrom } from '../../../geometry/ring.js'
import { blobRing, ovalRing } from './rings.js'

/** A breakfast table from above, in pixels. The light comes from the top left. */

export const WIDTH = 880
export const HEIGHT = 640

/** A thing that is turned: its sides before turning, and degrees clockwise about its centre. */
export interface Turned extends Bounds {
  readonly angle: number
}

export interface Round {
  readonly x: number
  readonly y: number
  readonly rx: number
  readonly ry: number
  readonly angle: number
}

export const MAT: Bounds = { left: 64, top: 124, right: 482, bottom: 566 }
export const PLATE: Round = { x: 272, y: 344, rx: 172, ry: 172, angle: 0 }
export const DISH: Round = { x: 664, y: 470, rx: 156, ry: 108, angle: -16 }
export const SAUCER: Round = { x: 656, y: 178, rx: 112, ry: 112, angle: 0 }
export const GLASS: Round = { x: 486, y: 92, rx: 50, ry: 50, angle: 0 }

export const FORK: Turned = { left: 62, top: 222, right: 96, bottom: 472, angle: -6 }
export const KNIFE: Turned = { left: 456, top: 208, right: 482, bottom: 474, angle: 5 }
export const NAPKIN: Turned = { left: 778, top: 148, right: 856, bottom: 328, angle: 14 }
export const SPOON: Turned = { left: 804, top: 132, right: 834, bottom: 340, angle: 24 }

export const EGG: Ring = blobRing(214, 300, 80, 0.24, 5)
export const YOLK: Round = { x: 210, y: 296, rx: 31, ry: 29, angle: 10 }

/** A slice of toast: square below, with two round shoulders above; turned a little. */
export const TOAST: Ring = turned(
  [
    -62, -30, -72, -42, -74, -58, -64, -72, -44, -78, -20, -74, 0, -70, 20, -74, 44, -78, 64, -72, 74, -58, 72, -42, 62,
    -30, 64, 20, 62, 60, 54, 68, 0, 70, -54, 68, -62, 60, -64, 20,
  ],
  [326, 404],
  22,
)

export const DONUT: { readonly outer: Ring; readonly hole: Ring } = {
  outer: blobRing(618, 482, 78, 0.035, 3),
  hole: ovalRing(618, 480, 24, 23),
}

export const BERRIES: readonly Pt[] = [
  [716, 404],
  [744, 424],
  [722, 436],
  [764, 446],
  [741, 463],
]

/** The cup with its handle, which leaves a gap; the gap is a hole in the cup's outline. */
export const CUP = cup(656, 178, 70, -32)
export const COFFEE: Round = { x: 656, y: 178, rx: 58, ry: 58, angle: 0 }

function cup(x: number, y: number, radius: number, degrees: number): { readonly outer: Ring; readonly hole: Ring } {
  const direction = (degrees * Math.PI) / 180
  const reach = 76
  const loop = 30
  // Half of the angle under which the circles of cup and handle cross, seen from either centre.
  const cupHalf = Math.acos((reach ** 2 + radius ** 2 - loop ** 2) / (2 * reach * radius))
  const loopHalf = Math.PI - Math.acos((reach ** 2 + loop ** 2 - radius ** 2) / (2 * reach * loop))
  const points: number[] = []
  const arc = (cx: number, cy: number, r: number, from: number, to: number, steps: number): void => {
    for (let i = 0; i < steps; i++) {
      const angle = from + ((to - from) * i) / (steps - 1)
      points.push(quarter(cx + Math.cos(angle) * r), quarter(cy + Math.sin(angle) * r))
    }
  }
  arc(x, y, radius, direction + cupHalf, direction + Math.PI * 2 - cupHalf, 48)
  const [hx, hy] = [x + Math.cos(direction) * reach, y + Math.sin(direction) * reach]
  arc(hx, hy, loop, direction - loopHalf, direction + loopHalf, 20)
  const gap = reach + 9
  return {
    outer: ringFrom(points),
    hole: ovalRing(x + Math.cos(direction) * gap, y + Math.sin(direction) * gap, 12),
  }
}

function turned(points: readonly number[], [x, y]: Pt, degrees: number): Ring {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const ring = new Float64Array(points.length)
  for (let i = 0; i < points.length; i += 2) {
    const [px, py] = [points[i] as number, points[i + 1] as number]
    ring[i] = quarter(x + cos * px - sin * py)
    ring[i + 1] = quarter(y + sin * px + cos * py)
  }
  return ring
}

function quarter(value: number): number {
  return Math.round(value * 4) / 4
}
