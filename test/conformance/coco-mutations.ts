import type { Annotation, Dataset, Item } from '../../src/node.js'
import { arranged, type CocoDocument, withoutAddedLists } from './coco-document.js'
import { cocoAgain, type Route } from './conversion.js'
import type { CorpusFile } from './corpus.js'
import { jsonDifference, shortText } from './json-difference.js'
import { elementsOf, idTextOf, type JsonNode, member, readJsonText, textOf } from './json-text.js'
import type { Library } from './library.js'
import type { Tally } from './tally.js'

/** One field of one element changed in the model, and what that may change in the document. */
interface Mutation {
  readonly name: string
  readonly list: 'images' | 'annotations'
  /** The number of the element in the arranged document. */
  readonly index: number
  /** The keys whose values must change, as they must become. */
  readonly becomes: Readonly<Record<string, JsonNode>>
  /** Keys that may follow: the area is computed from a box. */
  readonly mayFollow: readonly string[]
  readonly change: (dataset: Dataset) => Dataset
}

/** One box, one category and one file name changed: each changes its element and nothing else. */
export async function judgeMutations(
  file: CorpusFile,
  source: CocoDocument,
  tally: Tally,
  library: Library,
): Promise<void> {
  const mutations = [
    ...boxMutations(source, library),
    ...categoryMutations(source, library),
    ...fileNameMutations(source, library),
  ]
  for (const mutation of mutations) {
    for (const route of ['coco', 'native'] as const)
      await tally.check(`${file.path}: ${mutation.name}${route === 'native' ? ' after native' : ''}`, () =>
        sideEffect(file, source, mutation, route, library),
      )
  }
}

async function sideEffect(
  file: CorpusFile,
  source: CocoDocument,
  { list, index, becomes, mayFollow, change }: Mutation,
  route: Route,
  library: Library,
): Promise<string | undefined> {
  const { document } = await cocoAgain(library, file.location, route, false, change)
  const written = withoutAddedLists(readJsonText(textOf(document)), source.root)
  const before = source[list][index]
  const after = elementsOf(written, list)[index]
  if (before === undefined || after === undefined) return 'the changed element is not there'
  // The changed element is written afresh: equal by value but for the keys that were meant.
  const free = [...Object.keys(becomes), ...mayFollow]
  const rest = jsonDifference(without(before, free), without(after, free), 'value', `/${list}/${index}`)
  if (rest !== undefined) return rest
  for (const [key, expected] of Object.entries(becomes)) {
    const actual = member(after, key)
    if (actual === undefined || jsonDifference(expected, actual, 'value') !== undefined)
      return `/${list}/${index}/${key}: expected ${shortText(expected)}, got ${actual === undefined ? 'nothing' : shortText(actual)}`
  }
  // Everything else is untouched, to the text.
  const others = arranged(source, { [list]: source[list].with(index, after) })
  return jsonDifference(others, written, 'text')
}

function without(node: JsonNode, keys: readonly string[]): JsonNode {
  if (node.kind !== 'object') return node
  return { kind: 'object', members: node.members.filter(({ key }) => !keys.includes(key)) }
}

function boxMutations(source: CocoDocument, library: Library): readonly Mutation[] {
  const boxed = numbersOf(source.annotations.slice(0, source.annotations.length - source.orphans), (annotation) => {
    const box = member(annotation, 'bbox')
    return (
      box?.kind === 'array' && box.elements.length === 4 && idTextOf(member(annotation, 'category_id')) !== undefined
    )
  })
  return spread(boxed).map((index) => ({
    name: `the box of annotation ${index} changed`,
    list: 'annotations',
    index,
    becomes: { bbox: readJsonText('[3,5.5,40.25,7]') },
    mayFollow: ['area', 'keypoints', 'num_keypoints'],
    change: (dataset) => changeAnnotation(dataset, index, (annotation) => withBox(annotation, library), library),
  }))
}

function withBox(annotation: Annotation, { node }: Library): Annotation {
  const box = { left: 3, top: 5.5, right: 43.25, bottom: 12.5 }
  if (annotation.definition.type !== 'box') return annotation.with({ box })
  const { label, attributes, description } = annotation.definition
  return annotation.with({ definition: new node.Box({ label, attributes, description, ...box }) })
}

function categoryMutations(source: CocoDocument, library: Library): readonly Mutation[] {
  const ids = source.categories.map((category) => idTextOf(member(category, 'id')))
  const labelled = numbersOf(source.annotations.slice(0, source.annotations.length - source.orphans), (annotation) =>
    ids.includes(idTextOf(member(annotation, 'category_id'))),
  )
  return spread(labelled).flatMap((index): Mutation[] => {
    const now = idTextOf(member(source.annotations[index], 'category_id'))
    const other = source.categories.findLast((category) => idTextOf(member(category, 'id')) !== now)
    const id = member(other, 'id')
    if (id === undefined) return [] // the only category there is
    return [
      {
        name: `the category of annotation ${index} changed`,
        list: 'annotations',
        index,
        becomes: { category_id: id },
        mayFollow: [],
        change: (dataset) => {
          const label = dataset.header.labels.byId(idTextOf(id) ?? '')?.name
          if (label === undefined) throw new Error(`no label has the id ${shortText(id)}`)
          const relabel = (annotation: Annotation): Annotation =>
            annotation.with({ definition: annotation.definition.with({ label }) })
          return changeAnnotation(dataset, index, relabel, library)
        },
      },
    ]
  })
}

function fileNameMutations(source: CocoDocument, library: Library): readonly Mutation[] {
  return spread(source.images.map((_, index) => index)).map((index) => ({
    name: `the file name of image ${index} changed`,
    list: 'images',
    index,
    becomes: { file_name: { kind: 'string', value: 'elsewhere/renamed é.png' } },
    mayFollow: [],
    change: (dataset) => {
      let at = 0
      const rename = (item: Item): Item => (at++ === index ? item.with({ path: 'elsewhere/renamed é.png' }) : item)
      return library.node.mapItems(dataset, rename)
    },
  }))
}

/** The annotation of that number, counted over all items, replaced. */
function changeAnnotation(
  dataset: Dataset,
  index: number,
  change: (annotation: Annotation) => Annotation,
  { node }: Library,
): Dataset {
  let at = 0
  return node.mapAnnotations(dataset, (annotation) => [at++ === index ? change(annotation) : annotation])
}

function numbersOf(nodes: readonly JsonNode[], is: (node: JsonNode) => boolean): readonly number[] {
  return nodes.flatMap((node, index) => (is(node) ? [index] : []))
}

/** The first, the middle and the last. */
function spread(numbers: readonly number[]): readonly number[] {
  const picked = [numbers[0], numbers[numbers.length >> 1], numbers[numbers.length - 1]]
  return [...new Set(picked.filter((number) => number !== undefined))]
}
