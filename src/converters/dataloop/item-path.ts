import { checkRelativePath } from '../../paths.js'

/** The path an item's `filename` names below its data set. */
export interface NamedPath {
  readonly path: string
  /** The name would have led out of the folder: only its last part is left. */
  readonly mended: boolean
}

/** `/dir/a.jpg` as `dir/a.jpg`; undefined for a name that names nothing. */
export function pathOfFilename(filename: string): NamedPath | undefined {
  const parts = filename
    .replace(/\\/g, '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
  const path = parts.join('/')
  if (isRelative(path)) return { path, mended: false }
  const last = (parts.at(-1) ?? '').replace(/^[A-Za-z]:/, '').replace(/\0/g, '_')
  return isRelative(last) ? { path: last, mended: true } : undefined
}

/** The path below the folder `json` a file of annotations stands for, without its extension. */
export function pathOfSidecar(file: string): string {
  const parts = file.split('/')
  const json = parts.lastIndexOf('json', parts.length - 2)
  return parts
    .slice(json + 1)
    .join('/')
    .replace(/\.json$/i, '')
}

function isRelative(path: string): boolean {
  try {
    checkRelativePath(path)
    return true
  } catch {
    return false
  }
}
