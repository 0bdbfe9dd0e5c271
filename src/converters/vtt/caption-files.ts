import type { Media } from '../../dataset/item.js'
import { AnnotationError } from '../../errors.js'
import type { SourceTree } from '../../ports.js'
import { splitExtension } from '../output-names.js'

/** A caption file and what its place says about it. */
export interface CaptionFile {
  readonly path: string
  /** Its path without the ending, unless another has that already. */
  readonly id: string
  /** The film or sound beside it with the same name. */
  readonly media: string | undefined
  readonly kind: Media['kind'] | undefined
}

export const ENDINGS = { vtt: /\.(?:vtt|webvtt)$/i, srt: /\.srt$/i } as const

const VIDEO = /\.(?:mp4|m4v|mov|mkv|webm|avi|mpe?g|m2ts|ogv|wmv|flv)$/i
const AUDIO = /\.(?:mp3|wav|flac|ogg|oga|m4a|aac|opus|wma|aiff?)$/i

export function isMedia(path: string): boolean {
  return VIDEO.test(path) || AUDIO.test(path)
}

/**
 * The caption files of a tree: those with the ending of the format, or the only file there is.
 * @throws AnnotationError `empty-input` without any
 */
export async function captionFiles(tree: SourceTree, format: 'vtt' | 'srt'): Promise<readonly CaptionFile[]> {
  const paths = await tree.list()
  const named = paths.filter((path) => ENDINGS[format].test(path))
  const chosen = named.length === 0 && paths.length === 1 ? paths : named
  if (chosen.length === 0)
    throw new AnnotationError('empty-input', `there is no .${format} file in here`, { place: { file: tree.name } })
  const media = new Map<string, string>()
  for (const path of paths.filter(isMedia)) {
    const [stem] = splitExtension(path)
    // Where there are several, the film tells more than its sound.
    if (!media.has(stem) || VIDEO.test(path)) media.set(stem, path)
  }
  const taken = new Set<string>()
  return chosen.map((path) => {
    const [stem] = splitExtension(path)
    const id = taken.has(stem) ? path : stem
    taken.add(id)
    const found = id === stem ? media.get(stem) : undefined
    return { path, id, media: found, kind: found === undefined ? undefined : VIDEO.test(found) ? 'video' : 'audio' }
  })
}
