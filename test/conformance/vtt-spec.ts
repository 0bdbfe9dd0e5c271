import type { CueNode, VttDocument } from '../../src/converters/vtt/index.js'
import type { Library } from './library.js'

/** A document as the answers of the specification put it: what a browser reads, as data. */
export function specView(document: VttDocument, { vtt }: Library): object {
  const regions = document.blocks
    .filter(({ kind, text }) => kind === 'region' && text !== '')
    .map(({ text }) => vtt.regionSettings(text))
  const ids = new Set(regions.map(({ id }) => id))
  return {
    cues: vtt.cuesOf(document).map(({ id, start, end, text, settings }) => {
      const { region, ...rest } = vtt.cueSettings(settings)
      const found = region !== undefined && ids.has(region) ? region : null
      return { id, startTime: start / 1000, endTime: end / 1000, text, pauseOnExit: false, region: found, ...rest }
    }),
    regions,
    styles: document.blocks.filter(({ kind, text }) => kind === 'style' && text !== '').map(({ text }) => text),
  }
}

/** A tree of cue text as web-platform-tests prints it. */
export function printedTree(nodes: readonly CueNode[], depth = 0): string {
  const indent = `| ${'  '.repeat(depth)}`
  return nodes
    .map((node) => {
      if (node.kind === 'text') return `${indent}"${node.text}"\n`
      if (node.kind === 'timestamp') return `${indent}<?timestamp ${clock(node.ms)}>\n`
      const { kind, classes, annotation, children } = node
      const attributes = [
        ...(classes.length === 0 ? [] : [`class="${classes.join(' ')}"`]),
        ...(annotation === undefined ? [] : [`${kind === 'v' ? 'title' : 'lang'}="${annotation}"`]),
      ]
      const name = ['c', 'v', 'lang'].includes(kind) ? 'span' : kind
      const lines = attributes.sort().map((each) => `${indent}  ${each}\n`)
      return `${indent}<${name}>\n${lines.join('')}${printedTree(children, depth + 1)}`
    })
    .join('')
}

function clock(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const time = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`
  return `${time}.${String(ms % 1000).padStart(3, '0')}`
}
