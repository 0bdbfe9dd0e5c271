// On which side of an edge a point lies, decided for the very numbers given, without rounding.

/** Coordinates that are multiples of 1/1024 below this make every product below exact in a double. */
const COARSE = 2 ** 25

/**
 * The sign of (w − va)·(ub − ua) − (c − ua)·(vb − va): for `ua < ub` positive when (c, w) lies beyond the edge in the
 * direction of v, 0 when it lies exactly on its line.
 */
export function sideOfEdge(ua: number, va: number, ub: number, vb: number, c: number, w: number): number {
  const p = (w - va) * (ub - ua)
  const q = (c - ua) * (vb - va)
  const side = p - q
  // Four roundings of relative size 2^-53 and the last subtraction cannot turn what is further from zero than this.
  const doubt = (Math.abs(p) + Math.abs(q)) * 2 ** -50
  if (side > doubt || side < -doubt) return side
  if (isCoarse(ua) && isCoarse(va) && isCoarse(ub) && isCoarse(vb) && isCoarse(c) && isCoarse(w)) return side
  return exactSide(ua, va, ub, vb, c, w)
}

function isCoarse(value: number): boolean {
  const scaled = value * 1024
  return scaled === Math.trunc(scaled) && scaled <= COARSE && scaled >= -COARSE
}

function exactSide(ua: number, va: number, ub: number, vb: number, c: number, w: number): number {
  const u = asInteger(ua)
  const v = asInteger(va)
  const side = (asInteger(w) - v) * (asInteger(ub) - u) - (asInteger(c) - u) * (asInteger(vb) - v)
  return side > 0n ? 1 : side < 0n ? -1 : 0
}

const view = new DataView(new ArrayBuffer(8))

/** The number times 2^1074, which is an integer for every finite double. */
function asInteger(value: number): bigint {
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const size = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1)
  return value < 0 ? -size : size
}
