import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cueSettings } from '../../../src/converters/vtt/cue-settings.js'
import { type CueNode, cueTree } from '../../../src/converters/vtt/cue-tree.js'
import { cuesOf, type VttDocument } from '../../../src/converters/vtt/document.js'
import { parseVtt } from '../../../src/converters/vtt/parse.js'
import { regionSettings } from '../../../src/converters/vtt/region-settings.js'
import { timestampText } from '../../../src/converters/vtt/timestamp.js'
import { filesOf, realFolder } from './harness.js'

const corpora = realFolder('ANNOFORM_CORPORA')
const goldens = realFolder('ANNOFORM_GOLDENS', 'webvtt')

/** What the specification makes of a document, in the words of the answers. */
function specView(document: VttDocument): object {
  const regions = document.blocks
    .filter(({ kind, text }) => kind === 'region' && text !== '')
    .map(({ text }) => regionSettings(text))
  const ids = new Set(regions.map(({ id }) => id))
  return {
    cues: cuesOf(document).map(({ id, start, end, text, settings }) => {
      const { region, ...rest } = cueSettings(settings)
      const found = region !== undefined && ids.has(region) ? region : null
      return { id, startTime: start / 1000, endTime: end / 1000, text, pauseOnExit: false, region: found, ...rest }
    }),
    regions,
    styles: document.blocks.filter(({ kind, text }) => kind === 'style' && text !== '').map(({ text }) => text),
    valid_signature: true,
  }
}

describe.skipIf(goldens === undefined || corpora === undefined)(
  'by the specification (ANNOFORM_GOLDENS and ANNOFORM_CORPORA name the files)',
  () => {
    it.each(filesOf(goldens, '.json'))('%s', (path) => {
      const { spec } = JSON.parse(readFileSync(join(goldens ?? '', path), 'utf8')) as {
        readonly spec: { readonly valid_signature: boolean }
      }
      const text = new TextDecoder().decode(readFileSync(join(corpora ?? '', path.replace(/json$/, 'vtt'))))
      if (spec.valid_signature) expect(specView(parseVtt(text))).toEqual(spec)
      else expect(() => parseVtt(text)).toThrow(expect.objectContaining({ code: 'not-this-format' }))
    })
  },
)

/** A tree as web-platform-tests prints it. */
function printed(nodes: readonly CueNode[], depth = 0): string {
  const indent = `| ${'  '.repeat(depth)}`
  return nodes
    .map((node) => {
      if (node.kind === 'text') return `${indent}"${node.text}"\n`
      if (node.kind === 'timestamp') return `${indent}<?timestamp ${timestampText(node.ms)}>\n`
      const { kind, classes, annotation, children } = node
      const attributes = [
        ...(classes.length === 0 ? [] : [`class="${classes.join(' ')}"`]),
        ...(annotation === undefined ? [] : [`${kind === 'v' ? 'title' : 'lang'}="${annotation}"`]),
      ]
      const name = ['c', 'v', 'lang'].includes(kind) ? 'span' : kind
      return `${indent}<${name}>\n${attributes
        .sort()
        .map((each) => `${indent}  ${each}\n`)
        .join('')}${printed(children, depth + 1)}`
    })
    .join('')
}

const treeFolder = corpora === undefined ? undefined : join(corpora, 'wpt_webvtt', 'cue-parsing')

describe.skipIf(treeFolder === undefined)('trees of cue texts (ANNOFORM_CORPORA names the files)', () => {
  const cases = filesOf(treeFolder, '.json').flatMap((path) =>
    (
      JSON.parse(readFileSync(join(treeFolder ?? '', path), 'utf8')) as readonly {
        readonly text: string
        readonly expectedTree: string
      }[]
    ).map((each) => [path, each.text, each.expectedTree] as const),
  )
  it.each(cases)('%s %j', (_path, text, expected) => {
    const [cue] = cuesOf(parseVtt(`WEBVTT\n\n00:00.000 --> 00:01.000\n${text}\n`))
    expect(printed(cueTree(cue?.text ?? 'no cue'))).toBe(expected)
  })
})
