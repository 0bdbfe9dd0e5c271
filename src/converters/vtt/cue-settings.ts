/** How a cue is placed, as a browser understands its settings. Numbers are percentages unless lines are counted. */
export interface CueSettings {
  /** `''`: horizontal; else the way columns grow. */
  readonly vertical: '' | 'rl' | 'lr'
  /** Whether `line` counts lines instead of hundredths of the picture. */
  readonly snapToLines: boolean
  readonly line: number | 'auto'
  readonly lineAlign: 'start' | 'center' | 'end'
  readonly position: number | 'auto'
  readonly positionAlign: 'auto' | 'line-left' | 'center' | 'line-right'
  readonly size: number
  readonly align: 'start' | 'center' | 'end' | 'left' | 'right'
  /** The id of the region it asks for, unless another setting takes it out of there; whether there is such a region the file says. */
  readonly region: string | undefined
}

type Draft = { -readonly [K in keyof CueSettings]: CueSettings[K] }

/** One word of a list of settings, with its place in the list. */
export interface SettingWord {
  readonly text: string
  readonly at: number
  /** Empty where there is no colon, or nothing on one side of it: browsers pass over such a word. */
  readonly name: string
  readonly value: string
}

/** The words of a list of cue or region settings: what ASCII white space separates. */
export function settingWords(text: string): SettingWord[] {
  const words: SettingWord[] = []
  for (const found of text.matchAll(/[^\t\n\f\r ]+/g)) {
    const [word] = found
    const colon = word.indexOf(':')
    const sound = colon > 0 && colon < word.length - 1
    const [name, value] = sound ? [word.slice(0, colon), word.slice(colon + 1)] : ['', '']
    words.push({ text: word, at: found.index, name, value })
  }
  return words
}

const PERCENTAGE = /^\d+(?:\.\d+)?%$/

/** A WebVTT percentage from 0 to 100 as a number. */
export function percentageOf(text: string): number | undefined {
  const value = PERCENTAGE.test(text) ? Number(text.slice(0, -1)) : undefined
  return value !== undefined && value <= 100 ? value : undefined
}

/** What a browser makes of the settings of a cue: a word that is not understood changes nothing, a later word wins. */
export function cueSettings(text: string): CueSettings {
  const cue: Draft = {
    vertical: '',
    snapToLines: true,
    line: 'auto',
    lineAlign: 'start',
    position: 'auto',
    positionAlign: 'auto',
    size: 100,
    align: 'center',
    region: undefined,
  }
  for (const { name, value } of settingWords(text)) if (name !== '') applySetting(cue, name, value)
  return cue
}

/** `understood`, `refused` (a bad value), or `unknown`. Changes the cue where it is understood. */
export type SettingFate = 'understood' | 'refused' | 'unknown'

export function settingFate({ name, value }: SettingWord): SettingFate {
  return applySetting({ region: undefined }, name, value)
}

function applySetting(cue: Partial<Draft>, name: string, value: string): SettingFate {
  switch (name) {
    case 'region':
      cue.region = value
      return 'understood'
    case 'vertical':
      if (value !== 'rl' && value !== 'lr') return 'refused'
      cue.vertical = value
      cue.region = undefined // there are no vertical regions
      return 'understood'
    case 'line':
      return applyLine(cue, value)
    case 'position':
      return applyPosition(cue, value)
    case 'size': {
      const size = percentageOf(value)
      if (size === undefined) return 'refused'
      cue.size = size
      if (size !== 100) cue.region = undefined
      return 'understood'
    }
    case 'align':
      if (!isOneOf(value, ['start', 'center', 'end', 'left', 'right'])) return 'refused'
      cue.align = value
      return 'understood'
    default:
      return 'unknown'
  }
}

function applyLine(cue: Partial<Draft>, value: string): SettingFate {
  const [offset, align] = atComma(value)
  const isPercentage = offset.endsWith('%')
  const line = isPercentage ? percentageOf(offset) : /^-?\d+(?:\.\d+)?$/.test(offset) ? Number(offset) : undefined
  if (line === undefined || !Number.isFinite(line)) return 'refused'
  if (align !== undefined && !isOneOf(align, ['start', 'center', 'end'])) return 'refused'
  if (align !== undefined) cue.lineAlign = align
  cue.line = line + 0 // never -0
  cue.snapToLines = !isPercentage
  cue.region = undefined
  return 'understood'
}

function applyPosition(cue: Partial<Draft>, value: string): SettingFate {
  const [offset, align] = atComma(value)
  const position = percentageOf(offset)
  if (position === undefined) return 'refused'
  if (align !== undefined && !isOneOf(align, ['line-left', 'center', 'line-right'])) return 'refused'
  if (align !== undefined) cue.positionAlign = align
  cue.position = position
  return 'understood'
}

function isOneOf<const V extends string>(value: string, values: readonly V[]): value is V {
  return (values as readonly string[]).includes(value)
}

/** Before and after the first comma. */
export function atComma(value: string): [before: string, after: string | undefined] {
  const comma = value.indexOf(',')
  return comma < 0 ? [value, undefined] : [value.slice(0, comma), value.slice(comma + 1)]
}
