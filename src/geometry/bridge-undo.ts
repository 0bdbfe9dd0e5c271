import { ringPoints } from './bridge-points.js'
import { nestRings, type Part } from './parts.js'
import { checkRing, type Ring, ringArea } from './ring.js'

/**
 * The parts and holes that `bridgeParts`, or any other program, joined into one ring by bridges without width: sides that
 * are walked in both directions are taken out, what remains falls apart into rings, and these are sorted by even-odd.
 * Vertices stay bit for bit, also after rounding, which moves both ends of a bridge alike. Rings that enclose nothing
 * are dropped, unless that would be all. A ring without bridges comes back as the one part it is.
 *
 * The rings keep their directions; each starts where it was first walked. Sides that two rings shared before they were
 * joined look like a bridge: the rings come back as one. A spike looks like one as well: its tip is dropped. And where a
 * ring that nobody joined passes a place twice, both times with the vertex written twice in a row, this looks like the
 * bridge of no length by which `bridgeParts` joins parts that touch: it falls apart there. Even-odd, all this fills the
 * same as the ring given.
 * @throws AnnotationError `ring-format` for an odd count of numbers, or one that is not finite.
 */
export function unbridgeRing(ring: Ring): readonly Part[] {
  checkRing(ring)
  const n = ring.length >> 1
  if (n < 3) return [{ outer: ring.slice(), holes: [] }]
  const { pointOf } = ringPoints([ring])
  const next = new Int32Array(n)
  const before = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    next[i] = i + 1 === n ? 0 : i + 1
    before[i] = i === 0 ? n - 1 : i - 1
  }
  // A side is known by its first vertex. Sides that wait for their way back, latest first, by start and end.
  const waiting = new Map<number, number>()
  const older = new Int32Array(n).fill(-1)
  const gone = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    const from = pointOf[i] as number
    const to = pointOf[i + 1 === n ? 0 : i + 1] as number
    const forth = waiting.get(to * n + from) ?? -1
    // Two sides without length in a row would part a ring of one vertex.
    if (forth >= 0 && !(from === to && (next[forth] === i || next[i] === forth))) {
      waiting.set(to * n + from, older[forth] as number)
      cut(next, before, forth, i)
      gone[forth] = 1
      gone[i] = 1
    } else {
      older[i] = waiting.get(from * n + to) ?? -1
      waiting.set(from * n + to, i)
    }
  }
  const rings = looseRings(ring, next, gone)
  const solid = rings.filter((loose) => ringArea(loose) > 0)
  if (solid.length === 0) return [{ outer: ring.slice(), holes: [] }]
  return nestRings(solid)
}

/** Takes side a and side b, its way back, out of the chain of sides: each one's forerunner goes on after the other. */
function cut(next: Int32Array, before: Int32Array, a: number, b: number): void {
  const beforeA = before[a] as number
  const beforeB = before[b] as number
  const afterA = next[a] as number
  const afterB = next[b] as number
  // A side without length may be all that is left of its ring: then the other just drops out.
  if (afterA === a) link(next, before, beforeB, afterB)
  else if (afterB === b) link(next, before, beforeA, afterA)
  else {
    if (afterA !== b) link(next, before, beforeB, afterA)
    if (afterB !== a) link(next, before, beforeA, afterB)
  }
}

function link(next: Int32Array, before: Int32Array, from: number, to: number): void {
  next[from] = to
  before[to] = from
}

/** The rings that remain, in the order of their first sides. */
function looseRings(ring: Ring, next: Int32Array, gone: Uint8Array): readonly Ring[] {
  const rings: Ring[] = []
  for (let start = 0; start < gone.length; start++) {
    if (gone[start] === 1) continue
    const points: number[] = []
    for (let at = start; gone[at] === 0; at = next[at] as number) {
      gone[at] = 1
      points.push(ring[at * 2] as number, ring[at * 2 + 1] as number)
    }
    rings.push(Float64Array.from(points))
  }
  return rings
}
