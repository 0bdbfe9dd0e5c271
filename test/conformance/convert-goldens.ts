import { cocoDocuments } from './coco-layout.js'
import type { Layout, World } from './corpus.js'
import { judgeConversions } from './golden-conversions.js'
import { type GoldenInput, goldenInputs } from './golden-inputs.js'
import { judgePeers, peerRuns } from './golden-peers.js'
import { judgeAs } from './judged-as.js'
import type { Tally } from './tally.js'
import { vocDefinitions, vocDocuments } from './voc-layout.js'
import { yoloDefinitions } from './yolo-definitions.js'
import { yoloDataSets } from './yolo-layout.js'

/**
 * Small data sets with what each object is by definition (`inputs/ID/definition.json`), what other programs made of them
 * (`ID/SOURCE_to_TARGET_TASK/PROGRAM/`), and figures about that (`compare.json`, `runs.json`).
 */
export const convertGoldens: Layout = {
  name: 'conversions',
  claim(files) {
    const inputs = goldenInputs(files)
    if (inputs.length === 0) return []
    const claimed = new Set(inputs.flatMap((input) => [input.definition, ...input.files]))
    const { tables, runs } = peerRuns(files, inputs)
    for (const file of [...tables, ...runs.flatMap((run) => run.files)]) claimed.add(file)
    return [...claimed]
  },
  async judge(files, tally, world) {
    const inputs = goldenInputs(files)
    for (const input of inputs) {
      await judgeConversions(input, tally, world.library)
      await judgeAlone(input, tally, world)
    }
    await judgePeers(files, inputs, tally, world)
  },
}

/** Beside what it becomes elsewhere, an input must be read right and come back as it is. */
async function judgeAlone({ format, definition, files }: GoldenInput, tally: Tally, world: World): Promise<void> {
  const layouts: Readonly<Record<GoldenInput['format'], readonly Layout[]>> = {
    coco: [cocoDocuments, yoloDefinitions],
    voc: [vocDefinitions, vocDocuments],
    yolo: [yoloDataSets, yoloDefinitions],
  }
  for (const layout of layouts[format]) await judgeAs(layout, [definition, ...files], tally, world)
}
