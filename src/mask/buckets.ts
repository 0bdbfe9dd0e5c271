// Values sorted line by line: a counting sort by line has put them into buckets, here each bucket is put in order.

/** Insertion sort beats the call of the built-in sort up to about this many values. */
const FEW = 48

/** Sorts `values[from] … values[to - 1]` ascending, in place. */
export function sortRange(values: Int32Array | Float64Array, from: number, to: number): void {
  if (to - from > FEW) {
    values.subarray(from, to).sort()
    return
  }
  for (let i = from + 1; i < to; i++) {
    const value = values[i] as number
    let k = i - 1
    while (k >= from && (values[k] as number) > value) {
      values[k + 1] = values[k] as number
      k--
    }
    values[k + 1] = value
  }
}

/** Turns counts into the positions where each bucket starts, and returns how many values there are. */
export function countsToStarts(counts: Int32Array): number {
  let all = 0
  for (let i = 0; i < counts.length; i++) {
    const here = counts[i] as number
    counts[i] = all
    all += here
  }
  return all
}
