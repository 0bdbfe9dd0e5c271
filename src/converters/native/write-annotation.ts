import type { Account } from '../../dataset/account.js'
import { type Annotation, type Flags, NO_FLAGS } from '../../dataset/annotation.js'
import type { KeyFrame } from '../../dataset/track.js'
import { jsonString, type TextBuffer } from '../../text/json-write.js'
import { ANNOTATION_KEYS, KEY_FRAME_KEYS } from './keys.js'
import { addToSum } from './sum.js'
import { appendDefinition } from './write-definition.js'
import { appendExtra, appendRaw } from './write-source.js'
import { idMember, idText, looseNumber, membersOf, valueText } from './write-values.js'

/**
 * Appends an annotation as one JSON object. What is absent in the model is not written.
 * @param idSum the sum of its item's id, which the texts of many formats name.
 */
export function appendAnnotation(buffer: TextBuffer, annotation: Annotation, idSum: number, account: Account): void {
  const { id, score, model, flags, keyFrames, metadata, extra, raw, place } = annotation
  const start = buffer.length
  buffer.append(id === undefined ? '{"definition":' : `{"id":${idText(id)},"definition":`)
  appendDefinition(buffer, annotation.definition)
  let text = idMember('parentId', annotation.parentId) + idMember('objectId', annotation.objectId)
  if (score !== undefined) text += `,"score":${looseNumber(score)}`
  if (model !== undefined) text += `,"model":${membersOf({ name: model.name, id: model.id })}`
  if (annotation.automated !== undefined) text += `,"automated":${annotation.automated}`
  if (annotation.status !== undefined) text += `,"status":${jsonString(annotation.status)}`
  if (annotation.box !== undefined) {
    const { left, top, right, bottom } = annotation.box
    text += `,"box":{"left":${looseNumber(left)},"top":${looseNumber(top)},"right":${looseNumber(right)},"bottom":${looseNumber(bottom)}}`
  }
  if (annotation.area !== undefined) text += `,"area":${looseNumber(annotation.area)}`
  text += flagsText(flags)
  if (annotation.span !== undefined) {
    const { frame, endFrame, startTime, endTime } = annotation.span
    text += `,"span":${membersOf({ frame, endFrame, startTime, endTime })}`
  }
  if (text !== '') buffer.append(text)
  if (keyFrames !== undefined) appendKeyFrames(buffer, keyFrames)
  if (metadata !== undefined)
    buffer.append(`,"metadata":${valueText(metadata, { level: 'field', subject: 'metadata', place }, account)}`)
  appendExtra(buffer, extra, ANNOTATION_KEYS)
  if (raw !== undefined) appendRaw(buffer, raw, addToSum(idSum, buffer.bytes, start, buffer.length))
  buffer.append('}')
}

function flagsText(flags: Flags): string {
  if (flags === NO_FLAGS) return ''
  const { crowd, truncated, occluded, difficult } = flags
  let text = crowd === undefined ? '' : `,"crowd":${crowd}`
  if (truncated !== undefined) text += `,"truncated":${truncated}`
  if (occluded !== undefined) text += `,"occluded":${occluded}`
  if (difficult !== undefined) text += `,"difficult":${difficult}`
  return text === '' ? '' : `,"flags":{${text.slice(1)}}`
}

function appendKeyFrames(buffer: TextBuffer, frames: readonly KeyFrame[]): void {
  buffer.append(',"keyFrames":[')
  for (const [i, { frame, definition, fixed, visible, extra }] of frames.entries()) {
    buffer.append(`${i === 0 ? '' : ','}{"frame":${looseNumber(frame)},"definition":`)
    appendDefinition(buffer, definition)
    buffer.append(`,"fixed":${fixed},"visible":${visible}`)
    appendExtra(buffer, extra, KEY_FRAME_KEYS)
    buffer.append('}')
  }
  buffer.append(']')
}
