import { type Bounds, boundsArea, boundsEqual, boundsIntersection } from '../../../geometry/bounds.js'

/** A tag that wants a place: how large it is and what it names. */
export interface TagWish {
  readonly width: number
  readonly height: number
  /** What the tag belongs to; a point has no extent. */
  readonly bounds: Bounds
}

/** The top left corner for each tag, or null where none could be found that covers no other. */
export type TagPlaces = readonly (readonly [x: number, y: number] | null)[]

/** What tags should rather not cover, by how much it matters: a cost for each square pixel. */
export interface Avoided {
  readonly bounds: Bounds
  readonly weight: number
}

/** What it costs to cover a square pixel of one's own object, and to lie a pixel away from where one wanted to be. */
const OWN = 0.02
const MOVED = 2
/** How much worse each place is than the one before it. */
const RANK = 3

/**
 * Finds a place for every tag inside a picture: near its object, on no other tag, and rather not on what is `avoided`.
 * What is small chooses first, because it has fewer places to choose from.
 */
export function placeTags(
  wishes: readonly TagWish[],
  size: { readonly width: number; readonly height: number },
  avoided: readonly Avoided[],
): TagPlaces {
  const places: (readonly [number, number] | null)[] = wishes.map(() => null)
  const taken: Bounds[] = []
  const order = wishes.map((_, i) => i).sort((a, b) => extent(wishes[a]) - extent(wishes[b]) || a - b)
  for (const index of order) {
    const wish = wishes[index]
    if (wish === undefined) continue
    let best: { readonly box: Bounds; readonly cost: number } | undefined
    for (const [rank, [x, y]] of candidates(wish).entries()) {
      const box = within(x, y, wish, size)
      const moved = Math.hypot(box.left - x, box.top - y)
      const cost = rank * RANK + moved * MOVED + shared(box, wish.bounds) * OWN + burden(box, wish.bounds, avoided)
      if (best !== undefined && cost >= best.cost) continue
      if (taken.every((other) => shared(box, other) === 0)) best = { box, cost }
    }
    if (best === undefined) continue
    places[index] = [best.box.left, best.box.top]
    const { left, top, right, bottom } = best.box
    taken.push({ left: left - 1, top: top - 1, right: right + 1, bottom: bottom + 1 })
  }
  return places
}

/** The cost of covering the others; `own` is among the avoided and has its own price. */
function burden(box: Bounds, own: Bounds, avoided: readonly Avoided[]): number {
  let cost = 0
  for (const { bounds, weight } of avoided) if (!boundsEqual(bounds, own)) cost += shared(box, bounds) * weight
  return cost
}

function shared(a: Bounds, b: Bounds): number {
  const both = boundsIntersection(a, b)
  return both === null ? 0 : boundsArea(both)
}

function extent(wish: TagWish | undefined): number {
  return wish === undefined ? 0 : boundsArea(wish.bounds)
}

/** From the best place to the worst: above, below, inside, beside, then further away. */
function candidates({ width, height, bounds }: TagWish): (readonly [number, number])[] {
  const { left, top, right, bottom } = bounds
  const gap = 2
  const middle = (top + bottom - height) / 2
  if (right - left < 1 && bottom - top < 1) {
    const reach = 9
    return [
      [right + reach, middle],
      [left - reach - width, middle],
      [(left + right - width) / 2, top - reach - height],
      [(left + right - width) / 2, bottom + reach],
      [right + reach, top - reach - height],
      [right + reach, bottom + reach],
      [left - reach - width, top - reach - height],
      [left - reach - width, bottom + reach],
    ]
  }
  const near: (readonly [number, number])[] = [
    [left, top - height - gap],
    [left, bottom + gap],
    [right - width, top - height - gap],
    [right - width, bottom + gap],
    [left + 4, top + 4],
    [left + 4, bottom - height - 4],
    [right - width - 4, top + 4],
    [right - width - 4, bottom - height - 4],
    [right + gap, middle],
    [left - width - gap, middle],
    [(left + right - width) / 2, middle],
  ]
  const far = [1, 2, 3].flatMap((step) =>
    [left, (left + right - width) / 2, right - width].flatMap((x): (readonly [number, number])[] => [
      [x, top - height - gap - step * (height + 3)],
      [x, bottom + gap + step * (height + 3)],
    ]),
  )
  return [...near, ...far]
}

function within(x: number, y: number, { width, height }: TagWish, size: { width: number; height: number }): Bounds {
  const left = Math.max(2, Math.min(size.width - width - 2, x))
  const top = Math.max(2, Math.min(size.height - height - 2, y))
  return { left, top, right: left + width, bottom: top + height }
}
