import { AnnotationError } from '../../errors.js'
import type { Part } from '../../geometry/parts.js'
import type { Ring } from '../../geometry/ring.js'
import { numbersIn } from '../../text/json-number.js'
import { PART_KEYS } from './definition-keys.js'
import { badValue, type Fields, isBrokenText } from './fields.js'
import type { Notes } from './notes.js'

const NO_HOLES: readonly Ring[] = Object.freeze([])

/**
 * The parts of a polygon, `[{"outer": […], "holes": [[…], …]}, …]`: at least one, each ring of at least 3 points.
 * With repairs allowed, a bad part or hole is left out as long as a part remains.
 */
export function readParts(fields: Fields, index: number, inner: Fields, notes: Notes): readonly Part[] {
  const { bytes } = fields
  const pointer = fields.at(index)
  return collect(
    (visit) => fields.each(index, visit),
    pointer,
    (start, end, at) => {
      inner.scan(bytes, start, end, at)
      notes.unknownKeys(inner, PART_KEYS)
      const outer = inner.need('outer')
      const holes = inner.find('holes')
      return Object.freeze({
        outer: readRing(bytes, inner.start(outer), inner.end(outer), `${at}/outer`, 3),
        holes: holes < 0 ? NO_HOLES : readHoles(inner, holes, notes),
      })
    },
    notes,
  )
}

function readHoles(part: Fields, index: number, notes: Notes): readonly Ring[] {
  const { bytes } = part
  if (part.kind(index) === 'array' && part.end(index) - part.start(index) === 2) return NO_HOLES
  return collect(
    (visit) => part.each(index, visit),
    part.at(index),
    (start, end, at) => readRing(bytes, start, end, at, 3),
    notes,
    0,
  )
}

/** The lines of a polyline, `[[…], …]`: at least one, each of at least 2 points. Repairs as for {@link readParts}. */
export function readLines(fields: Fields, index: number, notes: Notes): readonly Ring[] {
  const { bytes } = fields
  return collect(
    (visit) => fields.each(index, visit),
    fields.at(index),
    (start, end, at) => readRing(bytes, start, end, at, 2),
    notes,
  )
}

/** What `read` makes of each element; with repairs allowed without those it refuses, if at least `least` remain. */
function collect<T>(
  each: (visit: (index: number, start: number, end: number) => void) => number,
  pointer: string,
  read: (start: number, end: number, at: string) => T,
  notes: Notes,
  least = 1,
): readonly T[] {
  const taken: T[] = []
  const refused: AnnotationError[] = []
  each((i, start, end) => {
    const at = `${pointer}/${i}`
    try {
      taken.push(read(start, end, at))
    } catch (error) {
      if (!notes.repairs || !(error instanceof AnnotationError) || isBrokenText(error)) throw error
      refused.push(error.at({ pointer: at }))
    }
  })
  if (taken.length < least) throw refused[0] ?? noElements(pointer)
  for (const error of refused) notes.repair(`${error.reason}: left out`, error.place?.pointer ?? pointer)
  return Object.freeze(taken)
}

function readRing(bytes: Uint8Array, start: number, end: number, pointer: string, least: number): Ring {
  const ring = numbersIn(bytes, start, end)
  if (ring === undefined) throw badValue(bytes, start, end, pointer, 'a flat array of numbers x0, y0, x1, y1, …')
  if (ring.length % 2 !== 0)
    throw new AnnotationError('ring-format', 'an odd count of numbers', {
      place: { pointer },
      expected: 'pairs x, y',
      got: `${ring.length} numbers`,
    })
  if (ring.length < least * 2)
    throw new AnnotationError('degenerate-geometry', 'too few points', {
      place: { pointer },
      expected: `at least ${least} points`,
      got: String(ring.length / 2),
    })
  return ring
}

function noElements(pointer: string): AnnotationError {
  return new AnnotationError('degenerate-geometry', 'nothing in it', {
    place: { pointer },
    expected: 'at least one',
    got: 'none',
  })
}
