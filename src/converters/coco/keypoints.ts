import type { PosePoint, PoseVisibility } from '../../definitions/index.js'
import { encodeUtf8 } from '../../text/decode.js'
import { numbersIn, numberText } from '../../text/json-number.js'
import type { ElementFields } from './element.js'

/** What the definition of an annotation is made from: key points where some are labelled, else the region; or one of the two. */
export type GeometryChoice = 'auto' | 'region' | 'keypoints'

/** The "keypoints" of an annotation: three numbers a point, x, y and how well it is seen. */
export interface KeypointsReading {
  readonly points: readonly PosePoint[]
  /** How many of them are labelled. */
  readonly labelled: number
  /** Whether writing the points for the same category gives the same numbers again. */
  readonly exact: boolean
}

const KINDS: readonly PoseVisibility[] = ['missing', 'hidden', 'visible']

/**
 * The key points of an element by the names of its category; those beyond the names are called by their number, from 1.
 * Undefined when the value is no list of triples of finite numbers. Coordinates stay as they are.
 */
export function readKeypoints(
  element: ElementFields,
  at: number,
  names: readonly string[],
): KeypointsReading | undefined {
  return pointsOf(numbersIn(element.bytes, element.starts[at] as number, element.ends[at] as number), names)
}

function pointsOf(numbers: ArrayLike<number> | undefined, names: readonly string[]): KeypointsReading | undefined {
  if (numbers === undefined || numbers.length % 3 !== 0) return undefined
  const points: PosePoint[] = []
  let labelled = 0
  let exact = numbers.length >= 3 * names.length
  for (let i = 0; i < numbers.length; i += 3) {
    const flag = numbers[i + 2] as number
    const visibility = visibilityOf(flag)
    if (visibility !== 'missing') labelled++
    if (KINDS[flag] !== visibility) exact = false
    const name = names[i / 3] ?? String(i / 3 + 1)
    points.push({ name, x: numbers[i] as number, y: numbers[i + 1] as number, visibility })
  }
  return { points, labelled, exact }
}

/** 0, 1 and 2 are COCO's; detectors write their confidence in the same place. */
function visibilityOf(flag: number): PoseVisibility {
  if (!(flag > 0)) return 'missing'
  return flag === 1 ? 'hidden' : 'visible'
}

/** Whether a "keypoints" text says these points and no more, those that are not labelled wherever they are. */
export function saysPoints(text: string, points: readonly (PosePoint | undefined)[]): boolean {
  const bytes = encodeUtf8(text)
  const said = pointsOf(numbersIn(bytes, 0, bytes.length), [])?.points
  if (said === undefined || said.length !== points.length) return false
  return said.every(({ visibility, x, y }, i) => {
    const point = points[i]
    if (visibility !== (point?.visibility ?? 'missing')) return false
    return visibility === 'missing' || (x === point?.x && y === point.y)
  })
}

/** The JSON text of "keypoints"; a place without a point is not labelled. */
export function keypointsText(points: readonly (PosePoint | undefined)[]): string {
  const triples = points.map((point) =>
    point === undefined ? '0,0,0' : `${numberText(point.x)},${numberText(point.y)},${KINDS.indexOf(point.visibility)}`,
  )
  return `[${triples.join(',')}]`
}

/** How many points are labelled. */
export function labelledCount(points: readonly (PosePoint | undefined)[]): number {
  return points.filter((point) => point !== undefined && point.visibility !== 'missing').length
}
