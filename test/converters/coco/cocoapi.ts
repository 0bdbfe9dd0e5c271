// What the COCO API of pycocotools does with a document, written from its definition: indices by id, boxes and areas for
// evaluation, regions as rings or run lengths. A fault is what makes it fail, or quietly take one thing for another.

import { type JsonNode, readJsonText } from '../../conformance/json-text.js'

type Json = unknown
type Fields = Readonly<Record<string, Json>>

/** Everything in a document that the COCO API could not work with. */
export function cocoFaults(text: string): readonly string[] {
  const faults: string[] = []
  const document = pythonValue(readJsonText(text)) as Fields
  if (document.info === undefined) faults.push('no info')
  const images = byId(document, 'images', faults)
  const categories = byId(document, 'categories', faults)
  for (const [id, { name }] of categories) if (typeof name !== 'string') faults.push(`category ${id} has no name`)
  for (const [id, annotation] of byId(document, 'annotations', faults)) {
    const image = images.get(annotation.image_id)
    if (image === undefined) faults.push(`annotation ${id} is on no image`)
    if (!categories.has(annotation.category_id)) faults.push(`annotation ${id} is of no category`)
    // A caption is a text and nothing else.
    if (typeof annotation.caption === 'string') continue
    if (!isNumbers(annotation.bbox) || annotation.bbox.length !== 4) faults.push(`annotation ${id} has no box`)
    if (typeof annotation.area !== 'bigint' && !isNumbers([annotation.area]))
      faults.push(`annotation ${id} has no area`)
    if (annotation.iscrowd !== 0 && annotation.iscrowd !== 1)
      faults.push(`annotation ${id} is neither a crowd nor none`)
    const fault = regionFault(annotation.segmentation, image)
    if (fault !== undefined) faults.push(`annotation ${id}: ${fault}`)
  }
  return faults
}

/** As Python reads it: integers of any size are exact. */
function pythonValue(node: JsonNode): Json {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, pythonValue(value)]))
    case 'array':
      return node.elements.map(pythonValue)
    case 'string':
      return node.value
    case 'number':
      return /^-?[0-9]{16,}$/.test(node.text) ? BigInt(node.text) : Number(node.text)
    case 'word':
      return JSON.parse(node.text)
  }
}

function byId(document: Fields, key: string, faults: string[]): ReadonlyMap<Json, Fields> {
  const list = document[key]
  const map = new Map<Json, Fields>()
  if (!Array.isArray(list)) {
    faults.push(`no list of ${key}`)
    return map
  }
  for (const element of list as readonly Fields[]) {
    if (!Number.isInteger(element.id) && typeof element.id !== 'bigint')
      faults.push(`an id of ${key} is ${JSON.stringify(element.id)}`)
    if (map.has(element.id)) faults.push(`two of ${key} have the id ${element.id}`)
    map.set(element.id, element)
  }
  return map
}

function regionFault(region: Json, image: Fields | undefined): string | undefined {
  if (Array.isArray(region)) {
    const bad = region.findIndex((ring) => !isNumbers(ring) || ring.length < 6 || ring.length % 2 !== 0)
    return bad < 0 ? undefined : `ring ${bad} is ${JSON.stringify(region[bad])}`
  }
  const { size, counts } = (region ?? {}) as { size?: Json; counts?: Json }
  if (!isNumbers(size) || size.length !== 2) return `the size of a mask is ${JSON.stringify(size)}`
  const [height = 0, width = 0] = size
  if (image !== undefined && image.width !== undefined && (image.width !== width || image.height !== height))
    return `a mask is ${height} high and ${width} wide on a picture of ${image.height} and ${image.width}`
  const runs = typeof counts === 'string' ? runsOf(counts) : counts
  if (!isNumbers(runs)) return `the counts of a mask are ${JSON.stringify(counts)}`
  const sum = runs.reduce((total, run) => total + run, 0)
  return sum === height * width ? undefined : `${sum} of ${height * width} pixels`
}

/** rleFrString of maskApi.c. */
function runsOf(text: string): readonly number[] {
  const runs: number[] = []
  for (let at = 0; at < text.length; ) {
    let value = 0
    let shift = 0
    for (let more = true; more; at++) {
      const group = text.charCodeAt(at) - 48
      value += (group & 31) * 2 ** shift
      more = (group & 32) !== 0
      shift += 5
      if (!more && (group & 16) !== 0) value -= 2 ** shift
    }
    runs.push(runs.length > 2 ? value + (runs[runs.length - 2] ?? 0) : value)
  }
  return runs
}

function isNumbers(value: Json): value is readonly number[] {
  return Array.isArray(value) && value.every((number) => typeof number === 'number' && Number.isFinite(number))
}
