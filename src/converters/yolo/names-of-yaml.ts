import { type Document, isMap, isScalar, isSeq } from 'yaml'
import type { Account } from '../../dataset/account.js'
import type { Place } from '../../errors.js'
import { isClassIndex, type NamedClass } from './class-names.js'
import { mergedPairs, resolved } from './yaml-merge.js'

/** What is needed to read `names` and to say where something is wrong with them. */
export interface NamesScope {
  readonly document: Document
  readonly placeOf: (node: unknown) => Place
  readonly account: Account
}

/**
 * The classes that the value of `names` tells: a list, or a map by number. A map of one entry in the place of a name
 * (`- 0: cat`, `0: {name: cat}`) is the name in it.
 */
export function namesOf(node: unknown, scope: NamesScope): readonly NamedClass[] | undefined {
  const { document, placeOf, account } = scope
  if (isSeq(node))
    return node.items.map((item, position) => {
      const index = numberedEntry(item, scope) ?? position
      return { index, name: nameOf(item, scope), line: placeOf(item).line }
    })
  if (!isMap(node)) return undefined
  return mergedPairs(node, document).flatMap(({ key, value }) => {
    const text = scalarText(resolved(key, document))
    const index = classNumber(text)
    if (index !== undefined) return [{ index, name: nameOf(value, scope, key), line: placeOf(key).line }]
    account.problem({
      code: 'invalid-value',
      message: 'bad class number',
      place: placeOf(key),
      expected: 'a whole number from 0',
      got: JSON.stringify(text),
      lossy: true,
    })
    return []
  })
}

/** The class number in `- 7: cat`. */
function numberedEntry(item: unknown, { document }: NamesScope): number | undefined {
  const node = resolved(item, document)
  const pairs = isMap(node) ? mergedPairs(node, document) : []
  const [only] = pairs
  return only === undefined || pairs.length > 1 ? undefined : classNumber(scalarText(resolved(only.key, document)))
}

function nameOf(written: unknown, { document, placeOf, account }: NamesScope, key?: unknown): string {
  let node = resolved(written, document)
  if (isMap(node)) {
    const pairs = mergedPairs(node, document)
    const value = resolved(pairs[0]?.value, document)
    if (pairs.length === 1 && isScalar(value)) node = value
  }
  if (isMap(node) || isSeq(node))
    account.problem({
      code: 'expected-type',
      message: 'bad class name',
      place: placeOf(key ?? written),
      expected: 'a text',
      got: isSeq(node) ? 'a list' : 'a map',
      lossy: true,
    })
  return scalarText(node)
}

function classNumber(text: string): number | undefined {
  const index = Number(text)
  return /^[0-9]+$/.test(text) && isClassIndex(index) ? index : undefined
}

/** The text of a scalar as it is written: a class may be called `007` or `1.0`. */
function scalarText(node: unknown): string {
  if (!isScalar(node)) return ''
  const { value, source } = node
  if (typeof value === 'string') return value
  return value === null ? '' : (source ?? String(value))
}
