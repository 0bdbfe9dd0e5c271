import { AnnotationError } from '../../errors.js'
import type { ByteSource } from '../../ports.js'
import { utf8Source } from '../../text/decode.js'
import { jsonKindAt } from '../../text/json-fields.js'
import { skipSpace } from '../../text/json-scan.js'
import type { Detection, Probe } from '../format.js'
import { type ItemLook, lookAtAnnotation, lookAtItem, otherRoot } from './item-look.js'
import { walkElements } from './json-walk.js'

/** Files looked at before giving up. */
const LOOKS = 8
/** Bytes read of a file, one after the other until they suffice: one annotation may be a mask of a megabyte. */
const WINDOWS = [2 ** 16, 2 ** 20, 2 ** 24]
/** Elements of a list looked at before giving up. */
const MOST = 100
/** UTF-16 has to be decoded whole: not for files in which no item could be read anyway. */
const MOST_DECODED = 2 ** 28

/** What one file is; the sentence begins after its name. `settled`: more of the file would not change it. */
interface Judgement {
  readonly confidence: number
  readonly says: string
  readonly settled: boolean
}

/**
 * An item is a JSON object with "annotations" and a "filename" that begins with a slash; annotations have "type", "label"
 * and "coordinates". Only fields of the item and of the annotations themselves count, not what is deeper inside them.
 */
export async function detectDataloop({ tree, paths }: Probe): Promise<Detection> {
  const json = paths.filter((path) => path.toLowerCase().endsWith('.json'))
  if (json.length === 0) return { confidence: 0, evidence: 'no .json file' }
  const likely = json.filter((path) => path.split('/').slice(0, -1).includes('json'))
  let nearest: string | undefined
  for (const path of (likely.length > 0 ? likely : json).slice(0, LOOKS)) {
    const source = await tree.open(path)
    try {
      const { confidence, says } = await judgeFile(source)
      const evidence = `${path} ${says}`
      if (confidence > 0) return { confidence, evidence }
      nearest ??= evidence
    } finally {
      await source.close()
    }
  }
  return { confidence: 0, evidence: nearest ?? 'no .json file' }
}

async function judgeFile(source: ByteSource): Promise<Judgement> {
  try {
    const text = source.size > MOST_DECODED ? source : await utf8Source(source)
    let judgement = no('is empty', true)
    for (const window of WINDOWS) {
      const bytes = await firstBytes(text, window)
      const all = bytes.length >= text.size
      judgement = judgeText(bytes)
      if (judgement.settled || all) return judgement
    }
    const { confidence, says } = judgement
    return confidence > 0 ? judgement : no(`${says}, in its first ${WINDOWS[WINDOWS.length - 1]} bytes`, true)
  } catch (error) {
    if (error instanceof AnnotationError && error.code === 'encoding') return no('is no text', true)
    throw error
  }
}

async function firstBytes(source: ByteSource, most: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.min(most, source.size))
  let filled = 0
  for (let count = -1; count !== 0 && filled < bytes.length; filled += count)
    count = await source.read(filled, bytes.subarray(filled))
  return bytes.subarray(0, filled)
}

function judgeText(bytes: Uint8Array): Judgement {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const at = skipSpace(bytes, mark, bytes.length)
  const kind = jsonKindAt(bytes, at)
  if (kind === 'object') return judgeItem(lookAtItem(bytes, at))
  return kind === 'array' ? judgeList(bytes, at) : no('begins with neither { nor [', at < bytes.length)
}

/** The first element that is something decides. */
function judgeList(bytes: Uint8Array, at: number): Judgement {
  let found: Judgement | undefined
  let seen = 0
  const whole = walkElements(bytes, at, (start) => {
    const annotation = lookAtAnnotation(bytes, start)
    if (annotation?.typed === true) {
      const { coordinates } = annotation
      const better = yes(coordinates ? 0.8 : 0.6, `is a list of annotations with ${fields(coordinates)}`, coordinates)
      if (found === undefined || better.confidence > found.confidence) found = better
    } else if (annotation !== undefined && found === undefined) {
      const item = judgeItem(lookAtItem(bytes, start))
      if (item.confidence > 0) found = { ...item, says: `is a list of which one element ${item.says}` }
    }
    return found?.settled !== true && ++seen < MOST
  })
  return (
    found ?? no('is a list, but neither of items nor of annotations with "type" and "label"', whole || seen >= MOST)
  )
}

function judgeItem(look: ItemLook): Judgement {
  const { keys, filename, listed, annotation, whole } = look
  const other = otherRoot(keys)
  if (other !== undefined) return no(`has "${other}", as no item has`, true)
  if (annotation?.foreign !== undefined) return no(`has "annotations" with "${annotation.foreign}"`, annotation.whole)
  const home = homeOf(look)
  if (!listed) return judgeBare(look)
  // A label of the picture in a format of whole tasks.
  const foreign = ['data', 'image', 'version'].find((key) => keys.has(key))
  if (foreign !== undefined && filename === undefined) return no(`has "${foreign}" and no "filename"`, whole)
  const typed = annotation?.typed === true
  const coordinates = typed && annotation.coordinates
  if (home !== undefined) {
    const what = coordinates ? ' with "coordinates"' : typed ? ' with "type" and "label"' : ''
    return yes(coordinates ? 0.95 : 0.85, `is an item with ${home} and "annotations"${what}`, whole || coordinates)
  }
  if (typed) return yes(coordinates ? 0.85 : 0.6, `has "annotations" with ${fields(coordinates)}`, whole)
  return no(`has "annotations", but none with ${fields(false)}, and no "filename" that begins with a slash`, whole)
}

/** An item that tells of its annotations only where they are, or nothing. */
function judgeBare({ keys, filename, system, whole }: ItemLook): Judgement {
  if (filename !== undefined && system) return yes(0.85, `is an item with "filename" and "metadata.system"`, whole)
  const named = ['annotations', '_id', 'datasetId'].find((key) => keys.has(key))
  if (filename === 'rooted' && named !== undefined && (named === 'annotations' || keys.has('metadata')))
    return yes(0.85, `is an item with "filename" and "${named}"`, whole)
  return no('has no "annotations" with "type" and "label", and no "filename" with "metadata.system"', whole)
}

/** A field by which an item is known as Dataloop's. */
function homeOf({ keys, filename, system }: ItemLook): string | undefined {
  if (filename === 'rooted') return '"filename"'
  const own = ['datasetId', 'itemMetadata'].find((key) => keys.has(key))
  return own === undefined ? (system ? '"metadata.system"' : undefined) : `"${own}"`
}

function fields(coordinates: boolean): string {
  return coordinates ? '"type", "label" and "coordinates"' : '"type" and "label"'
}

function yes(confidence: number, says: string, settled: boolean): Judgement {
  return { confidence, says, settled }
}

function no(says: string, settled: boolean): Judgement {
  return { confidence: 0, says, settled }
}
