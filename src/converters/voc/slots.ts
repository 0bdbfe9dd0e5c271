import type { XmlElement } from './xml-tree.js'

// The source text of a document, and of an object, with an instruction where each object or part stood: what is around
// them stays, and each of them can change, go or come by itself.

export const OBJECT_SLOT = '<?object?>'
export const PART_SLOT = '<?part?>'

/** Whether a text has such an instruction of its own, so that it cannot be told from ours. */
export function hasSlots(text: string): boolean {
  return text.includes(OBJECT_SLOT) || text.includes(PART_SLOT)
}

/** The text from `start` to `end`, with a slot in place of each of the elements. */
export function withSlots(
  text: string,
  start: number,
  end: number,
  elements: readonly XmlElement[],
  slot: string,
): string {
  let result = ''
  let at = start
  for (const element of elements) {
    result += text.slice(at, element.start) + slot
    at = element.end
  }
  return result + text.slice(at, end)
}

/**
 * The text with the slots filled in their order. Slots that are left go; texts that are left follow the last slot.
 * Undefined where there are texts and no slot at all.
 */
export function filledSlots(text: string, slot: string, texts: readonly string[]): string | undefined {
  const pieces = text.split(slot)
  const slots = pieces.length - 1
  if (slots === 0) return texts.length === 0 ? text : undefined
  let result = pieces[0] ?? ''
  for (let i = 0; i < slots; i++) {
    const here = i === slots - 1 ? texts.slice(i) : texts.slice(i, i + 1)
    result += here.join('\n') + (pieces[i + 1] ?? '')
  }
  return result
}
