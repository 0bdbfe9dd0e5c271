import type { Files } from '../../src/sdk/converter.js'

// Source elements counted without the readers: by the plainest look at the text of each format.

type Counter = (path: string, text: string) => number

const COUNTERS: Readonly<Record<string, Counter>> = {
  coco: (path, text) => (path.endsWith('.json') ? listLength(JSON.parse(text)) : 0),
  native: (path, text) =>
    path.endsWith('.jsonl')
      ? text
          .split('\n')
          .slice(1)
          .reduce((sum, line) => sum + (line === '' ? 0 : listLength(JSON.parse(line))), 0)
      : 0,
  yolo: (path, text) => (path.startsWith('labels/') ? text.split('\n').filter((line) => line.trim() !== '').length : 0),
  voc: (path, text) => (path.endsWith('.xml') ? (text.match(/<(?:object|part)>/g)?.length ?? 0) : 0),
  dataloop: (path, text) => (path.endsWith('.json') ? listLength(JSON.parse(text)) : 0),
}

/** How many annotations the files of a format hold. */
export function countElements(format: string, files: Files): number {
  const counter = COUNTERS[format]
  if (counter === undefined) throw new Error(`nobody says how to count ${format}`)
  return Object.entries(files).reduce((sum, [path, content]) => {
    const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
    return sum + counter(path, text)
  }, 0)
}

function listLength(document: { readonly annotations?: readonly unknown[] }): number {
  return document.annotations?.length ?? 0
}
