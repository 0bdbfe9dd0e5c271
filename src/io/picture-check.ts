import type { Account } from '../dataset/account.js'
import type { Dataset } from '../dataset/dataset.js'
import type { Item } from '../dataset/item.js'
import type { PictureFrame, PictureHeaders, PictureSize } from './picture-size.js'

/** The data set with the sizes its source declares compared to those of the pictures: what differs is a problem. */
export function checkedSizes(dataset: Dataset, headers: PictureHeaders, frame: PictureFrame): Dataset {
  return {
    header: dataset.header,
    itemCount: dataset.itemCount,
    async *items(account) {
      for await (const item of dataset.items(account)) {
        if (account !== undefined) await compare(item, headers, frame, account)
        yield item
      }
    },
    close: () => dataset.close(),
  }
}

async function compare(item: Item, headers: PictureHeaders, frame: PictureFrame, account: Account): Promise<void> {
  const { width, height } = item.media
  if (width === undefined || height === undefined) return
  const sizes = await headers(item, account)
  if (sizes === undefined) return
  const picture = sizes[frame]
  if (picture.width === width && picture.height === height) return
  const other: PictureFrame = frame === 'displayed' ? 'stored' : 'displayed'
  const transposed = picture.width === height && picture.height === width
  const turned = transposed && sizes[other].width === width && sizes[other].height === height
  account.problem({
    code: transposed ? 'size-transposed' : 'size-mismatch',
    message: transposed
      ? 'width and height are swapped against the picture: the annotations may lie on the picture before it was turned'
      : 'the source declares another size than the picture has',
    place: item.place ?? { file: item.path },
    expected: text(picture),
    got: text({ width, height }),
    fix: turned
      ? `Look at one of them; if the annotations fit the picture as it is ${other}, give --orientation ${other}`
      : 'Check that annotations and pictures belong together',
  })
}

function text({ width, height }: PictureSize): string {
  return `${width} × ${height}`
}
