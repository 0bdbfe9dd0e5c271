/** Numbers that look like chance and are the same in every run: `next()` lies in [0, 1). */
export interface Chance {
  next(): number
  /** In [from, to). */
  between(from: number, to: number): number
  pick<T>(choices: readonly [T, ...T[]]): T
}

/** The generator known as mulberry32. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
  }
}
