import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatById } from '../../../src/converters/registry.js'
import { itemFromSrt, itemFromVtt } from '../../../src/converters/vtt/captions.js'
import { realPath } from './harness.js'

const page = (id: string): string => readFileSync(realPath(`docs/formats/${id}.md`), 'utf8')

function block(text: string, language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(text)?.[1] ?? ''
}

describe('the pages of the formats', () => {
  it('WebVTT: the example is read as they say', () => {
    const [annotation] = itemFromVtt(block(page('vtt'), 'vtt')).annotations
    expect(annotation?.span).toEqual({ startTime: 1, endTime: 4 })
    expect(annotation?.definition).toMatchObject({ label: 'Text', text: 'Hello & welcome' })
    expect({ ...annotation?.definition.attributes }).toEqual({
      speaker: 'Ann',
      identifier: 'intro',
      settings: 'align:start region:fred',
      region: 'fred',
    })
  })

  it('SubRip: the example is read as they say', () => {
    const [annotation] = itemFromSrt(block(page('srt'), 'srt')).annotations
    expect(annotation?.definition).toMatchObject({ text: 'Hello there' })
    expect({ ...annotation?.definition.attributes }).toEqual({ coordinates: 'X1:100 X2:600 Y1:050 Y2:100' })
  })

  it.each(['vtt', 'srt'])('%s: every option is there, and every reason', (id) => {
    const { read, write } = formatById(id)
    for (const name of Object.keys({ ...read?.options, ...write?.options }))
      expect(page(id)).toContain(`--${id}.${name}`)
    const source = ['cue-times', 'writer', id === 'vtt' ? 'vtt-write' : 'srt/write']
      .map((name) => readFileSync(realPath(`src/converters/vtt/${name}.ts`), 'utf8'))
      .join('\n')
    const title = id === 'vtt' ? 'WebVTT' : 'SubRip'
    const reasons = [
      ...source.matchAll(/(?:reason: |approximated\(|NO_TIMES = |NEGATIVE_TIME = |NO_PLACE = )'([^']+)'/g),
    ]
    expect(reasons.length).toBeGreaterThan(5)
    for (const [, reason = ''] of reasons) expect(page(id)).toContain(`\`${reason}\``)
    expect(page(id)).toContain(`\`${title} holds no pictures\``)
  })
})
