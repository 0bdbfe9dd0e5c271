import { atComma, percentageOf, type SettingFate, type SettingWord, settingWords } from './cue-settings.js'

/** A part of the picture that cues can be put into, as a browser understands it. Percentages, except `lines`. */
export interface VttRegionSettings {
  readonly id: string
  readonly width: number
  readonly lines: number
  readonly regionAnchorX: number
  readonly regionAnchorY: number
  readonly viewportAnchorX: number
  readonly viewportAnchorY: number
  readonly scroll: '' | 'up'
}

type Draft = { -readonly [K in keyof VttRegionSettings]: VttRegionSettings[K] }

/** What a browser makes of the settings of a region: a word that is not understood changes nothing, a later word wins. */
export function regionSettings(text: string): VttRegionSettings {
  const region = fresh()
  for (const word of settingWords(text)) if (word.name !== '') apply(region, word)
  return region
}

/** What becomes of one word of the settings of a region. */
export function regionSettingFate(word: SettingWord): SettingFate {
  return apply(fresh(), word)
}

function fresh(): Draft {
  return {
    id: '',
    width: 100,
    lines: 3,
    regionAnchorX: 0,
    regionAnchorY: 100,
    viewportAnchorX: 0,
    viewportAnchorY: 100,
    scroll: '',
  }
}

function apply(region: Draft, { name, value }: SettingWord): SettingFate {
  switch (name) {
    case 'id':
      region.id = value
      return 'understood'
    case 'width': {
      const width = percentageOf(value)
      if (width === undefined) return 'refused'
      region.width = width
      return 'understood'
    }
    case 'lines':
      if (!/^\d+$/.test(value)) return 'refused'
      region.lines = Number(value)
      return 'understood'
    case 'regionanchor':
    case 'viewportanchor': {
      const [before, after] = atComma(value)
      const [x, y] = [percentageOf(before), after === undefined ? undefined : percentageOf(after)]
      if (x === undefined || y === undefined) return 'refused'
      if (name === 'regionanchor') Object.assign(region, { regionAnchorX: x, regionAnchorY: y })
      else Object.assign(region, { viewportAnchorX: x, viewportAnchorY: y })
      return 'understood'
    }
    case 'scroll':
      if (value !== 'up') return 'refused'
      region.scroll = 'up'
      return 'understood'
    default:
      return 'unknown'
  }
}
