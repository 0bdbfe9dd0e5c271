import type { Bounds } from '../../../geometry/bounds.js'
import type { Walker } from '../scenes/street.js'
import type { Pen } from '../studio.js'
import { aside, disc, inside, line, linear, oval, rect } from './brush.js'

/** Somebody walking to the right; hair, shoes and hands touch the four sides of the bounds. */
export function paintWalker(pen: Pen, walker: Walker): void {
  const { left, top, coat, trousers, skin, hair } = walker
  const w = walker.right - left
  const h = walker.bottom - top
  oval(pen, left + w / 2, walker.bottom - 1, w * 0.62, 5, 'rgba(15, 8, 40, 0.45)')
  aside(pen, () => {
    pen.translate(left, top)
    const limb = w * 0.17
    // The leg and the arm behind.
    line(pen, [w * 0.46, h * 0.55, w * 0.3, h * 0.76, w * 0.13, h * 0.94], limb, trousers)
    line(pen, [w * 0.02 + limb * 0.5, h * 0.965, w * 0.22, h * 0.965], h * 0.04, '#15101f')
    line(
      pen,
      [w * 0.54, h * 0.25, w * 0.8, h * 0.4, w * 0.9, h * 0.5],
      limb * 0.85,
      linear(pen, 0, 0, 0, h * 0.6, [coat, '#141029']),
    )
    disc(pen, w - limb * 0.42, h * 0.52, limb * 0.42, skin)
    // The leg before, then the coat, the other arm and the head.
    line(
      pen,
      [w * 0.54, h * 0.55, w * 0.68, h * 0.76, w * 0.76, h * 0.95],
      limb,
      linear(pen, 0, h * 0.5, 0, h, ['#4a4374', trousers]),
    )
    line(pen, [w * 0.74, h * 0.982 - h * 0.005, w * 0.93, h * 0.977], h * 0.04, '#15101f')
    pen.beginPath()
    pen.moveTo(w * 0.3, h * 0.2)
    pen.quadraticCurveTo(w * 0.5, h * 0.14, w * 0.7, h * 0.2)
    pen.quadraticCurveTo(w * 0.76, h * 0.4, w * 0.8, h * 0.63)
    pen.lineTo(w * 0.22, h * 0.63)
    pen.quadraticCurveTo(w * 0.24, h * 0.4, w * 0.3, h * 0.2)
    pen.fillStyle = coat
    pen.fill()
    rect(pen, w * 0.27, h * 0.42, w * 0.48, h * 0.028, 'rgba(0, 0, 0, 0.28)')
    line(
      pen,
      [w * 0.4, h * 0.25, w * 0.24, h * 0.4, w * 0.14, h * 0.51],
      limb * 0.9,
      linear(pen, 0, 0, w, 0, ['rgba(0,0,0,0.15)', coat]),
    )
    line(pen, [w * 0.4, h * 0.25, w * 0.24, h * 0.4, w * 0.14, h * 0.51], limb * 0.8, coat)
    disc(pen, limb * 0.42, h * 0.53, limb * 0.42, skin)
    rect(pen, w * 0.44, h * 0.14, w * 0.14, h * 0.06, skin)
    const radius = h * 0.078
    const face = (): void => {
      pen.arc(w * 0.52, radius, radius, 0, Math.PI * 2)
    }
    inside(pen, face, () => {
      rect(pen, 0, 0, w, h * 0.2, skin)
      disc(pen, w * 0.52 - radius * 0.55, radius * 0.55, radius * 1.02, hair)
    })
    rect(pen, w * 0.36, h * 0.155, w * 0.32, h * 0.038, 'rgba(255, 214, 140, 0.9)', 3)
  })
}

/** A dog that looks to the left. */
export function paintDog(pen: Pen, { left, top, right, bottom }: Bounds): void {
  const w = right - left
  const h = bottom - top
  oval(pen, left + w / 2, bottom - 1, w * 0.46, 4, 'rgba(15, 8, 40, 0.45)')
  aside(pen, () => {
    pen.translate(left, top)
    const fur = linear(pen, 0, 0, 0, h, ['#d79a5f', '#a8673a'])
    for (const x of [0.34, 0.46, 0.72, 0.83])
      line(pen, [w * x, h * 0.6, w * x - 1, h * 0.95], h * 0.1, x === 0.46 || x === 0.72 ? '#8f5630' : fur)
    rect(pen, w * 0.24, h * 0.34, w * 0.64, h * 0.36, fur, h * 0.17)
    line(pen, [w * 0.85, h * 0.44, w * 0.94, h * 0.22, w * 0.97, h * 0.1], h * 0.08, fur)
    disc(pen, w * 0.25, h * 0.24, h * 0.24, fur)
    rect(pen, 0, h * 0.2, w * 0.24, h * 0.2, fur, h * 0.09)
    disc(pen, w * 0.028, h * 0.25, h * 0.05, '#1b1220')
    oval(pen, w * 0.33, h * 0.24, h * 0.09, h * 0.19, '#7c4727', -12)
    disc(pen, w * 0.19, h * 0.17, h * 0.035, '#1b1220')
    rect(pen, w * 0.24, h * 0.42, w * 0.1, h * 0.09, '#e64a5c', 2)
  })
}
