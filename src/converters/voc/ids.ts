import type { Id } from '../../dataset/id.js'

/** The id by which the parts of an object name it. VOC has none, so it is made of the picture's and a number. */
export function partsParent(item: string, index: number): Id {
  return { text: `${item}#${index + 1}`, kind: 'string' }
}

/** Whether an id was made up by the reader. */
export function isMadeUpId(id: Id, item: Id): boolean {
  return id.text.startsWith(`${item.text}#`)
}
