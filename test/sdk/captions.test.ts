import { describe, expect, it } from 'vitest'
import { dataloopItem, parseDataloopItem } from '../../src/converters/dataloop/index.js'
import { Annotation } from '../../src/dataset/annotation.js'
import { idFrom } from '../../src/dataset/id.js'
import { Item, type Rational } from '../../src/dataset/item.js'
import { Box, Subtitle } from '../../src/definitions/index.js'
import { fromSrt, fromVtt, toSrt, toVtt } from '../../src/sdk/captions.js'

const VTT = `WEBVTT a talk
Kind: captions

NOTE kept

STYLE
::cue { color: lime }

intro
00:01.030 --> 00:02.500 align:start region:fred
<v Ann>Hello &amp; <i>welcome</i></v>

100:00:00.001 --> 100:00:01.999
bye

`
const SRT = `1\r\n00:00:01,030 --> 00:00:02,500\r\n<i>Hello</i>\r\n`
const PAL: Rational = { numerator: 25, denominator: 1 }
const NTSC: Rational = { numerator: 30_000, denominator: 1001 }

function clip(fps?: Rational, kind: 'video' | 'audio' = 'video'): Item {
  return new Item({ id: idFrom('c'), path: 'clips/c.mp4', media: { kind, fps } })
}

describe('fromVtt', () => {
  it('gives subtitles in seconds, with all that a cue says, and no frames where no rate is known', () => {
    const item = fromVtt(VTT, { name: 'talk.vtt' })
    expect(item).toMatchObject({ path: 'talk', media: { kind: 'video' } })
    expect(item.annotations.map(({ span }) => span)).toEqual([
      { startTime: 1.03, endTime: 2.5 },
      { startTime: 360_000.001, endTime: 360_001.999 },
    ])
    expect(item.annotations[0]?.definition).toMatchObject({
      type: 'subtitle',
      label: 'Text',
      text: 'Hello & welcome',
      attributes: { speaker: 'Ann', identifier: 'intro', settings: 'align:start region:fred', region: 'fred' },
    })
  })

  it('works out frames half to even, and leaves the times as they are', () => {
    const [first] = fromVtt(VTT, { fps: PAL }).annotations
    // 25.75 and 62.5: the SDK leaves the first frame at 0 and moves the end to 2.48.
    expect(first?.span).toEqual({ startTime: 1.03, endTime: 2.5, frame: 26, endFrame: 62 })
    const [other, last] = fromVtt(VTT, { fps: NTSC }).annotations
    expect(other?.span).toMatchObject({ frame: 31, endFrame: 75 })
    expect(last?.span).toMatchObject({ startTime: 360_000.001, frame: 10_789_211, endFrame: 10_789_271 })
  })

  it('adds cues to the item they belong to', () => {
    const box = new Annotation({ definition: new Box({ label: 'cat', left: 1, top: 2, right: 3, bottom: 9 }) })
    const item = clip(PAL).with({ annotations: [box] })
    const captioned = fromVtt(VTT, { item, label: 'English' })
    expect(captioned).toMatchObject({ id: item.id, path: 'clips/c.mp4', media: item.media })
    expect(captioned.annotations.map(({ type, label }) => [type, label])).toEqual([
      ['box', 'cat'],
      ['subtitle', 'English'],
      ['subtitle', 'English'],
    ])
    expect(captioned.annotations[0]).toBe(box)
    expect(captioned.annotations[1]?.span?.frame).toBe(26)
    expect(item.annotations).toHaveLength(1)
    expect(fromVtt(VTT, { item: clip(PAL), fps: NTSC }).media.fps).toEqual(NTSC)
  })

  it('can keep tags, and tells a sound from a film', () => {
    const item = fromVtt(VTT, { keepTags: true, media: 'audio' })
    expect(item.media.kind).toBe('audio')
    expect(item.annotations[0]?.definition).toMatchObject({ text: '<v Ann>Hello &amp; <i>welcome</i></v>' })
    expect(toVtt(item, { keepTags: true, rewrite: true })).toContain('\n<v Ann>Hello &amp; <i>welcome</i></v>\n')
  })

  it('refuses what is no WebVTT, pictures, and rates that are none', () => {
    expect(() => fromVtt('WEBVT')).toThrow(expect.objectContaining({ code: 'not-this-format' }))
    const picture = new Item({ id: idFrom(1), path: 'a.jpg', media: { kind: 'image' } })
    expect(() => fromVtt(VTT, { item: picture })).toThrow(expect.objectContaining({ code: 'invalid-value' }))
    for (const fps of [
      { numerator: 0, denominator: 1 },
      { numerator: 25, denominator: 0 },
      { numerator: Number.NaN, denominator: 1 },
    ])
      expect(() => fromSrt(SRT, { fps })).toThrow(expect.objectContaining({ code: 'invalid-value' }))
    expect(() => fromVtt('WEBVTT\n\n00:60.000 --> 00:61.000\nx\n', { policy: 'strict' })).toThrow(
      expect.objectContaining({ code: 'caption-syntax' }),
    )
  })
})

describe('toVtt', () => {
  it.each([{}, { fps: PAL }, { fps: NTSC }, { item: clip(PAL) }])('gives the very file again: %j', (options) => {
    expect(toVtt(fromVtt(VTT, options))).toBe(VTT)
  })

  it('writes subtitles made by hand in the order of their start, milliseconds rounded, and nothing else', () => {
    const cue = (text: string, startTime: number, endTime: number, label = 'Text'): Annotation =>
      new Annotation({ definition: new Subtitle({ label, text }), span: { startTime, endTime } })
    const item = clip().with({
      annotations: [
        cue('b', 90_000, 90_001),
        cue('a < b', 0.9996, 2, 'English'),
        new Annotation({ definition: new Box({ label: 'cat', left: 1, top: 2, right: 3, bottom: 9 }) }),
        new Annotation({ definition: new Subtitle({ label: 'Text', text: 'never' }) }),
      ],
    })
    // The SDK writes 00:00:00.999, fails at a day, and lets `<` be taken for a tag.
    expect(toVtt(item)).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\na &lt; b\n\n25:00:00.000 --> 25:00:01.000\nb\n')
    expect(toVtt(item, { label: 'English' })).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\na &lt; b\n')
    expect(toSrt(item, { label: 'English' })).toBe('1\n00:00:01,000 --> 00:00:02,000\na < b\n')
  })

  it('takes frames where there are no times: by the rate, in milliseconds for a sound', () => {
    const framed = new Annotation({
      definition: new Subtitle({ label: 'Text', text: 'x' }),
      span: { frame: 1500, endFrame: 3000 },
    })
    expect(toVtt(clip(PAL).with({ annotations: [framed] }))).toContain('00:01:00.000 --> 00:02:00.000')
    expect(toVtt(clip(undefined, 'audio').with({ annotations: [framed] }))).toContain('00:00:01.500 --> 00:00:03.000')
    expect(toVtt(clip().with({ annotations: [framed] }))).toBe('WEBVTT\n\n')
  })

  it('leaves the cues of another label out, and what stood between them stays with its cue', () => {
    const [one, two] = fromVtt(
      'WEBVTT\n\n00:01.000 --> 00:02.000\na\n\nNOTE of b\n\n00:02.000 --> 00:03.000\nb\n',
    ).annotations
    if (one === undefined || two === undefined) throw new Error('no cues')
    const english = two.with({ definition: two.definition.with({ label: 'English' }) })
    const item = clip().with({ annotations: [one, english] })
    expect(toVtt(item, { label: 'English' })).toBe('WEBVTT\n\nNOTE of b\n\n00:00:02.000 --> 00:00:03.000\nb\n')
  })
})

describe('SubRip', () => {
  it('comes in and goes out the same way', () => {
    const item = fromSrt(SRT, { fps: PAL, label: 'English' })
    expect(item.annotations[0]?.span).toEqual({ startTime: 1.03, endTime: 2.5, frame: 26, endFrame: 62 })
    expect(item.annotations[0]?.definition).toMatchObject({ label: 'English', text: 'Hello' })
    expect(toSrt(item)).toBe(SRT)
    expect(toVtt(item)).toBe('WEBVTT\n\n00:00:01.030 --> 00:00:02.500\n<i>Hello</i>\n')
    expect(toSrt(fromVtt(VTT))).toContain('1\n00:00:01,030 --> 00:00:02,500\nHello & <i>welcome</i>\n')
  })

  it('tells encodings', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('1\n00:00:01,000 --> 00:00:02,000\ncaf'), 0xe9, 10])
    expect(fromSrt(bytes, { encoding: 'windows-1252' }).annotations[0]?.definition).toMatchObject({ text: 'café' })
  })
})

describe('captions through Dataloop JSON', () => {
  it.each([undefined, PAL, NTSC])('keep every cue, at %j frames a second', (fps) => {
    const item = fromVtt(VTT, { item: clip(fps) })
    for (const rewrite of [false, true]) {
      const { text, outcomes } = dataloopItem(item, { rewrite })
      expect(outcomes.map(({ effect }) => effect)).toEqual(['kept', 'kept'])
      const again = parseDataloopItem(text)
      expect(again).toMatchObject({ path: item.path, media: { kind: 'video', fps } })
      expect(again.annotations.map(({ span }) => span)).toEqual(item.annotations.map(({ span }) => span))
      expect(toVtt(again)).toBe(toVtt(item, { rewrite: true }))
    }
  })
})
