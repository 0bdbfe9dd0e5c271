import { AnnotationError } from '../../errors.js'

/**
 * `cv2.contourArea(points)` of OpenCV 4.6: the area the closed line through the points encloses, by the shoelace formula
 * and without a sign. The line runs through pixels, so that a box of w × h pixels has (w - 1) × (h - 1), and a single pixel 0.
 * @throws AnnotationError `ring-format` for an odd count of numbers.
 */
export function contourAreaOpencv(points: Int32Array): number {
  const n = checkedPairs(points)
  let twice = 0
  let x = Math.fround(points[n - 2] ?? 0)
  let y = Math.fround(points[n - 1] ?? 0)
  for (let i = 0; i < n; i += 2) {
    const nextX = Math.fround(points[i] as number)
    const nextY = Math.fround(points[i + 1] as number)
    twice += x * nextY - y * nextX
    x = nextX
    y = nextY
  }
  return Math.abs(twice * 0.5)
}

/**
 * `cv2.arcLength(points, closed)` of OpenCV 4.6, to the last bit: the lengths of the steps in single precision, their sum in
 * double. 0 for less than two points.
 * @throws AnnotationError `ring-format` for an odd count of numbers.
 */
export function arcLengthOpencv(points: Int32Array, closed: boolean): number {
  const n = checkedPairs(points)
  if (n < 4) return 0
  let sum = 0
  let before = closed ? n - 2 : 0
  for (let i = 0; i < n; i += 2) {
    const dx = Math.fround(Math.fround(points[i] as number) - Math.fround(points[before] as number))
    const dy = Math.fround(Math.fround(points[i + 1] as number) - Math.fround(points[before + 1] as number))
    sum += Math.fround(Math.sqrt(Math.fround(Math.fround(dx * dx) + Math.fround(dy * dy))))
    before = i
  }
  return sum
}

/** The count of numbers, when they make whole points. @internal */
export function checkedPairs(points: Int32Array): number {
  if (points.length % 2 === 0) return points.length
  throw new AnnotationError('ring-format', 'a contour has an odd count of numbers', { got: String(points.length) })
}
