import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import { AnnotationError } from '../../errors.js'

/** How many keys may be merged into maps, those merged into these reckoned in: merges of merges multiply. */
const MOST_MERGED = 1_000_000

/** The value an alias stands for; any other node is itself. */
export function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node
}

/**
 * The pairs of a map with those of its merge keys (`<<: *base`), as https://yaml.org/type/merge.html has it: what stands in
 * the map itself wins, then the earlier source.
 */
export function mergedPairs(map: YAMLMap, document: Document): readonly Pair[] {
  const own = map.items.filter((pair) => !isMergeKey(pair.key))
  if (own.length === map.items.length) return own
  const known = new Set(own.map(({ key }) => keyText(key)))
  const pairs = [...own]
  for (const source of mergeSources(map, document)) {
    for (const pair of mergedPairs(source, document)) {
      const key = keyText(pair.key)
      if (known.has(key)) continue
      known.add(key)
      pairs.push(pair)
    }
  }
  return pairs
}

/** The keys of a map's own that are there more than once. */
export function hasKeyTwice(map: YAMLMap): boolean {
  const own = map.items.filter(({ key }) => !isMergeKey(key)).map(({ key }) => keyText(key))
  return new Set(own).size < own.length
}

/**
 * Makes sure that resolving all merge keys comes to an end, and soon.
 * @throws AnnotationError `yaml-syntax`
 */
export function checkMerges(document: Document, file: string): void {
  const costs = new Map<YAMLMap, number>()
  const costOf = (map: YAMLMap): number => {
    const before = costs.get(map)
    if (before !== undefined) return before
    // Until it is known: a map that is merged into itself costs more than anybody has.
    costs.set(map, Number.POSITIVE_INFINITY)
    let cost = map.items.length
    for (const source of mergeSources(map, document)) cost += costOf(source)
    costs.set(map, cost)
    return cost
  }
  let total = 0
  const visit = (node: unknown): void => {
    if (isMap(node)) {
      if (node.items.some(({ key }) => isMergeKey(key))) total += costOf(node)
      for (const { value } of node.items) visit(value)
    } else if (isSeq(node)) for (const item of node.items) visit(item)
  }
  visit(document.contents)
  if (total > MOST_MERGED)
    throw new AnnotationError('yaml-syntax', 'merge keys that multiply', {
      place: { file },
      expected: `at most ${MOST_MERGED} merged keys`,
    })
}

function mergeSources(map: YAMLMap, document: Document): readonly YAMLMap[] {
  return map.items
    .filter(({ key }) => isMergeKey(key))
    .flatMap(({ value }) => {
      const source = resolved(value, document)
      return isSeq(source) ? source.items.map((item) => resolved(item, document)) : [source]
    })
    .filter((source) => isMap(source))
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && (key.source === '<<' || key.value === '<<')
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String((key as Node | null)?.range?.[0])
}
