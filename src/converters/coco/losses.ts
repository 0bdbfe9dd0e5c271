import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'

/** Enters what an annotation says and an element without room for it does not. `said`: what the element has a place for. */
export function reportUnsaid(
  annotation: Annotation,
  said: ReadonlySet<string>,
  reason: string,
  account: Account,
): void {
  const { flags, definition, place } = annotation
  const has: Readonly<Record<string, boolean>> = {
    id: annotation.id !== undefined,
    'parent id': annotation.parentId !== undefined,
    'object id': annotation.objectId !== undefined,
    score: annotation.score !== undefined,
    model: annotation.model !== undefined,
    automated: annotation.automated !== undefined,
    status: annotation.status !== undefined,
    crowd: flags.crowd === true,
    truncated: flags.truncated === true,
    occluded: flags.occluded === true,
    difficult: flags.difficult === true,
    attributes: Object.keys(definition.attributes).length > 0,
    description: definition.description !== undefined,
    metadata: annotation.metadata !== undefined,
    span: annotation.span !== undefined,
    'key frames': annotation.keyFrames !== undefined,
    extra: [...(annotation.extra?.values() ?? [])].some(({ fields }) => fields.size > 0),
  }
  for (const [subject, is] of Object.entries(has))
    if (is && !said.has(subject)) account.field({ level: 'field', effect: 'dropped', subject, reason, place })
}
