import { AnnotationError } from '../errors.js'
import type { SourceTree } from '../ports.js'
import { detectBom } from '../text/decode.js'
import { validateJson } from '../text/json-value.js'
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
 * when two are equally sure, `json-syntax` for a single JSON file that is broken.
 */
export async function detectFormat(tree: SourceTree): Promise<Candidate> {
  const candidates = await detectAll(tree)
  const [best, second] = candidates
  if (best === undefined || best.confidence < BELIEVED) {
    const paths = await tree.list()
    const [only] = paths
    if (only === undefined)
      throw new AnnotationError('empty-input', 'there is nothing in here', { place: { file: tree.name } })
    if (paths.length === 1 && only.toLowerCase().endsWith('.json')) await refuseBrokenJson(tree, only)
    throw unrecognised(tree.name, paths, candidates)
  }
  if (second !== undefined && second.confidence === best.confidence)
    throw new AnnotationError(
      'ambiguous-format',
      `this could be ${best.format.id} (${best.evidence}) or ${second.format.id} (${second.evidence})`,
      { place: { file: tree.name }, fix: `Choose with --from ${best.format.id} or --from ${second.format.id}` },
    )
  return best
}

const PICTURE = /\.(?:jpe?g|png|webp|gif|bmp|tiff?|avif|heic)$/i
const PACKED = /\.(?:zip|gz|tgz|tar|bz2|xz|7z|rar)$/i

function unrecognised(name: string, paths: readonly string[], candidates: readonly Candidate[]): AnnotationError {
  const place = { file: name }
  if (paths.every((path) => PICTURE.test(path)))
    return new AnnotationError('undetected', 'there are only pictures in here, no annotations', {
      place,
      fix: 'Name the file or folder that holds the annotations',
    })
  if (paths.every((path) => PACKED.test(path)))
    return new AnnotationError('undetected', 'this is packed', { place, fix: 'Unpack it first' })
  const evidence = candidates.map(({ format, evidence }) => `${format.id}: ${evidence}`).join('; ')
  const readable = candidates.flatMap(({ format }) => (format.read === undefined ? [] : [format.id])).sort()
  return new AnnotationError('undetected', `no format was recognised (${evidence})`, {
    place,
    fix: `Formats that can be read are ${readable.join(', ')}; if it is one of them, name it with --from`,
  })
}

/** Of one file that nobody recognises the first thing to know is whether it can be read at all. */
async function refuseBrokenJson(tree: SourceTree, path: string): Promise<void> {
  const source = await tree.open(path)
  try {
    const fault = await validateJson(source, { nonFinite: 'accept' })
    if (fault !== undefined) throw fault
  } finally {
    await source.close()
  }
}

function probeOf(tree: SourceTree, paths: readonly string[]): Probe {
  const part = async (path: string, bytes: number, fromEnd: boolean): Promise<string> => {
    const source = await tree.open(path)
    try {
      const target = new Uint8Array(Math.min(bytes, source.size))
      const start = fromEnd ? source.size - target.length : 0
      let length = 0
      for (let read = -1; read !== 0 && length < target.length; length += read)
        read = await source.read(start + length, target.subarray(length))
      const found = target.subarray(0, length)
      // Never strictly: a cut may fall inside a character, and what is no text at all is merely not recognised.
      return new TextDecoder(fromEnd ? 'utf-8' : encodingOf(found)).decode(found)
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

/** As a reader would decide: by the mark, else by zeros beside the first character. */
function encodingOf(head: Uint8Array): string {
  const bom = detectBom(head)
  if (bom !== undefined || head.length < 2 || (head[0] === 0) === (head[1] === 0)) return bom?.encoding ?? 'utf-8'
  return head[0] === 0 ? 'utf-16be' : 'utf-16le'
}
