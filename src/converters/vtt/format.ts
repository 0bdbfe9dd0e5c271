import type { Expresses, Fidelity } from '../format.js'
import { defineFormat } from '../format.js'
import { choice, type NumberOption, type TextOption } from '../options.js'
import { detectSrt, detectVtt } from './detect.js'

function expresses(noPlace: Fidelity, subtitle: Fidelity): Expresses {
  return {
    media: ['video', 'audio', 'text'],
    definitions: {
      subtitle,
      box: noPlace,
      segment: noPlace,
      binary: noPlace,
      ellipse: noPlace,
      cube: noPlace,
      pose: noPlace,
      cube_3d: noPlace,
      class: noPlace,
      comparison: noPlace,
      note: noPlace,
      point: noPlace,
      polyline: noPlace,
      text_mark: noPlace,
      gis: noPlace,
      text: noPlace,
      ref_image: noPlace,
      item_description: noPlace,
      undefined: noPlace,
    },
    fields: [],
    needsSize: false,
  }
}

const label: TextOption = { kind: 'text', default: 'Text', summary: 'The label of every cue; the files have none' }

const writtenLabel: TextOption = {
  kind: 'text',
  default: undefined,
  summary: 'The label that needs no saying, because reading gives it back: as the source was read, else Text',
}

const text = choice(
  ['plain', 'markup'],
  'The texts of annotations: what is said (plain), or with the tags and references of the file (markup)',
)

const media = choice(['video', 'audio'], 'What the captions belong to, where no film or sound lies beside them')

const speed: NumberOption = {
  kind: 'number',
  default: 25,
  min: 0,
  summary: 'Characters a second above which a cue is told as hard to read; 0 never',
}

/** WebVTT: captions and subtitles, one file a film or sound. */
export const vtt = defineFormat({
  id: 'vtt',
  title: 'WebVTT',
  spec: 'https://www.w3.org/TR/webvtt1/',
  expresses: expresses(
    { effect: 'dropped', note: 'no place in WebVTT' },
    { effect: 'kept', note: 'times in whole milliseconds (else approximated); a label other than Text goes (derived)' },
  ),
  detect: detectVtt,
  read: {
    options: { label, text, media, speed },
    open: async (tree, options, context) => (await import('./reader.js')).openCaptions('vtt', tree, options, context),
  },
  write: {
    options: { label: writtenLabel, text },
    create: async (tree, header, options, context) =>
      (await import('./writer.js')).createCaptions('vtt', tree, header, options, context),
  },
})

/** SubRip: what most subtitles on disks are. */
export const srt = defineFormat({
  id: 'srt',
  title: 'SubRip subtitles',
  spec: 'https://en.wikipedia.org/wiki/SubRip',
  expresses: expresses(
    { effect: 'dropped', note: 'no place in SubRip' },
    {
      effect: 'kept',
      note: 'times in whole milliseconds, texts without blank lines (else approximated); a label other than Text goes (derived)',
    },
  ),
  detect: detectSrt,
  read: {
    options: {
      label,
      text,
      media,
      speed,
      encoding: {
        kind: 'text',
        default: 'auto',
        summary:
          'The encoding of the files: UTF-8 or a guess that is told (auto), or a name such as windows-1252 or gbk',
      },
    },
    open: async (tree, options, context) => (await import('./reader.js')).openCaptions('srt', tree, options, context),
  },
  write: {
    options: { label: writtenLabel, text },
    create: async (tree, header, options, context) =>
      (await import('./writer.js')).createCaptions('srt', tree, header, options, context),
  },
})
