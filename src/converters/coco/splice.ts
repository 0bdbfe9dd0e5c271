import type { ByteSource } from '../../ports.js'

/** A stretch of a source: bytes [start, end). */
export interface Piece {
  readonly source: ByteSource
  readonly start: number
  readonly end: number
}

/** Stretches of sources one after another as one source; closing it closes them all. */
export function spliced(name: string, pieces: readonly Piece[]): ByteSource {
  const starts: number[] = []
  let size = 0
  for (const { start, end } of pieces) {
    starts.push(size)
    size += end - start
  }
  /** Where in which piece an offset is, and how much of the target it can fill. */
  const find = (offset: number, target: Uint8Array): { piece: Piece; at: number; part: Uint8Array } | undefined => {
    let i = pieces.length - 1
    while (i > 0 && (starts[i] as number) > offset) i--
    const piece = pieces[i]
    if (piece === undefined || offset >= size) return undefined
    const at = piece.start + offset - (starts[i] as number)
    return { piece, at, part: target.subarray(0, piece.end - at) }
  }
  const sync = pieces.every(({ source }) => source.readSync !== undefined)
  return {
    name,
    size,
    async read(offset, target) {
      const found = find(offset, target)
      return found === undefined ? 0 : found.piece.source.read(found.at, found.part)
    },
    ...(sync
      ? {
          readSync(offset: number, target: Uint8Array) {
            const found = find(offset, target)
            return found === undefined ? 0 : (found.piece.source.readSync?.(found.at, found.part) ?? 0)
          },
        }
      : {}),
    async close() {
      for (const source of new Set(pieces.map((piece) => piece.source))) await source.close()
    },
  }
}
