import { cocoAgain, lossIn, type Route } from './conversion.js'
import { type CorpusFile, firstRecordOf, type Layout, type World } from './corpus.js'
import { jsonDifference } from './json-difference.js'
import { idTextOf, type JsonNode, member, readJsonText, textOf } from './json-text.js'
import { describe, type Tally } from './tally.js'

/** Bare lists of COCO results: boxes, masks, key points or captions with scores. */
export const cocoResults: Layout = {
  name: 'coco results',
  claim: (files) => files.filter((file) => isResults(file.json())),
  async judge(files, tally, world) {
    for (const file of files)
      await judge(file, tally, world).catch((error: unknown) => tally.fail(file.path, describe(error)))
  },
}

export function isResults(json: unknown): boolean {
  const first = firstRecordOf(json)
  return first !== undefined && 'image_id' in first && ('category_id' in first || 'caption' in first)
}

async function judge(file: CorpusFile, tally: Tally, { library }: World): Promise<void> {
  const source = readJsonText(textOf(file.bytes()))
  const count = source.kind === 'array' ? source.elements.length : 0
  await tally.check(`${file.path}: is detected`, async () => {
    const { format, evidence } = await library.node.detectFormat(library.node.fileTree(file.location))
    return format.id === 'coco' ? undefined : `taken for ${format.id}: ${evidence}`
  })
  for (const route of ['coco', 'native'] satisfies readonly Route[])
    for (const rewrite of [false, true])
      await tally.check(`${file.path}: ${route} → coco${rewrite ? ', rewritten' : ''}`, async () => {
        const { document, reports } = await cocoAgain(library, file.location, route, rewrite)
        for (const report of reports) {
          const loss = lossIn(report.annotations, count)
          if (loss !== undefined) return loss
        }
        return jsonDifference(byImage(source), readJsonText(textOf(document)), rewrite ? 'value' : 'text')
      })
}

/** The list with the results of each image together, images in the order in which they are met. */
function byImage(list: JsonNode): JsonNode {
  if (list.kind !== 'array') return list
  const groups = new Map<string | undefined, JsonNode[]>()
  for (const element of list.elements) {
    const id = idTextOf(member(element, 'image_id'))
    groups.set(id, [...(groups.get(id) ?? []), element])
  }
  return { kind: 'array', elements: [...groups.values()].flat() }
}
