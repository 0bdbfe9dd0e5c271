import type { Account, Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Header } from '../../dataset/dataset.js'
import type { Item, Media } from '../../dataset/item.js'
import type { DefinitionType } from '../../definitions/index.js'
import { DEFINITION_TYPES } from '../../definitions/index.js'
import type { ByteSink, SinkTree } from '../../ports.js'
import { jsonString, TextBuffer } from '../../text/json-write.js'
import type { Context, Sink } from '../format.js'
import { withPicturesBeside } from '../pictures-beside.js'
import { ITEM_KEYS } from './keys.js'
import { addToSum, SUM_START } from './sum.js'
import { appendAnnotation } from './write-annotation.js'
import { appendHeader } from './write-header.js'
import { appendExtra, appendRaw } from './write-source.js'
import { idText, membersOf, valueText } from './write-values.js'

/** The one file of the format. */
export const FILE_NAME = 'dataset.annoform.jsonl'

// Everything is kept, so one outcome for each type serves all annotations.
const KEPT = Object.freeze(
  Object.fromEntries(
    DEFINITION_TYPES.map((type) => [type, Object.freeze({ effect: 'kept', subject: type })]),
  ) as Record<DefinitionType, Outcome>,
)
/** Where the id of an item starts in its line. */
const ID_AT = '{"id":'.length

const KEPT_STRAY: Outcome = Object.freeze({ effect: 'kept', subject: 'annotation' })

/** Starts the file with its header line; the sink appends one line an item. */
export async function createNative(tree: SinkTree, header: Header, context: Context): Promise<Sink> {
  const file = await tree.create(FILE_NAME)
  const buffer = new TextBuffer()
  appendHeader(buffer, header, context.account)
  await buffer.flushFull(file)
  const sink: Sink = {
    write(item) {
      const pending = appendItem(buffer, item, file, context.account)
      const outcomes = item.annotations.map(keptOutcome)
      return pending === undefined ? outcomes : pending.then(() => outcomes)
    },
    // They stand in the header, which is written.
    strays: (strays) => strays.map(() => KEPT_STRAY),
    async close() {
      await buffer.flush(file)
      await file.close()
    },
  }
  return withPicturesBeside(sink, context)
}

function keptOutcome(annotation: Annotation): Outcome {
  return KEPT[annotation.type]
}

/** Appends an item as one line, handing full batches to the file on the way. */
function appendItem(buffer: TextBuffer, item: Item, file: ByteSink, account: Account): undefined | Promise<void> {
  const { id, path, split, annotations, metadata, extra, raw, place } = item
  const start = buffer.length
  buffer.append(`{"id":${idText(id)}`)
  const idSum = addToSum(SUM_START, buffer.view(), start + ID_AT, buffer.length)
  buffer.append(`,"path":${jsonString(path)},"media":${mediaText(item.media)}`)
  if (metadata !== undefined)
    buffer.append(`,"metadata":${valueText(metadata, { level: 'item', subject: 'metadata', place }, account)}`)
  appendExtra(buffer, extra, ITEM_KEYS)
  // What follows may change without the item's own text becoming another, and may be handed over before the raw is written.
  const sum = raw === undefined ? 0 : addToSum(SUM_START, buffer.view(), start, buffer.length)
  if (split !== undefined) buffer.append(`,"split":${jsonString(split)}`)
  let pending: undefined | Promise<void>
  buffer.append(',"annotations":[')
  for (let i = 0; i < annotations.length; i++) {
    if (i > 0) buffer.append(',')
    appendAnnotation(buffer, annotations[i] as Annotation, idSum, account)
    // While the file is busy the rest of the item waits in memory.
    if (pending === undefined) pending = buffer.flushFull(file) ?? undefined
  }
  buffer.append(']')
  if (raw !== undefined) appendRaw(buffer, raw, sum)
  buffer.append('}\n')
  return pending ?? buffer.flushFull(file) ?? undefined
}

function mediaText(media: Media): string {
  const { kind, width, height, orientation, fps, frames, duration, mimetype } = media
  const members = membersOf({ kind, width, height, orientation, frames, duration, mimetype })
  if (fps === undefined) return members
  const { numerator, denominator } = fps
  return `${members.slice(0, -1)},"fps":${membersOf({ numerator, denominator })}}`
}
