import type { Annotation } from '../../dataset/annotation.js'
import type { Subtitle } from '../../definitions/subtitle.js'
import { ATTRIBUTE, SRT, textIn, VTT } from './caption-scope.js'
import { cueSettings, settingWords } from './cue-settings.js'
import { collapsed } from './cue-tokens.js'
import { plainText, voicesOf } from './cue-tree.js'
import { cueText, escapedAnnotation, escapedCueText } from './cue-tree-text.js'
import type { VttCue } from './document.js'
import { plainSrtText, srtTree } from './srt/markup.js'
import { ARROW, trimmed } from './timing.js'

/** The text of a cue, what it is read as again, and the attributes that found no place in it. */
export interface FreshCue {
  readonly cue: VttCue
  /** Whether the annotation's text comes back as it is. */
  readonly sameText: boolean
  readonly lost: readonly string[]
}

/** What no file of text holds: NUL, which is read as U+FFFD, and halves of characters. */
const UNHOLDABLE = /\0|\p{Surrogate}/u

/** The cue of a subtitle. `markup`: its text has its markup and stands as it is. */
export function freshCue(
  annotation: Annotation,
  definition: Subtitle,
  times: { readonly start: number; readonly end: number },
  markup: boolean,
): FreshCue {
  const { attributes } = definition
  const lost = new Set(Object.keys(attributes))
  const id = attributes[ATTRIBUTE.identifier]
  const hasId = typeof id === 'string' && id !== '' && isOneLine(id)
  if (hasId) lost.delete(ATTRIBUTE.identifier)
  const settings = settingsOf(attributes[ATTRIBUTE.settings], attributes[ATTRIBUTE.region], lost)
  const text = textOf(annotation, definition, markup, lost)
  return {
    cue: { kind: 'cue', id: hasId ? id : '', ...times, settings, text },
    sameText: (markup ? text : plainText(text)) === definition.text && !UNHOLDABLE.test(definition.text),
    lost: [...lost],
  }
}

function isOneLine(text: string): boolean {
  return !text.includes(ARROW) && !/[\r\n]/.test(text) && !UNHOLDABLE.test(text)
}

/** The list of settings, with the region that the attributes name where that is another one. */
function settingsOf(list: unknown, region: unknown, lost: Set<string>): string {
  let settings = ''
  // An arrow here is against the syntax, but changes nothing: the line has one anyway.
  if (typeof list === 'string' && !/[\r\n]/.test(list) && !UNHOLDABLE.test(list)) {
    settings = trimmed(list)
    lost.delete(ATTRIBUTE.settings)
  }
  if (typeof region !== 'string') return settings
  if (cueSettings(settings).region === region) lost.delete(ATTRIBUTE.region)
  else if (/^[^\t\n\f\r ]+$/.test(region) && isOneLine(region)) {
    const others = settingWords(settings).filter(({ name }) => name !== 'region')
    settings = [...others.map(({ text }) => text), `region:${region}`].join(' ')
    lost.delete(ATTRIBUTE.region)
  }
  return settings
}

function textOf(annotation: Annotation, { text, attributes }: Subtitle, markup: boolean, lost: Set<string>): string {
  const speaker = attributes[ATTRIBUTE.speaker]
  if (markup) {
    if (sameVoices(voicesOf(text), speaker)) lost.delete(ATTRIBUTE.speaker)
    return markupText(text)
  }
  const payload = textIn(annotation.extra?.get(VTT), 'payload')
  if (payload !== undefined && isCueText(payload) && plainText(payload) === text) {
    if (sameVoices(voicesOf(payload), speaker)) {
      lost.delete(ATTRIBUTE.speaker)
      return payload
    }
  }
  const formatted = textIn(annotation.extra?.get(SRT), 'payload')
  const inner =
    formatted !== undefined && plainSrtText(formatted) === text ? cueText(srtTree(formatted)) : escapedCueText(text)
  if (typeof speaker !== 'string' || collapsed(speaker) === '' || UNHOLDABLE.test(speaker)) return inner
  if (collapsed(speaker) === speaker) lost.delete(ATTRIBUTE.speaker)
  return `<v ${escapedAnnotation(speaker)}>${inner}`
}

/** Whether the attribute says what the markup says: nothing, one voice, or a list of them. */
function sameVoices(voices: readonly string[], speaker: unknown): boolean {
  if (voices.length <= 1) return speaker === voices[0]
  return Array.isArray(speaker) && speaker.length === voices.length && voices.every((voice, i) => voice === speaker[i])
}

/** A text with markup so that it stays one cue: without blank lines, and without the arrow. */
function markupText(text: string): string {
  if (isCueText(text)) return text
  return text
    .replaceAll(ARROW, '--&gt;')
    .replace(/\r/g, '&#13;')
    .replace(/^\n|\n(?=\n)|\n$/g, '&#10;')
}

/** Whether a text can stand as the text of a cue as it is. */
export function isCueText(text: string): boolean {
  return !text.includes(ARROW) && !/[\0\r]|^\n|\n\n|\n$/.test(text)
}
