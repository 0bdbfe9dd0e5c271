import { AnnotationError } from '../../errors.js'
import { collapsed } from './cue-tokens.js'
import type { CueNode, CueSpan } from './cue-tree.js'
import { timestampText } from './timestamp.js'
import { ARROW } from './timing.js'

/** A text as cue text: what has a meaning there becomes a character reference, and so do line ends that would end the cue. */
export function escapedCueText(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replaceAll(ARROW, '--&gt;')
    .replace(/\r/g, '&#13;')
    .replace(/^\n|\n(?=\n)|\n$/g, '&#10;')
}

const BAD_CLASS = /^$|[\t\n\f\r &<>.]|--$/

/**
 * The cue text of a tree. Reading it gives the tree again, neighbouring texts joined.
 * @throws AnnotationError `invalid-value` for a class name that cannot be written
 * @example cueText([{ kind: 'v', classes: [], annotation: 'Ann', children: [{ kind: 'text', text: 'Hi' }] }])
 */
export function cueText(nodes: readonly CueNode[]): string {
  let text = ''
  // An own stack: trees can be as deep as texts are long.
  const levels: { readonly nodes: readonly CueNode[]; at: number; readonly end: string }[] = [{ nodes, at: 0, end: '' }]
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const node = level.nodes[level.at++]
    if (node === undefined) {
      text += level.end
      levels.pop()
    } else if (node.kind === 'text') text += escapedCueText(node.text)
    else if (node.kind === 'timestamp') text += `<${timestampText(node.ms)}>`
    else {
      text += startTag(node)
      levels.push({ nodes: node.children, at: 0, end: `</${node.kind}>` })
    }
  }
  return text
}

function startTag({ kind, classes, annotation }: CueSpan): string {
  for (const each of classes)
    if (BAD_CLASS.test(each))
      throw new AnnotationError('invalid-value', 'this class name cannot be written in a cue', {
        got: JSON.stringify(each),
      })
  const tag = [kind, ...classes].join('.')
  const text = annotation === undefined ? '' : escapedAnnotation(annotation)
  return text === '' ? `<${tag}>` : `<${tag} ${text}>`
}

/** The name of a voice or a language as it stands in its tag; runs of white space become one space. */
export function escapedAnnotation(annotation: string): string {
  return collapsed(annotation).replace(/&/g, '&amp;').replace(/>/g, '&gt;').replace(/--$/, '-&#45;')
}
