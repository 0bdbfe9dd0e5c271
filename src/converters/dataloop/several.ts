import { Annotation } from '../../dataset/annotation.js'
import type { Id } from '../../dataset/id.js'
import { Point, Polygon, Pose } from '../../definitions/index.js'

/** An annotation for each part of a polygon, as the parts stand; the first keeps the id. */
export function polygonParts(annotation: Annotation, { parts, ...naming }: Polygon): readonly Annotation[] {
  return parts.map((part, i) => {
    const definition = new Polygon({ ...naming, parts: [part] })
    const { id, extra } = annotation
    return annotation.with({
      definition,
      id: id === undefined || i === 0 ? id : numbered(id, i + 1),
      // What a source said of the whole is said once.
      extra: i === 0 ? extra : undefined,
    })
  })
}

/**
 * A pose and its key points as Dataloop has them: points whose parent is the pose and whose label is the name of the key
 * point. Missing ones are not there.
 */
export function posePoints(annotation: Annotation, pose: Pose): readonly Annotation[] {
  const { label, attributes, description, templateId, instanceId, points } = pose
  const id: Id = annotation.id ?? { text: instanceId ?? `pose of ${label}`, kind: 'string' }
  const bare = new Pose({ label, attributes, description, templateId, instanceId })
  const children = points
    .filter(({ visibility, name }) => visibility !== 'missing' && name !== '')
    .map(({ name, x, y, visibility }, i) => {
      const visible = visibility === 'visible' ? 'visible' : 'not-visible'
      const definition = new Point({ label: name, x, y, attributes: { visible } })
      return new Annotation({ definition, id: numbered(id, i + 1), parentId: id, automated: annotation.automated })
    })
  return [annotation.with({ definition: bare, id }), ...children]
}

function numbered({ text }: Id, n: number): Id {
  return { text: `${text}-${n}`, kind: 'string' }
}
