/** The places of a contour's relatives in the list it stands in, -1 where there is none. */
export type ContourHierarchy = readonly [next: number, previous: number, firstChild: number, parent: number]

/** Places in a list for things that were found one after the other. */
export interface HierarchyOrder {
  /** What stands at each place: the number by which it was found. */
  readonly order: Int32Array
  /** The relatives of what stands at each place. */
  readonly hierarchy: readonly ContourHierarchy[]
}

/**
 * Puts a forest into OpenCV's order: each before its children, these before its next sibling, and of siblings the one
 * found last first. `parents` holds for each the parent, found before it, or -1.
 */
export function hierarchyOrder(parents: ArrayLike<number>): HierarchyOrder {
  const count = parents.length
  // Entry 0 stands for the frame around all, entry i + 1 for number i.
  const firstChild = new Int32Array(count + 1).fill(-1)
  const nextSibling = new Int32Array(count).fill(-1)
  for (let i = 0; i < count; i++) {
    const parent = (parents[i] as number) + 1
    nextSibling[i] = firstChild[parent] as number
    firstChild[parent] = i
  }
  const order = new Int32Array(count)
  const placeOf = new Int32Array(count)
  let at = firstChild[0] as number
  for (let place = 0; place < count; place++) {
    order[place] = at
    placeOf[at] = place
    const child = firstChild[at + 1] as number
    if (child >= 0) {
      at = child
      continue
    }
    while (at >= 0 && (nextSibling[at] as number) < 0) at = parents[at] as number
    if (at >= 0) at = nextSibling[at] as number
  }
  const placeOr = (i: number): number => (i < 0 ? -1 : (placeOf[i] as number))
  const previous = new Int32Array(count).fill(-1)
  for (let i = 0; i < count; i++) {
    const next = nextSibling[i] as number
    if (next >= 0) previous[next] = i
  }
  const hierarchy = Array.from(order, (i): ContourHierarchy => {
    return [
      placeOr(nextSibling[i] as number),
      placeOr(previous[i] as number),
      placeOr(firstChild[i + 1] as number),
      placeOr(parents[i] as number),
    ]
  })
  return { order, hierarchy }
}
