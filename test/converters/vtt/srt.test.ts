import { describe, expect, it } from 'vitest'
import { itemFromSrt } from '../../../src/converters/vtt/captions.js'
import { srtText } from '../../../src/converters/vtt/srt/document-text.js'
import { guessEncoding } from '../../../src/converters/vtt/srt/encoding.js'
import { plainSrtText, srtMarkup, srtTree } from '../../../src/converters/vtt/srt/markup.js'
import { parseSrt } from '../../../src/converters/vtt/srt/parse.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { Subtitle } from '../../../src/definitions/index.js'
import { convert, datasetOf, itemsOf, open, write } from './harness.js'

const FULL = `1
00:00:01,000 --> 00:00:04,000 X1:100 X2:600 Y1:050 Y2:100
{\\an8}<font color="#ffff00">Hello</font> & <i>welcome</i>

2
00:00:04,000 --> 101:00:06,500
two
lines
`

describe('the text', () => {
  it('is read with coordinates, tags and places', () => {
    expect(parseSrt(FULL)).toEqual({
      blocks: [
        {
          kind: 'cue',
          counter: '1',
          start: 1000,
          end: 4000,
          coordinates: 'X1:100 X2:600 Y1:050 Y2:100',
          text: '{\\an8}<font color="#ffff00">Hello</font> & <i>welcome</i>',
        },
        { kind: 'cue', counter: '2', start: 4000, end: 363_606_500, coordinates: '', text: 'two\nlines' },
      ],
      findings: [],
    })
    expect(srtText(parseSrt(FULL))).toBe(FULL)
  })

  it.each([
    ['1\n00:00:01.000 --> 00:00:02,000\nx\n', ['2 a dot before the milliseconds']],
    [
      '1\n0:0:1,5 --> 0:00:02,1234\nx\n',
      ['2 milliseconds of more or less than three digits', '2 a timestamp with a field of one digit'],
    ],
    ['1\n00:01,000 --> 00:02,000\nx\n', ['2 a timestamp without hours']],
    ['1\n00:00:01,000-->00:00:02,000\nx\n', ['2 nothing beside -->']],
    ['00:00:01,000 --> 00:00:02,000\nx\n', ['1 a cue without a number']],
    ['7\n00:00:01,000 --> 00:00:02,000\nx\n', ['1 a number out of order']],
    [
      '1\n00:00:01,000 --> 00:00:02,000\nx\n2\n00:00:02,000 --> 00:00:03,000\ny\n',
      ['4 a cue without a blank line before it'],
    ],
    ['hello\n\n1\n00:00:01,000 --> 00:00:02,000\nx\n', ['1 lines that are no cue']],
    ['1\n00:00:61,000 --> 00:00:02,000\nx\n', ['2 a cue without a timing that can be read']],
  ])('%j', (text, expected) => {
    expect(parseSrt(text).findings.map(({ line, message }) => `${line} ${message}`)).toEqual(expected)
  })

  it('reads decimals as decimals', () => {
    const [cue] = parseSrt('1\n0:0:1,5 --> 0:00:02,1239\nx\n').blocks
    expect(cue).toMatchObject({ start: 1500, end: 2123 })
  })

  it.each([
    ['<b>a</b> <I>b</I> <font face="x" size=3>c</font> <s>d</s>', 'a b c d'],
    ['{\\an8}top {\\pos(10,20)\\b1}here {no code}', 'top here {no code}'],
    ['a < b > c <x>d</x> <br>', 'a < b > c <x>d</x> <br>'],
  ])('%s', (text, plain) => {
    expect(plainSrtText(text)).toBe(plain)
  })

  it('has a tree of what WebVTT knows too', () => {
    expect(srtMarkup(srtTree('<b>a<font x>b</font></B>c</i>'))).toBe('<b>ab</b>c')
  })
})

/** Bytes of an encoding of one or two bytes a character, from a table made by decoding all of them. */
function encoded(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const table = new Map<string, readonly number[]>()
  for (let high = 0x81; high < 0xff; high++)
    for (let low = 0x40; low < 0xff; low++) {
      const character = decoder.decode(new Uint8Array([high, low]))
      if ([...character].length === 1 && !table.has(character)) table.set(character, [high, low])
    }
  for (let byte = 0xff; byte >= 0x80; byte--) table.set(decoder.decode(new Uint8Array([byte])), [byte])
  return new Uint8Array(
    [...text].flatMap((character) =>
      character < '\x80' ? [character.charCodeAt(0)] : [...(table.get(character) ?? [0x3f])],
    ),
  )
}

const SPOKEN = {
  'windows-1252': 'Où étiez-vous hier ? Ça va, "Ärger" naïf à côté.',
  'windows-1251': 'Привет, как дела? Хорошо, спасибо.',
  gbk: '你好，今天天气很好。我们去公园吧！',
  shift_jis: 'こんにちは、今日はいい天気ですね。',
} as const

describe('the encoding', () => {
  it.each(Object.entries(SPOKEN))('%s is told by its bytes', async (encoding, text) => {
    const bytes = encoded(`1\n00:00:01,000 --> 00:00:09,000\n${text}\n`, encoding)
    expect(guessEncoding(bytes)).toBe(encoding)
    const { report, text: written } = await convert('srt', 'srt', { 'a.srt': bytes })
    expect(written('a.srt')).toContain(`\n${text}\n`)
    expect(report.problems).toEqual([
      expect.objectContaining({
        code: 'encoding',
        got: `most likely ${encoding}`,
        fix: 'Choose with --srt.encoding',
        lossy: false,
      }),
    ])
    const asked = await convert('srt', 'srt', { 'a.srt': bytes }, { read: { encoding } })
    expect(asked.report.problems).toEqual([])
    expect(asked.text('a.srt')).toBe(written('a.srt'))
    await expect(convert('srt', 'srt', { 'a.srt': bytes }, { policy: 'strict' })).rejects.toMatchObject({
      code: 'encoding',
    })
  })
})

describe('converting', () => {
  it('gives the file back, and its value when it is rewritten', async () => {
    for (const text of [FULL, FULL.replaceAll('\n', '\r\n'), FULL.replace('2\n', '5\n')]) {
      const direct = await convert('srt', 'srt', { 'a.srt': text })
      expect(direct.text('a.srt')).toBe(text)
      const { files } = await convert('srt', 'native', { 'a.srt': text }, { rewrite: true })
      const back = await convert('native', 'srt', files)
      expect(back.text('a.srt')).toBe(text.replaceAll('\r\n', '\n'))
      expect(back.report.annotations).toMatchObject({ read: 2, kept: 2 })
    }
  })

  it('becomes WebVTT with what both can say', async () => {
    const { text, report } = await convert('srt', 'vtt', { 'a.srt': FULL })
    expect(text('a.vtt')).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nHello &amp; <i>welcome</i>\n\n00:00:04.000 --> 101:00:06.500\ntwo\nlines\n',
    )
    expect(report.annotations).toMatchObject({ read: 2, kept: 2 })
    expect(
      report.ledger.filter(({ level }) => level === 'field').map(({ subject, count }) => [subject, count]),
    ).toEqual([
      ['attributes', 1],
      ['extra', 1],
    ])
  })

  it('is made of WebVTT with what both can say', async () => {
    const vtt =
      'WEBVTT\n\nintro\n00:01.000 --> 00:04.000 align:start\n<v Ann>a &lt; <b.loud>b</b> <00:02.000><ruby>c<rt>d</rt></ruby>\n'
    const { text, report } = await convert('vtt', 'srt', { 'a.vtt': vtt })
    expect(text('a.srt')).toBe('1\n00:00:01,000 --> 00:00:04,000\na < <b>b</b> cd\n')
    expect(report.annotations).toMatchObject({ read: 1, kept: 1 })
    expect(report.ledger).toContainEqual(
      expect.objectContaining({ subject: 'attributes', count: 3, reason: 'SubRip has no place for it' }),
    )
  })

  it.each([
    ['a\n\nb', 'a\nb'],
    ['<i>not a tag</i>', '<i>not a tag</i>'],
    ['00:00:01,000 --> 00:00:02,000', '00:00:01,000 -> 00:00:02,000'],
  ])('%j is more than it can hold', async (text, written) => {
    const annotation = new Annotation({
      definition: new Subtitle({ label: 'Text', text }),
      span: { startTime: 1, endTime: 2 },
    })
    const result = await write('srt', { dataset: datasetOf([annotation]) })
    expect(result.text('talk.srt')).toBe(`1\n00:00:01,000 --> 00:00:02,000\n${written}\n`)
    expect(result.report.ledger).toContainEqual(
      expect.objectContaining({ effect: 'approximated', reason: 'text that SubRip cannot hold' }),
    )
  })

  it('leaves out a cue whose timing cannot be read, keeps odd lines', async () => {
    const text = 'made by hand\n\n1\n00:00:61,000 --> 00:01:02,000\nbad\n\n2\n00:01:03,000 --> 00:01:04,000\ngood\n'
    const { report, text: written } = await convert('srt', 'srt', { 'a.srt': text })
    expect(report.annotations).toMatchObject({ read: 2, kept: 1, dropped: 1 })
    expect(written('a.srt')).toBe('made by hand\n\n2\n00:01:03,000 --> 00:01:04,000\ngood\n')
    const { files } = await convert('srt', 'native', { 'a.srt': text }, { rewrite: true })
    expect((await convert('native', 'srt', files)).text('a.srt')).toContain('made by hand\n\n2\n')
  })

  it('gives advice about times, which have no syntax here', async () => {
    const text = '1\n00:00:05,000 --> 00:00:05,000\nx\n\n2\n00:00:01,000 --> 00:00:02,000\ny\n'
    const reading = await open('srt', { 'a.srt': text })
    await itemsOf(reading)
    expect(reading.ledger.problems.map(({ code, message }) => [code, message])).toEqual([
      ['caption-advice', 'a cue that does not end after its start'],
      ['caption-advice', 'a cue that starts before one above it'],
    ])
    expect(itemFromSrt(text, { policy: 'strict' }).annotations).toHaveLength(2)
  })
})
