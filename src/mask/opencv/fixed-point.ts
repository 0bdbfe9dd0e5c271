// OpenCV draws in fixed point: pixels times 2^16. Here such numbers are doubles, exact far beyond any picture.

/** One pixel. */
export const ONE = 65536
export const HALF = ONE / 2

/** The pixel a fixed-point coordinate rounds to, halves upward. */
export function nearestPixel(fixed: number): number {
  return Math.floor((fixed + HALF) / ONE)
}

/** Nearest integer, halves to the even one: `cvRound`, and NumPy's rounding. */
export function roundHalfEven(value: number): number {
  const low = Math.floor(value)
  const rest = value - low
  if (rest !== 0.5) return Math.round(value) + 0
  return low % 2 === 0 ? low : low + 1
}
