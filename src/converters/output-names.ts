import type { Account } from '../dataset/account.js'
import type { Place } from '../errors.js'
import { checkRelativePath } from '../paths.js'
import { encodeUtf8 } from '../text/decode.js'

export interface OutputNamesOptions {
  /** `stem`: two pictures that differ by extension only would share a label file. `path`: the extension stays in its name. */
  readonly apart: 'stem' | 'path'
}

/** Most file systems take 255 bytes a name; a label file may add an extension of its own. */
const NAME_BYTES = 240

/**
 * Names for the files of items: safe, short enough, and different even on a disk that does not tell `A` from `a`.
 * The name of an item serves its picture and its labels together, so that they are found by each other.
 */
export class OutputNames {
  readonly #account: Account
  readonly #apart: 'stem' | 'path'
  readonly #taken = new Map<string, string>()
  /** Where the next number for a name starts, so that many of one name do not cost a walk each. */
  readonly #next = new Map<string, number>()
  /** Keys of every folder and of every file that items have, pictures and labels of any format. */
  readonly #folders = new Set<string>()
  readonly #files = new Set<string>()

  constructor(account: Account, options: OutputNamesOptions) {
    this.#account = account
    this.#apart = options.apart
  }

  /**
   * A relative POSIX path for an item, never given before: the wanted one where possible. Each change is a problem:
   * `path-escape` where the path would leave the output (its base name is used then), `path-changed` where a name is
   * too long or written with backslashes, `path-collision` where another item has it already.
   */
  take(wanted: string, place?: Place): string {
    const safe = this.#besideFiles(this.#shortened(this.#inside(wanted, place), place), place)
    const [stem, extension] = splitExtension(safe)
    let path = safe
    if (this.#isTaken(path)) {
      const key = this.#key(safe)
      let n = this.#next.get(key) ?? 2
      for (path = `${stem}-${n}${extension}`; this.#isTaken(path); path = `${stem}-${n}${extension}`) n++
      this.#next.set(key, n + 1)
      this.#account.problem({
        code: 'path-collision',
        message: `another item has this file already (${this.#taken.get(key) ?? 'a folder of this name'})`,
        place,
        got: JSON.stringify(safe),
        fix: `It is called ${JSON.stringify(path)} instead, its labels and its picture alike`,
      })
    }
    this.#enter(path)
    return path
  }

  #isTaken(path: string): boolean {
    return this.#taken.has(this.#key(path)) || filesOf(path).some((file) => this.#folders.has(file))
  }

  #enter(path: string): void {
    this.#taken.set(this.#key(path), path)
    for (const file of filesOf(path)) this.#files.add(file)
    const folded = fold(path)
    for (let at = folded.lastIndexOf('/'); at > 0; at = folded.lastIndexOf('/', at - 1))
      this.#folders.add(folded.slice(0, at))
  }

  /** The path with another name for a folder that is a file of another item. */
  #besideFiles(path: string, place: Place | undefined): string {
    if (!path.includes('/')) return path
    const parts = path.split('/')
    let above = ''
    for (const [i, part] of parts.slice(0, -1).entries()) {
      let name = part
      for (let n = 2; this.#files.has(fold(above + name)); n++) name = `${part}-${n}`
      parts[i] = name
      above += `${name}/`
    }
    const changed = parts.join('/')
    if (changed !== path) this.#changed(path, changed, 'a folder has the name of a file of another item', place)
    return changed
  }

  #key(path: string): string {
    return fold(this.#apart === 'stem' ? splitExtension(path)[0] : path)
  }

  #inside(wanted: string, place: Place | undefined): string {
    const slashed = wanted.replace(/\\/g, '/')
    if (isRelative(slashed)) {
      if (slashed !== wanted) this.#changed(wanted, slashed, 'backslashes in a path', place)
      return slashed
    }
    const base =
      slashed
        .split('/')
        .at(-1)
        ?.replace(/^[A-Za-z]:/, '')
        .replace(/\0/g, '_') ?? ''
    const name = isRelative(base) ? base : 'unnamed'
    this.#account.problem({
      code: 'path-escape',
      message: 'this path leaves its folder',
      place,
      got: JSON.stringify(wanted),
      fix: `It is called ${JSON.stringify(name)} in the output`,
    })
    return name
  }

  #shortened(path: string, place: Place | undefined): string {
    const parts = path.split('/')
    const short = parts.map((part, i) => shortName(part, i === parts.length - 1)).join('/')
    if (short !== path) this.#changed(path, short, 'a name too long for most file systems', place)
    return short
  }

  #changed(from: string, to: string, why: string, place: Place | undefined): void {
    this.#account.problem({
      code: 'path-changed',
      message: why,
      place,
      got: JSON.stringify(from),
      fix: `It is called ${JSON.stringify(to)} in the output`,
    })
  }
}

/** `['dir/a', '.jpg']`; a name that begins with its only dot has no extension. */
export function splitExtension(path: string): [stem: string, extension: string] {
  const base = path.lastIndexOf('/') + 1
  const dot = path.lastIndexOf('.')
  return dot > base ? [path.slice(0, dot), path.slice(dot)] : [path, '']
}

/** The same for paths that some disk does not tell apart. */
function fold(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

/** The picture of an item and the label files that formats write for it. */
function filesOf(path: string): readonly string[] {
  const [stem] = splitExtension(fold(path))
  return [fold(path), `${stem}.txt`, `${stem}.xml`, `${stem}.json`, `${fold(path)}.json`]
}

function isRelative(path: string): boolean {
  try {
    checkRelativePath(path)
    return true
  } catch {
    return false
  }
}

/** The name within the limit, told from others with the same beginning by a hash of the whole. */
function shortName(name: string, isFile: boolean): string {
  if (name.length * 3 <= NAME_BYTES || encodeUtf8(name).length <= NAME_BYTES) return name
  const [stem, whole] = isFile ? splitExtension(name) : [name, '']
  const extension = encodeUtf8(whole).length > 16 ? '' : whole
  const tail = `-${fnv1a(encodeUtf8(name))}${extension}`
  const room = NAME_BYTES - encodeUtf8(tail).length
  let short = ''
  let bytes = 0
  for (const character of stem) {
    bytes += encodeUtf8(character).length
    if (bytes > room) break
    short += character
  }
  return short + tail
}

function fnv1a(bytes: Uint8Array): string {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
