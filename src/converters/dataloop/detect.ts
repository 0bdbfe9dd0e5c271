import type { Detection, Probe } from '../format.js'

/** Files looked at before giving up. */
const LOOKS = 8

const ITEM = /^\s*(?:\[\s*)?\{\s*"(?:_?id|filename|annotations|datasetId|itemMetadata|metadata)"\s*:/
const ANNOTATIONS = /"annotations"\s*:\s*(?:\[|"http|null)/
const FOREIGN = /"(?:images|categories|image_id|bbox|shapes|segmentation|predictions|from_name)"\s*:/
const COORDINATES = /"coordinates"\s*:/
const LABEL = /"label"\s*:/
const FILENAME = /"filename"\s*:\s*"\/|"itemMetadata"\s*:|"datasetId"\s*:/
const LIST = /^\s*\[\s*\{\s*"(?:id|type|label|coordinates|metadata|attributes)"\s*:/

/** An item is a JSON object with "annotations" and a "filename" that begins with a slash; annotations have "type", "label" and "coordinates". */
export async function detectDataloop(probe: Probe): Promise<Detection> {
  const json = probe.paths.filter((path) => path.toLowerCase().endsWith('.json'))
  if (json.length === 0) return { confidence: 0, evidence: 'no .json file' }
  const likely = json.filter((path) => path.split('/').slice(0, -1).includes('json'))
  let nearest = ''
  for (const path of (likely.length > 0 ? likely : json).slice(0, LOOKS)) {
    const text = `${await probe.head(path)}\n${await probe.tail(path)}`
    const annotated = LABEL.test(text) && COORDINATES.test(text) && /"type"\s*:/.test(text)
    if (!FOREIGN.test(text)) {
      if (ITEM.test(text) && ANNOTATIONS.test(text)) {
        if (annotated && FILENAME.test(text))
          return {
            confidence: 0.95,
            evidence: `${path} is an item with "filename" and "annotations" with "coordinates"`,
          }
        if (FILENAME.test(text))
          return { confidence: 0.85, evidence: `${path} is an item with "filename" and "annotations"` }
        if (annotated)
          return { confidence: 0.85, evidence: `${path} has "annotations" with "type", "label" and "coordinates"` }
      }
      if (LIST.test(text) && annotated)
        return { confidence: 0.8, evidence: `${path} is a list of annotations with "type", "label" and "coordinates"` }
    }
    nearest ||= path
  }
  return { confidence: 0, evidence: `${nearest} has no "annotations" with "type", "label" and "coordinates"` }
}
