import { DURATION, samples } from '../scenes/chimes.js'
import { FONT, type Pen } from '../studio.js'
import { linear, rect } from './brush.js'

export const WIDTH = 720
export const HEIGHT = 300

const LEFT = 30
const RIGHT = WIDTH - 30
const MIDDLE = 118
const TALL = 84

/** Where a second of the sound lies in the picture. */
export function timeToX(seconds: number): number {
  return LEFT + ((RIGHT - LEFT) * seconds) / DURATION
}

/** The wave of the sound over a scale of seconds. */
export function paintChimes(pen: Pen): void {
  rect(pen, 0, 0, WIDTH, HEIGHT, linear(pen, 0, 0, 0, HEIGHT, ['#1b2440', '#131827']))
  for (let second = 0; second <= DURATION; second++) {
    const x = timeToX(second)
    rect(pen, x - 0.5, 24, 1, 196, 'rgba(150, 170, 220, 0.16)')
    pen.font = `12px ${FONT}`
    pen.textAlign = 'center'
    pen.fillStyle = '#8fa0c8'
    pen.fillText(`${second} s`, x, HEIGHT - 16)
  }
  pen.textAlign = 'start'
  rect(pen, LEFT, MIDDLE - 0.5, RIGHT - LEFT, 1, 'rgba(160, 180, 230, 0.4)')
  const sound = samples()
  const ink = linear(pen, 0, MIDDLE - TALL, 0, MIDDLE + TALL, ['#7ee0d4', '#5aa9f0', '#7ee0d4'])
  for (let x = LEFT; x < RIGHT; x += 3) {
    const from = Math.floor(((x - LEFT) / (RIGHT - LEFT)) * sound.length)
    const to = Math.min(sound.length, from + Math.ceil((3 / (RIGHT - LEFT)) * sound.length))
    let peak = 0
    for (let i = from; i < to; i++) peak = Math.max(peak, Math.abs(sound[i] as number))
    const tall = Math.max(1, Math.min(1, peak) * TALL)
    rect(pen, x, MIDDLE - tall, 2, tall * 2, ink, 1)
  }
}

/** Where the captions stand. */
export const CAPTIONS = { top: 224, bottom: 262 } as const
