import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemFromSrt, itemFromVtt, srtFromItem, vttFromItem } from '../../../src/converters/vtt/captions.js'
import { cueTree, plainText } from '../../../src/converters/vtt/cue-tree.js'
import { cueText, escapedCueText } from '../../../src/converters/vtt/cue-tree-text.js'
import { cuesOf } from '../../../src/converters/vtt/document.js'
import { vttText } from '../../../src/converters/vtt/document-text.js'
import { parseVtt } from '../../../src/converters/vtt/parse.js'
import { srtText } from '../../../src/converters/vtt/srt/document-text.js'
import { parseSrt } from '../../../src/converters/vtt/srt/parse.js'
import { arbitraryDocument, arbitraryTree } from './arbitrary-documents.js'

describe('laws', () => {
  it('a document that is written is read again as it was', () => {
    fc.assert(
      fc.property(arbitraryDocument, (document) => {
        const { findings: _, ...read } = parseVtt(vttText(document))
        expect(read).toEqual(document)
      }),
    )
  })

  it('whatever the line ends are', () => {
    fc.assert(
      fc.property(arbitraryDocument, fc.constantFrom('\r', '\r\n'), (document, end) => {
        const { findings: _, ...read } = parseVtt(`\ufeff${vttText(document).replaceAll('\n', end)}`)
        expect(read).toEqual(document)
      }),
    )
  })

  it('a tree that is written is read again as it was, also within a file', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const text = cueText(tree)
        expect(cueTree(text)).toEqual(tree)
        const cue = { kind: 'cue', id: '', start: 0, end: 1, settings: '', text } as const
        const [read] = cuesOf(parseVtt(vttText({ title: '', header: [], blocks: [cue] })))
        expect(read).toEqual(cue)
      }),
    )
  })

  it('any text can be said in a cue', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a<>&-\n\r; ', '-->', 'amp;', '\u00a0') }), (text) => {
        const payload = escapedCueText(text)
        expect(plainText(payload)).toBe(text)
        const cue = { kind: 'cue', id: '', start: 0, end: 1, settings: '', text: payload } as const
        expect(parseVtt(vttText({ title: '', header: [], blocks: [cue] })).findings).toEqual([])
      }),
    )
  })

  const pieces = fc.constantFrom(
    ...[
      '\n',
      '\r',
      '\n\n',
      '-->',
      '<',
      '>',
      '&',
      '&#',
      ';',
      '00:01.000',
      '00:00:01,000',
      ' ',
      '1',
      'NOTE',
      'STYLE',
      'REGION',
    ],
    ...['<v ', '<c.', '</', '<?cue?>', 'align:', 'id:x', '\0', '\ufeff', 'x', '{\\an8}', '<b>'],
  )
  const anything = fc.oneof(fc.string({ unit: pieces, maxLength: 40 }), fc.string({ unit: 'binary' }))

  it('any text is read, and accounted for to the last arrow', () => {
    fc.assert(
      fc.property(anything, (rest) => {
        const text = `WEBVTT\n${rest}`
        const parsed = parseVtt(text)
        const arrows = text.split(/\r\n|\n|\r/).filter((line, i) => i > 0 && line.includes('-->')).length
        expect(parsed.blocks.filter(({ kind }) => kind === 'cue' || kind === 'broken')).toHaveLength(arrows)
        if (!text.includes('\0')) {
          const once = vttText(parsed)
          expect(vttText(parseVtt(once))).toBe(once)
        }
        for (const { kind, text: payload } of cuesOf(parsed)) if (kind === 'cue') cueTree(payload)
      }),
      { numRuns: 300 },
    )
  })

  it('any bytes are read, and what is written of them says the same', () => {
    fc.assert(
      fc.property(anything, fc.uint8Array({ maxLength: 12 }), (rest, bytes) => {
        const head = new TextEncoder().encode(`WEBVTT\n\n${rest}`)
        const item = itemFromVtt(new Uint8Array([...head, ...bytes]))
        for (const rewrite of [false, true]) {
          const again = itemFromVtt(vttFromItem(item, { rewrite }).text)
          expect(again.annotations.map(({ definition, span }) => [definition, span])).toEqual(
            item.annotations.map(({ definition, span }) => [definition, span]),
          )
        }
      }),
      { numRuns: 300 },
    )
  })

  it('SubRip: any text is read, and what is written of it says the same', () => {
    fc.assert(
      fc.property(anything, (rest) => {
        const text = `1\n00:00:01,000 --> 00:00:02,000\nfirst\n\n${rest}`
        const once = srtText(parseSrt(text))
        expect(srtText(parseSrt(once))).toBe(once)
        const item = itemFromSrt(text)
        for (const rewrite of [false, true]) {
          const again = itemFromSrt(srtFromItem(item, { rewrite }).text)
          expect(again.annotations.map(({ definition, span }) => [definition, span])).toEqual(
            item.annotations.map(({ definition, span }) => [definition, span]),
          )
        }
      }),
      { numRuns: 300 },
    )
  })
})

/** In milliseconds. */
function time(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

/** Thirty-two times the length: a thousand times the time would be quadratic. */
function expectLinear(run: (length: number) => void): void {
  const short = Math.min(...[0, 1, 2].map(() => time(() => run(1 << 15))))
  expect(time(() => run(1 << 20))).toBeLessThan(300 * Math.max(short, 5))
}

describe('hostile texts take time in proportion to their length', () => {
  const cue = 'WEBVTT\n\n00:00.000 --> 00:01.000\n'
  it.each([
    ['<', cue, '<'],
    ['open tags', cue, '<b>'],
    ['tags and letters', cue, '<b>a'],
    ['ends of nothing', cue, '</b>'],
    ['classes', `${cue}<c`, '.a'],
    ['ampersands', cue, '&'],
    ['numbers of characters', `${cue}&#`, '9'],
    ['names of characters', `${cue}&`, 'a'],
    ['arrows on one line', 'WEBVTT\n\n', '-->'],
    ['arrows on lines', 'WEBVTT\n\n', '-->\n'],
    ['digits', 'WEBVTT\n\n', '1'],
    ['settings', 'WEBVTT\n\n00:00.000 --> 00:01.000', ' a:b'],
    ['blanks in the settings', 'WEBVTT\n\n00:00.000 --> 00:01.000 a', ' '],
    ['line ends', 'WEBVTT', '\n'],
    ['lines', 'WEBVTT\n', 'x\n'],
  ])('%s', (_name, head, unit) => {
    expectLinear((length) => {
      const text = head + unit.repeat(Math.ceil(length / unit.length))
      for (const { text: payload } of cuesOf(parseVtt(text))) {
        cueTree(payload)
        plainText(payload)
      }
    })
  })

  it.each([
    ['arrows', '-->\n'],
    ['blanks', ' '],
    ['braces', '{\\'],
    ['fonts', '<font '],
    ['digits', '1'],
  ])('SubRip: %s', (_name, unit) => {
    const head = '1\n00:00:01,000 --> 00:00:02,000\n'
    expectLinear((length) => void itemFromSrt(head + unit.repeat(length / unit.length)))
  })
})
