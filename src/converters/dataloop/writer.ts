import type { Account, Outcome } from '../../dataset/account.js'
import type { Header } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import type { SinkTree } from '../../ports.js'
import { encodeUtf8 } from '../../text/decode.js'
import type { Context, Sink } from '../format.js'
import { FileNames, type NamesChoice } from './file-names.js'
import { labelsOf } from './item-slot.js'
import { isOwnExtra } from './levels.js'
import type { RingsChoice } from './write-annotation.js'
import { writeItem } from './write-item.js'

/** Writes a JSON file for each item below `json/`, and its picture, where pictures are carried, below `items/`. */
export async function createDataloop(
  tree: SinkTree,
  header: Header,
  { names, rings }: { readonly names: NamesChoice; readonly rings: RingsChoice },
  { account, deflate, pictures }: Context,
): Promise<Sink> {
  const files = new FileNames(names, account)
  const used = new Set<string>()
  const writing = { rings, deflate, account, labels: header.labels }
  return {
    async write(item: Item): Promise<readonly Outcome[]> {
      const { path, json } = files.take(item.path, item.place)
      const { text, outcomes } = writeItem(item, path, writing)
      const file = await tree.create(json)
      await file.write(encodeUtf8(text))
      await file.close()
      await pictures?.place(item, `items/${path}`)
      for (const label of item.annotations.flatMap(labelsOf)) used.add(label)
      return outcomes
    },
    async close() {
      reportHeader(header, used, account)
    },
  }
}

/** Dataloop keeps what holds for a whole data set in recipes, which are no part of item JSON. */
function reportHeader({ labels, info, extra }: Header, used: ReadonlySet<string>, account: Account): void {
  const lose = (subject: string, reason: string, count = 1): void => {
    if (count > 0) account.field({ level: 'header', effect: 'dropped', subject, reason, count })
  }
  const list = [...labels]
  lose('label', 'no annotation uses it', list.filter(({ name }) => !used.has(name)).length)
  lose('skeleton', 'item files have no place for it', list.filter(({ skeleton }) => skeleton !== undefined).length)
  lose('label extra', 'item files have no place for it', list.filter((label) => label.extra !== undefined).length)
  if (info !== undefined) lose('info', 'item files have no place for it')
  const foreign = [...(extra?.values() ?? [])].length
  lose(
    'extra',
    'item files have no place for it',
    extra !== undefined && ![...extra.keys()].every(isOwnExtra) ? foreign : 0,
  )
}
