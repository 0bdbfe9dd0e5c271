import type { Connectivity } from './components.js'
import { type Column, type LinkedSides, linkLine, SIDE } from './trace-links.js'
import { nest, type TracedRings } from './trace-rings.js'

/**
 * The outlines of pixels given row by row, as `traceRings` has them. Their sides are those of the picture with x
 * and y changed, so outlines turn up in the order wanted, each by the side that has its first vertex, but the wrong way round.
 */
export function tracePixelRings(
  data: Uint8Array,
  width: number,
  height: number,
  threshold: number,
  connectivity: Connectivity,
): TracedRings {
  const { sides, used, above } = linkPixels(data, width, height, threshold, connectivity)
  const total = used / SIDE
  const most = total >> 1
  const ringOf = new Int32Array(total)
  const points = new Float64Array(total * 4)
  const starts = new Int32Array(most + 1)
  const holeOf = new Int32Array(most)
  const islandIn = new Int32Array(most)
  const areas = new Float64Array(most)
  let count = 0
  let end = 0
  for (let start = 0; start < used; start += SIDE) {
    if (ringOf[start >> 2] !== 0) continue
    const ring = count++
    let sum = 0
    let at = start
    do {
      ringOf[at >> 2] = count
      sum += (sides[at] as number) * ((sides[at + 2] as number) - (sides[at + 1] as number))
      end += 4
      at = sides[at + 3] as number
    } while (at !== start)
    areas[ring] = sum < 0 ? -sum : sum
    starts[count] = end
    const isHole = sum < 0
    writeBackward(sides, start, points, starts[ring] as number, end, isHole)
    const side = above[start >> 2] as number
    nest(holeOf, islandIn, ring, isHole, side < 0 ? -1 : (ringOf[side >> 2] as number) - 1)
  }
  return {
    count,
    points,
    starts: starts.subarray(0, count + 1),
    holeOf: holeOf.subarray(0, count),
    islandIn: islandIn.subarray(0, count),
    areas: areas.subarray(0, count),
  }
}

/** Writes an outline from the left end of its first side on, against the links, x and y changed back. */
function writeBackward(
  sides: Int32Array,
  first: number,
  points: Float64Array,
  start: number,
  end: number,
  isHole: boolean,
): void {
  const level = sides[first] as number
  points[start] = sides[first + (isHole ? 1 : 2)] as number
  points[start + 1] = level
  let to = end
  if (isHole) {
    to -= 2
    points[to] = sides[first + 2] as number
    points[to + 1] = level
  } else {
    points[start + 2] = sides[first + 1] as number
    points[start + 3] = level
  }
  for (let at = sides[first + 3] as number; at !== first; at = sides[at + 3] as number) {
    const y = sides[at] as number
    points[to - 2] = sides[at + 1] as number
    points[to - 1] = y
    points[to - 4] = sides[at + 2] as number
    points[to - 3] = y
    to -= 4
  }
}

/**
 * The level sides of all outlines of pixels given row by row, linked: rows are swept as `linkSides` sweeps columns, so
 * that x and y have changed places in the result, and foreground lies on the left hand. Costs a comparison for every
 * four pixels, and the changes along the rows. The picture has pixels.
 */
function linkPixels(
  data: Uint8Array,
  width: number,
  height: number,
  threshold: number,
  connectivity: Connectivity,
): LinkedSides {
  // A copy by the constructor: `slice` of a Node Buffer is a view, as misaligned as the original.
  const bytes = (data.byteOffset & 3) === 0 ? data : new Uint8Array(data)
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  const widest = width + 4
  const level = Math.min(255, Math.max(-1, Math.floor(threshold)))
  let above: Column = { y: new Int32Array(widest), from: new Int32Array(widest), count: 0 }
  let below: Column = { y: new Int32Array(widest), from: new Int32Array(widest), count: 0 }
  let sides = new Int32Array(1024 * SIDE)
  let over = new Int32Array(1024)
  let used = 0
  for (let row = 0; row <= height; row++) {
    below.count = row < height ? rowEnds(bytes, words, row * width, (row + 1) * width, level, below.y) : 0
    const ends = above.count + below.count
    if (ends > 0) {
      if (used + (ends >> 1) * SIDE > sides.length) {
        // As much as there will be when it goes on like this; at most eight times what there is.
        const expected = Math.min(used * 8, Math.ceil((used / (row + 1)) * height * 1.1))
        sides = larger(sides, Math.max(used * 2, expected, used + (ends >> 1) * SIDE))
        over = larger(over, Math.ceil(sides.length / SIDE))
      }
      used = linkLine(row, above, below, sides, over, used, connectivity === 4)
    }
    const spare = above
    above = below
    below = spare
  }
  return { sides, used, above: over }
}

function larger(values: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length)
  grown.set(values)
  return grown
}

/**
 * Puts where the stretches of foreground from `from` to `to` start and end into `ends`, which has room for one more, and
 * returns how many these are. Foreground is above `threshold`, an integer.
 */
function rowEnds(
  bytes: Uint8Array,
  words: Int32Array,
  from: number,
  to: number,
  threshold: number,
  ends: Int32Array,
): number {
  const lastWord = to >> 2
  let value = bytes[from] as number
  let count = 0
  if (value > threshold) ends[count++] = 0
  let i = from + 1
  while (i < to) {
    if ((i & 3) === 0 && i + 4 <= to) {
      // Whole words of the byte just seen cannot hold a change.
      const same = Math.imul(value, 0x01010101)
      let word = i >> 2
      while (word + 8 <= lastWord && areAll(words, word, same)) word += 8
      while (word < lastWord && words[word] === same) word++
      i = word << 2
      if (i >= to) break
    }
    const stop = Math.min(to, (i | 3) + 1)
    for (; i < stop; i++) {
      value = bytes[i] as number
      // Kept when the colour changes, else written over: in noise a branch would be guessed wrong. Odd counts mean in a stretch.
      ends[count] = i - from
      count += ((threshold - value) >>> 31) ^ (count & 1)
    }
  }
  if ((count & 1) === 1) ends[count++] = to - from
  return count
}

function areAll(words: Int32Array, i: number, same: number): boolean {
  return (
    words[i] === same &&
    words[i + 1] === same &&
    words[i + 2] === same &&
    words[i + 3] === same &&
    words[i + 4] === same &&
    words[i + 5] === same &&
    words[i + 6] === same &&
    words[i + 7] === same
  )
}
