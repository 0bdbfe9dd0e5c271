import type { Annotation } from '../../src/node.js'
import { recordOf } from './corpus.js'
import { edgesIn, listIn, numbersIn } from './sdk-conversions.js'
import { alike, Verdict } from './sdk-defects.js'

/** Where the SDK says that an annotation is, against where it is here. */
export function compareGeometry(theirs: unknown, { definition }: Annotation): Verdict {
  const { error, type, left, top, right, bottom, x, y, angle, area } = recordOf(theirs) ?? {}
  const verdict = new Verdict()
  const edges = [left, top, right, bottom]
  if (error !== undefined) return verdict.differs('flat', definition.type === 'polyline', error)
  verdict.same('the type', type, definition.type)
  switch (definition.type) {
    case 'box':
    case 'note':
      return verdict.same('its edges', edges, edgesIn(definition.frame)).same('its angle', angle ?? 0, definition.angle)
    case 'segment':
    case 'polyline': {
      const rings = definition.type === 'segment' ? definition.rings() : definition.lines
      const points = pairsOf(x, y)
      if (rings.length > 1) return verdict.differs('rings', alike(points, [...(rings[0] ?? [])]), points)
      return verdict.same('its points', points, [...(rings[0] ?? [])]).same('its edges', edges, edgesIn(definition))
    }
    case 'ellipse':
      return verdict
        .same('its edges', edges, edgesIn(definition))
        .same('its centre and angle', [x, y, angle], [definition.x, definition.y, definition.angle])
    case 'point':
      return verdict
        .same('its place', [left, top, x, y], [definition.x, definition.y, definition.x, definition.y])
        .differs('swapped', alike([right, bottom], [definition.y, definition.x]), [right, bottom])
    case 'binary': {
      const [l = 0, t = 0, r = 0, b = 0] = edgesIn(definition.bounds ?? NOTHING)
      return verdict
        .differs('inclusive', alike(edges, [l, t, r - 1, b - 1]), edges)
        .same('its pixels', area, definition.mask.area)
    }
    case 'cube':
      return verdict.differs('zeros', alike(edges, [0, 0, 0, 0]), edges).same(
        'its corners',
        pairsOf(x, y),
        [...definition.corners].flatMap((corner) => [...corner]),
      )
    case 'pose':
      return verdict.differs('childless', alike(edges, [0, 0, 0, 0]) && listIn(x).length === 0, edges)
    case 'text_mark':
      return verdict.differs('dispatch', alike(edges, [0, 0, 0, 0]), edges)
    default:
      return verdict.differs('zeros', alike(edges, [0, 0, 0, 0]) && definition.bounds === null, edges)
  }
}

const NOTHING = { left: 0, top: 0, right: 0, bottom: 0 }

function pairsOf(x: unknown, y: unknown): readonly number[] {
  const ys = numbersIn(y)
  return numbersIn(x).flatMap((value, i) => [value, ys[i] ?? Number.NaN])
}

/** What the SDK writes of an annotation it has read, against what we write: what is null, empty or left out says the same. */
export function compareAgain(theirs: unknown, ours: unknown): Verdict {
  const verdict = new Verdict()
  const error = recordOf(theirs)?.error
  if (error !== undefined) return verdict.differs('flat', recordOf(ours)?.type === 'polyline', error)
  return verdict.same('the annotation', said(theirs), said(ours))
}

/** Without what says nothing, at every level: null, empty lists and objects, and the z of a point of a picture. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(said)
  const record = recordOf(value)
  if (record === undefined) return value ?? undefined
  const flat = 'x' in record && 'y' in record && record.z === 0
  const entries = Object.entries(record)
    .map(([key, each]) => [key, flat && key === 'z' ? undefined : said(each)] as const)
    .filter(([, each]) => each !== undefined)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
