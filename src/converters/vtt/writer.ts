import type { Account, Outcome } from '../../dataset/account.js'
import type { Header } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import type { SinkTree } from '../../ports.js'
import { encodeUtf8 } from '../../text/decode.js'
import type { Context, Sink } from '../format.js'
import { OutputNames, splitExtension } from '../output-names.js'
import { reportHeaderLosses, reportItemLosses } from './caption-losses.js'
import { DEFAULT_LABEL, SRT, VTT } from './caption-scope.js'
import { writeSrtItem } from './srt/write.js'
import { writeVttItem } from './vtt-write.js'

export interface CaptionWriteOptions {
  readonly label: string | undefined
  readonly text: 'plain' | 'markup'
}

const NAMES = { vtt: 'WebVTT', srt: 'SubRip' } as const

/** Writes one caption file for each item, and its film or sound beside it where they are carried. */
export function createCaptions(
  format: 'vtt' | 'srt',
  tree: SinkTree,
  header: Header,
  options: CaptionWriteOptions,
  { account, pictures }: Context,
): Sink {
  const names = new OutputNames(account, { apart: 'path' })
  const label = options.label ?? header.extra?.get(format)?.form ?? DEFAULT_LABEL
  const reason = `${NAMES[format]} has no place for it`
  reportHeaderLosses(header, format, reason, account)
  const write = async (item: Item): Promise<readonly Outcome[]> => {
    const [stem, extension] = wantedName(item)
    const name = names.take(`${stem}.${format}`, item.place)
    const written =
      format === 'vtt'
        ? writeVttItem(item, { label, text: options.text }, account)
        : writeSrtItem(item, { label, text: options.text }, account)
    const file = await tree.create(name)
    const pending = file.write(encodeUtf8(written.text))
    if (pending instanceof Promise) await pending
    await file.close()
    const id = name.slice(0, -format.length - 1)
    if (item.media.kind !== 'image' && extension !== '') await pictures?.place(item, `${id}${extension}`)
    reportItemLosses(item, id, format, reason, account)
    return written.outcomes
  }
  return {
    write: (item) => (hasCaptions(item) ? write(item) : refused(item, format, account)),
    close: () => Promise.resolve(),
  }
}

/** A picture has no captions, unless somebody gave it some. */
function hasCaptions({ media, annotations }: Item): boolean {
  return media.kind !== 'image' || annotations.some(({ type }) => type === 'subtitle')
}

/** What the file of an item would be called without its ending, and the ending of its film or sound. */
function wantedName({ id, path, extra, split }: Item): [stem: string, extension: string] {
  const read = extra?.has(VTT) === true || extra?.has(SRT) === true
  // A caption file is called `talk.en.vtt`: that `.en` is no ending of a film.
  const [stem, extension] = read && !path.startsWith(`${id.text}.`) ? [id.text, ''] : splitExtension(path)
  return [split === undefined ? stem : `${split}/${stem}`, extension]
}

function refused(item: Item, format: 'vtt' | 'srt', account: Account): readonly Outcome[] {
  const reason = `${NAMES[format]} holds no pictures`
  account.field({ level: 'item', effect: 'dropped', subject: item.media.kind, reason, place: item.place })
  return item.annotations.map(({ type }) => ({ effect: 'dropped', subject: type, reason }))
}
