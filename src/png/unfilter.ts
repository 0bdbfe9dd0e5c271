/**
 * Undoes the filters of `rows` rows (ISO/IEC 15948, 9.2). Each row is one byte that names its filter and `rowBytes`
 * bytes; the plain bytes go to `lines`, row after row from its beginning.
 * Gives −1, or the number of the first row whose filter is none of the five.
 */
export function unfilter(
  filtered: Uint8Array,
  start: number,
  rowBytes: number,
  rows: number,
  pixelBytes: number,
  lines: Uint8Array,
): number {
  for (let row = 0, from = start, to = 0; row < rows; row++, from += rowBytes + 1, to += rowBytes) {
    const filter = filtered[from] as number
    const source = from + 1
    // Above the first row there are zeros: up then changes nothing, Paeth is sub.
    if (filter === 0 || (filter === 2 && row === 0)) lines.set(filtered.subarray(source, source + rowBytes), to)
    else if (filter === 2) undoUp(filtered, source, lines, to, rowBytes)
    else if (filter === 1 || (filter === 4 && row === 0)) undoSub(filtered, source, lines, to, rowBytes, pixelBytes)
    else if (filter === 3) undoAverage(filtered, source, lines, to, rowBytes, pixelBytes, row === 0)
    else if (filter === 4) undoPaeth(filtered, source, lines, to, rowBytes, pixelBytes)
    else return row
  }
  return -1
}

/** In a label map nearly all bytes are zero here, equal to those above: these are copied, and only changes added. */
function undoUp(filtered: Uint8Array, from: number, lines: Uint8Array, to: number, rowBytes: number): void {
  const words = new DataView(filtered.buffer, filtered.byteOffset + from, rowBytes)
  const blocks = rowBytes & ~15
  lines.copyWithin(to, to - rowBytes, to)
  for (let i = 0; i < blocks; i += 16) {
    const change =
      words.getInt32(i, true) | words.getInt32(i + 4, true) | words.getInt32(i + 8, true) | words.getInt32(i + 12, true)
    if (change === 0) continue
    for (let k = i; k < i + 16; k++) lines[to + k] = (lines[to + k] as number) + (filtered[from + k] as number)
  }
  for (let i = blocks; i < rowBytes; i++) {
    lines[to + i] = (lines[to + i] as number) + (filtered[from + i] as number)
  }
}

function undoSub(
  filtered: Uint8Array,
  from: number,
  lines: Uint8Array,
  to: number,
  rowBytes: number,
  pixelBytes: number,
): void {
  const first = Math.min(pixelBytes, rowBytes)
  for (let i = 0; i < first; i++) lines[to + i] = filtered[from + i] as number
  for (let i = first; i < rowBytes; i++) {
    lines[to + i] = (filtered[from + i] as number) + (lines[to + i - pixelBytes] as number)
  }
}

function undoAverage(
  filtered: Uint8Array,
  from: number,
  lines: Uint8Array,
  to: number,
  rowBytes: number,
  pixelBytes: number,
  top: boolean,
): void {
  const above = to - rowBytes
  for (let i = 0; i < rowBytes; i++) {
    const left = i < pixelBytes ? 0 : (lines[to + i - pixelBytes] as number)
    const up = top ? 0 : (lines[above + i] as number)
    lines[to + i] = (filtered[from + i] as number) + ((left + up) >> 1)
  }
}

function undoPaeth(
  filtered: Uint8Array,
  from: number,
  lines: Uint8Array,
  to: number,
  rowBytes: number,
  pixelBytes: number,
): void {
  const above = to - rowBytes
  const first = Math.min(pixelBytes, rowBytes)
  for (let i = 0; i < first; i++) lines[to + i] = (filtered[from + i] as number) + (lines[above + i] as number)
  for (let i = first; i < rowBytes; i++) {
    const left = lines[to + i - pixelBytes] as number
    const up = lines[above + i] as number
    const corner = lines[above + i - pixelBytes] as number
    lines[to + i] = (filtered[from + i] as number) + paeth(left, up, corner)
  }
}

/** Which of the three is nearest to left + up − corner; left before up before corner when equally near. */
export function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner)
  const toUp = Math.abs(left - corner)
  const toCorner = Math.abs(left + up - corner - corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
