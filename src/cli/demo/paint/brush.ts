import type { Ring } from '../../../geometry/ring.js'
import type { Pen } from '../studio.js'

/** Colours along a gradient, evenly spread unless a place from 0 to 1 is given. */
export type Stops = readonly (string | readonly [at: number, color: string])[]

function addStops(gradient: ReturnType<Pen['createLinearGradient']>, stops: Stops): typeof gradient {
  for (const [i, stop] of stops.entries()) {
    if (typeof stop === 'string') gradient.addColorStop(i / Math.max(1, stops.length - 1), stop)
    else gradient.addColorStop(stop[0], stop[1])
  }
  return gradient
}

export function linear(pen: Pen, x0: number, y0: number, x1: number, y1: number, stops: Stops) {
  return addStops(pen.createLinearGradient(x0, y0, x1, y1), stops)
}

export function radial(pen: Pen, x: number, y: number, radius: number, stops: Stops) {
  return addStops(pen.createRadialGradient(x, y, 0, x, y, radius), stops)
}

/** Anything a shape can be filled or outlined with. */
export type Ink = Pen['fillStyle']

/** Runs `draw` and puts the pen back to what it was. */
export function aside(pen: Pen, draw: () => void): void {
  pen.save()
  draw()
  pen.restore()
}

/** `draw` only inside the current path. */
export function inside(pen: Pen, path: () => void, draw: () => void): void {
  aside(pen, () => {
    pen.beginPath()
    path()
    pen.clip()
    draw()
  })
}

/** Everything `draw` fills throws a soft shadow. */
export function shadowed(pen: Pen, color: string, blur: number, dx: number, dy: number, draw: () => void): void {
  aside(pen, () => {
    pen.shadowColor = color
    pen.shadowBlur = blur
    pen.shadowOffsetX = dx
    pen.shadowOffsetY = dy
    draw()
  })
}

export function rect(
  pen: Pen,
  x: number,
  y: number,
  width: number,
  height: number,
  ink: Ink,
  radius: number | number[] = 0,
): void {
  pen.beginPath()
  if (radius === 0) pen.rect(x, y, width, height)
  else pen.roundRect(x, y, width, height, radius)
  pen.fillStyle = ink
  pen.fill()
}

/** A filled ellipse; `angle` in degrees clockwise on screen. */
export function oval(pen: Pen, x: number, y: number, rx: number, ry: number, ink: Ink, angle = 0): void {
  pen.beginPath()
  pen.ellipse(x, y, rx, ry, (angle * Math.PI) / 180, 0, Math.PI * 2)
  pen.fillStyle = ink
  pen.fill()
}

export function disc(pen: Pen, x: number, y: number, radius: number, ink: Ink): void {
  oval(pen, x, y, radius, radius, ink)
}

/** Light that fades to nothing at `radius`. `color` is six hex digits after a `#`. */
export function glow(pen: Pen, x: number, y: number, radius: number, color: string, strength = 1): void {
  const alpha = (share: number): string => `${color}${hex(share * strength)}`
  disc(pen, x, y, radius, radial(pen, x, y, radius, [alpha(0.9), [0.25, alpha(0.45)], [0.6, alpha(0.12)], alpha(0)]))
}

function hex(share: number): string {
  return Math.round(Math.min(1, share) * 255)
    .toString(16)
    .padStart(2, '0')
}

/** Adds a ring to the current path. */
export function traceRing(pen: Pen, ring: Ring | readonly number[]): void {
  for (let i = 0; i + 1 < ring.length; i += 2) {
    if (i === 0) pen.moveTo(ring[0] as number, ring[1] as number)
    else pen.lineTo(ring[i] as number, ring[i + 1] as number)
  }
  pen.closePath()
}

/** Fills rings together by the even-odd rule: the second one is a hole in the first. */
export function fillRings(pen: Pen, rings: readonly (Ring | readonly number[])[], ink: Ink): void {
  pen.beginPath()
  for (const ring of rings) traceRing(pen, ring)
  pen.fillStyle = ink
  pen.fill('evenodd')
}

/** An open line through points `x0, y0, x1, y1, …` with round ends and joints. */
export function line(pen: Pen, points: Ring | readonly number[], width: number, ink: Ink): void {
  pen.beginPath()
  for (let i = 0; i + 1 < points.length; i += 2) {
    if (i === 0) pen.moveTo(points[0] as number, points[1] as number)
    else pen.lineTo(points[i] as number, points[i + 1] as number)
  }
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.lineWidth = width
  pen.strokeStyle = ink
  pen.stroke()
}

/** `draw` in a frame of its own: origin at (x, y), turned by `angle` degrees clockwise on screen. */
export function placed(pen: Pen, x: number, y: number, angle: number, draw: () => void): void {
  aside(pen, () => {
    pen.translate(x, y)
    pen.rotate((angle * Math.PI) / 180)
    draw()
  })
}
