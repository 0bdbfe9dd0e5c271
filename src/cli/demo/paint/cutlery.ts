import type { Turned } from '../scenes/breakfast.js'
import type { Pen } from '../studio.js'
import { inside, linear, oval, placed, rect, shadowed } from './brush.js'

/** `draw` gets width and height with the origin in the centre, turned as the thing lies; everything throws a shadow. */
function laid(pen: Pen, thing: Turned, draw: (width: number, height: number) => void): void {
  const { left, top, right, bottom, angle } = thing
  placed(pen, (left + right) / 2, (top + bottom) / 2, angle, () => draw(right - left, bottom - top))
}

function steel(pen: Pen, width: number): Pen['fillStyle'] {
  return linear(pen, -width / 2, 0, width / 2, 0, ['#f6f8fa', '#c3cad2', '#8f98a3', '#dfe4e9'])
}

const SHADOW = 'rgba(50, 30, 14, 0.5)'

/** Tines up. The shape touches all four sides of its box. */
export function paintFork(pen: Pen, fork: Turned): void {
  laid(pen, fork, (w, h) => {
    const [l, t] = [-w / 2, -h / 2]
    pen.beginPath()
    for (let tine = 0; tine < 4; tine++) {
      const x = l + (tine * (w - 5)) / 3
      pen.roundRect(x, t, 5, h * 0.24, 2.5)
    }
    pen.roundRect(l, t + h * 0.2, w, h * 0.13, [0, 0, 15, 15])
    pen.roundRect(-4, t + h * 0.3, 8, h * 0.4, 3)
    pen.roundRect(-7, t + h * 0.58, 14, h * 0.42, 7)
    pen.fillStyle = steel(pen, w)
    shadowed(pen, SHADOW, 6, 3, 5, () => pen.fill())
    pen.fill()
    rect(pen, -2, t + h * 0.62, 2, h * 0.32, 'rgba(255, 255, 255, 0.7)', 1)
  })
}

/** Blade up, its edge to the left. */
export function paintKnife(pen: Pen, knife: Turned): void {
  laid(pen, knife, (w, h) => {
    const [l, t] = [-w / 2, -h / 2]
    pen.beginPath()
    pen.moveTo(w / 2, t + h * 0.08)
    pen.quadraticCurveTo(w / 2, t, w / 2 - 4, t)
    pen.bezierCurveTo(l + 3, t + h * 0.06, l, t + h * 0.2, l, t + h * 0.54)
    pen.lineTo(w / 2, t + h * 0.56)
    pen.closePath()
    pen.roundRect(-w * 0.32, t + h * 0.55, w * 0.76, h * 0.45, 7)
    pen.fillStyle = steel(pen, w)
    shadowed(pen, SHADOW, 6, 3, 5, () => pen.fill())
    pen.fill()
    rect(pen, -2, t + h * 0.6, 2.5, h * 0.36, 'rgba(255, 255, 255, 0.65)', 1)
  })
}

/** Bowl up. */
export function paintSpoon(pen: Pen, spoon: Turned): void {
  laid(pen, spoon, (w, h) => {
    const t = -h / 2
    pen.beginPath()
    pen.ellipse(0, t + h * 0.15, w / 2, h * 0.15, 0, 0, Math.PI * 2)
    pen.roundRect(-3.5, t + h * 0.28, 7, h * 0.5, 3)
    pen.roundRect(-6, t + h * 0.62, 12, h * 0.38, 6)
    pen.fillStyle = steel(pen, w)
    shadowed(pen, SHADOW, 6, 3, 5, () => pen.fill())
    pen.fill()
    oval(
      pen,
      0.5,
      t + h * 0.155,
      w * 0.36,
      h * 0.115,
      linear(pen, -w / 2, t, w / 2, t + h * 0.3, ['#8b949f', '#eef1f4']),
    )
    oval(pen, -4, t + h * 0.1, 2.5, h * 0.035, 'rgba(255, 255, 255, 0.85)', 12)
  })
}

export function paintNapkin(pen: Pen, napkin: Turned): void {
  laid(pen, napkin, (w, h) => {
    const [l, t] = [-w / 2, -h / 2]
    shadowed(pen, 'rgba(74, 40, 16, 0.42)', 10, 4, 6, () => rect(pen, l, t, w, h, '#fdf6ea'))
    inside(
      pen,
      () => pen.rect(l, t, w, h),
      () => {
        rect(pen, l, t, w, h, linear(pen, l, t, w / 2, h / 2, ['#fffaf0', '#efe2cd']))
        for (const y of [0.1, 0.14, 0.82, 0.86]) rect(pen, l, t + h * y, w, 4, '#d9546a')
        for (const x of [0.16, 0.78]) rect(pen, l + w * x, t, 4, h, 'rgba(217, 84, 106, 0.5)')
        rect(pen, -1, t, 2, h, 'rgba(120, 90, 60, 0.18)')
        rect(pen, 1, t, 3, h, 'rgba(255, 255, 255, 0.6)')
      },
    )
  })
}
