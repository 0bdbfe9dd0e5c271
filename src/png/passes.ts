import type { PngHeader } from './header.js'
import { channelsOf } from './image.js'

/** A picture of its own within an interlaced one: its pixel (i, j) is the whole one's (x + i·dx, y + j·dy). */
export interface Pass {
  readonly x: number
  readonly y: number
  readonly dx: number
  readonly dy: number
  readonly width: number
  readonly height: number
  /** Bytes of a row of samples, without the byte that names the filter. */
  readonly rowBytes: number
}

/** Adam7 (ISO/IEC 15948, 8.2): x, y, dx, dy of each pass. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** The passes in the order of the file, those without pixels left out: one when the picture is not interlaced. */
export function passesOf(header: PngHeader): readonly Pass[] {
  const bits = header.bitDepth * channelsOf(header.kind)
  const passes: Pass[] = []
  for (const [x, y, dx, dy] of header.interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const)) {
    const width = Math.ceil((header.width - x) / dx)
    const height = Math.ceil((header.height - y) / dy)
    if (width > 0 && height > 0) passes.push({ x, y, dx, dy, width, height, rowBytes: Math.ceil((width * bits) / 8) })
  }
  return passes
}

/** How many bytes the compressed data of such a picture hold: a filter and the samples of every row of every pass. */
export function inflatedLength(header: PngHeader): number {
  return passesOf(header).reduce((sum, { rowBytes, height }) => sum + (rowBytes + 1) * height, 0)
}
