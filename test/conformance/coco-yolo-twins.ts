import { cocoDocuments } from './coco-layout.js'
import { type CorpusFile, firstRecordOf, recordOf } from './corpus.js'
import { convertFiles } from './in-memory.js'
import { matchDifference, within } from './object-matching.js'
import { stemOf, yoloRows } from './plain-objects.js'
import type { Relation } from './relation.js'
import { classNamesOf, rowFilesOf } from './twin-sets.js'
import { yoloSets } from './yolo-sets.js'

/** Six digits here, six there. */
const SIX_DIGITS = 6e-7

/** A COCO document of boxes and regions, and the rows that somebody else has made of it. */
export const cocoYoloTwins: Relation = {
  name: 'a COCO document and its YOLO rows',
  async judge(files, tally, world) {
    for (const document of cocoDocuments.claim(files, world))
      for (const set of yoloSets(files)) {
        const names = classNamesOf(set)
        const rowFiles = rowFilesOf(set)
        if (!areTwins(document, names, rowFiles)) continue
        await tally.check(`${document.path} → yolo: the rows of ${set.name}`, async () => {
          const contents = { [document.name]: document.bytes() }
          const { files: written, report } = await convertFiles(world.library, contents, 'coco', 'yolo', {
            options: { task: 'detect' },
          })
          const { images, annotations } = listsOf(document)
          const crowds = annotations.filter(({ iscrowd }) => iscrowd === 1).length
          const { read, dropped } = report.annotations
          const told = report.ledger.filter(({ effect, reason }) => effect === 'dropped' && reason === 'crowd')
          const counted = told.reduce((sum, { level, count }) => sum + (level === 'annotation' ? count : 0), 0)
          if (read !== annotations.length || dropped !== crowds || counted !== crowds)
            return `${annotations.length} annotations, ${crowds} crowds: ${JSON.stringify(report.annotations)}`
          // Every picture has its file, also those for which the others wrote none.
          const stems = [...written.keys()].filter((path) => path.endsWith('.txt')).map(stemOf)
          const expected = images.map(({ file_name: name }) => stemOf(String(name)))
          if (stems.sort().join() !== expected.sort().join())
            return `${expected.length} pictures, ${stems.length} files`
          const theirs = new Map(rowFiles.map((file) => [`labels/${file.name}`, file.bytes()]))
          return matchDifference(yoloRows(theirs, names), yoloRows(written), within(toleranceOf(document)))
        })
      }
  },
}

/** Boxes that somebody has rounded to whole pixels are a pixel away at most. */
function toleranceOf(document: CorpusFile): number {
  const { images, annotations } = listsOf(document)
  const whole = annotations.every(({ bbox }) => Array.isArray(bbox) && bbox.every(Number.isInteger))
  return whole ? 1 / Math.min(...images.flatMap(({ width, height }) => [Number(width), Number(height)])) : SIX_DIGITS
}

/** Whether rows of boxes are about the pictures of a document, in classes called and numbered as its categories. */
function areTwins(document: CorpusFile, names: readonly string[], rowFiles: readonly CorpusFile[]): boolean {
  const { images, categories } = listsOf(document)
  const ranked = [...categories].sort((a, b) => Number(a.id) - Number(b.id)).map(({ name }) => String(name))
  const pictures = new Set(images.map(({ file_name: name }) => stemOf(String(name))))
  const rows = yoloRows(new Map(rowFiles.map((file) => [`labels/${file.name}`, file.bytes()])), names)
  return (
    rows.length > 0 &&
    ranked.join('\n') === names.join('\n') &&
    rows.every(({ image, numbers }) => numbers.length === 4 && pictures.has(image))
  )
}

function listsOf(document: CorpusFile) {
  const root = recordOf(document.json()) ?? {}
  const list = (key: string): readonly Readonly<Record<string, unknown>>[] =>
    firstRecordOf(root[key]) === undefined ? [] : (root[key] as readonly Readonly<Record<string, unknown>>[])
  return { images: list('images'), annotations: list('annotations'), categories: list('categories') }
}
