import type { PoseVisibility } from '../../../definitions/index.js'
import type { Bounds } from '../../../geometry/bounds.js'

/** A runner at sunrise, upright picture, in pixels. */

export const WIDTH = 640
export const HEIGHT = 880

/** The key points of COCO in its order: where the joints are, and whether they can be seen. */
export const JOINTS = [
  ['nose', 408, 236, 'visible'],
  ['left_eye', 394, 220, 'hidden'],
  ['right_eye', 386, 222, 'visible'],
  ['left_ear', 0, 0, 'missing'],
  ['right_ear', 350, 232, 'visible'],
  ['left_shoulder', 356, 316, 'hidden'],
  ['right_shoulder', 318, 322, 'visible'],
  ['left_elbow', 410, 400, 'visible'],
  ['right_elbow', 240, 392, 'visible'],
  ['left_wrist', 474, 338, 'visible'],
  ['right_wrist', 296, 462, 'visible'],
  ['left_hip', 326, 498, 'hidden'],
  ['right_hip', 302, 502, 'visible'],
  ['left_knee', 272, 624, 'visible'],
  ['right_knee', 414, 560, 'visible'],
  ['left_ankle', 150, 662, 'visible'],
  ['right_ankle', 392, 694, 'visible'],
] as const satisfies readonly (readonly [string, number, number, PoseVisibility])[]

export type Joint = (typeof JOINTS)[number][0]

/** Which joints are joined, by their place in {@link JOINTS}. */
export const BONES: readonly (readonly [number, number])[] = [
  [15, 13],
  [13, 11],
  [16, 14],
  [14, 12],
  [11, 12],
  [5, 11],
  [6, 12],
  [5, 6],
  [5, 7],
  [6, 8],
  [7, 9],
  [8, 10],
  [1, 2],
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 4],
  [3, 5],
  [4, 6],
]

export function joint(name: Joint): readonly [x: number, y: number] {
  const found = JOINTS.find(([other]) => other === name)
  if (found === undefined) throw new TypeError(`no joint is called ${name}`)
  return [found[1], found[2]]
}

/** Everything of the runner that is painted, shoes and hair included. */
export const RUNNER: Bounds = { left: 98, top: 181, right: 490, bottom: 728 }

export const SUN = { x: 470, y: 470, radius: 74 } as const

export const BIRDS: readonly (readonly [x: number, y: number, wings: number])[] = [
  [128, 152, 26],
  [188, 120, 20],
  [82, 226, 17],
  [238, 186, 15],
]
