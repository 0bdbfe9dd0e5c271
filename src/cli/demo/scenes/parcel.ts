import type { Bounds } from '../../../geometry/bounds.js'
import type { Pt } from '../../../geometry/point.js'
import { type Ring, ringFrom } from '../../../geometry/ring.js'

/** Parcels before a door, in pixels. */

export const WIDTH = 800
export const HEIGHT = 620

/** Where the wall meets the floor. */
export const FLOOR = 452

/** A box seen from the front, a little from above and from the right: its front and its back. */
export interface Crate {
  readonly id: string
  readonly front: Bounds
  readonly back: Bounds
}

export const PARCEL: Crate = {
  id: 'parcel-1',
  front: { left: 398, top: 322, right: 622, bottom: 548 },
  back: { left: 492, top: 262, right: 684, bottom: 456 },
}

export const GIFT: Crate = {
  id: 'parcel-2',
  front: { left: 258, top: 468, right: 366, bottom: 572 },
  back: { left: 300, top: 436, right: 396, bottom: 528 },
}

export const DOOR: Bounds = { left: 92, top: 44, right: 316, bottom: FLOOR }
export const KNOB: Pt = [290, 266]
export const NUMBER: Bounds = { left: 352, top: 96, right: 416, bottom: 146 }
export const SHIPPING_LABEL: Bounds = { left: 424, top: 428, right: 532, bottom: 500 }
export const BARCODE: Bounds = { left: 434, top: 466, right: 508, bottom: 492 }
export const FRAGILE: Bounds = { left: 552, top: 352, right: 600, bottom: 404 }
/** The dented corner somebody asks about. */
export const DENT: Bounds = { left: 572, top: 500, right: 632, bottom: 556 }

export const MAT: Ring = ringFrom([86, 500, 322, 500, 296, 556, 40, 556])

/** A plant: the pot, and leaves that hang together only through it, so they are parts of one polygon. */
export const POT: Ring = ringFrom([690, 452, 780, 452, 776, 468, 766, 468, 754, 552, 716, 552, 704, 468, 694, 468])
export const LEAVES: readonly Ring[] = [
  leaf(728, 450, 732, 292, 30),
  leaf(716, 450, 707, 322, -22),
  leaf(748, 450, 782, 332, 24),
  leaf(710, 450, 697, 388, -10),
  leaf(760, 450, 792, 398, 16),
]

/** A leaf from its stalk to its tip; `bulge` is half of its width, to the left when negative. */
function leaf(x0: number, y0: number, x1: number, y1: number, bulge: number): Ring {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const length = Math.hypot(dx, dy)
  const [nx, ny] = [-dy / length, dx / length]
  const points: number[] = []
  const steps = 12
  for (const side of [1, -1]) {
    for (let i = 0; i < steps; i++) {
      const t = side === 1 ? i / steps : 1 - i / steps
      const wide = Math.sin(Math.PI * t ** 0.8) * Math.abs(bulge) * 0.75 * side + Math.sin(Math.PI * t) * bulge * 0.25
      points.push(half(x0 + dx * t + nx * wide), half(y0 + dy * t + ny * wide))
    }
  }
  return ringFrom(points)
}

function half(value: number): number {
  return Math.round(value * 2) / 2
}
