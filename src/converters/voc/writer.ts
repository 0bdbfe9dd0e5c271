import type { Account, Outcome } from '../../dataset/account.js'
import type { Header } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import type { SinkTree } from '../../ports.js'
import { encodeUtf8 } from '../../text/decode.js'
import type { Context, Sink } from '../format.js'
import { OutputNames, splitExtension } from '../output-names.js'
import type { Base } from './base.js'
import { VOC } from './elements.js'
import type { GeometryOptions } from './write-geometry.js'
import { writeItem } from './write-item.js'
import { SplitLists } from './write-lists.js'

export interface VocWriteOptions {
  readonly base: 'auto' | Base
  readonly decimals: number
  readonly polygon: GeometryOptions['polygon']
  readonly rotated: GeometryOptions['rotated']
}

/** Writes one XML file for each item, the lists of its splits, and pictures where they are carried. */
export async function createVoc(
  tree: SinkTree,
  header: Header,
  options: VocWriteOptions,
  context: Context,
): Promise<Sink> {
  const { account, pictures } = context
  const names = new OutputNames(account, { apart: 'stem' })
  const lists = await SplitLists.open(tree, header.splits, account)
  const geometry: GeometryOptions = {
    ...options,
    decimals: Math.trunc(options.decimals),
    base: writtenBase(options.base, header),
  }
  const labels = new Set<string>()
  reportHeader(header, account)
  const write = async (item: Item): Promise<readonly Outcome[]> => {
    const wanted = wantedName(item)
    const name = names.take(onOneLine(wanted, item, account), item.place)
    const stem = splitExtension(name)[0]
    const { xml, outcomes } = writeItem(item, name, name !== wanted, geometry, account)
    const file = await tree.create(`Annotations/${stem}.xml`)
    const pending = file.write(encodeUtf8(xml))
    if (pending instanceof Promise) await pending
    await file.close()
    if (item.split !== undefined) await lists.add(item.split, stem)
    await pictures?.place(item, `JPEGImages/${name}`)
    reportId(item, stem, account)
    for (const [i, { label }] of item.annotations.entries()) if (outcomes[i]?.effect !== 'dropped') labels.add(label)
    return outcomes
  }
  return {
    write: (item) => (item.media.kind === 'image' ? write(item) : refused(item, account)),
    async close() {
      reportUnused(header, labels, account)
      await lists.close()
    },
  }
}

/** The base to write: as asked for, else that of the source where it was VOC, else edges. */
export function writtenBase(asked: 'auto' | Base, header: Pick<Header, 'extra'>): Base {
  if (asked !== 'auto') return asked
  return header.extra?.get(VOC)?.form === 'inclusive1' ? 'inclusive1' : 'edge0'
}

/** Where an item wants to be: by the name its annotation file had, else by its path. */
function wantedName({ id, path, extra }: Item): string {
  return extra?.has(VOC) === true && id.kind === 'string' ? id.text + splitExtension(path)[1] : path
}

/** A list names one picture a line. */
function onOneLine(name: string, { place }: Item, account: Account): string {
  const line = name.replace(/[\r\n]/g, '_')
  if (line !== name)
    account.problem({
      code: 'path-changed',
      message: 'a line end in a path',
      place,
      got: JSON.stringify(name),
      fix: `It is called ${JSON.stringify(line)} in the output`,
    })
  return line
}

function reportId({ id, place }: Item, stem: string, account: Account): void {
  if (id.kind === 'string' && id.text === stem) return
  const reason = 'VOC calls a picture by its file'
  account.field({ level: 'item', effect: 'dropped', subject: 'id', reason, place })
}

/** VOC has no list of classes: what is known of labels beside their names goes. */
function reportHeader({ labels, info, extra }: Header, account: Account): void {
  const lose = (subject: string, count: number): void => {
    const reason = 'VOC has no place for it'
    if (count > 0) account.field({ level: 'header', effect: 'dropped', subject, reason, count })
  }
  const all = labels.labels
  lose('label id', all.filter(({ id }) => id !== undefined).length)
  lose('label parent', all.filter(({ parent }) => parent !== undefined).length)
  lose('label color', all.filter(({ color }) => color !== undefined).length)
  lose('skeleton', all.filter(({ skeleton }) => skeleton !== undefined).length)
  lose('info', info === undefined ? 0 : 1)
  lose('extra', [...(extra?.keys() ?? [])].filter((format) => format !== VOC).length)
}

/** A label is there by its objects alone. */
function reportUnused({ labels }: Header, used: ReadonlySet<string>, account: Account): void {
  const count = labels.labels.filter(({ name }) => !used.has(name)).length
  const reason = 'no object that is written has it'
  if (count > 0) account.field({ level: 'header', effect: 'dropped', subject: 'label', reason, count })
}

/** VOC describes pictures: items of other media do not go in. */
function refused({ media, annotations, place }: Item, account: Account): readonly Outcome[] {
  const reason = `VOC holds images, not ${media.kind}`
  account.field({ level: 'item', effect: 'dropped', subject: media.kind, reason, place })
  return annotations.map(({ type }) => ({ effect: 'dropped', subject: type, reason }))
}
