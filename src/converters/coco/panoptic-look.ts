import type { ByteSource, SourceTree } from '../../ports.js'

// Apart from the reader of panoptic documents, which is only loaded for them.

/** Under this key of the root fields stand the keys of a panoptic annotation in their order. It is never written. */
export const PANOPTIC_KEYS = 'annoform:panoptic'

const PEEK = 1 << 18

export async function hasPng(tree: SourceTree): Promise<boolean> {
  return (await tree.list()).some((file) => /\.png$/i.test(file))
}

/** Whether the beginning or the end of the document speaks of segments: a whole pass would be lost on all others. */
export async function looksPanoptic(source: ByteSource): Promise<boolean> {
  const bytes = new Uint8Array(Math.min(PEEK, source.size))
  for (const offset of [0, source.size - bytes.length]) {
    const read = await source.read(offset, bytes)
    if (new TextDecoder().decode(bytes.subarray(0, read)).includes('"segments_info"')) return true
  }
  return false
}
