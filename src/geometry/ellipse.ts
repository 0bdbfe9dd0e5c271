import { cosSinDegrees } from './angle.js'
import type { Bounds } from './bounds.js'
import type { Ring } from './ring.js'

const FEWEST = 8
const MOST = 720

/**
 * The smallest box around an ellipse with centre (cx, cy) and half axes `rx`, `ry` (pixels), turned by `angle` degrees
 * clockwise on screen.
 */
export function ellipseBounds(cx: number, cy: number, rx: number, ry: number, angle: number): Bounds {
  const [cos, sin] = cosSinDegrees(angle)
  const halfWidth = Math.hypot(rx * cos, ry * sin)
  const halfHeight = Math.hypot(rx * sin, ry * cos)
  return { left: cx - halfWidth, top: cy - halfHeight, right: cx + halfWidth, bottom: cy + halfHeight }
}

/**
 * A polygon inscribed in the ellipse, clockwise on screen, its first vertex at the end of the `rx` axis, the ends of
 * both axes among its vertices. It has the fewest vertices (a multiple of 4, from 8 to `most`, default 720) that keep it
 * within `tolerance` pixels of the ellipse; `deviation` is the bound that was reached, larger than `tolerance` only when
 * `most` vertices are not enough: at 1/64 pixel 720 are up to half axes of 1641 pixels.
 */
export function ellipseRing(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  angle: number,
  tolerance = 1 / 64,
  most = MOST,
): { readonly ring: Ring; readonly deviation: number } {
  const radius = Math.max(Math.abs(rx), Math.abs(ry))
  const [cos, sin] = cosSinDegrees(angle)
  const count = vertexCount(radius, tolerance, most)
  const ring = new Float64Array(count * 2)
  for (let i = 0; i < count; i++) {
    const [u, v] = cosSinDegrees((i * 360) / count)
    const x = rx * u
    const y = ry * v
    ring[i * 2] = cx + cos * x - sin * y
    ring[i * 2 + 1] = cy + sin * x + cos * y
  }
  return { ring, deviation: sagitta(radius, count) }
}

// A chord of the unit circle over 1/n of a turn leaves it by 1 - cos(π/n); the half axes stretch that at most `radius`-fold.
function sagitta(radius: number, count: number): number {
  return radius * 2 * Math.sin(Math.PI / count / 2) ** 2
}

function vertexCount(radius: number, tolerance: number, most: number): number {
  if (!(tolerance > 0)) return most
  if (radius <= tolerance) return FEWEST
  const exact = Math.PI / (2 * Math.asin(Math.sqrt(tolerance / radius / 2)))
  const count = Math.min(most, Math.max(FEWEST, Math.ceil(exact / 4) * 4))
  return sagitta(radius, count) > tolerance && count < most ? count + 4 : count
}
