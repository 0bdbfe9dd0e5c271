import type { Detection, Probe } from '../format.js'

const ROOT_KEY = /^\s*\{\s*"(images|annotations|categories|info|licenses|type|videos)"\s*:/
const ELEMENT = /"(?:image_id|file_name|coco_url|category_id|supercategory|bbox|iscrowd)"\s*:/
/** A list of objects with the keys of results. */
const RESULTS = /^\uFEFF?\s*\[\s*\{(?=[\s\S]*"image_id"\s*:)(?=[\s\S]*"(?:category_id|caption)"\s*:)/
const LISTS = /"(images|annotations|categories)"\s*:\s*\[/g

/** COCO is a JSON object with the lists "images" and "annotations"; their elements have telling keys. */
export async function detectCoco(probe: Probe): Promise<Detection> {
  const json = probe.paths.filter((path) => path.toLowerCase().endsWith('.json'))
  if (json.length === 0) return { confidence: 0, evidence: 'no .json file' }
  const likely = json.filter((path) => /(?:^|\/)(?:instances_|_annotations\.coco\.json$)/.test(path))
  let nearest = ''
  const [only] = json
  if (only !== undefined && json.length === 1 && RESULTS.test(await probe.head(only)))
    return { confidence: 0.9, evidence: `${only} is a list of results: its first element has "image_id"` }
  let results = ''
  for (const path of (likely.length > 0 ? likely : json).slice(0, 8)) {
    const text = `${await probe.head(path)}\n${await probe.tail(path)}`
    const lists = new Set([...text.matchAll(LISTS)].map((match) => match[1]))
    const elements = ELEMENT.test(text)
    const first = ROOT_KEY.exec(text)?.[1]
    if (lists.size >= 2 && elements)
      return {
        confidence: 0.95,
        evidence: `${path} has the lists ${[...lists].map((list) => `"${list}"`).join(' and ')}`,
      }
    if (first !== undefined && elements && (lists.has('annotations') || lists.has('images')))
      return { confidence: 0.8, evidence: `${path} begins with "${first}" and has the list "${[...lists][0]}"` }
    if (lists.has('images') && lists.has('annotations'))
      return { confidence: 0.7, evidence: `${path} has the lists "images" and "annotations"` }
    if (RESULTS.test(text)) results ||= path
    nearest ||= path
  }
  if (results !== '')
    return {
      confidence: 0,
      evidence: `${results} is a list of results, which is converted by itself: name one file`,
    }
  return { confidence: 0, evidence: `${nearest} has no lists "images" and "annotations"` }
}
