import type { Label, Skeleton } from '../../dataset/labels.js'
import type { Pose, PosePoint } from '../../definitions/index.js'
import type { LabelList } from './label-list.js'

/** A point beyond the names of its category is called by its number; so far it is taken for one. */
const NUMBER = /^[1-9][0-9]{0,2}$/

/** The key points of one category while poses are written. */
interface List {
  readonly names: string[]
  /** How many of them the label itself names; undefined: it has no skeleton. */
  readonly declared: number | undefined
  /** The highest number a point beyond the names was called by. */
  numbered: number
}

/** Where the points of a pose stand in "keypoints". */
export interface PlacedPose {
  /** One for each place of the list as it is now, and those beyond it. */
  readonly points: readonly (PosePoint | undefined)[]
  /** Numbers of the pose's own points in its order, from 1; undefined when they are all of `points`, in that order. */
  readonly own: readonly number[] | undefined
  /** How many places the list has in the end, to be asked when everything is written. Undefined where that changes nothing. */
  readonly places: (() => number) | undefined
}

/**
 * Which key points each category has. Those of the label's skeleton come first; names of poses that it does not have are
 * added in the order in which they are met.
 */
export class KeypointLists {
  readonly #labels: Pick<LabelList, 'get'>
  readonly #lists = new Map<string, List>()

  constructor(labels: Pick<LabelList, 'get'>) {
    this.#labels = labels
  }

  /** Whether the points of a pose are, in their order, the first ones of its category. */
  fits(pose: Pose): boolean {
    const list = this.#of(pose.label)
    const { points } = pose
    if (list === undefined || !points.every(({ name }, i) => nameAt(list, i) === name)) return false
    if (points.length > list.names.length) list.numbered = Math.max(list.numbered, points.length)
    return true
  }

  /** Undefined where no category can name the points. */
  place(pose: Pose): PlacedPose | undefined {
    const list = this.#of(pose.label)
    if (list === undefined) return undefined
    const places = list.declared === undefined ? () => list.names.length : undefined
    const { points } = pose
    if (this.fits(pose)) {
      if (points.length >= list.names.length) return { points, own: undefined, places }
      return { points: list.names.map((_, i) => points[i]), own: points.map((_, i) => i + 1), places }
    }
    const taken = new Set<number>()
    const own = points.map(({ name }) => {
      const at = indexOf(list, name, taken)
      taken.add(at)
      return at + 1
    })
    const length = Math.max(list.names.length, ...own)
    const placed = new Array<PosePoint | undefined>(length).fill(undefined)
    for (const [i, point] of points.entries()) placed[(own[i] as number) - 1] = point
    const all = own.length === length && own.every((number, i) => number === i + 1)
    return { points: placed, own: all ? undefined : own, places }
  }

  /** The skeleton a category is written with, where it is not that of its label. */
  grown({ name, skeleton }: Label): Skeleton | undefined {
    const list = this.#lists.get(name)
    if (list === undefined || list.names.length === (list.declared ?? 0)) return undefined
    return { keypoints: list.names, edges: skeleton?.edges ?? [] }
  }

  #of(name: string): List | undefined {
    const known = this.#lists.get(name)
    if (known !== undefined) return known
    const label = this.#labels.get(name)
    if (label === undefined || label.declared === false) return undefined
    const { skeleton } = label
    const list: List = { names: [...(skeleton?.keypoints ?? [])], declared: skeleton?.keypoints.length, numbered: 0 }
    this.#lists.set(name, list)
    return list
  }
}

function nameAt({ names, declared }: List, index: number): string | undefined {
  return names[index] ?? (declared === undefined ? undefined : String(index + 1))
}

/** The place of a name that is not taken yet; a new one where there is none. */
function indexOf(list: List, name: string, taken: ReadonlySet<number>): number {
  for (let at = list.names.indexOf(name); at >= 0; at = list.names.indexOf(name, at + 1)) if (!taken.has(at)) return at
  const number = list.declared !== undefined && NUMBER.test(name) ? Number(name) : 0
  if (number > list.names.length && !taken.has(number - 1)) {
    list.numbered = Math.max(list.numbered, number)
    return number - 1
  }
  while (list.names.length < list.numbered) list.names.push(String(list.names.length + 1))
  return list.names.push(name) - 1
}
