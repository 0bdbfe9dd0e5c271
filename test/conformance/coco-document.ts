import { elementsOf, idTextOf, type JsonMember, type JsonNode, member } from './json-text.js'

/** A COCO document as its own reader sees it: for every annotation the image it is on. */
export interface CocoDocument {
  readonly root: JsonNode
  readonly images: readonly JsonNode[]
  readonly categories: readonly JsonNode[]
  /** Grouped by image in the order of the images, file order within one; at the end those without an image. */
  readonly annotations: readonly JsonNode[]
  /** How many of them have no image. */
  readonly orphans: number
}

/** `left`: the numbers of annotations that are not to be counted among them. */
export function cocoDocumentOf(root: JsonNode, left: ReadonlySet<number> = new Set()): CocoDocument {
  const images = elementsOf(root, 'images')
  const annotations = elementsOf(root, 'annotations')
  const byImage = new Map<string, JsonNode[]>()
  for (const image of images) {
    const id = idTextOf(member(image, 'id'))
    if (id !== undefined) byImage.set(id, [])
  }
  const orphans: JsonNode[] = []
  for (const [i, annotation] of annotations.entries()) {
    if (left.has(i)) continue
    const id = idTextOf(member(annotation, 'image_id'))
    const group = (id === undefined ? undefined : byImage.get(id)) ?? orphans
    group.push(annotation)
  }
  return {
    root,
    images,
    categories: elementsOf(root, 'categories'),
    annotations: [...[...byImage.values()].flat(), ...orphans],
    orphans: orphans.length,
  }
}

/** The document with its annotations in the order a conversion may give them, and perhaps other elements. */
export function arranged(
  document: CocoDocument,
  changes: { readonly images?: readonly JsonNode[]; readonly annotations?: readonly JsonNode[] } = {},
): JsonNode {
  if (document.root.kind !== 'object') return document.root
  const { images = document.images, annotations = document.annotations } = changes
  const lists = new Map([
    ['images', images],
    ['annotations', annotations],
  ])
  const members = document.root.members.map(({ key, value }): JsonMember => {
    const elements = value.kind === 'array' ? lists.get(key) : undefined
    return { key, value: elements === undefined ? value : { kind: 'array', elements } }
  })
  return { kind: 'object', members }
}

/** A written document without the empty lists its source does not have: nothing and an empty list say the same. */
export function withoutAddedLists(written: JsonNode, source: JsonNode): JsonNode {
  if (written.kind !== 'object') return written
  const added = ({ key, value }: JsonMember): boolean =>
    (key === 'images' || key === 'annotations') &&
    value.kind === 'array' &&
    value.elements.length === 0 &&
    member(source, key) === undefined
  return { kind: 'object', members: written.members.filter((candidate) => !added(candidate)) }
}
