import { AnnotationError } from '../errors.js'
import type { SourceTree } from '../ports.js'
import { decodeText } from '../text/decode.js'
import type { Detection, Format, Probe } from './format.js'
import { formats } from './registry.js'

/** What one format says about a source. */
export interface Candidate extends Detection {
  readonly format: Format
}

/** Below this nobody is believed. */
const BELIEVED = 0.5

/** Asks every format; the most confident first, in the registry's order where they tie. */
export async function detectAll(tree: SourceTree): Promise<readonly Candidate[]> {
  const probe = probeOf(tree, await tree.list())
  const candidates: Candidate[] = []
  for (const format of formats) candidates.push({ format, ...(await format.detect(probe)) })
  return candidates.sort((a, b) => b.confidence - a.confidence)
}

/**
 * The format of a source.
 * @throws AnnotationError `empty-input` without files, `undetected` with what each format looked for, `ambiguous-format`
 * when two are equally sure.
 */
export async function detectFormat(tree: SourceTree): Promise<Candidate> {
  const candidates = await detectAll(tree)
  const [best, second] = candidates
  if (best === undefined || best.confidence < BELIEVED) {
    if ((await tree.list()).length === 0)
      throw new AnnotationError('empty-input', 'there is nothing in here', { place: { file: tree.name } })
    throw new AnnotationError(
      'undetected',
      `no format was recognised (${candidates.map(({ format, evidence }) => `${format.id}: ${evidence}`).join('; ')})`,
      { place: { file: tree.name }, fix: 'Name the format with --from if you know it' },
    )
  }
  if (second !== undefined && second.confidence === best.confidence)
    throw new AnnotationError(
      'ambiguous-format',
      `this could be ${best.format.id} (${best.evidence}) or ${second.format.id} (${second.evidence})`,
      { place: { file: tree.name }, fix: `Choose with --from ${best.format.id} or --from ${second.format.id}` },
    )
  return best
}

function probeOf(tree: SourceTree, paths: readonly string[]): Probe {
  const part = async (path: string, bytes: number, fromEnd: boolean): Promise<string> => {
    const source = await tree.open(path)
    try {
      const size = Math.min(bytes, source.size)
      const target = new Uint8Array(size)
      const read = await source.read(fromEnd ? source.size - size : 0, target)
      const head = target.subarray(0, read)
      // A cut may fall inside a character; only UTF-16, recognised at the start, needs the strict decoder.
      const wide = !fromEnd && head.length > 1 && (head[0] === 0 || head[1] === 0 || (head[0] ?? 0) >= 0xfe)
      if (!wide) return new TextDecoder().decode(head)
      return decodeText(head.subarray(0, head.length & ~1), { file: path }).text
    } finally {
      await source.close()
    }
  }
  return {
    tree,
    paths,
    head: (path, bytes = 65_536) => part(path, bytes, false),
    tail: (path, bytes = 65_536) => part(path, bytes, true),
  }
}
