import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectAll, detectFormat } from '../../../src/converters/detect.js'
import { vtt } from '../../../src/converters/vtt/format.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { mapItems } from '../../../src/dataset/transforms.js'
import { type AnnotationDefinition, DEFINITION_TYPES, Subtitle } from '../../../src/definitions/index.js'
import { memoryTree } from '../../../src/memory.js'
import { arbitraryDefinition } from '../../arbitraries/definitions.js'
import { convert, datasetOf, itemsOf, open, write } from './harness.js'

const FULL = `WEBVTT - a talk
Kind: captions

STYLE
::cue { color: red }

REGION
id:fred
width:40%

NOTE before all

intro
00:01.000 --> 00:04.000 region:fred align:start x:y
<v Ann>Hello &amp; <i>welcome</i></v>

NOTE between

00:04.000 --> 00:06.500
two
lines

NOTE at the end
`

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

const subtitle = (text: string, startTime: number, endTime: number, more: object = {}): Annotation =>
  new Annotation({ definition: new Subtitle({ label: 'Text', text, ...more }), span: { startTime, endTime } })

describe('reading', () => {
  it('makes one item a file and one annotation a cue', async () => {
    const [item] = await itemsOf(await open('vtt', { 'en/talk.vtt': FULL }))
    expect(item).toMatchObject({ id: { text: 'en/talk', kind: 'string' }, path: 'en/talk', media: { kind: 'video' } })
    const [first, second] = item?.annotations ?? []
    expect(first?.span).toEqual({ startTime: 1, endTime: 4 })
    expect(first?.definition).toMatchObject({ type: 'subtitle', label: 'Text', text: 'Hello & welcome' })
    expect({ ...first?.definition.attributes }).toEqual({
      speaker: 'Ann',
      identifier: 'intro',
      settings: 'region:fred align:start x:y',
      region: 'fred',
    })
    expect(first?.place).toEqual({ file: 'en/talk.vtt', line: 14 })
    expect(second?.definition).toMatchObject({ text: 'two\nlines', attributes: {} })
    expect(second?.extra?.get('vtt')?.fields.get('before')).toBe('["NOTE between"]')
  })

  it('finds the film or the sound beside it', async () => {
    const files = {
      'a.vtt': 'WEBVTT\n\n',
      'a.mp3': '',
      'b.vtt': 'WEBVTT\n\n',
      'b.mp4': '',
      'b.wav': '',
      'c.vtt': 'WEBVTT\n\n',
    }
    const items = await itemsOf(await open('vtt', files, { media: 'audio' }))
    expect(items.map(({ path, file, media }) => [path, file, media.kind])).toEqual([
      ['a.mp3', 'a.mp3', 'audio'],
      ['b.mp4', 'b.mp4', 'video'],
      ['c', undefined, 'audio'],
    ])
  })

  it('gives the label and the text that are asked for', async () => {
    const reading = await open('vtt', { 'a.vtt': FULL }, { label: 'speech', text: 'markup' })
    expect(reading.dataset.header.labels.labels).toEqual([{ name: 'speech', declared: false }])
    const [item] = await itemsOf(reading)
    expect(item?.annotations[0]?.definition).toMatchObject({
      label: 'speech',
      text: '<v Ann>Hello &amp; <i>welcome</i></v>',
    })
    const { report, text } = await write(
      'vtt',
      await open('vtt', { 'a.vtt': FULL }, { label: 'speech', text: 'markup' }),
      {
        rewrite: true,
      },
    )
    expect(report.annotations).toMatchObject({ read: 2, kept: 2 })
    expect(text('a.vtt')).toContain('<v Ann>Hello &amp; <i>welcome</i></v>')
  })

  it('leaves out a cue whose timing cannot be read, and counts it', async () => {
    const text = 'WEBVTT\n\n00:01 --> 00:02\nbad\n\n00:03.000 --> 00:04.000\ngood\n'
    const { report, text: written } = await convert('vtt', 'vtt', { 'a.vtt': text })
    expect(report.annotations).toEqual({ read: 2, kept: 1, derived: 0, approximated: 0, dropped: 1 })
    expect(report.ledger).toContainEqual(
      expect.objectContaining({ effect: 'dropped', subject: 'subtitle', reason: 'invalid', places: ['a.vtt:3'] }),
    )
    expect(report.problems).toEqual([
      expect.objectContaining({ code: 'caption-syntax', lossy: true, places: ['a.vtt:3:1'] }),
    ])
    expect(written('a.vtt')).toBe('WEBVTT\n\n00:03.000 --> 00:04.000\ngood\n')
    await expect(convert('vtt', 'vtt', { 'a.vtt': text }, { policy: 'strict' })).rejects.toMatchObject({
      code: 'caption-syntax',
      place: { file: 'a.vtt', line: 3, column: 1 },
    })
  })

  it('gives advice, which is no error even under strict', async () => {
    const text =
      'WEBVTT\n\n00:01.000 --> 00:03.000\nfirst\n\n00:02.000 --> 00:02.500 region:none\nfar too much to read in half a second\n\n00:05.000 --> 00:06.000\n<i> </i>\n'
    const { report } = await convert('vtt', 'native', { 'a.vtt': text })
    expect(report.problems.map(({ code, message, places, lossy }) => [code, message, places.join(), lossy])).toEqual([
      ['caption-advice', 'cues that overlap', 'a.vtt:6', false],
      ['caption-advice', 'a cue that is hard to read in its time', 'a.vtt:6', false],
      ['caption-advice', 'a cue without text', 'a.vtt:9', false],
      ['caption-advice', 'a cue in a region that the file does not define', 'a.vtt:6', false],
    ])
    expect(report.annotations.kept).toBe(3)
    const quiet = await convert('vtt', 'native', { 'a.vtt': text }, { read: { speed: 0 } })
    expect(quiet.report.problems.map(({ message }) => message)).not.toContain('a cue that is hard to read in its time')
    expect((await convert('vtt', 'native', { 'a.vtt': text }, { policy: 'strict' })).report.problems).toEqual([])
  })

  it('reads what is no UTF-8 as a browser does, or better, and says so', async () => {
    const bad = await convert('vtt', 'vtt', {
      'a.vtt': new Uint8Array([...new TextEncoder().encode('WEBVTT\n\n00:01.000 --> 00:02.000\ncaf'), 0xe9, 0x0a]),
    })
    expect(bad.text('a.vtt')).toContain('caf\ufffd\n')
    expect(bad.report.problems).toEqual([
      expect.objectContaining({ code: 'encoding', lossy: true, places: ['a.vtt at byte 35'] }),
    ])
    const utf16 = new Uint8Array([0xff, 0xfe, ...[...FULL].flatMap((character) => [character.charCodeAt(0), 0])])
    const wide = await convert('vtt', 'vtt', { 'a.vtt': utf16 })
    expect(textOf(wide.files['a.vtt'])).toBe(FULL)
    expect(wide.report.problems).toContainEqual(
      expect.objectContaining({ code: 'encoding', got: 'utf-16le', lossy: false }),
    )
  })

  it('leaves out files that are none, unless all are', async () => {
    const { files, report } = await convert('vtt', 'vtt', { 'a.vtt': 'hello\n', 'b.vtt': FULL })
    expect(Object.keys(files)).toEqual(['b.vtt'])
    expect(report.problems).toContainEqual(
      expect.objectContaining({ code: 'not-this-format', lossy: true, places: ['a.vtt:1:1'] }),
    )
    await expect(convert('vtt', 'vtt', { 'a.vtt': 'hello\n', 'c.vtt': '' })).rejects.toMatchObject({
      code: 'not-this-format',
    })
    await expect(convert('vtt', 'vtt', { 'a.txt': 'hello', 'b.txt': '' })).rejects.toMatchObject({
      code: 'empty-input',
    })
  })
})

describe('writing', () => {
  it('gives the file back, in every line end, and its value when it is rewritten', async () => {
    for (const text of [FULL, FULL.replaceAll('\n', '\r\n'), `\ufeff${FULL.replaceAll('\n', '\r')}`]) {
      expect(textOf((await convert('vtt', 'vtt', { 'a.vtt': text })).files['a.vtt'])).toBe(text)
      const { text: rewritten, report } = await convert('vtt', 'vtt', { 'a.vtt': text }, { rewrite: true })
      expect(rewritten('a.vtt')).toBe(FULL.replaceAll(/^0/gm, '00:0').replaceAll('--> 0', '--> 00:0'))
      expect(report.annotations).toMatchObject({ read: 2, kept: 2 })
      expect(report.ledger.filter(({ level }) => level !== 'annotation')).toEqual([])
    }
  })

  it('changes one cue and leaves all else as it was', async () => {
    const text = FULL.replaceAll('\n', '\r\n')
    const { dataset } = await open('vtt', { 'a.vtt': text })
    const changed = mapItems(dataset, (item) =>
      item.with({
        annotations: item.annotations.map((each, i) =>
          i === 1 ? each.with({ definition: new Subtitle({ label: 'Text', text: 'a < b\nc' }) }) : each,
        ),
      }),
    )
    const { text: written } = await write('vtt', { dataset: changed })
    expect(written('a.vtt')).toBe(
      text.replace('00:04.000 --> 00:06.500\r\ntwo\r\nlines', '00:00:04.000 --> 00:00:06.500\r\na &lt; b\r\nc'),
    )
  })

  it('takes cues out and puts cues in', async () => {
    const { dataset } = await open('vtt', { 'a.vtt': FULL })
    const without = mapItems(dataset, (item) => item.with({ annotations: item.annotations.slice(1) }))
    expect((await write('vtt', { dataset: without })).text('a.vtt')).toContain(
      'NOTE before all\n\n00:04.000 --> 00:06.500\ntwo\nlines\n\n',
    )
    const more = mapItems(dataset, (item) => item.with({ annotations: [...item.annotations, subtitle('new', 7, 8)] }))
    const { text } = await write('vtt', { dataset: more })
    expect(text('a.vtt')).toBe(`${FULL}\n00:00:07.000 --> 00:00:08.000\nnew\n`)
  })

  it('sorts the captions of others by their start, and leaves those of a file alone', async () => {
    const cues = [subtitle('b', 2, 3), subtitle('a', 1, 2), subtitle('c', 2, 4)]
    const { text } = await write('vtt', { dataset: datasetOf(cues) })
    expect(text('talk.vtt').match(/^[abc]$/gm)).toEqual(['a', 'b', 'c'])
    const unsorted = 'WEBVTT\n\n00:02.000 --> 00:03.000\nb\n\n00:01.000 --> 00:02.000\na\n'
    const again = await convert('vtt', 'vtt', { 'a.vtt': unsorted }, { rewrite: true })
    expect(again.text('a.vtt').match(/^[abc]$/gm)).toEqual(['b', 'a'])
  })

  it('says who speaks, which region, which settings: as the attributes say now', async () => {
    const attributes = {
      speaker: 'Ann & Bob',
      identifier: 'x1',
      settings: 'line:0 region:old',
      region: 'new',
      mood: 'calm',
    }
    const { text, report } = await write('vtt', { dataset: datasetOf([subtitle('hi', 1, 2, { attributes })]) })
    expect(text('talk.vtt')).toBe(
      'WEBVTT\n\nx1\n00:00:01.000 --> 00:00:02.000 line:0 region:new\n<v Ann &amp; Bob>hi\n',
    )
    expect(report.ledger).toContainEqual(
      expect.objectContaining({
        level: 'field',
        subject: 'attributes',
        count: 1,
        reason: 'WebVTT has no place for it',
      }),
    )
  })

  it.each([
    [
      'times between milliseconds',
      subtitle('x', 1.00049, 2),
      { effect: 'approximated', reason: 'times in milliseconds' },
    ],
    [
      'no end',
      new Annotation({ definition: new Subtitle({ label: 'Text', text: 'x' }), span: { startTime: 1 } }),
      { effect: 'dropped', reason: 'no start and end time' },
    ],
    ['a time before 0', subtitle('x', -1, 2), { effect: 'dropped', reason: 'a time before 0' }],
    ['another label', subtitle('x', 1, 2, { label: 'speech' }), { effect: 'derived', reason: 'WebVTT has no labels' }],
    ['NUL', subtitle('a\0b', 1, 2), { effect: 'approximated', reason: 'characters a text file cannot hold' }],
    ['blank lines', subtitle('\na\n\n\nb\n', 1, 2), { effect: 'kept' }],
  ])('%s', async (_name, annotation, outcome) => {
    const { report } = await write('vtt', { dataset: datasetOf([annotation]) })
    expect(report.ledger.filter(({ level }) => level === 'annotation')).toEqual([expect.objectContaining(outcome)])
  })

  it('counts frames where the rate is known', async () => {
    const annotation = new Annotation({
      definition: new Subtitle({ label: 'Text', text: 'x' }),
      span: { frame: 30, endFrame: 60 },
    })
    const media = { kind: 'video', fps: { numerator: 30_000, denominator: 1001 } } as const
    const { text, report } = await write('vtt', { dataset: datasetOf([annotation], { media }) })
    expect(text('talk.vtt')).toContain('00:00:01.001 --> 00:00:02.002\n')
    expect(report.annotations.derived).toBe(1)
  })

  it('gives captions of pictures a file, and pictures without captions none', async () => {
    const media = { kind: 'image', width: 64, height: 40 } as const
    expect(Object.keys((await write('vtt', { dataset: datasetOf([subtitle('x', 1, 2)], { media }) })).files)).toEqual([
      'talk.vtt',
    ])
    const { files, report } = await write('vtt', { dataset: datasetOf([], { media }) })
    expect(files).toEqual({})
    expect(report.ledger).toEqual([
      expect.objectContaining({ level: 'item', subject: 'image', reason: 'WebVTT holds no pictures' }),
    ])
  })

  it.each(DEFINITION_TYPES.filter((type) => type !== 'subtitle'))('has no place for %s', async (type) => {
    const [definition] = fc.sample(arbitraryDefinition(type, { width: 64, height: 40 }), { numRuns: 1, seed: 7 })
    const annotation = new Annotation({
      definition: definition as AnnotationDefinition,
      span: { startTime: 0, endTime: 1 },
    })
    const { report } = await write('vtt', { dataset: datasetOf([annotation]) })
    expect(report.annotations).toMatchObject({ read: 1, dropped: 1 })
    expect(vtt.expresses.definitions[type].effect).toBe('dropped')
  })

  it('keeps any subtitle that has whole milliseconds', async () => {
    const texts = fc.string({ unit: fc.constantFrom(...'ab<>&\n-', '-->', '漢') })
    const speakers = fc.constantFrom(undefined, 'Ann', 'A > B', 'two words')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(texts, speakers, fc.nat(), fc.nat())), async (cues) => {
        const annotations = cues.map(([text, speaker, start, end]) =>
          subtitle(text, start / 1000, end / 1000, speaker === undefined ? {} : { attributes: { speaker } }),
        )
        const { files, report } = await write('vtt', { dataset: datasetOf(annotations) })
        expect(report.annotations.kept).toBe(cues.length)
        const [item] = await itemsOf(await open('vtt', files))
        const sorted = [...annotations].sort((a, b) => (a.span?.startTime ?? 0) - (b.span?.startTime ?? 0))
        expect(item?.annotations.map(({ definition, span }) => [definition, span])).toEqual(
          sorted.map(({ definition, span }) => [definition, span]),
        )
      }),
      { numRuns: 50 },
    )
  })
})

describe('detection', () => {
  it.each([
    [{ 'a.vtt': FULL }, 'vtt', 'a.vtt begins with WEBVTT'],
    [{ captions: FULL }, 'vtt', 'captions begins with WEBVTT'],
    [
      { 'a.srt': '1\n00:00:01,000 --> 00:00:02,000\nx\n', 'a.mp4': '' },
      'srt',
      'a.srt has a line such as 00:00:01,000 --> 00:00:02,000',
    ],
    [{ 'a.vtt': 'hello' }, 'vtt', 'a.vtt is called .vtt, but none looked at begins with WEBVTT'],
  ])('%#: by content', async (files, format, evidence) => {
    expect(await detectFormat(memoryTree(files as Record<string, string>))).toMatchObject({
      format: { id: format },
      evidence,
    })
  })

  it('asks where both are there', async () => {
    const tree = memoryTree({ 'a.vtt': FULL, 'a.srt': '1\n00:00:01,000 --> 00:00:02,000\nx\n' })
    await expect(detectFormat(tree)).rejects.toMatchObject({ code: 'ambiguous-format' })
  })

  it('leaves the files of others alone', async () => {
    const files = { 'a.txt': '0 0.5 0.5 0.1 0.1\n', 'b.json': '{"text":"WEBVTT"}', 'c.xml': '<annotation/>' }
    for (const [path, text] of Object.entries(files)) {
      const candidates = await detectAll(memoryTree({ [path]: text }))
      for (const { format, confidence } of candidates)
        if (format.id === 'vtt' || format.id === 'srt') expect([path, confidence]).toEqual([path, 0])
    }
    const images = JSON.stringify({
      images: [{ id: 1, file_name: 'a.jpg' }],
      annotations: [{ id: 1, image_id: 1, bbox: [0, 0, 1, 1] }],
    })
    const mixed = memoryTree({ 'instances.json': images, 'a.jpg': '', 'b.jpg': '', 'stray.vtt': FULL })
    expect((await detectFormat(mixed)).format.id).toBe('coco')
  })
})
