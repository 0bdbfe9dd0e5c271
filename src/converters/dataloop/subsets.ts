import type { JsonValue } from '../../text/json-value.js'
import { fieldOf, recordOf } from './json-record.js'

/** The three parts Dataloop divides a data set into, in `metadata.system.tags`. */
export const SUBSETS = ['train', 'validation', 'test'] as const

export type Subset = (typeof SUBSETS)[number]

/** The part a split is, where it is one. */
export function subsetOf(split: string | undefined): Subset | undefined {
  return split === 'val' ? 'validation' : SUBSETS.find((subset) => subset === split)
}

/** The split that tags say; undefined where they say none, or several. */
export function splitIn(tags: JsonValue | undefined): Subset | undefined {
  const said = SUBSETS.filter((subset) => fieldOf(recordOf(tags), subset) === true)
  return said.length === 1 ? said[0] : undefined
}
