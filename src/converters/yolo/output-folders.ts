import type { Account } from '../../dataset/account.js'
import { OutputNames } from '../output-names.js'
import { splitCalled } from './data-yaml.js'
import type { SplitFolders } from './entries.js'
import type { YoloSource } from './source-extra.js'

/** The split of items that have none: Ultralytics wants one. */
export const DEFAULT_SPLIT = 'train'

/** Where one split is written. */
export interface OutputSplit extends SplitFolders {
  readonly names: OutputNames
  /** The folders are those of the source, which its own `data.yaml` leads to. */
  readonly asSource: boolean
  /** Where the pictures are that were not carried along. */
  readonly originals: Set<string>
  /** Pictures nobody knows the folder of. */
  missing: number
}

/** The folders of each split: those of the source where it had one folder for it, else `images/<split>` and `labels/<split>`. */
export class OutputFolders {
  readonly #splits = new Map<string, OutputSplit>()
  readonly #taken = new Set<string>()
  readonly #source: YoloSource | undefined
  readonly #account: Account

  constructor(source: YoloSource | undefined, account: Account) {
    this.#source = source
    this.#account = account
  }

  /** In the order in which they were first asked for. */
  get splits(): ReadonlyMap<string, OutputSplit> {
    return this.#splits
  }

  of(split: string): OutputSplit {
    const known = this.#splits.get(split)
    if (known !== undefined) return known
    const own = this.#source?.folders.get(split)
    const asSource = own !== undefined && !this.#taken.has(own.labels.toLowerCase())
    const folders = asSource ? own : this.#standard(split)
    this.#taken.add(folders.labels.toLowerCase())
    const names = new OutputNames(this.#account, { apart: 'stem' })
    const entry: OutputSplit = { ...folders, names, asSource, originals: new Set(), missing: 0 }
    this.#splits.set(split, entry)
    return entry
  }

  #standard(split: string): SplitFolders {
    const plain = split.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 80)
    const safe = /^\.*$/.test(plain) ? `split${plain.replaceAll('.', '_')}` : plain
    let name = safe
    for (let n = 2; this.#taken.has(`labels/${name}`.toLowerCase()); n++) name = `${safe}-${n}`
    if (name !== safe)
      this.#account.problem({
        code: 'path-collision',
        message: 'two splits would be written to one folder; the second one gets a number',
        place: { file: `labels/${name}` },
        fix: 'Give the splits names that differ in letters or digits',
      })
    const key = keyOf(split)
    if (key !== split)
      this.#account.field({
        level: 'header',
        effect: 'approximated',
        subject: 'split name',
        reason: `Ultralytics knows train, val and test only`,
      })
    return { key, images: `images/${name}`, labels: `labels/${name}` }
  }
}

/** The key of `data.yaml` for a split: `train2017` is for training. */
function keyOf(split: string): string {
  const word = /^(?:train|val(?:id(?:ation)?)?|test|minival)(?![A-Za-z])/i.exec(split)?.[0].toLowerCase()
  return splitCalled(word ?? '') ?? split
}
