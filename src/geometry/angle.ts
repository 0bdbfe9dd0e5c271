/** Cosine and sine of an angle in degrees; exact 0, 1 and -1 at multiples of 90°, where `Math.cos` of radians is not. */
export function cosSinDegrees(degrees: number): readonly [cos: number, sin: number] {
  const turn = ((degrees % 360) + 360) % 360
  if (turn === 0) return [1, 0]
  if (turn === 90) return [0, 1]
  if (turn === 180) return [-1, 0]
  if (turn === 270) return [0, -1]
  const radians = (degrees * Math.PI) / 180
  return [Math.cos(radians), Math.sin(radians)]
}
