import { LETTER } from '../scenes/letter.js'
import { FONT, type Pen } from '../studio.js'
import { line, linear, rect, shadowed } from './brush.js'

export const WIDTH = 720
export const HEIGHT = 590

const SIZE = 19
const LEFT = 92
const TOP = 84
const STEP = 46
const WRAP = WIDTH - 60 - LEFT

/** Where a stretch of the letter stands on the sheet: one rectangle for each line it reaches into. */
export interface Stretch {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

interface Line {
  readonly start: number
  readonly text: string
}

/** The letter in lines no wider than the sheet, with the offset of each line's first character. */
function letterLines(pen: Pen): readonly Line[] {
  pen.font = `${SIZE}px ${FONT}`
  const lines: Line[] = []
  let start = 0
  for (const paragraph of LETTER.trimEnd().split('\n')) {
    let text = ''
    let from = start
    for (const word of paragraph.split(' ')) {
      const longer = text === '' ? word : `${text} ${word}`
      if (pen.measureText(longer).width <= WRAP) text = longer
      else {
        lines.push({ start: from, text })
        from += text.length + 1
        text = word
      }
    }
    lines.push({ start: from, text })
    start += paragraph.length + 1
  }
  return lines
}

/** The sheet of paper with the letter on it. */
export function paintLetter(pen: Pen): void {
  rect(pen, 0, 0, WIDTH, HEIGHT, linear(pen, 0, 0, WIDTH, HEIGHT, ['#c9b8a6', '#a8937f']))
  shadowed(pen, 'rgba(50, 34, 20, 0.55)', 18, 4, 7, () => rect(pen, 34, 26, WIDTH - 68, HEIGHT - 52, '#fffdf5', 3))
  rect(pen, 34, 26, WIDTH - 68, HEIGHT - 52, linear(pen, 34, 26, WIDTH, HEIGHT, ['#fffef9', '#f8f1e2']), 3)
  line(pen, [76, 27, 76, HEIGHT - 27], 1.4, 'rgba(220, 90, 90, 0.45)')
  for (let y = TOP + 9; y < HEIGHT - 34; y += STEP) line(pen, [36, y, WIDTH - 36, y], 1, 'rgba(90, 130, 190, 0.22)')
  pen.fillStyle = '#2b3148'
  for (const [i, { text }] of letterLines(pen).entries()) pen.fillText(text, LEFT, TOP + i * STEP)
}

/** Where the characters from `start` up to `end` (not included) stand. */
export function stretchesOf(pen: Pen, start: number, end: number): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (const [i, line] of letterLines(pen).entries()) {
    const from = Math.max(start, line.start)
    const to = Math.min(end, line.start + line.text.length)
    if (from >= to) continue
    const width = (until: number): number => pen.measureText(line.text.slice(0, until - line.start)).width
    const baseline = TOP + i * STEP
    stretches.push({
      left: LEFT + width(from) - 2,
      right: LEFT + width(to) + 1,
      top: baseline - 17,
      bottom: baseline + 6,
    })
  }
  return stretches
}
