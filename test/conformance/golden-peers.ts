import { cocoDocuments } from './coco-layout.js'
import { type CorpusFile, firstRecordOf, type World } from './corpus.js'
import { writesPoses } from './golden-conversions.js'
import type { GoldenInput } from './golden-inputs.js'
import { judgeAs } from './judged-as.js'
import { deviationOfPeer, type PeerRun } from './peer-deviations.js'
import { judgeReading, type Recorded } from './peer-readings.js'
import type { Tally } from './tally.js'
import { vocDocuments } from './voc-layout.js'
import { yoloDataSets } from './yolo-layout.js'

/** What one program made of one input. */
export interface PeerFiles extends PeerRun {
  readonly input: GoldenInput
  /** `ID/SOURCE_to_TARGET_TASK/PROGRAM`. */
  readonly out: string
  readonly files: readonly CorpusFile[]
}

const PATH = /(?:^|\/)(([^/]+)\/([a-z]+)_to_([a-z]+)_([a-z]+)\/([^/]+))\/./

/** The files of other programs, by program, and the tables of what was run and found. */
export function peerRuns(files: readonly CorpusFile[], inputs: readonly GoldenInput[]) {
  const runs = new Map<string, PeerFiles & { readonly files: CorpusFile[] }>()
  for (const file of files) {
    const [, out = '', id, from = '', to = '', task = '', peer = ''] = PATH.exec(file.path) ?? []
    const input = inputs.find((each) => each.id === id)
    if (input === undefined) continue
    const run = runs.get(out) ?? { input, out, from, to, task, peer, files: [] }
    run.files.push(file)
    runs.set(out, run)
  }
  return { runs: [...runs.values()] as readonly PeerFiles[], tables: files.filter(isTable) }
}

function isTable(file: CorpusFile): boolean {
  const first = firstRecordOf(file.json())
  return first !== undefined && ['peer', 'from', 'to', 'task', 'out', 'ok'].every((key) => key in first)
}

/** Judges the files of other programs by reading them, and by what they say themselves, whoever wrote them. */
export async function judgePeers(
  files: readonly CorpusFile[],
  inputs: readonly GoldenInput[],
  tally: Tally,
  world: World,
): Promise<void> {
  const { runs, tables } = peerRuns(files, inputs)
  for (const table of tables)
    for (const row of table.json() as readonly Recorded[])
      await tally.check(`${table.path}: ${row.out}`, () => countDifference(row, runs))
  const records = tables.flatMap((table) => table.json() as readonly Recorded[])
  for (const run of runs) {
    if (run.task === 'pose') {
      tally.skip('YOLO rows hold no key points yet', run.files.length, !writesPoses(world.library))
      continue
    }
    const deviation = deviationOfPeer(run)
    if (deviation === undefined) tally.fail(run.out, 'nobody has said here what this program is known to do')
    else {
      const own = records.filter(({ out }) => out === run.out)
      await judgeReading(run, deviation, Object.assign({}, ...own) as Partial<Recorded>, tally, world.library)
    }
    await judgeThemselves(run, tally, world)
  }
}

/** A program that stopped may have left some files behind; their number is in the table all the same. */
function countDifference(row: Recorded, runs: readonly PeerFiles[]): string | undefined {
  const found = runs.find(({ out }) => out === row.out)?.files.length ?? 0
  if (found !== row.files) return `${row.files} files in the table, ${found} in the folder`
  return row.ok || row.error !== undefined ? undefined : 'it failed, but nobody knows why'
}

/** Whatever its numbers are, a file in one of our formats comes back as it is. */
async function judgeThemselves({ to, files }: PeerFiles, tally: Tally, world: World): Promise<void> {
  if (to === 'voc') await judgeAs(vocDocuments, files, tally, world)
  else if (to === 'coco') await judgeAs(cocoDocuments, files, tally, world)
  else await judgeAs(yoloDataSets, files.filter(isWhole), tally, world)
}

/** Ultralytics wants `train` in a description; one without it names classes, and is completed when it is written. */
function isWhole(file: CorpusFile): boolean {
  return !/^ya?ml$/.test(file.extension) || /^train:/m.test(file.text())
}
