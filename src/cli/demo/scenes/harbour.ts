import type { Pt } from '../../../geometry/point.js'
import { type Ring, ringFrom } from '../../../geometry/ring.js'
import type { Turned } from './breakfast.js'
import { blobRing } from './rings.js'

/** A harbour from the air, in pixels. The sun stands in the north-west. */

export const WIDTH = 1024
export const HEIGHT = 600

/** A vessel: its length and beam before turning; at angle 0 its bow points to the right. */
export interface Vessel extends Turned {
  readonly id: string
  readonly kind: 'motor boat' | 'sailing boat' | 'ferry' | 'trawler'
  readonly hull: string
  readonly deck: string
  readonly moving: boolean
  readonly score: number
}

type Row = readonly [
  kind: Vessel['kind'],
  x: number,
  y: number,
  length: number,
  beam: number,
  angle: number,
  hull: string,
  deck: string,
  moving: boolean,
  score: number,
]

const ROWS: readonly Row[] = [
  ['ferry', 628, 142, 216, 62, -14, '#f4f1ea', '#e8e2d4', true, 0.99],
  ['sailing boat', 372, 92, 92, 30, 26, '#fbf6ea', '#c98f52', true, 0.97],
  ['sailing boat', 862, 246, 84, 27, 142, '#27466b', '#d3a061', true, 0.93],
  ['trawler', 468, 268, 124, 40, 152, '#c9503c', '#e9dfcc', true, 0.96],
  ['motor boat', 148, 246, 74, 27, 8, '#ffffff', '#7fb8c9', false, 0.95],
  ['motor boat', 142, 300, 68, 25, 5, '#203a58', '#d8c39a', false, 0.94],
  ['sailing boat', 138, 356, 86, 28, 10, '#f7efe0', '#b8854b', false, 0.96],
  ['motor boat', 134, 414, 72, 26, 3, '#e7b93f', '#fff4d0', false, 0.91],
  ['sailing boat', 294, 276, 88, 28, 187, '#efe9dc', '#b98046', false, 0.97],
  ['motor boat', 282, 334, 70, 26, 191, '#d95d4a', '#fbe6d8', false, 0.9],
  ['motor boat', 276, 390, 76, 27, 184, '#ffffff', '#8cc3b2', false, 0.95],
]

export const VESSELS: readonly Vessel[] = ROWS.map(
  ([kind, x, y, length, beam, angle, hull, deck, moving, score], i) => ({
    id: `vessel-${i + 1}`,
    kind,
    left: x - length / 2,
    top: y - beam / 2,
    right: x + length / 2,
    bottom: y + beam / 2,
    angle,
    hull,
    deck,
    moving,
    score,
  }),
)

/** The wooden jetty between the two rows of boats. */
export const JETTY: Turned = { left: 77, top: 336, right: 357, bottom: 360, angle: 94 }

/** Below this line lies the quay. */
export const QUAY = 496

/** Two islands; the larger one has a lagoon. */
export const ISLANDS: readonly { readonly shore: Ring; readonly lagoon?: Ring }[] = [
  { shore: blobRing(790, 398, 90, 0.26, 21, 1.5), lagoon: blobRing(776, 406, 30, 0.2, 8, 1.35) },
  { shore: blobRing(952, 346, 34, 0.25, 33, 1.25) },
]

export const LIGHTHOUSE: Pt = [848, 376]

/** Both edges of the fairway. */
export const FAIRWAY: readonly Ring[] = [
  ringFrom([1024, 60, 820, 92, 600, 214, 470, 330, 440, 496]),
  ringFrom([1024, 140, 850, 172, 690, 270, 590, 372, 566, 496]),
]

/** Buoys: red ones to port of whoever comes in, green ones to starboard. */
export const BUOYS: readonly { readonly at: Pt; readonly color: 'red' | 'green' }[] = [
  { at: [820, 92], color: 'green' },
  { at: [850, 172], color: 'red' },
  { at: [690, 270], color: 'red' },
  { at: [590, 372], color: 'red' },
  { at: [457, 400], color: 'green' },
]

/** Containers on the quay, in rows; the colours go round. */
export const CONTAINERS: readonly (Turned & { readonly color: string })[] = [
  [604, 526, 0, '#d6604d'],
  [682, 526, 0, '#4a8fb0'],
  [760, 526, 0, '#e3b04b'],
  [604, 575, 0, '#5c9c7c'],
  [682, 575, 0, '#c9c3b8'],
  [868, 552, 24, '#8a5f9e'],
].map(([x, y, angle, color]) => ({
  left: (x as number) - 35,
  top: (y as number) - 12,
  right: (x as number) + 35,
  bottom: (y as number) + 12,
  angle: angle as number,
  color: color as string,
}))
