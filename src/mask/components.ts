import { countsToStarts } from './buckets.js'
import { Mask } from './mask.js'
import { RunBuilder } from './run-builder.js'

/** 4: pixels that share an edge belong together. 8: so do pixels that share a corner only. */
export type Connectivity = 4 | 8

/**
 * The connected components of a mask, each as a mask of the same size, in the order of their first pixels column by
 * column. None for an empty mask. Corners connect unless told otherwise, as in OpenCV; tracing takes 4 by default. Works
 * on runs; costs runs and columns that are covered.
 * @throws TypeError for a connectivity other than 4 or 8.
 */
export function components(mask: Mask, connectivity: Connectivity = 8): readonly Mask[] {
  if (connectivity !== 4 && connectivity !== 8) throw new TypeError(`connectivity must be 4 or 8, got ${connectivity}`)
  if (mask.isEmpty) return []
  const { starts, ends, count } = stretches(mask)
  const parents = joined(starts, ends, count, mask.height, connectivity === 8 ? 1 : 0)
  // Roots are the first stretches of their components: numbers in order of appearance are numbers in order of position.
  const numbers = new Int32Array(count)
  let found = 0
  for (let i = 0; i < count; i++) numbers[i] = parents[i] === i ? found++ : (numbers[parents[i] as number] as number)
  if (found === 1) return [mask]
  const next = new Int32Array(found)
  for (let i = 0; i < count; i++) next[numbers[i] as number] = (next[numbers[i] as number] as number) + 1
  countsToStarts(next)
  const order = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const number = numbers[i] as number
    const at = next[number] as number
    order[at] = i
    next[number] = at + 1
  }
  const masks: Mask[] = []
  let from = 0
  for (let number = 0; number < found; number++) {
    const to = next[number] as number
    const builder = new RunBuilder((to - from) * 2 + 1)
    for (let k = from; k < to; k++) {
      const i = order[k] as number
      builder.add(starts[i] as number, ends[i] as number)
    }
    masks.push(Mask.trusted(mask.width, mask.height, builder.finish(mask.width * mask.height)))
    from = to
  }
  return masks
}

interface Stretches {
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly count: number
}

/** The foreground runs cut at the ends of columns, as linear indices. */
function stretches(mask: Mask): Stretches {
  const { runs, height } = mask
  let capacity = runs.length >> 1
  let position = 0
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const start = position + (runs[i] as number)
    position = start + (runs[i + 1] as number)
    capacity += (((position - 1) / height) | 0) - ((start / height) | 0)
  }
  const starts = new Int32Array(capacity)
  const ends = new Int32Array(capacity)
  let count = 0
  position = 0
  for (let i = 0; i + 1 < runs.length; i += 2) {
    position += runs[i] as number
    const end = position + (runs[i + 1] as number)
    while (position < end) {
      const foot = (((position / height) | 0) + 1) * height
      const stop = end < foot ? end : foot
      starts[count] = position
      ends[count++] = stop
      position = stop
    }
  }
  return { starts, ends, count }
}

/** For each stretch the first one of its component. `slack` is 1 where corners connect. */
function joined(starts: Int32Array, ends: Int32Array, count: number, height: number, slack: number): Int32Array {
  const parents = new Int32Array(count)
  // `before` walks the stretches of the column to the left alongside.
  let before = 0
  for (let i = 0; i < count; i++) {
    parents[i] = i
    const start = starts[i] as number
    const column = (start / height) | 0
    const low = (column - 1) * height
    const top = start - column * height
    const bottom = (ends[i] as number) - column * height
    while (before < i && ((starts[before] as number) < low || (ends[before] as number) - low + slack <= top)) before++
    for (let k = before; k < i; k++) {
      const otherTop = (starts[k] as number) - low
      // A stretch of this very column starts at `height` or below.
      if (otherTop >= height || otherTop >= bottom + slack) break
      join(parents, k, i)
    }
  }
  for (let i = 0; i < count; i++) parents[i] = root(parents, i)
  return parents
}

function root(parents: Int32Array, i: number): number {
  while (parents[i] !== i) {
    const above = parents[parents[i] as number] as number
    parents[i] = above
    i = above
  }
  return i
}

function join(parents: Int32Array, i: number, k: number): void {
  const a = root(parents, i)
  const b = root(parents, k)
  if (a < b) parents[b] = a
  else parents[a] = b
}
