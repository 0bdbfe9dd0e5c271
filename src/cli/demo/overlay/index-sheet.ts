import { rect, shadowed } from '../paint/brush.js'
import { FONT, type Picture, type Studio } from '../studio.js'
import { fitText } from './footer.js'

/** A picture on the index sheet, with its caption. */
export interface SheetEntry {
  readonly picture: Picture
  readonly caption: string
}

const WIDTH = 1800
const MARGIN = 36
const GAP = 24
const CAPTION = 34
const HEADER = 104

/** All previews on one sheet: rows of equal height that fill its width, `perRow` says how many pictures in each. */
export function indexSheet(
  studio: Studio,
  entries: readonly SheetEntry[],
  perRow: readonly number[],
  title: string,
  subtitle: string,
): Picture {
  const rows = arrange(entries, perRow)
  const height = rows.reduce((sum, row) => sum + row.height + CAPTION + GAP, HEADER) + MARGIN - GAP
  const sheet = studio.blank(WIDTH, Math.round(height))
  const pen = sheet.getContext('2d')
  rect(pen, 0, 0, WIDTH, sheet.height, '#0e1119')
  pen.fillStyle = '#f4f6fb'
  pen.font = `38px ${FONT}`
  pen.fillText(title, MARGIN, 66)
  const wide = pen.measureText(title).width
  pen.font = `20px ${FONT}`
  pen.fillStyle = '#8e98b3'
  pen.fillText(subtitle, MARGIN + wide + 24, 65)
  let y = HEADER
  for (const row of rows) {
    for (const { entry, x, width } of row.places) {
      const { picture, caption } = entry
      shadowed(pen, 'rgba(0, 0, 0, 0.6)', 14, 0, 4, () => rect(pen, x, y, width, row.height, '#161a26', 10))
      pen.save()
      pen.beginPath()
      pen.roundRect(x, y, width, row.height, 10)
      pen.clip()
      pen.imageSmoothingQuality = 'high'
      pen.drawImage(picture, x, y, width, row.height)
      pen.restore()
      pen.fillStyle = '#b8c0d6'
      pen.font = `17px ${FONT}`
      pen.fillText(fitText(pen, caption, width - 4), x + 2, y + row.height + 25)
    }
    y += row.height + CAPTION + GAP
  }
  return sheet
}

interface Row {
  readonly height: number
  readonly places: readonly { readonly entry: SheetEntry; readonly x: number; readonly width: number }[]
}

function arrange(entries: readonly SheetEntry[], perRow: readonly number[]): readonly Row[] {
  const rows: Row[] = []
  let next = 0
  for (const count of perRow) {
    const chosen = entries.slice(next, next + count)
    next += count
    if (chosen.length === 0) break
    const shapes = chosen.map(({ picture }) => picture.width / picture.height)
    const free = WIDTH - 2 * MARGIN - GAP * (chosen.length - 1)
    const height = free / shapes.reduce((sum, shape) => sum + shape, 0)
    let x = MARGIN
    const places = chosen.map((entry, i) => {
      const width = height * (shapes[i] ?? 1)
      const place = { entry, x, width }
      x += width + GAP
      return place
    })
    rows.push({ height, places })
  }
  return rows
}
