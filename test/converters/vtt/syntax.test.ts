import { describe, expect, it } from 'vitest'
import { itemFromVtt } from '../../../src/converters/vtt/captions.js'
import { cueSettings } from '../../../src/converters/vtt/cue-settings.js'
import { cueTree, plainText, voicesOf } from '../../../src/converters/vtt/cue-tree.js'
import { cueText } from '../../../src/converters/vtt/cue-tree-text.js'
import { cuesOf } from '../../../src/converters/vtt/document.js'
import { vttText } from '../../../src/converters/vtt/document-text.js'
import { parseVtt, timestampMap } from '../../../src/converters/vtt/parse.js'
import { millisecondsOf, timestampText } from '../../../src/converters/vtt/timestamp.js'

/** Findings as `line:column message`. */
function found(text: string): readonly string[] {
  return parseVtt(text).findings.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

const cue = (text: string, timing = '00:01.000 --> 00:09.000'): string => `WEBVTT\n\n${timing}\n${text}\n`

describe('files other parsers stumble over', () => {
  it('six decimals are no timestamp', () => {
    const { blocks, findings } = parseVtt('WEBVTT\n\n0:00:01.500000 --> 0:00:02.000\nx\n')
    expect(blocks).toEqual([{ kind: 'broken', text: '0:00:01.500000 --> 0:00:02.000\nx' }])
    expect(findings).toMatchObject([{ line: 3, column: 1, expected: 'a timestamp, as 00:00:01.000', lossy: true }])
  })

  it('lines of YouTube under the first one are kept', () => {
    const text = 'WEBVTT\nKind: captions\nLanguage: en\n\n00:00:01.000 --> 00:00:02.000\nx\n'
    const { header, blocks, findings } = parseVtt(text)
    expect(header).toEqual(['Kind: captions', 'Language: en'])
    expect(blocks).toHaveLength(1)
    expect(findings.map(({ line }) => line)).toEqual([2])
    expect(vttText(parseVtt(text))).toBe(text)
  })

  it('NOTE, STYLE and REGION before the first cue are kept', () => {
    const text =
      'WEBVTT\n\nNOTE by hand\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred width:40%\n\n00:00:01.000 --> 00:00:02.000 region:fred\nx\n'
    const { blocks, findings } = parseVtt(text)
    expect(findings).toEqual([])
    expect(blocks.map(({ kind, text: inner }) => [kind, inner])).toEqual([
      ['note', 'by hand'],
      ['style', '::cue { color: red }'],
      ['region', 'id:fred width:40%'],
      ['cue', 'x'],
    ])
    expect(vttText({ title: '', header: [], blocks })).toBe(text)
  })

  it('a hundred hours are fine', () => {
    const [read] = cuesOf(parseVtt('WEBVTT\n\n100:00:01.000 --> 1000:00:00.000\nx\n'))
    expect(read).toMatchObject({ start: 360_001_000, end: 3_600_000_000 })
    expect(timestampText(360_001_000)).toBe('100:00:01.000')
  })

  it('sixty minutes are none', () => {
    expect(parseVtt('WEBVTT\n\n60:00.000 --> 61:00.000\nx\n').blocks).toMatchObject([{ kind: 'broken' }])
  })

  it('a cue without text stays', () => {
    const { blocks, findings } = parseVtt('WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\nx\n')
    expect(blocks.map(({ text }) => text)).toEqual(['', 'x'])
    expect(findings).toEqual([])
  })

  it('a cue that ends when it starts stays', () => {
    expect(cuesOf(parseVtt(cue('x', '00:01.000 --> 00:01.000')))).toHaveLength(1)
    expect(found(cue('x', '00:01.000 --> 00:01.000'))).toEqual(['3:1 a cue that does not end after its start'])
  })

  it('a comma before the milliseconds is SubRip', () => {
    expect(parseVtt(cue('x', '00:00:01,000 --> 00:00:02,000')).blocks).toMatchObject([{ kind: 'broken' }])
  })

  it('settings are understood', () => {
    const [read] = cuesOf(parseVtt(cue('x', '00:01.000 --> 00:02.000 align:start position:10%,line-left')))
    expect(read?.settings).toBe('align:start position:10%,line-left')
    expect(cueSettings(read?.settings ?? '')).toMatchObject({
      align: 'start',
      position: 10,
      positionAlign: 'line-left',
    })
  })
})

describe('blocks', () => {
  it('an arrow on a third line begins a cue of its own', () => {
    expect(parseVtt('WEBVTT\n\na\nb\n00:01.000 --> 00:02.000\nx\n').blocks).toEqual([
      { kind: 'other', text: 'a\nb' },
      { kind: 'cue', id: '', start: 1000, end: 2000, settings: '', text: 'x' },
    ])
  })

  it('an arrow directly under the first line too', () => {
    expect(parseVtt('WEBVTT\n00:01.000 --> 00:02.000\nx').blocks).toHaveLength(1)
    expect(parseVtt('WEBVTT 00:01.000 --> 00:02.000\nx').blocks).toEqual([])
  })

  it('a word of a block above times is an identifier', () => {
    for (const word of ['NOTE', 'STYLE', 'REGION'])
      expect(parseVtt(`WEBVTT\n\n${word}\n00:01.000 --> 00:02.000\nx\n`).blocks).toMatchObject([
        { kind: 'cue', id: word },
      ])
  })

  it('after a cue that cannot be read there may still be styles', () => {
    const { blocks } = parseVtt('WEBVTT\n\nfoo --> bar\n\nSTYLE\na {}\n\n00:01.000 --> 00:02.000\n\nSTYLE\nb {}\n')
    expect(blocks.map(({ kind }) => kind)).toEqual(['broken', 'style', 'cue', 'other'])
  })
})

describe('departures from the syntax have a line and a column', () => {
  it.each([
    ['WEBVTT', ['1:7 the last line has no end', '2:1 no blank line under the first one']],
    ['WEBVTT\n', ['2:1 no blank line under the first one']],
    ['WEBVTT\n\n', []],
    ['WEBVTT - of a talk\n\nNOTE\n\nNOTE a\nb\n', []],
    ['WEBVTT\n\nhello\nthere\n', ['3:1 lines that are no cue and no comment']],
    ['WEBVTT\n\nATTRIBUTES\nlang: en\n', []],
    ['WEBVTT\n\nREGION\nwidth:40%\n', ['3:1 a region without an id']],
    [
      'WEBVTT\n\nREGION\nid:a\n\nREGION\nid:a lines:x\n',
      ['6:1 two regions have one id', '7:6 a bad value of a region setting'],
    ],
    [`${cue('x')}\nSTYLE\na {}\n`, ['6:1 STYLE behind the first cue']],
    [cue('x', ' 00:01.000 --> 00:02.000'), ['3:1 white space before a timestamp']],
    [cue('x', '0:00:01.000 --> 0:00:02.000'), ['3:1 hours of one digit', '3:17 hours of one digit']],
    [
      cue('x', '00:01.000-->00:02.000'),
      ['3:10 nothing between a timestamp and -->', '3:13 nothing between --> and a timestamp'],
    ],
    [cue('x', '00:01.000 --> 00:02.000align:end'), ['3:24 nothing between a timestamp and the settings']],
    [
      cue('x', '00:01.000 --> 00:02.000 align:up align:end line:1.5 odd'),
      [
        '3:25 a bad value of a setting',
        '3:34 a setting that is there twice',
        '3:44 a line number with decimals',
        '3:53 a setting without a name or a value',
      ],
    ],
    [`${cue('x')}\n00:00.500 --> 00:02.000\ny\n`, ['6:1 a cue that starts before one above it']],
    [
      'WEBVTT\n\na\n00:01.000 --> 00:02.000\nx\n\na\n00:02.000 --> 00:03.000\ny\n',
      ['7:1 two cues have one identifier'],
    ],
    [cue('x\n00:09.000 --> 00:10.000\ny'), ['5:1 a cue without a blank line before it']],
    [
      cue('a & b &amp; &lt'),
      [
        '4:3 an ampersand that begins no whole character reference',
        '4:13 an ampersand that begins no whole character reference',
      ],
    ],
    [
      cue('one\n<b>two\n<x>three</i>'),
      ['5:1 a tag without its end', '6:1 a tag nobody knows, or < for itself', '6:9 the end of nothing'],
    ],
    [
      cue('<v>a</v> <c d>e</c> <lang>f</lang>'),
      ['4:1 v without a name behind it', '4:10 c with something behind it', '4:21 lang without a name behind it'],
    ],
    [cue('<v Ann>only'), []],
    [cue('before <v Ann>only'), ['4:8 a tag without its end']],
    [cue('<ruby>a<rt>b</rt>c<rt>d</ruby>'), []],
    [cue('<rt>a</rt>'), ['4:1 rt outside of ruby', '4:6 the end of nothing']],
    [cue('<b.>a</b>'), ['4:1 a class without a name']],
    [
      cue('a <00:05.000>b <00:04.000>c <00:09.000>d'),
      [
        '4:16 a timestamp that is not after those before it, or not within its cue',
        '4:29 a timestamp that is not after those before it, or not within its cue',
      ],
    ],
    [cue('a <00:05>b'), ['4:3 a tag that begins with a digit and is no timestamp']],
    [cue('a <b'), ['4:3 a tag without its >', '4:3 a tag without its end']],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it('data for programs is no caption', () => {
    expect(found('WEBVTT\nKind: metadata\n\n00:01.000 --> 00:02.000\n{"a":"x < y & z"}\n')).toEqual([
      '2:1 lines under the first one',
    ])
  })

  it('strict stops at the first one', () => {
    expect(() => itemFromVtt(cue('x', '00:01.000-->00:02.000'), { name: 'a.vtt', policy: 'strict' })).toThrow(
      expect.objectContaining({ code: 'caption-syntax', place: { file: 'a.vtt', line: 3, column: 10 } }),
    )
    expect(itemFromVtt(cue('x'), { policy: 'strict' }).annotations).toHaveLength(1)
  })
})

describe('cue text', () => {
  it.each([
    ['&lt;b&gt; &amp; &nbsp;&lrm;&rlm;', '<b> & \u00a0\u200e\u200f'],
    ['&eacute;&eacute &#233;&#xE9; &notin; &notit;', 'éé éé ∉ ¬it;'],
    ['&#0;&#x80;&#xD800;&#1114112;&#x1F600;', '\ufffd€\ufffd\ufffd😀'],
    ['& &; &#; &#x; &zzz; &nothing;', '& &; &#; &#x; &zzz; ¬hing;'],
    ['&NotEqualTilde;', '≂̸'],
  ])('%s', (text, expected) => {
    expect(plainText(text)).toBe(expected)
  })

  it('names every voice once', () => {
    expect(voicesOf('<v.loud Ann  Lee>a</v><v Bob>b</v><v &amp;>c</v><v Ann Lee>d')).toEqual(['Ann Lee', 'Bob', '&'])
  })

  it('refuses class names that would be something else', () => {
    for (const name of ['', 'a b', 'a.b', 'a>b', 'a--'])
      expect(() => cueText([{ kind: 'c', classes: [name], children: [] }])).toThrow(
        expect.objectContaining({ code: 'invalid-value' }),
      )
  })

  it('keeps a tree of any depth', () => {
    const text = '<b>'.repeat(100_000)
    expect(cueText(cueTree(text)).length).toBe(text.length + '</b>'.length * 100_000)
  })
})

it('a document that no text says is refused', () => {
  const block = { kind: 'cue', id: '', start: 0, end: 1, settings: '', text: 'x' } as const
  const of = (changes: object): (() => string) => {
    return () => vttText({ title: '', header: [], blocks: [{ ...block, ...changes }] })
  }
  for (const changes of [
    { text: 'a\n\nb' },
    { text: 'a --> b' },
    { id: 'a --> b' },
    { id: 'a\nb' },
    { settings: ' x' },
    { start: -1 },
    { end: 0.5 },
    { text: 'a\0' },
  ])
    expect(of(changes)).toThrow(expect.objectContaining({ code: 'invalid-value' }))
  expect(of({})()).toBe('WEBVTT\n\n00:00:00.000 --> 00:00:00.001\nx\n')
})

it('says at which tick of the stream a segment begins', () => {
  const text = 'WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.500,MPEGTS:900000\n\n00:01.000 --> 00:02.000\nx\n'
  expect(timestampMap(parseVtt(text))).toEqual({ mpegts: 900_000, local: 500 })
  expect(timestampMap({ header: ['X-TIMESTAMP-MAP=nonsense'] })).toBeUndefined()
  // Times are those of the file.
  expect(cuesOf(parseVtt(text))[0]?.start).toBe(1000)
})

it.each([
  [1.0005, 1001, false],
  [0.001, 1, true],
  [1 / 3, 333, false],
  [90_061.001, 90_061_001, true],
  [359_999.9995, 360_000_000, false],
])('%d seconds are %d milliseconds', (seconds, ms, exact) => {
  expect(millisecondsOf(seconds)).toEqual({ ms, exact })
})
