import type { ByteSource } from '../ports.js'

/** All bytes of a source; fewer than its size where it turns out to end early. Look at the size first: it all lies in memory. */
export async function readWhole(source: ByteSource): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(source.size)
  let filled = 0
  while (filled < bytes.length) {
    const target = bytes.subarray(filled)
    const count = source.readSync === undefined ? await source.read(filled, target) : source.readSync(filled, target)
    if (count === 0) break
    filled += count
  }
  return filled === bytes.length ? bytes : bytes.subarray(0, filled)
}
