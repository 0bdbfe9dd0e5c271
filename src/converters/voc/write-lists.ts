import type { Account } from '../../dataset/account.js'
import type { ByteSink, SinkTree } from '../../ports.js'
import { TextBuffer } from '../../text/json-write.js'

interface List {
  readonly file: ByteSink
  readonly buffer: TextBuffer
}

const BOTH = 'trainval'

/** The lists `ImageSets/Main/<split>.txt`, and `trainval.txt` where both train and val are there. */
export class SplitLists {
  readonly #tree: SinkTree
  readonly #lists = new Map<string, List>()
  /** Names of files, as disks compare them that do not tell `A` from `a`. */
  readonly #names = new Set<string>()
  readonly #account: Account
  readonly #both: boolean

  private constructor(tree: SinkTree, both: boolean, account: Account) {
    this.#tree = tree
    this.#account = account
    this.#both = both
  }

  /** Opens the lists of the splits that are known. */
  static async open(tree: SinkTree, splits: readonly string[], account: Account): Promise<SplitLists> {
    const names = new Set(splits)
    const lists = new SplitLists(tree, names.has('train') && names.has('val'), account)
    for (const split of names) await lists.#open(split)
    if (lists.#both && !names.has(BOTH)) await lists.#open(BOTH)
    return lists
  }

  /** Enters a picture. Only a promise needs awaiting. */
  add(split: string, id: string): undefined | Promise<void> {
    const list = this.#lists.get(split)
    if (list === undefined) return this.#open(split).then((opened) => append(opened, id))
    const pending = append(list, id)
    const both = this.#both && (split === 'train' || split === 'val') ? this.#lists.get(BOTH) : undefined
    if (both === undefined) return pending
    const second = append(both, id)
    return pending === undefined || second === undefined ? (pending ?? second) : pending.then(() => second)
  }

  async close(): Promise<void> {
    for (const { file, buffer } of this.#lists.values()) {
      await buffer.flush(file)
      await file.close()
    }
  }

  async #open(split: string): Promise<List> {
    const name = freeName(split, this.#names)
    this.#names.add(name.toLowerCase())
    const path = `ImageSets/Main/${name}.txt`
    const file = await this.#tree.create(path)
    const list = { file, buffer: new TextBuffer(1024) }
    this.#lists.set(split, list)
    if (name !== split) {
      const reason = 'no file name can say it'
      this.#account.field({
        level: 'header',
        effect: 'approximated',
        subject: 'split name',
        reason,
        place: { file: path },
      })
    }
    return list
  }
}

/** The name of a split as one of a file nobody has yet. */
function freeName(split: string, taken: ReadonlySet<string>): string {
  const plain = split.replace(/[^\p{L}\p{N} ._-]/gu, '_').slice(0, 60)
  const wanted = plain.trim() === plain && plain !== '' ? plain : `_${plain.trim()}`
  let name = wanted
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}_${n}`
  return name
}

function append({ file, buffer }: List, id: string): undefined | Promise<void> {
  buffer.append(`${id}\n`)
  return buffer.flushFull(file) ?? undefined
}
