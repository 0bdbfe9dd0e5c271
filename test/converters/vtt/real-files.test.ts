import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cuesOf } from '../../../src/converters/vtt/document.js'
import { vttText } from '../../../src/converters/vtt/document-text.js'
import { parseVtt } from '../../../src/converters/vtt/parse.js'
import { hasSignature } from '../../../src/converters/vtt/scan.js'
import { convert, filesOf, realFolder } from './harness.js'

const corpora = realFolder('ANNOFORM_CORPORA')
const files = filesOf(corpora, '.vtt')
  .map((path) => [path, new Uint8Array(readFileSync(join(corpora ?? '', path)))] as const)
  .filter(([, bytes]) => hasSignature(new TextDecoder().decode(bytes)))

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** What a document says: its findings are about how it says it. */
function meaning(text: string, without: readonly string[] = []): object {
  const { findings, ...document } = parseVtt(text)
  return { ...document, blocks: document.blocks.filter(({ kind }) => !without.includes(kind)) }
}

describe.skipIf(corpora === undefined)('WebVTT of others (ANNOFORM_CORPORA names the files)', () => {
  it('there are enough of them, and most are well formed', () => {
    expect(files.length).toBeGreaterThan(150)
    expect(files.filter(([, bytes]) => parseVtt(textOf(bytes)).findings.length === 0).length).toBeGreaterThan(40)
  })

  it.each(files)('%s: comes back from WebVTT and from native', async (_path, bytes) => {
    const source = textOf(bytes)
    const parsed = parseVtt(source)
    const broken = parsed.blocks.some(({ kind }) => kind === 'broken')
    for (const rewrite of [false, true]) {
      const direct = await convert('vtt', 'vtt', { 'a.vtt': bytes }, { rewrite })
      const there = await convert('vtt', 'native', { 'a.vtt': bytes }, { rewrite })
      const back = await convert('native', 'vtt', there.files, { rewrite })
      for (const { files, report } of [direct, back]) {
        expect(Object.keys(files)).toEqual(['a.vtt'])
        const text = textOf(files['a.vtt'])
        // What cannot be read as a cue is left out; everything else stays to the byte.
        if (!rewrite && !broken) expect(text).toBe(source)
        expect(meaning(text)).toEqual(meaning(source, ['broken']))
        expect(report.annotations.kept).toBe(cuesOf(parsed).length)
      }
      expect(direct.report.annotations.dropped).toBe(parsed.blocks.filter(({ kind }) => kind === 'broken').length)
    }
  })

  it.each(files)('%s: writing what was read is a fixed point', (_path, bytes) => {
    const once = vttText(parseVtt(textOf(bytes)))
    expect(meaning(once)).toEqual(meaning(textOf(bytes)))
    expect(vttText(parseVtt(once))).toBe(once)
  })
})

const subrip = filesOf(corpora, '.srt').map((path) => [path, readFileSync(join(corpora ?? '', path))] as const)

describe.skipIf(corpora === undefined)('SubRip of others (ANNOFORM_CORPORA names the files)', () => {
  it.each(subrip)('%s: comes back, or is none', async (_path, bytes) => {
    if (!textOf(bytes).includes('-->')) {
      await expect(convert('srt', 'srt', { 'a.srt': bytes })).rejects.toMatchObject({ code: 'not-this-format' })
      return
    }
    const { files, report } = await convert('srt', 'srt', { 'a.srt': bytes })
    expect(textOf(files['a.srt'])).toBe(textOf(bytes))
    expect(report.annotations).toMatchObject({ dropped: 0, kept: textOf(bytes).split('-->').length - 1 })
  })
})
