import { AnnotationError } from '../errors.js'
import type { Bounds } from '../geometry/bounds.js'
import { MOST_PIXELS } from './size.js'

/** Copies run lengths, checking each: integers from 0 to `total`. @throws AnnotationError `rle-format` naming the index. */
export function checkedRuns(runs: ArrayLike<number>): Int32Array {
  if (runs instanceof Int32Array) {
    for (let i = 0; i < runs.length; i++) if ((runs[i] as number) < 0) throw badRun(i, runs[i])
    return runs.slice()
  }
  const copy = new Int32Array(runs.length)
  for (let i = 0; i < copy.length; i++) {
    const run: unknown = runs[i]
    if (typeof run !== 'number' || !Number.isInteger(run) || run < 0 || run > MOST_PIXELS) throw badRun(i, run)
    copy[i] = run
  }
  return copy
}

function badRun(index: number, run: unknown): AnnotationError {
  return new AnnotationError('rle-format', `run ${index} of a mask is not a length`, {
    expected: `an integer from 0 to ${MOST_PIXELS}`,
    got: typeof run === 'string' ? JSON.stringify(run) : String(run),
  })
}

/** The sum of the runs. */
export function runsTotal(runs: Int32Array): number {
  let sum = 0
  for (let i = 0; i < runs.length; i++) sum += runs[i] as number
  return sum
}

/**
 * The canonical form of runs that may hold zeros: no zero but the first, and `[0]` for no pixels at all.
 * Gives the very array back when it is canonical already.
 */
export function canonicalRuns(runs: Int32Array): Int32Array {
  const n = runs.length
  let zero = n === 0 ? 0 : 1
  while (zero < n && (runs[zero] as number) > 0) zero++
  if (n > 0 && zero === n) return runs
  const out = new Int32Array(n + 1)
  let used = 0
  for (let i = 0; i < n; i++) {
    const run = runs[i] as number
    if (run === 0) continue
    // Parity says the colour: odd runs are foreground, in the input as in the output.
    const foreground = i & 1
    if (used > 0 && (used - 1) % 2 === foreground) out[used - 1] = (out[used - 1] as number) + run
    else {
      if (used === 0 && foreground === 1) used = 1
      out[used++] = run
    }
  }
  return out.slice(0, Math.max(1, used))
}

/** Makes runs add up to `total`, padding with background or cutting, and says what it did (null: nothing to do). */
export function fitRuns(
  runs: Int32Array,
  total: number,
): { readonly runs: Int32Array; readonly repair: string } | null {
  const sum = runsTotal(runs)
  if (sum === total) return null
  if (sum < total) {
    const background = runs.length % 2 === 1
    const fitted = new Int32Array(background ? runs.length : runs.length + 1)
    fitted.set(runs)
    const last = fitted.length - 1
    fitted[last] = (fitted[last] as number) + (total - sum)
    return { runs: fitted, repair: `padded runs that cover ${sum} of ${total} pixels with background` }
  }
  let kept = 0
  let covered = 0
  while (covered + (runs[kept] as number) <= total) covered += runs[kept++] as number
  const fitted = runs.slice(0, kept + 1)
  fitted[kept] = total - covered
  return { runs: fitted, repair: `cut runs that cover ${sum} pixels to the ${total} of the mask` }
}

/** The sum of the foreground runs. */
export function foregroundArea(runs: Int32Array): number {
  let area = 0
  for (let i = 1; i < runs.length; i += 2) area += runs[i] as number
  return area
}

/** The box around the foreground of canonical runs of a mask of this height, or null when there is none. */
export function foregroundBounds(runs: Int32Array, height: number): Bounds | null {
  if (runs.length < 2) return null
  const left = ((runs[0] as number) / height) | 0
  let position = 0
  let top = height
  let bottom = 0
  // The first pixel of the column where the last run began, and of the one after: runs mostly go on there or next to it.
  let head = left * height
  let next = head + height
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const start = position + (runs[i] as number)
    position = start + (runs[i + 1] as number)
    if (start >= next) {
      head = start < next + height ? next : start - (start % height)
      next = head + height
    }
    if (position > next) {
      // A run over two columns holds the foot of one and the head of the next.
      top = 0
      bottom = height
    } else {
      if (start - head < top) top = start - head
      if (position - head > bottom) bottom = position - head
    }
  }
  return { left, top, right: (((position - 1) / height) | 0) + 1, bottom }
}
