import { type SettingFate, type SettingWord, settingFate, settingWords } from './cue-settings.js'
import { type Findings, PlacesInText } from './findings.js'
import type { TextLines } from './lines.js'
import { regionSettingFate } from './region-settings.js'
import { ARROW } from './timing.js'

/** What of the settings of a cue is against the syntax; they end the timing line. */
export function checkCueSettings(settings: string, line: string, at: number, findings: Findings): void {
  const shift = line.lastIndexOf(settings)
  checkWords(settings, settingFate, 'setting', (word, finding) => findings.add(at, shift + word.at, finding))
  const arrow = settings.indexOf(ARROW)
  if (arrow >= 0) findings.add(at, shift + arrow, { message: '--> in the settings' })
  for (const word of settingWords(settings))
    if (word.name === 'line' && /^-?\d+\.\d+(?:,|$)/.test(word.value))
      findings.add(at, shift + word.at, { message: 'a line number with decimals', got: JSON.stringify(word.text) })
}

/** What of the settings of a region is against the syntax. */
export function checkRegion(
  settings: string,
  lines: TextLines,
  from: number,
  ids: Set<string>,
  findings: Findings,
): void {
  const places = new PlacesInText(lines, from)
  checkWords(settings, regionSettingFate, 'region setting', (word, finding) => {
    findings.add(...places.at(word.at), finding)
  })
  const named = settingWords(settings).filter(({ name }) => name === 'id')
  const id = named.at(-1)?.value
  if (id === undefined) findings.add(from - 1, 0, { message: 'a region without an id' })
  else if (ids.has(id)) findings.add(from - 1, 0, { message: 'two regions have one id', got: JSON.stringify(id) })
  else ids.add(id)
}

function checkWords(
  settings: string,
  fateOf: (word: SettingWord) => SettingFate,
  what: string,
  tell: (word: SettingWord, finding: { readonly message: string; readonly got: string }) => void,
): void {
  const seen = new Set<string>()
  for (const word of settingWords(settings)) {
    const got = JSON.stringify(word.text.slice(0, 60))
    const fate = word.name === '' ? 'refused' : fateOf(word)
    if (word.name === '') tell(word, { message: `a ${what} without a name or a value`, got })
    else if (fate === 'unknown') tell(word, { message: `a ${what} nobody knows`, got })
    else if (fate === 'refused') tell(word, { message: `a bad value of a ${what}`, got })
    else if (seen.has(word.name)) tell(word, { message: `a ${what} that is there twice`, got })
    seen.add(word.name)
  }
}
