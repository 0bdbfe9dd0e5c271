import type { Account } from '../../dataset/account.js'
import { type Section, splitCalled } from './data-yaml.js'

/** What an `obj.data` of Darknet says. */
export interface DarknetData {
  readonly sections: readonly Section[]
  /** The file of class names. */
  readonly names: string | undefined
  readonly classes: number | undefined
}

/** Reads `key = value` lines. Settings that only training knows what to do with are entered as dropped. */
export function parseDarknet(text: string, file: string, account: Account): DarknetData {
  const sections: Section[] = []
  let names: string | undefined
  let classes: number | undefined
  for (const [i, written] of text.split(/\r\n|\n|\r/).entries()) {
    const line = written.replace(/#.*$/, '').trim()
    const equals = line.indexOf('=')
    if (equals < 0) continue
    const key = line.slice(0, equals).trim()
    const value = line.slice(equals + 1).trim()
    const split = splitCalled(key)
    if (split !== undefined && value !== '') sections.push({ key, split, paths: [value] })
    else if (key === 'names' && value !== '') names = value
    else if (key === 'classes' && /^[0-9]{1,9}$/.test(value)) classes = Number(value)
    else
      account.field({
        level: 'header',
        effect: 'dropped',
        subject: key,
        reason: 'a setting of Darknet',
        place: { file, line: i + 1 },
      })
  }
  return { sections, names, classes }
}
