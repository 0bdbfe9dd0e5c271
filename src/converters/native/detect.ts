import type { Detection, Probe } from '../format.js'
import { chooseFile } from './file-choice.js'
import { VERSION } from './keys.js'

/** The start of the first line; `annoform` is always its first key. */
export const FIRST_LINE = /^[ \t\r\n]*\{[ \t]*"annoform"[ \t]*:[ \t]*([0-9]+)?/

/** Enough to see the first key. */
const HEAD = 256

/** Certain when the first line of the only candidate starts with `{"annoform":1`. */
export async function detectNative({ paths, head }: Probe): Promise<Detection> {
  const { path, found } = chooseFile(paths)
  if (path === undefined) return { confidence: 0, evidence: `a native data set is one .jsonl file; here: ${found}` }
  const version = FIRST_LINE.exec(await head(path, HEAD))
  if (version === null)
    return { confidence: 0, evidence: `the first line of ${path} does not start with {"annoform":1` }
  if (version[1] === String(VERSION))
    return { confidence: 1, evidence: `the first line of ${path} starts with {"annoform":1` }
  return { confidence: 0.9, evidence: `${path} is a native file of another version: {"annoform":${version[1] ?? '…'}` }
}
