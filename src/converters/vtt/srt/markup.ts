import type { CueNode, CueSpan } from '../cue-tree.js'

// SubRip has no specification: these are the tags its players know. Anything else between < and > is text.
const MARKUP = /<(\/?)(b|i|u|s|font)((?:\s[^<>]*)?)>|\{\\[^{}]*\}/gi

/** A SubRip text without its tags and without the override codes (`{\an8}`) of Advanced SubStation. */
export function plainSrtText(text: string): string {
  return text.includes('<') || text.includes('{') ? text.replace(MARKUP, '') : text
}

type Open = { readonly kind: 'b' | 'i' | 'u'; readonly children: CueNode[] }

/** Bold, italics and underlining of a SubRip text as a tree; fonts, colours and places have no counterpart. */
export function srtTree(text: string): readonly CueNode[] {
  const root: CueNode[] = []
  const open: Open[] = []
  let at = 0
  const add = (node: CueNode): void => void (open.at(-1)?.children ?? root).push(node)
  for (const found of text.matchAll(MARKUP)) {
    if (found.index > at) add({ kind: 'text', text: text.slice(at, found.index) })
    at = found.index + found[0].length
    const name = found[2]?.toLowerCase()
    if (name !== 'b' && name !== 'i' && name !== 'u') continue
    if (found[1] === '/') {
      if (open.at(-1)?.kind === name) open.pop()
      continue
    }
    const span = { kind: name, classes: [], children: [] as CueNode[] } as const
    add(span)
    open.push(span)
  }
  if (at < text.length) add({ kind: 'text', text: text.slice(at) })
  return root
}

/** A tree as SubRip text: bold, italics and underlining stay, whatever else there is loses its tags. */
export function srtMarkup(nodes: readonly CueNode[]): string {
  let text = ''
  const levels: { readonly nodes: readonly CueNode[]; at: number; readonly end: string }[] = [{ nodes, at: 0, end: '' }]
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const node = level.nodes[level.at++]
    if (node === undefined) {
      text += level.end
      levels.pop()
    } else if (node.kind === 'text') text += node.text
    else if (node.kind !== 'timestamp') {
      const tag = tagOf(node)
      text += tag === undefined ? '' : `<${tag}>`
      levels.push({ nodes: node.children, at: 0, end: tag === undefined ? '' : `</${tag}>` })
    }
  }
  return text
}

function tagOf({ kind }: CueSpan): string | undefined {
  return kind === 'b' || kind === 'i' || kind === 'u' ? kind : undefined
}
