import type { Annotation, AnnotationDefinition, KeyFrame } from '../../src/node.js'
import { recordOf } from './corpus.js'
import { edgesIn } from './sdk-conversions.js'
import { Verdict } from './sdk-defects.js'

/** What the SDK has of a track at some frames, against what the track says here: between key frames the earlier one holds. */
export function compareFrames(theirs: unknown, { type, span, keyFrames = [] }: Annotation): Verdict {
  const { type: kind, start, end, frames } = recordOf(theirs) ?? {}
  const verdict = new Verdict()
  verdict.same('its type', kind, type).same('its frames', [start, end], [span?.frame, span?.endFrame])
  for (const [number, state] of Object.entries(recordOf(frames) ?? {})) {
    const at = Number(number)
    const held = at < Number(start) || at > Number(end) ? undefined : heldAt(keyFrames, at)
    verdict.same(`frame ${at}`, state, held === undefined ? null : stateOf(held, at))
  }
  return verdict
}

function heldAt(keyFrames: readonly KeyFrame[], at: number): KeyFrame | undefined {
  return [...keyFrames].filter(({ frame }) => frame <= at).sort((a, b) => b.frame - a.frame)[0]
}

function stateOf({ definition, frame, fixed, visible }: KeyFrame, at: number): unknown {
  const { label, attributes } = definition
  return { coordinates: coordinatesOf(definition), fixed: fixed && frame === at, visible, label, attributes }
}

/** As Dataloop JSON has them. */
function coordinatesOf(definition: AnnotationDefinition): readonly unknown[] {
  if (definition.type === 'box') {
    const [left, top, right, bottom] = edgesIn(definition.frame)
    return [
      { x: left, y: top, z: 0 },
      { x: right, y: bottom, z: 0 },
    ]
  }
  if (definition.type === 'segment') return definition.rings().map(pointsOf)
  return []
}

function pointsOf(ring: Float64Array): readonly unknown[] {
  return Array.from({ length: ring.length / 2 }, (_, i) => ({ x: ring[2 * i], y: ring[2 * i + 1] }))
}
