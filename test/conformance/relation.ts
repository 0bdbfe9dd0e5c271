import type { CorpusFile, World } from './corpus.js'
import type { Tally } from './tally.js'

/** What holds between files of one corpus, whichever layouts judge them one by one. */
export interface Relation {
  readonly name: string
  /** Judges the files between which it holds, if there are any. */
  judge(files: readonly CorpusFile[], tally: Tally, world: World): Promise<void>
}
