import type { SourceTree } from '../../ports.js'
import { throwIfAborted } from '../convert.js'
import type { Context } from '../format.js'
import type { Entry } from './entries.js'
import { readBytes } from './read-file.js'
import { forEachRow, Row } from './row.js'

/** What all rows of a data set say together: counters, and nothing of the rows themselves. */
export interface Survey {
  /** Rows of four numbers after the class, and poses. */
  boxes: number
  /** Rows of five. */
  sixes: number
  /** Rows of at least six, an even number. */
  rings: number
  /** Rings of exactly four points, the syntax of oriented boxes. */
  fourPoints: number
  /** Of the fifth numbers after the class: whether all are in [0, 1], whether all are whole. */
  shares: boolean
  whole: boolean
  /** Most digits after the point. */
  decimals: number
  readonly classes: Set<number>
}

/** How many files are read between two words about progress. */
const STEP = 256

/** Reads all files of labels once. Files that hold a text instead of rows are left to `reject`. */
export async function survey(
  tree: SourceTree,
  entries: readonly Entry[],
  context: Context,
  poseNumbers: number | undefined,
  reject: (entry: Entry) => void,
): Promise<Survey> {
  const found = newSurvey()
  const row = new Row()
  for (const [i, entry] of entries.entries()) {
    if (i % STEP === 0) {
      throwIfAborted(context.signal)
      context.onProgress?.({ phase: 'index', unit: 'items', done: i, total: entries.length })
    }
    if (entry.label === undefined) continue
    const bytes = await readBytes(tree, entry.label)
    if (bytes === undefined) continue
    let prose = false
    let rows = 0
    forEachRow(bytes, (_line, start, end) => {
      if (row.read(bytes, start, end) === undefined) {
        rows++
        count(found, row, poseNumbers)
      } else prose ||= isLetter(bytes[start] as number)
    })
    if (prose && rows === 0 && entry.picture === undefined) reject(entry)
  }
  return found
}

export function newSurvey(): Survey {
  return {
    boxes: 0,
    sixes: 0,
    rings: 0,
    fourPoints: 0,
    shares: true,
    whole: true,
    decimals: 0,
    classes: new Set(),
  }
}

/** Enters one row. `poseNumbers`: how many numbers follow the class in the rows of poses. */
export function count(found: Survey, row: Row, poseNumbers: number | undefined): void {
  const { count: numbers, values } = row
  if (numbers === 4 || numbers === poseNumbers) found.boxes++
  else if (numbers === 5) {
    const value = values[4] as number
    found.sixes++
    if (!(value >= 0 && value <= 1)) found.shares = false
    if (!Number.isInteger(value)) found.whole = false
  } else if (numbers >= 6 && numbers % 2 === 0) {
    found.rings++
    if (numbers === 8) found.fourPoints++
  } else return
  found.classes.add(row.classIndex)
  found.decimals = Math.max(found.decimals, row.decimals)
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte >= 0x80
}
