import type { Bounds } from '../../../geometry/bounds.js'
import { type Ring, ringFrom } from '../../../geometry/ring.js'
import { ovalRing, roundedRing } from './rings.js'

/** What stands where in the street at dusk, in pixels. Painter and annotations both read this. */

export interface Car extends Bounds {
  readonly id: string
  readonly color: string
  readonly shade: string
  readonly heading: 'left' | 'right'
  readonly taxi: boolean
}

export interface Walker extends Bounds {
  readonly id: string
  readonly coat: string
  readonly trousers: string
  readonly skin: string
  readonly hair: string
}

export const WIDTH = 960
export const HEIGHT = 640
export const HORIZON = 420
export const ROAD = { top: 452, bottom: 580 } as const
export const SUN = { x: 372, y: 404, radius: 62 } as const

export const CARS: readonly Car[] = [
  {
    id: 'car-1',
    left: 72,
    top: 492,
    right: 292,
    bottom: 572,
    color: '#e4533d',
    shade: '#a52f2b',
    heading: 'right',
    taxi: false,
  },
  {
    id: 'car-2',
    left: 478,
    top: 488,
    right: 700,
    bottom: 570,
    color: '#f7c244',
    shade: '#c98a1d',
    heading: 'left',
    taxi: true,
  },
  {
    id: 'car-3',
    left: 846,
    top: 490,
    right: 1074,
    bottom: 572,
    color: '#3fa7a0',
    shade: '#22706f',
    heading: 'left',
    taxi: false,
  },
]

/** Radius of a wheel, and how far the wheels are from the ends of a car, as shares of its height and width. */
export const WHEEL = { radius: 0.235, inset: 0.195 } as const

/** Centre and radius of both wheels, the left one first. */
export function wheels(car: Car): readonly { x: number; y: number; radius: number }[] {
  const radius = (car.bottom - car.top) * WHEEL.radius
  const inset = (car.right - car.left) * WHEEL.inset
  return [car.left + inset, car.right - inset].map((x) => ({ x, y: car.bottom - radius, radius }))
}

export const WALKERS: readonly Walker[] = [
  {
    id: 'person-1',
    left: 338,
    top: 478,
    right: 390,
    bottom: 622,
    coat: '#31467f',
    trousers: '#1d2142',
    skin: '#f0bd97',
    hair: '#41262b',
  },
  {
    id: 'person-2',
    left: 400,
    top: 524,
    right: 436,
    bottom: 622,
    coat: '#e0607e',
    trousers: '#3d3567',
    skin: '#f4c8a5',
    hair: '#8a4a2b',
  },
  {
    id: 'person-3',
    left: 786,
    top: 472,
    right: 838,
    bottom: 620,
    coat: '#2f7f6f',
    trousers: '#26233f',
    skin: '#b67a58',
    hair: '#1f1620',
  },
]

export const DOG: Bounds = { left: 700, top: 570, right: 770, bottom: 622 }

/** The pole of the traffic light stands before the tram and cuts it in two. */
export const LIGHT = {
  head: { left: 644, top: 176, right: 686, bottom: 284 },
  pole: { left: 661, right: 669, bottom: 610 },
} as const

export const TRAM = { left: 438, top: 304, right: 914, bottom: 474 } as const

/** What can be seen of the tram: one ring on either side of the pole. */
export const TRAM_PARTS: readonly [Ring, Ring] = [
  roundedRing({ ...TRAM, right: LIGHT.pole.left }, [44, 0, 0, 16]),
  roundedRing({ ...TRAM, left: LIGHT.pole.right }, [0, 44, 16, 0]),
]

/** Both rails of the tram, as far as they can be seen. */
export const RAILS: readonly Ring[] = [ringFrom([0, 468, 960, 468]), ringFrom([0, 478, 960, 478])]

/** The group at the stop: where each one stands, how tall, and the colour of the coat. */
const GROUP = [
  [52, 62, '#6b4a86'],
  [76, 70, '#3c3a72'],
  [101, 58, '#8d4f7d'],
  [124, 72, '#2f4d78'],
  [151, 64, '#70507f'],
  [176, 69, '#4b3c77'],
  [199, 57, '#94566f'],
  [223, 67, '#3a5480'],
] as const

export const CROWD: readonly { readonly head: Ring; readonly body: Ring; readonly coat: string }[] = GROUP.map(
  ([x, height, coat]) => {
    const top = 450 - height
    const head = height * 0.11
    return {
      coat,
      head: ovalRing(x, top + head, head),
      body: roundedRing({ left: x - 12, top: top + head * 1.9, right: x + 12, bottom: 450 }, [10, 10, 3, 3], 15),
    }
  },
)

export const LAMPS = [
  { x: 318, top: 236, arm: 44 },
  { x: 930, top: 236, arm: -44 },
] as const
