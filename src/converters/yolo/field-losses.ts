import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { RowKind } from './row-shape.js'

export type SixthColumn = 'none' | 'score' | 'track'

/** Enters what an annotation says besides its class and geometry: a row has no place for it. */
export function reportLosses(annotation: Annotation, kind: RowKind, sixth: SixthColumn, account: Account): void {
  const { definition, flags, place } = annotation
  const lose = (subject: string): void =>
    account.field({ level: 'field', effect: 'dropped', subject, reason: 'rows have no place for it', place })
  if (annotation.id !== undefined) lose('id')
  if (annotation.parentId !== undefined) lose('parent id')
  if (annotation.objectId !== undefined && sixth !== 'track') lose('object id')
  if (annotation.score !== undefined && sixth !== 'score') lose('score')
  if (annotation.model !== undefined) lose('model')
  if (annotation.automated !== undefined) lose('automated')
  if (annotation.status !== undefined) lose('status')
  if (annotation.box !== undefined && !saysBox(annotation, kind)) lose('box')
  if (annotation.area !== undefined) lose('area')
  // That something is not the case goes without saying.
  for (const flag of ['crowd', 'truncated', 'occluded', 'difficult'] as const) if (flags[flag] === true) lose(flag)
  if (Object.keys(definition.attributes).length > 0) lose('attributes')
  if (definition.description !== undefined) lose('description')
  if (annotation.span !== undefined) lose('span')
  if (annotation.keyFrames !== undefined) lose('key frames')
  if (annotation.metadata !== undefined) lose('metadata')
  for (const [format, { fields }] of annotation.extra ?? []) if (format !== 'yolo' && fields.size > 0) lose('extra')
}

/** Of what has no place of its own the declared box is what is written. */
function saysBox({ type }: Annotation, kind: RowKind): boolean {
  return kind === 'box' ? type !== 'box' : type === 'cube' || type === 'pose'
}
