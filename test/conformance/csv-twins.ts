import { openTree } from './conversion.js'
import type { CorpusFile } from './corpus.js'
import { matchDifference, type Value, within } from './object-matching.js'
import { stemOf } from './plain-objects.js'
import type { Relation } from './relation.js'
import { vocDocuments } from './voc-layout.js'

const COLUMNS = ['filename', 'width', 'height', 'class', 'xmin', 'ymin', 'xmax', 'ymax']

/** VOC documents, and a table of the same boxes that their makers wrote. */
export const csvTwins: Relation = {
  name: 'a table of the boxes of VOC documents',
  async judge(files, tally, world) {
    for (const table of files.filter(isTable)) {
      const rows = rowsOf(table)
      const pictures = new Set(rows.map(([name = '']) => stemOf(name)))
      const documents = vocDocuments.claim(files, world).filter(({ path }) => pictures.has(stemOf(path)))
      if (documents.length === 0) continue
      const contents = Object.fromEntries(documents.map((file) => [`Annotations/${file.name}`, file.bytes()]))
      for (const base of ['edge0', 'inclusive1', 'auto'] as const)
        await tally.check(`${table.path}: the boxes of ${documents.length} documents, --voc.base ${base}`, async () => {
          const tree = world.library.node.memoryTree(contents)
          const { dataset } = await openTree(world.library, tree, 'voc', 'strict', undefined, undefined, { base })
          const found: Value[] = []
          for await (const { path, media, annotations } of dataset.items())
            for (const { label, bounds } of annotations) {
              const edges = [bounds?.left, bounds?.top, bounds?.right, bounds?.bottom]
              found.push({ image: stemOf(path), label, numbers: [media.width, media.height, ...edges].map(Number) })
            }
          // Nothing in these tells the base, so that they are taken for edges.
          const before = base === 'inclusive1' ? 1 : 0
          return matchDifference(
            rows.map((row) => boxOf(row, before)),
            found,
            within(0),
          )
        })
    }
  },
}

function isTable(file: CorpusFile): boolean {
  return file.extension === 'csv' && file.text().split(/\r?\n/, 1)[0] === COLUMNS.join()
}

function rowsOf(file: CorpusFile): readonly (readonly string[])[] {
  return file
    .text()
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split(','))
}

/** Size and edges; a first pixel that is counted from 1 begins one before. */
function boxOf([name = '', width, height, label = '', ...corners]: readonly string[], before: number): Value {
  const edges = corners.map((corner, i) => Number(corner) - (i < 2 ? before : 0))
  return { image: stemOf(name), label, numbers: [Number(width), Number(height), ...edges] }
}
