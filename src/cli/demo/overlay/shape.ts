import type { LabelTree } from '../../../dataset/labels.js'
import type { AnnotationDefinition, Cube, Pose } from '../../../definitions/index.js'
import { ellipseRing } from '../../../geometry/ellipse.js'
import type { Part } from '../../../geometry/parts.js'
import type { Pt } from '../../../geometry/point.js'
import { type Ring, ringFrom } from '../../../geometry/ring.js'
import { rotatedBoxRing } from '../../../geometry/rotated-box.js'
import { traceMask } from '../../../mask/trace.js'

/** What of a definition can be drawn, in pixels. */
export interface Shape {
  /** Regions to fill and to outline. */
  readonly areas: readonly Part[]
  /** Open lines. */
  readonly lines: readonly Ring[]
  /** Lines that lie further back. */
  readonly faint: readonly Ring[]
  readonly points: readonly { readonly at: Pt; readonly hidden: boolean }[]
}

const NOTHING: Shape = { areas: [], lines: [], faint: [], points: [] }

/** The shape of a definition, or null for one without a place in the picture. */
export function shapeOf(definition: AnnotationDefinition, labels: LabelTree): Shape | null {
  switch (definition.type) {
    case 'box':
    case 'note':
      return region(rotatedBoxRing(definition.frame, definition.angle))
    case 'ellipse': {
      const { x, y, rx, ry, angle } = definition
      return region(ellipseRing(x, y, rx, ry, angle).ring)
    }
    case 'segment':
      return { ...NOTHING, areas: definition.parts }
    case 'binary':
      return { ...NOTHING, areas: traceMask(definition.mask) }
    case 'polyline':
      return { ...NOTHING, lines: definition.lines }
    case 'point':
      return { ...NOTHING, points: [{ at: [definition.x, definition.y], hidden: false }] }
    case 'cube':
      return cubeShape(definition)
    case 'pose':
      return poseShape(definition, labels.get(definition.label)?.skeleton?.edges ?? [])
    default:
      return null
  }
}

function region(ring: Ring): Shape {
  return { ...NOTHING, areas: [{ outer: ring, holes: [] }] }
}

/** The front is a region, the edges from front to back are lines, the back is faint. */
function cubeShape(cube: Cube): Shape {
  const { frontTl, frontTr, frontBr, frontBl, backTl, backTr, backBr, backBl } = cube
  const front = [frontTl, frontTr, frontBr, frontBl]
  const back = [backTl, backTr, backBr, backBl]
  return {
    ...NOTHING,
    areas: [{ outer: ringFrom(front), holes: [] }],
    lines: front.map((corner, i) => ringFrom([corner, back[i] ?? corner])),
    faint: [ringFrom([...back, backTl])],
  }
}

function poseShape(pose: Pose, edges: readonly (readonly [number, number])[]): Shape {
  const seen = (index: number): Pt | undefined => {
    const point = pose.points[index]
    return point === undefined || point.visibility === 'missing' ? undefined : [point.x, point.y]
  }
  const lines: Ring[] = []
  for (const [a, b] of edges) {
    const [from, to] = [seen(a), seen(b)]
    if (from !== undefined && to !== undefined) lines.push(ringFrom([from, to]))
  }
  const points = pose.points
    .filter(({ visibility }) => visibility !== 'missing')
    .map(({ x, y, visibility }) => ({ at: [x, y] as Pt, hidden: visibility === 'hidden' }))
  return { ...NOTHING, lines, points }
}
