/** What a flag's text says: VOC has 0 and 1, other programs write words. Undefined for anything else. */
export function flagOfText(text: string): boolean | undefined {
  const word = text.toLowerCase()
  if (word === '1' || word === 'true' || word === 'yes') return true
  return word === '0' || word === 'false' || word === 'no' ? false : undefined
}
