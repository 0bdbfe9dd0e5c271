import { joint } from '../scenes/runner.js'
import type { Pen } from '../studio.js'
import { aside, disc, type Ink, inside, line, linear, oval, rect } from './brush.js'

type Point = readonly [x: number, y: number]

/** A limb that grows thinner from one joint to the next. */
function limb(pen: Pen, from: Point, to: Point, thick: number, thin: number, ink: Ink): void {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0])
  const [nx, ny] = [-Math.sin(angle), Math.cos(angle)]
  pen.beginPath()
  pen.moveTo(from[0] + nx * thick, from[1] + ny * thick)
  pen.lineTo(to[0] + nx * thin, to[1] + ny * thin)
  pen.arc(to[0], to[1], thin, angle + Math.PI / 2, angle - Math.PI / 2, true)
  pen.lineTo(from[0] - nx * thick, from[1] - ny * thick)
  pen.arc(from[0], from[1], thick, angle - Math.PI / 2, angle + Math.PI / 2, true)
  pen.fillStyle = ink
  pen.fill()
}

/** The same for a leg of trousers or a sleeve, cut off straight. */
function sleeve(pen: Pen, from: Point, to: Point, thick: number, thin: number, ink: Ink): void {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0])
  const [nx, ny] = [-Math.sin(angle), Math.cos(angle)]
  pen.beginPath()
  pen.moveTo(from[0] + nx * thick, from[1] + ny * thick)
  pen.lineTo(to[0] + nx * thin, to[1] + ny * thin)
  pen.lineTo(to[0] - nx * thin, to[1] - ny * thin)
  pen.lineTo(from[0] - nx * thick, from[1] - ny * thick)
  pen.arc(from[0], from[1], thick, angle - Math.PI / 2, angle + Math.PI / 2, true)
  pen.fillStyle = ink
  pen.fill()
  line(
    pen,
    [to[0] + nx * (thin - 2), to[1] + ny * (thin - 2), to[0] - nx * (thin - 2), to[1] - ny * (thin - 2)],
    2,
    'rgba(255, 255, 255, 0.55)',
  )
}

/** A running shoe, its sole below; `degrees` is the direction of the toe. */
function shoe(pen: Pen, [x, y]: Point, degrees: number, ink: string): void {
  aside(pen, () => {
    pen.translate(x, y)
    pen.rotate((degrees * Math.PI) / 180)
    pen.beginPath()
    pen.moveTo(-20, -12)
    pen.quadraticCurveTo(-2, -16, 14, -8)
    pen.quadraticCurveTo(30, 6, 48, 12)
    pen.quadraticCurveTo(56, 16, 54, 26)
    pen.lineTo(-22, 26)
    pen.quadraticCurveTo(-28, 4, -20, -12)
    pen.fillStyle = ink
    pen.fill()
    rect(pen, -23, 22, 78, 9, '#fffaf0', 4)
    line(pen, [8, -3, 17, 8], 2.4, '#fffaf0')
    line(pen, [16, 0, 25, 11], 2.4, '#fffaf0')
    rect(pen, -22, -14, 20, 7, '#fffaf0', 3)
  })
}

const SKIN = '#c98259'
const SKIN_DARK = '#a5633f'

/** The runner, seen from the right. The limbs run from joint to joint, so that the pose fits. */
export function paintRunner(pen: Pen): void {
  const hip = { far: joint('left_hip'), near: joint('right_hip') }
  farArm(pen)
  // The leg behind.
  limb(pen, hip.far, joint('left_knee'), 33, 23, SKIN_DARK)
  limb(pen, joint('left_knee'), joint('left_ankle'), 23, 13, SKIN_DARK)
  shoe(pen, joint('left_ankle'), 118, '#d8432f')
  sleeve(pen, hip.far, along(hip.far, joint('left_knee'), 0.56), 33, 36, '#1a2950')
  torso(pen)
  // The leg before.
  limb(pen, hip.near, joint('right_knee'), 36, 25, linear(pen, 300, 480, 420, 600, ['#d9946a', SKIN]))
  limb(pen, joint('right_knee'), joint('right_ankle'), 25, 14, linear(pen, 380, 0, 436, 0, [SKIN_DARK, '#d9946a']))
  rect(pen, 379, 668, 27, 16, '#fffaf0', 4)
  shoe(pen, joint('right_ankle'), 4, '#ef5640')
  sleeve(
    pen,
    hip.near,
    along(hip.near, joint('right_knee'), 0.62),
    38,
    39,
    linear(pen, 260, 470, 380, 560, ['#223768', '#3a5cab']),
  )
  head(pen)
  nearArm(pen)
}

function along(from: Point, to: Point, share: number): Point {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}

function farArm(pen: Pen): void {
  limb(pen, joint('left_shoulder'), joint('left_elbow'), 20, 15, SKIN_DARK)
  limb(pen, joint('left_elbow'), joint('left_wrist'), 15, 10, SKIN_DARK)
  disc(pen, 477, 333, 13, SKIN_DARK)
  sleeve(pen, joint('left_shoulder'), along(joint('left_shoulder'), joint('left_elbow'), 0.48), 22, 22, '#d99a1f')
}

function nearArm(pen: Pen): void {
  const shoulder = joint('right_shoulder')
  const elbow = joint('right_elbow')
  const wrist = joint('right_wrist')
  limb(pen, shoulder, elbow, 22, 17, linear(pen, 250, 330, 310, 400, ['#d9946a', SKIN]))
  limb(pen, elbow, wrist, 17, 11, linear(pen, 230, 400, 300, 470, ['#d9946a', SKIN]))
  disc(pen, wrist[0] + 5, wrist[1] + 5, 14, SKIN)
  sleeve(pen, shoulder, along(shoulder, elbow, 0.5), 25, 25, linear(pen, 280, 300, 320, 370, ['#ffd166', '#f0ab2e']))
  limb(pen, along(elbow, wrist, 0.78), along(elbow, wrist, 0.9), 13, 12.5, '#2a2f45')
}

function torso(pen: Pen): void {
  pen.beginPath()
  pen.moveTo(302, 290)
  pen.bezierCurveTo(332, 274, 366, 284, 378, 308)
  pen.bezierCurveTo(386, 372, 366, 440, 362, 504)
  pen.quadraticCurveTo(312, 522, 266, 502)
  pen.bezierCurveTo(262, 440, 282, 380, 284, 330)
  pen.quadraticCurveTo(286, 300, 302, 290)
  pen.fillStyle = linear(pen, 262, 0, 384, 0, ['#e79a22', '#ffd166', '#ffdf8a'])
  pen.fill()
  line(pen, [284, 352, 380, 340], 10, 'rgba(255, 255, 255, 0.85)')
}

function head(pen: Pen): void {
  // Neck, then a plait that flies behind.
  limb(pen, [338, 296], [352, 262], 19, 17, SKIN_DARK)
  pen.beginPath()
  pen.moveTo(318, 214)
  pen.bezierCurveTo(282, 196, 256, 222, 226, 212)
  pen.bezierCurveTo(244, 244, 292, 252, 322, 240)
  pen.fillStyle = '#2b1c22'
  pen.fill()
  oval(pen, 356, 228, 44, 47, SKIN)
  pen.beginPath()
  pen.moveTo(394, 222)
  pen.quadraticCurveTo(410, 232, 410, 240)
  pen.quadraticCurveTo(404, 247, 396, 245)
  pen.fillStyle = SKIN
  pen.fill()
  inside(
    pen,
    () => pen.ellipse(356, 228, 44, 47, 0, 0, Math.PI * 2),
    () => {
      oval(pen, 336, 206, 46, 44, '#2b1c22', -14)
      oval(pen, 330, 238, 22, 40, '#2b1c22')
    },
  )
  pen.beginPath()
  pen.moveTo(314, 214)
  pen.quadraticCurveTo(356, 180, 396, 206)
  pen.lineWidth = 10
  pen.strokeStyle = '#ef5640'
  pen.stroke()
  disc(pen, 317, 226, 8, '#ef5640')
  oval(pen, 350, 233, 8, 11, SKIN_DARK)
  oval(pen, 386, 223, 4, 5.5, '#1c1418')
  line(pen, [380, 211, 394, 211], 3, '#2b1c22')
  pen.beginPath()
  pen.moveTo(393, 254)
  pen.quadraticCurveTo(386, 261, 377, 257)
  pen.lineWidth = 2.6
  pen.strokeStyle = '#7c3a2e'
  pen.stroke()
}
