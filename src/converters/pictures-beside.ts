import type { Outcome } from '../dataset/account.js'
import type { Item } from '../dataset/item.js'
import type { Context, Sink } from './format.js'
import { OutputNames } from './output-names.js'

/**
 * The sink with the pictures of its items put into `images/`, below a folder for each split, in formats that leave the
 * place of pictures to others. The sink itself where pictures are not carried.
 */
export function withPicturesBeside(sink: Sink, { pictures, account }: Context): Sink {
  if (pictures === undefined || !pictures.carried) return sink
  const names = new OutputNames(account, { apart: 'path' })
  return {
    ...sink,
    async write(item: Item): Promise<readonly Outcome[]> {
      const outcomes = await sink.write(item)
      const path = item.split === undefined ? item.path : `${item.split}/${item.path}`
      await pictures.place(item, `images/${names.take(path, item.place)}`)
      return outcomes
    },
  }
}
