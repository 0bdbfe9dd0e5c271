import { checkRelativePath } from '../../paths.js'

/** The path of a picture as a `filename` says it, and whether it had to be cut to be safe. */
export interface PicturePath {
  readonly path: string
  readonly escapes: boolean
}

/**
 * The path a `filename` stands for: itself where it is a relative path, backslashes as slashes; else its last part.
 * Undefined for one without any name.
 */
export function picturePath(filename: string): PicturePath | undefined {
  const slashed = filename.replace(/\\/g, '/').replace(/^(?:\.\/+)+/, '')
  if (isSafe(slashed)) return { path: slashed, escapes: false }
  const base = slashed.slice(slashed.lastIndexOf('/') + 1).replace(/^[A-Za-z]:/, '')
  return isSafe(base) ? { path: base, escapes: true } : undefined
}

function isSafe(path: string): boolean {
  try {
    checkRelativePath(path)
    return true
  } catch {
    return false
  }
}
