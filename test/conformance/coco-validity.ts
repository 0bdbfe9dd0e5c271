import type { Place } from '../../src/node.js'
import { openTree } from './conversion.js'
import { elementsOf, type JsonNode, member } from './json-text.js'
import type { Library } from './library.js'

/** The numbers of the annotations that the library leaves out of a document, by the places it gives. */
export async function leftOut(location: string, library: Library): Promise<ReadonlySet<number>> {
  const places: (Place | undefined)[] = []
  const ledger = new (class extends library.node.Ledger {
    override drop(...[outcome, place]: Parameters<InstanceType<Library['node']['Ledger']>['drop']>): void {
      places.push(place)
      super.drop(outcome, place)
    }
  })('lenient')
  const { dataset } = await openTree(library, library.node.fileTree(location), 'coco', 'lenient', ledger)
  for await (const _ of dataset.items(ledger)); // only the account matters
  await dataset.close()
  const numbers = places.map((place) => /^\/annotations\/(\d+)/.exec(place?.pointer ?? '')?.[1])
  return new Set(numbers.flatMap((number) => (number === undefined ? [] : [Number(number)])))
}

/** The first annotation that was left out although nothing is wrong with it. */
export function soundAmong(root: JsonNode, left: ReadonlySet<number>): string | undefined {
  const annotations = elementsOf(root, 'annotations')
  for (const number of left) {
    const annotation = annotations[number]
    if (annotation !== undefined && isSound(annotation)) return `/annotations/${number} is sound, but left out`
  }
  return undefined
}

/** By COCO's own definition: a segmentation of lists of pairs or an RLE that fills its size, a box of no negative size. */
function isSound(annotation: JsonNode): boolean {
  if (annotation.kind !== 'object') return false
  const segmentation = member(annotation, 'segmentation')
  if (segmentation?.kind === 'array' && !segmentation.elements.every(isRing)) return false
  if (segmentation?.kind === 'object') return fillsItsSize(segmentation)
  const box = member(annotation, 'bbox')
  if (hasRing(segmentation, 6)) return true
  // Without a box, one or two points are not even that.
  if (box === undefined || box.kind === 'word' || isEmpty(box)) return !hasRing(segmentation, 2)
  const [, , width = Number.NaN, height = Number.NaN, ...more] = numbersOf(box)
  return more.length === 0 && width >= 0 && height >= 0
}

function isRing(node: JsonNode): boolean {
  return node.kind === 'array' && node.elements.length % 2 === 0 && numbersOf(node).every(Number.isFinite)
}

function hasRing(segmentation: JsonNode | undefined, numbers: number): boolean {
  return segmentation?.kind === 'array' && segmentation.elements.some((ring) => numbersOf(ring).length >= numbers)
}

function isEmpty(node: JsonNode): boolean {
  return node.kind === 'array' && node.elements.length === 0
}

/** A compressed text is believed to: decoding it is what is being judged. */
function fillsItsSize(rle: JsonNode): boolean {
  const [height = Number.NaN, width = Number.NaN] = numbersOf(member(rle, 'size'))
  const counts = member(rle, 'counts')
  if (counts?.kind === 'string') return height >= 0 && width >= 0
  return numbersOf(counts).reduce((sum, run) => sum + run, 0) === height * width
}

/** The elements of a list; NaN for those that are no numbers. */
function numbersOf(node: JsonNode | undefined): readonly number[] {
  if (node?.kind !== 'array') return []
  return node.elements.map((element) => (element.kind === 'number' ? Number(element.text) : Number.NaN))
}
