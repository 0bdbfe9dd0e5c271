import { type CorpusFile, firstRecordOf, type Layout, recordOf } from './corpus.js'
import { judgeByNative } from './native-round-trip.js'

/** How the files of a format look that may not be readable yet. */
interface Look {
  /** The id of the format in the library, or the id it would have. */
  readonly format: string
  /** Whether one file can be read by itself. */
  readonly alone: boolean
  readonly is: (file: CorpusFile) => boolean
}

const LOOKS: readonly Look[] = [
  { format: 'label-studio', alone: true, is: (file) => hasKeys(firstRecordOf(file.json()), 'annotations', 'data') },
  { format: 'labelme', alone: true, is: (file) => hasKeys(recordOf(file.json()), 'shapes') || isXml(file, LABELME) },
  { format: 'vott', alone: true, is: (file) => hasKeys(recordOf(file.json()), 'assets', 'tags') },
  { format: 'segment-anything', alone: true, is: (file) => hasKeys(recordOf(file.json()), 'image', 'annotations') },
  { format: 'lightly', alone: true, is: (file) => hasKeys(recordOf(file.json()), 'file_name', 'predictions') },
  { format: 'labelbox', alone: true, is: ({ extension }) => extension === 'ndjson' },
  { format: 'cvat', alone: true, is: (file) => isXml(file, /^<annotations[\s>]/) },
  { format: 'kitti-raw', alone: true, is: (file) => isXml(file, /^<boost_serialization/) },
  { format: 'dota', alone: false, is: (file) => isRows(file, DOTA_ROW, DOTA_HEADER) },
  { format: 'kitti', alone: false, is: (file) => isRows(file, KITTI_ROW) },
  { format: 'mot', alone: false, is: (file) => isRows(file, MOT_ROW) },
  { format: 'sbv', alone: true, is: ({ extension }) => extension === 'sbv' },
]

const LABELME = /^<annotation[\s>].*<polygon/s
const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`
const DOTA_ROW = new RegExp(String.raw`^(?:${NUMBER}\s+){8}\S*[A-Za-z]\S*(?:\s+\d)?$`)
const DOTA_HEADER = /^(?:imagesource|gsd):/
const KITTI_ROW = new RegExp(String.raw`^[A-Za-z]\S*(?:\s+${NUMBER}){14,15}$`)
const MOT_ROW = new RegExp(`^${NUMBER}(?:,${NUMBER}){5,9}$`)

/**
 * Formats that have no checks of their own here: skipped until the library reads them. From then on a file that can be
 * read alone must survive the native format; others need a layout of their own, and its absence is a failure.
 */
export const waitingLayouts: readonly Layout[] = LOOKS.map(({ format, alone, is }) => ({
  name: format,
  claim: (files) => files.filter(is),
  async judge(files, tally, { library }) {
    const readable = library.node.formats.some(({ id, read }) => id === format && read !== undefined)
    if (!readable) tally.skip(`no reader for this format yet (${format})`, files.length)
    else if (alone) for (const file of files) await judgeByNative(file, format, tally, library)
    else tally.fail(format, 'this format can be read now, but nothing here says how its files are judged')
  },
}))

function hasKeys(record: Readonly<Record<string, unknown>> | undefined, ...keys: readonly string[]): boolean {
  return record !== undefined && keys.every((key) => key in record)
}

function isXml(file: CorpusFile, root: RegExp): boolean {
  if (file.extension !== 'xml') return false
  return root.test(file.text().replace(/^\uFEFF?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*/s, ''))
}

/** A text file whose rows all look like this; one without any says nothing. */
function isRows(file: CorpusFile, row: RegExp, header?: RegExp): boolean {
  if (file.extension !== 'txt') return false
  const lines = file
    .text()
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && header?.test(line) !== true)
  return lines.length > 0 && lines.every((line) => row.test(line))
}
