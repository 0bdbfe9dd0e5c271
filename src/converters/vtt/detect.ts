import type { Detection, Probe } from '../format.js'
import { ENDINGS, isMedia } from './caption-files.js'
import { hasSignature } from './scan.js'
import { srtTiming } from './srt/timing.js'

const LOOKED_AT = 8
const HEAD = 4096
const CAPTIONS = /\.(?:vtt|webvtt|srt|sbv)$/i

/** Captions and little else: sure. Captions among other files: only if nothing else is recognised. */
const [SURE, AMONG_OTHERS, BY_NAME] = [0.93, 0.52, 0.51]

/** WebVTT begins with its name. */
export function detectVtt(probe: Probe): Promise<Detection> {
  return detectCaptions(probe, 'vtt', 'begins with WEBVTT', (text) => hasSignature(text.replace(/^\ufeff/, '')))
}

/** SubRip has no name of its own: it is told by its timing lines. */
export function detectSrt(probe: Probe): Promise<Detection> {
  return detectCaptions(probe, 'srt', 'has a line such as 00:00:01,000 --> 00:00:02,000', (text) =>
    text.split(/\r\n|\n|\r/).some((line) => line.includes('-->') && srtTiming(line) !== undefined),
  )
}

async function detectCaptions(
  { paths, head }: Probe,
  format: 'vtt' | 'srt',
  what: string,
  isOne: (text: string) => boolean,
): Promise<Detection> {
  const named = paths.filter((path) => ENDINGS[format].test(path))
  const [only] = paths
  // A file of another name is looked into only where it has no ending that says something else.
  const alone =
    format === 'vtt' && paths.length === 1 && only !== undefined && !/\.(?:json|jsonl|xml|ya?ml)$/i.test(only)
  const candidates = named.length > 0 ? named : alone && only !== undefined ? [only] : []
  const [first] = candidates
  if (first === undefined) return { confidence: 0, evidence: `no .${format} file` }
  const others = paths.filter((path) => !CAPTIONS.test(path) && !isMedia(path)).length
  const confidence = named.length === 0 || named.length >= others ? SURE : AMONG_OTHERS
  for (const path of candidates.slice(0, LOOKED_AT))
    if (isOne(await head(path, HEAD))) return { confidence, evidence: `${path} ${what}` }
  return named.length > 0
    ? { confidence: BY_NAME, evidence: `${first} is called .${format}, but none looked at ${what}` }
    : { confidence: 0, evidence: `no .${format} file` }
}
