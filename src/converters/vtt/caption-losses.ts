import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Header } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'

/** Enters what an annotation says that no caption file has a place for. `attributes`: those that were not written. */
export function reportLosses(
  annotation: Annotation,
  attributes: readonly string[],
  format: 'vtt' | 'srt',
  reason: string,
  account: Account,
): void {
  const { definition, flags, span, place } = annotation
  const lose = (subject: string, count = 1): void =>
    account.field({ level: 'field', effect: 'dropped', subject, reason, count, place })
  if (annotation.id !== undefined) lose('id')
  if (annotation.parentId !== undefined) lose('parent id')
  if (annotation.objectId !== undefined) lose('object id')
  if (annotation.score !== undefined) lose('score')
  if (annotation.model !== undefined) lose('model')
  if (annotation.automated !== undefined) lose('automated')
  if (annotation.status !== undefined) lose('status')
  if (annotation.box !== undefined) lose('box')
  if (annotation.area !== undefined) lose('area')
  // That something is not the case goes without saying.
  for (const flag of ['crowd', 'truncated', 'occluded', 'difficult'] as const) if (flags[flag] === true) lose(flag)
  if (attributes.length > 0) lose('attributes', attributes.length)
  if (definition.description !== undefined) lose('description')
  if (span?.frame !== undefined || span?.endFrame !== undefined) lose('frames')
  if (annotation.keyFrames !== undefined) lose('key frames')
  if (annotation.metadata !== undefined) lose('metadata')
  for (const [id, { fields }] of annotation.extra ?? []) if (id !== format && fields.size > 0) lose('extra')
}

/** Enters what an item says that no caption file has a place for. `id`: what it is called when it is read again. */
export function reportItemLosses(
  item: Item,
  id: string,
  format: 'vtt' | 'srt',
  reason: string,
  account: Account,
): void {
  const { media, metadata, extra, place } = item
  const lose = (subject: string): void => account.field({ level: 'item', effect: 'dropped', subject, reason, place })
  if (item.id.kind !== 'string' || item.id.text !== id) lose('id')
  if (Object.entries(media).some(([key, value]) => key !== 'kind' && value !== undefined)) lose('media')
  if (metadata !== undefined) lose('metadata')
  for (const [other, { fields }] of extra ?? []) if (other !== format && fields.size > 0) lose('extra')
}

/** Enters what a data set says besides its items: a caption file has no list of classes. */
export function reportHeaderLosses(
  { labels, info, extra }: Header,
  format: 'vtt' | 'srt',
  reason: string,
  account: Account,
): void {
  const lose = (subject: string, count: number): void => {
    if (count > 0) account.field({ level: 'header', effect: 'dropped', subject, reason, count })
  }
  const all = labels.labels
  lose('label id', all.filter(({ id }) => id !== undefined).length)
  lose('label parent', all.filter(({ parent }) => parent !== undefined).length)
  lose('label color', all.filter(({ color }) => color !== undefined).length)
  lose('skeleton', all.filter(({ skeleton }) => skeleton !== undefined).length)
  lose('info', info === undefined ? 0 : 1)
  lose('extra', [...(extra?.keys() ?? [])].filter((id) => id !== format).length)
}
