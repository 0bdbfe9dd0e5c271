import type { Account } from '../../dataset/account.js'
import type { Header, Stray } from '../../dataset/dataset.js'
import type { Label, Skeleton } from '../../dataset/labels.js'
import { jsonString, type TextBuffer } from '../../text/json-write.js'
import { HEADER_KEYS, LABEL_KEYS, VERSION } from './keys.js'
import { addToSum, SUM_START } from './sum.js'
import { appendExtra, appendRaw, appendStrayRaw } from './write-source.js'
import { idMember, looseNumber, valueText } from './write-values.js'

/** Appends the first line. */
export function appendHeader(buffer: TextBuffer, header: Header, account: Account): void {
  const { labels, info, splits, strays, extra } = header
  buffer.append(`{"annoform":${VERSION},"header":{"labels":[`)
  for (const [i, label] of labels.labels.entries()) {
    if (i > 0) buffer.append(',')
    appendLabel(buffer, label)
  }
  buffer.append(']')
  if (info !== undefined) buffer.append(`,"info":${valueText(info, { level: 'header', subject: 'info' }, account)}`)
  if (splits.length > 0) buffer.append(`,"splits":[${splits.map(jsonString).join(',')}]`)
  if (strays.length > 0) appendStrays(buffer, strays)
  appendExtra(buffer, extra, HEADER_KEYS)
  buffer.append('}}\n')
}

function appendLabel(buffer: TextBuffer, label: Label): void {
  const { name, id, parent, color, skeleton, declared, extra, raw } = label
  const start = buffer.length
  let text = `{"name":${jsonString(name)}${idMember('id', id)}`
  if (parent !== undefined) text += `,"parent":${jsonString(parent)}`
  if (color !== undefined) text += `,"color":[${color.map(looseNumber).join(',')}]`
  if (skeleton !== undefined) text += `,"skeleton":${skeletonText(skeleton)}`
  if (declared !== undefined) text += `,"declared":${declared}`
  buffer.append(text)
  appendExtra(buffer, extra, LABEL_KEYS)
  if (raw !== undefined) appendRaw(buffer, raw, addToSum(SUM_START, buffer.view(), start, buffer.length))
  buffer.append('}')
}

function skeletonText({ keypoints, edges }: Skeleton): string {
  const pairs = edges.map(([from, to]) => `[${looseNumber(from)},${looseNumber(to)}]`)
  return `{"keypoints":[${keypoints.map(jsonString).join(',')}],"edges":[${pairs.join(',')}]}`
}

function appendStrays(buffer: TextBuffer, strays: readonly Stray[]): void {
  buffer.append(',"strays":[')
  for (const [i, { raw, reason, label, split }] of strays.entries()) {
    buffer.append(`${i === 0 ? '' : ','}{"reason":${jsonString(reason)}`)
    if (label !== undefined) buffer.append(`,"label":${jsonString(label)}`)
    if (split !== undefined) buffer.append(`,"split":${jsonString(split)}`)
    appendStrayRaw(buffer, raw)
    buffer.append('}')
  }
  buffer.append(']')
}
