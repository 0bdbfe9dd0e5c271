import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Library } from './library.js'
import type { Tally } from './tally.js'

/** What every layout may use. */
export interface World {
  readonly library: Library
  /** The folder of corpora, which goldens refer to. */
  readonly corpora: string | undefined
}

/**
 * A way in which files of a corpus are laid out, recognised by what stands in the files: names and numbers of files are
 * the corpus's own business.
 */
export interface Layout {
  readonly name: string
  /** True where such files go beside annotations: judging them says nothing about the others of their folder. */
  readonly goesBeside?: true
  /** Those of the files that are laid out like this. */
  claim(files: readonly CorpusFile[], world: World): readonly CorpusFile[]
  /** Judges them, or skips them with a reason. */
  judge(files: readonly CorpusFile[], tally: Tally, world: World): Promise<void> | void
}

/** A file of a corpus. */
export class CorpusFile {
  /** Relative to the corpus, POSIX. */
  readonly path: string
  readonly location: string
  #json: { readonly value: unknown } | undefined

  constructor(folder: string, path: string) {
    this.path = path
    this.location = join(folder, path)
  }

  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1)
  }

  /** Without the dot, lower case. */
  get extension(): string {
    const dot = this.name.lastIndexOf('.')
    return dot < 0 ? '' : this.name.slice(dot + 1).toLowerCase()
  }

  bytes(): Uint8Array {
    return new Uint8Array(readFileSync(this.location))
  }

  text(): string {
    return new TextDecoder().decode(this.bytes())
  }

  /** What is in a `.json` file; undefined for every other file and for what is no JSON. */
  json(): unknown {
    this.#json ??= { value: this.extension === 'json' ? parsed(this.text()) : undefined }
    return this.#json.value
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** All files below a folder, by path. */
export function filesBelow(folder: string): readonly CorpusFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
    .map((path) => new CorpusFile(folder, path))
}

/** A JSON object as a record, or undefined. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}

/** The first element of a JSON array as a record, or undefined. */
export function firstRecordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return Array.isArray(value) ? recordOf(value[0]) : undefined
}
