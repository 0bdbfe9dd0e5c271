import type { Bounds } from '../../../geometry/bounds.js'
import type * as step from '../scenes/parcel.js'
import type { Pen } from '../studio.js'
import { aside, fillRings, type Ink } from './brush.js'

interface Faces {
  readonly front: Ink
  readonly top: Ink
  readonly side: Ink
}

/** The three faces that can be seen, and the shadow on the floor to the right. */
export function paintFaces(pen: Pen, { front, back }: step.Crate, faces: Faces): void {
  const far = (front.right - front.left) * 0.2
  aside(pen, () => {
    pen.filter = 'blur(6px)'
    fillRings(
      pen,
      [
        [
          front.left + 6,
          front.bottom - 4,
          front.right,
          front.bottom + 5,
          back.right + far,
          back.bottom + far / 4,
          back.right,
          back.bottom - far / 4,
        ],
      ],
      'rgba(46, 26, 56, 0.5)',
    )
  })
  fillRings(pen, [topFace(front, back)], faces.top)
  fillRings(pen, [sideFace(front, back)], faces.side)
  fillRings(
    pen,
    [[front.left, front.top, front.right, front.top, front.right, front.bottom, front.left, front.bottom]],
    faces.front,
  )
}

export function topFace(front: Bounds, back: Bounds): readonly number[] {
  return [front.left, front.top, back.left, back.top, back.right, back.top, front.right, front.top]
}

function sideFace(front: Bounds, back: Bounds): readonly number[] {
  return [front.right, front.top, back.right, back.top, back.right, back.bottom, front.right, front.bottom]
}

/** A point of the top, `across` from left to right and `deep` from front to back, both 0 to 1. */
export function onTop({ front, back }: step.Crate, across: number, deep: number): readonly [number, number] {
  const x0 = front.left + (front.right - front.left) * across
  const x1 = back.left + (back.right - back.left) * across
  return [x0 + (x1 - x0) * deep, front.top + (back.top - front.top) * deep]
}
