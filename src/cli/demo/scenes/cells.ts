import type { Ring } from '../../../geometry/ring.js'
import type { Round } from './breakfast.js'
import { blobRing } from './rings.js'

/** Stained cells under a microscope, in pixels. */

export const WIDTH = 840
export const HEIGHT = 560

/** A cell: one outline or several, and the vacuoles in it, which do not belong to it. */
export interface Cell {
  readonly id: string
  readonly outlines: readonly Ring[]
  readonly vacuoles: readonly Ring[]
  readonly nuclei: readonly Round[]
  readonly score: number
  readonly phase: 'interphase' | 'anaphase'
}

export const CELLS: readonly Cell[] = [
  cell(1, 166, 158, 104, 0.2, 1.3, 11, [[140, 150, 34, 28, 18]], [[222, 178, 22, 2]], 0.98),
  cell(2, 432, 132, 86, 0.22, 0.95, 27, [[428, 122, 29, 24, -24]], [], 0.97),
  cell(
    3,
    690,
    168,
    100,
    0.18,
    1.18,
    5,
    [[704, 158, 33, 26, 40]],
    [
      [650, 196, 17, 6],
      [742, 212, 12, 9],
    ],
    0.95,
  ),
  cell(4, 132, 420, 90, 0.22, 1.05, 44, [[126, 412, 30, 25, -8]], [], 0.96),
  {
    id: 'cell-5',
    outlines: [blobRing(356, 374, 64, 0.13, 52, 0.95), blobRing(502, 404, 66, 0.14, 61, 0.95)],
    vacuoles: [],
    nuclei: [
      { x: 352, y: 374, rx: 15, ry: 31, angle: 10 },
      { x: 506, y: 404, rx: 15, ry: 32, angle: 12 },
    ],
    score: 0.89,
    phase: 'anaphase',
  },
  cell(6, 706, 424, 94, 0.2, 1.22, 73, [[690, 424, 32, 27, 64]], [[752, 404, 19, 12]], 0.94),
]

/** Specks of dye: one annotation of many pieces. */
export const SPECKS: readonly Ring[] = [
  [296, 60, 8],
  [322, 232, 6],
  [566, 40, 7],
  [588, 262, 9],
  [604, 516, 7],
  [250, 512, 8],
  [34, 282, 6],
  [802, 300, 7],
].map(([x, y, r], i) => blobRing(x ?? 0, y ?? 0, r ?? 0, 0.3, 90 + i))

/** The scale bar: 20 micrometres. */
export const SCALE_BAR = { left: 362, top: 530, right: 502, bottom: 535 } as const

type Numbers = readonly number[]

function cell(
  number: number,
  x: number,
  y: number,
  radius: number,
  swing: number,
  stretch: number,
  seed: number,
  nuclei: readonly Numbers[],
  vacuoles: readonly Numbers[],
  score: number,
): Cell {
  return {
    id: `cell-${number}`,
    outlines: [blobRing(x, y, radius, swing, seed, stretch)],
    vacuoles: vacuoles.map(([vx = 0, vy = 0, r = 0, s = 0]) => blobRing(vx, vy, r, 0.14, s)),
    nuclei: nuclei.map(([nx = 0, ny = 0, rx = 0, ry = 0, angle = 0]) => ({ x: nx, y: ny, rx, ry, angle })),
    score,
    phase: 'interphase',
  }
}
