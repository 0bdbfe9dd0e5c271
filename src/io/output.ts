import { closeSync, constants, mkdirSync, openSync, realpathSync, renameSync } from 'node:fs'
import { copyFile, link, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AnnotationError } from '../errors.js'
import { checkRelativePath } from '../paths.js'
import type { ByteSink, SinkTree } from '../ports.js'
import { closeQuietly } from './file-source.js'
import { isBelow } from './folder.js'
import { ioError, systemCode } from './io-error.js'
import { checkFolder, checkReplaceable, lookAt, moveInto } from './move.js'
import { openStaging, type Staging, type StagingOptions } from './staging.js'
import { writeFully } from './write-file.js'

export type OutputOptions = StagingOptions

/** How a file that is there already comes into an output: its bytes, a second name for them, or a link to its name. */
export type PlaceMode = 'copy' | 'hardlink' | 'symlink'

/** An output folder being made. Until `commit` nothing of it is to be seen under its name. */
export interface Output {
  readonly tree: SinkTree
  /** The files created so far, relative to the folder, in that order. */
  readonly files: readonly string[]
  /**
   * Puts a file of somewhere else at a path of the output. The original is never changed.
   * @throws AnnotationError `path-escape`, `path-collision`, `io`
   */
  place(path: string, file: string, mode: PlaceMode): Promise<void>
  /**
   * Puts everything in place. A folder that was not there before appears at once; in one that was, files of the same
   * name are replaced and all others are left alone. When that fails everything is as before.
   * @throws AnnotationError `io`, `path-collision`, `path-escape`; TypeError when a file is still open.
   */
  commit(): Promise<void>
  /** Removes everything written. Safe to call after `commit`, when it does nothing. */
  abort(): Promise<void>
}

/** Bytes gathered before they are written: label files are many and small, documents come in small pieces. */
const CHUNK = 64 * 1024

/**
 * An output folder whose files appear together, or not at all.
 * @throws AnnotationError `output-not-empty` without `overwrite`, `output-inside-input`, `io`
 */
export function createOutput(dir: string, options: OutputOptions = {}): Promise<Output> {
  return new Promise((done) => done(outputIn(dir, openStaging(dir, options))))
}

function outputIn(dir: string, staging: Staging): Output {
  const files: string[] = []
  const created = new Set<string>()
  const folders = new Set<string>([''])
  const open = new Set<number>()
  const spare: Uint8Array[] = []
  let state: 'writing' | 'done' = 'writing'

  const prepare = (path: string): string => {
    if (state === 'done') throw new TypeError('this output is finished')
    checkRelativePath(path)
    if (created.has(path)) throw collision(path)
    makeFolder(staging, path, folders)
    if (staging.existed) {
      const there = lookAt(join(staging.target, path))
      if (there !== undefined) checkReplaceable(there, join(dir, path))
    }
    return join(staging.fresh, path)
  }
  const add = (path: string): void => {
    created.add(path)
    files.push(path)
  }
  const create = (path: string): ByteSink => {
    const fd = openNew(prepare(path), path)
    add(path)
    open.add(fd)
    return fileSink(fd, path, spare, () => open.delete(fd))
  }
  return {
    tree: { name: dir, create: (path) => new Promise((done) => done(create(path))) },
    files,
    async place(path, file, mode) {
      const target = prepare(path)
      const original = realOf(file)
      // What is there already stays there: put over itself, a link would be all that is left of it.
      if (original === join(staging.target, path)) return void created.add(path)
      if (mode === 'symlink' && isBelow(staging.target, original))
        throw new AnnotationError('output-inside-input', 'a link would point to a file of the output folder itself', {
          place: { file },
          fix: 'Choose another output folder, or --media copy',
        })
      await putFile(original, target, path, mode)
      add(path)
    },
    commit() {
      return new Promise((done) => {
        if (state === 'done') throw new TypeError('this output is finished')
        if (open.size > 0) throw new TypeError(`${open.size} files of the output are still open`)
        putInPlace(staging)
        state = 'done'
        done()
      })
    },
    abort() {
      if (state === 'done') return Promise.resolve()
      state = 'done'
      for (const fd of open) closeQuietly(fd)
      open.clear()
      return new Promise((done) => {
        staging.remove()
        done()
      })
    },
  }
}

function putInPlace(staging: Staging): void {
  try {
    if (staging.existed || !renamed(staging)) moveInto(staging.fresh, staging.target, staging.replaced)
  } catch (error) {
    throw ioError(error, staging.target)
  }
  staging.remove()
}

/** False when the folder has come into being in the meantime, with something in it. */
function renamed(staging: Staging): boolean {
  try {
    renameSync(staging.fresh, staging.target)
    return true
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCode(error) ?? '')) return false
    throw error
  }
}

function makeFolder(staging: Staging, path: string, folders: Set<string>): void {
  const parent = dirname(path) === '.' ? '' : dirname(path)
  if (folders.has(parent)) return
  makeFolder(staging, parent, folders)
  if (staging.existed) {
    const target = join(staging.target, parent)
    const there = lookAt(target)
    if (there !== undefined) checkFolder(there, target)
  }
  try {
    mkdirSync(join(staging.fresh, parent))
  } catch (error) {
    // A folder made under another spelling (a disk that does not tell `A` from `a`) will do; a file will not.
    if (systemCode(error) !== 'EEXIST') throw ioError(error, parent)
    if (lookAt(join(staging.fresh, parent))?.isDirectory() !== true) throw collision(path)
  }
  folders.add(parent)
}

function openNew(file: string, path: string): number {
  try {
    return openSync(file, 'wx')
  } catch (error) {
    // Also two names that the disk does not tell apart.
    throw systemCode(error) === 'EEXIST' ? collision(path) : ioError(error, path)
  }
}

/** What a link names is looked up now: the output is moved into place later. */
function realOf(file: string): string {
  try {
    return realpathSync.native(file)
  } catch (error) {
    throw ioError(error, file)
  }
}

async function putFile(original: string, target: string, path: string, mode: PlaceMode): Promise<void> {
  try {
    if (mode === 'copy') await copyFile(original, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    else if (mode === 'hardlink') await link(original, target)
    else await symlink(original, target)
  } catch (error) {
    const code = systemCode(error)
    if (code === 'EEXIST') throw collision(path)
    const { reason, fix } = ioError(error, original)
    if (mode === 'copy' || !['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK'].includes(code ?? '')) throw ioError(error, original)
    throw new AnnotationError(
      'io',
      `no ${mode} can be made from here: ${code === 'EXDEV' ? 'the output is on another disk' : reason}`,
      {
        place: { file: original },
        fix: mode === 'hardlink' ? 'Use --media copy or symlink' : (fix ?? 'Use --media copy'),
        cause: error,
      },
    )
  }
}

function fileSink(fd: number, path: string, spare: Uint8Array[], closed: () => void): ByteSink {
  let buffer: Uint8Array | undefined
  let filled = 0
  let open = true
  const send = (bytes: Uint8Array): void => {
    try {
      writeFully(fd, bytes)
    } catch (error) {
      throw ioError(error, path)
    }
  }
  const flush = (): void => {
    if (buffer !== undefined && filled > 0) send(buffer.subarray(0, filled))
    filled = 0
  }
  return {
    write(bytes) {
      if (!open) throw new TypeError(`${path} is closed`)
      if (filled + bytes.length > CHUNK) flush()
      if (bytes.length >= CHUNK) return send(bytes)
      buffer ??= spare.pop() ?? new Uint8Array(CHUNK)
      buffer.set(bytes, filled)
      filled += bytes.length
    },
    close() {
      if (!open) return
      flush()
      open = false
      closed()
      if (buffer !== undefined) spare.push(buffer)
      buffer = undefined
      try {
        closeSync(fd)
      } catch (error) {
        throw ioError(error, path)
      }
    },
  }
}

function collision(path: string): AnnotationError {
  return new AnnotationError('path-collision', 'two files of the output would have this name', {
    place: { file: path },
  })
}
