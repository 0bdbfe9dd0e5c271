import { cocoDocuments } from './coco-layout.js'
import { convertGoldens } from './convert-goldens.js'
import type { Layout } from './corpus.js'
import { maskGoldens } from './mask-goldens.js'
import { panopticGoldens } from './panoptic-goldens.js'
import { pictureGoldens } from './picture-goldens.js'
import { realMaskGoldens } from './real-mask-goldens.js'
import { sdkGoldens } from './sdk-goldens.js'
import { vocDefinitions } from './voc-layout.js'
import { vttGoldens } from './vtt-layout.js'
import { yoloDefinitions } from './yolo-definitions.js'

/** By folder: the formats without which the library cannot be asked the questions that are answered there. */
const WAIT_FOR: ReadonlyMap<string, readonly string[]> = new Map([
  ['convert', ['yolo', 'voc']],
  ['dtlpy', ['dataloop']],
])

/** The layouts of one folder of goldens. */
export function goldenLayouts(folder: string): readonly Layout[] {
  return [
    convertGoldens,
    sdkGoldens,
    maskGoldens,
    realMaskGoldens,
    pictureGoldens,
    panopticGoldens,
    cocoDocuments,
    vocDefinitions,
    yoloDefinitions,
    vttGoldens,
    restOf(folder),
  ]
}

/** Whatever else is there: skipped as long as what it is about is missing, and from then on a failure. */
function restOf(folder: string): Layout {
  return {
    name: `goldens in ${folder}`,
    claim: (files) => (WAIT_FOR.has(folder) ? files : []),
    judge(files, tally, { library }) {
      const formats = WAIT_FOR.get(folder) ?? []
      const missing = formats.filter((format) => !library.node.formats.some(({ id }) => id === format))
      if (missing.length > 0) tally.skip(`these wait for ${missing.join(' and ')}`, files.length)
      else tally.skip(`${formats.join(' and ')} can be read now, but nothing judges these`, files.length, false)
    },
  }
}
