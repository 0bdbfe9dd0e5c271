import type { Account } from '../../dataset/account.js'
import type { Item } from '../../dataset/item.js'
import { OutputNames, splitExtension } from '../output-names.js'
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

  /** Where the picture of an item and its labels are written: where Ultralytics and our own reader look for one from the other. */
  pathsOf({ path, place }: Item, split: OutputSplit): { readonly picture: string; readonly label: string } {
    const { images, labels, names, asSource } = split
    const name = names.take(asSource ? path : this.#withoutImages(path, place), place)
    return { picture: below(images, name), label: `${splitExtension(below(labels, name))[0]}.txt` }
  }

  /** Labels lie where the last folder `images` in the path of a picture says: below ours there must be no other. */
  #withoutImages(path: string, place: Item['place']): string {
    const parts = path.replaceAll('\\', '/').split('/')
    const kept = parts.filter((part, i) => part !== 'images' || i === parts.length - 1)
    if (kept.length === parts.length) return path
    this.#account.problem({
      code: 'path-changed',
      message:
        'a folder called images, by which Ultralytics would look for the labels elsewhere, is left out of the path',
      place,
      got: JSON.stringify(path),
      fix: `It is called ${JSON.stringify(kept.join('/'))} in the output`,
    })
    return kept.join('/')
  }

  #standard(split: string): SplitFolders {
    const plain = split.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 80)
    // Ultralytics looks for labels by the last folder called `images`, which must be the one above.
    const safe = /^\.*$|^images$/.test(plain) ? `split${plain.replaceAll('.', '_')}` : plain
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
    if (key === undefined)
      this.#account.field({
        level: 'header',
        effect: 'approximated',
        subject: 'split name',
        reason: 'no split that Ultralytics knows; it becomes part of train',
      })
    else if (key !== split)
      this.#account.field({
        level: 'header',
        effect: 'approximated',
        subject: 'split name',
        reason: 'Ultralytics knows train, val and test only',
      })
    return { key: key ?? DEFAULT_SPLIT, images: `images/${name}`, labels: `labels/${name}` }
  }
}

function below(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}

/** The key of `data.yaml` for a split: `train2017` is for training, `dev` for validation. */
function keyOf(split: string): string | undefined {
  const word = /^[a-z]+/i.exec(split)?.[0].toLowerCase() ?? ''
  return KEYS.get(word) ?? splitCalled(word)
}

/** What others call the splits of Ultralytics. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['training', 'train'],
  ['dev', 'val'],
  ['development', 'val'],
  ['validate', 'val'],
  ['testing', 'test'],
  ['eval', 'test'],
])
