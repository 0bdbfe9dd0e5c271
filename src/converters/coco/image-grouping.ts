import type { DocumentIndex } from './document-index.js'
import { NO_IMAGE, NO_OBJECT } from './document-index.js'

/** Images by their ids. */
export function imageLookup(
  slotOf: ReadonlyMap<string, number>,
  ownerOfSlot: Uint32Array,
): Pick<DocumentIndex, 'imageNamed' | 'imageNames'> {
  const imageNamed = (name: string): number | undefined => {
    const slot = slotOf.get(name)
    const owner = slot === undefined ? NO_IMAGE : ownerOfSlot[slot]
    return owner === NO_IMAGE ? undefined : owner
  }
  return {
    imageNamed,
    *imageNames() {
      for (const name of slotOf.keys()) {
        const number = imageNamed(name)
        if (number !== undefined) yield [name, number] as const
      }
    },
  }
}

/** Counting sort of annotations by image, file order kept within one. */
export function grouped(
  slots: Uint32Array,
  ownerOfSlot: Uint32Array,
  images: number,
): { order: Uint32Array; firsts: Uint32Array; orphans: Uint32Array } {
  const firsts = new Uint32Array(images + 1)
  const owner = (i: number): number => {
    const slot = slots[i] as number
    return slot === NO_IMAGE || slot === NO_OBJECT ? NO_IMAGE : (ownerOfSlot[slot] as number)
  }
  let orphanCount = 0
  for (let i = 0; i < slots.length; i++) {
    const image = owner(i)
    if (image === NO_IMAGE) orphanCount++
    else firsts[image + 1] = (firsts[image + 1] as number) + 1
  }
  for (let i = 0; i < images; i++) firsts[i + 1] = (firsts[i + 1] as number) + (firsts[i] as number)
  const next = firsts.slice()
  const order = new Uint32Array(slots.length - orphanCount)
  const orphans = new Uint32Array(orphanCount)
  let orphan = 0
  for (let i = 0; i < slots.length; i++) {
    const image = owner(i)
    if (image === NO_IMAGE) orphans[orphan++] = i
    else {
      const at = next[image] as number
      order[at] = i
      next[image] = at + 1
    }
  }
  return { order, firsts, orphans }
}
