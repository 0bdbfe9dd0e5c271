import { randomBytes } from 'node:crypto'
import { openSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AnnotationError } from '../errors.js'
import { memorySource } from '../memory.js'
import type { Scratch, ScratchFile } from '../ports.js'
import { atExit } from './at-exit.js'
import { closeQuietly, descriptorSource } from './file-source.js'
import { ioError } from './io-error.js'
import { writeFully } from './write-file.js'

/** Scratch space on a disk, all of which can be freed at once. */
export interface DiskScratch extends Scratch {
  /** Frees every file not freed yet; safe to call twice. */
  dispose(): Promise<void>
}

export interface DiskScratchOptions {
  /** Bytes a file keeps in memory before it goes to the disk. Default 8 MiB. */
  readonly memory?: number | undefined
  /** Where the files go. Default: the system's folder for temporary files. */
  readonly folder?: string | undefined
}

const MEMORY = 8 * 1024 * 1024
const FIRST = 64 * 1024

/** Scratch space that stays in memory while it is small. Files have no name as soon as they are open, so none is left behind. */
export function diskScratch(options: DiskScratchOptions = {}): DiskScratch {
  const { memory = MEMORY, folder = tmpdir() } = options
  const files = new Set<ScratchFile>()
  return {
    create() {
      const file = scratchFile(memory, folder, () => files.delete(file))
      files.add(file)
      return Promise.resolve(file)
    },
    async dispose() {
      for (const file of [...files]) await file.dispose()
    },
  }
}

function scratchFile(memory: number, folder: string, gone: () => void): ScratchFile {
  let buffer = new Uint8Array(Math.min(FIRST, memory))
  let filled = 0
  let written = 0
  let disk: Disk | undefined
  let state: 'writing' | 'reading' | 'gone' = 'writing'
  const flush = (bytes: Uint8Array): void => {
    disk ??= openDisk(folder)
    writeAll(disk.fd, bytes)
    written += bytes.length
  }
  return {
    write(bytes) {
      if (state !== 'writing') throw new TypeError('scratch space is written once, then read')
      if (filled + bytes.length > memory) {
        flush(buffer.subarray(0, filled))
        filled = 0
        if (bytes.length > memory) return flush(bytes)
      }
      if (filled + bytes.length > buffer.length) {
        const larger = new Uint8Array(Math.min(memory, Math.max(buffer.length * 2, filled + bytes.length)))
        larger.set(buffer.subarray(0, filled))
        buffer = larger
      }
      buffer.set(bytes, filled)
      filled += bytes.length
    },
    close: () => undefined,
    source() {
      if (state === 'gone') return Promise.reject(new TypeError('this scratch space was freed'))
      if (state === 'writing' && disk !== undefined) {
        flush(buffer.subarray(0, filled))
        buffer = new Uint8Array(0)
      }
      state = 'reading'
      const source =
        disk === undefined
          ? memorySource(buffer.subarray(0, filled), 'scratch')
          : descriptorSource(disk.fd, written, 'scratch', false)
      return Promise.resolve(source)
    },
    dispose() {
      if (state === 'gone') return Promise.resolve()
      state = 'gone'
      buffer = new Uint8Array(0)
      disk?.remove()
      gone()
      return Promise.resolve()
    },
  }
}

interface Disk {
  readonly fd: number
  remove(): void
}

function openDisk(folder: string): Disk {
  const path = join(folder, `annoform-${process.pid}-${randomBytes(6).toString('hex')}`)
  try {
    const fd = openSync(path, 'wx+', 0o600)
    const unlink = (): void => unlinkSync(path)
    try {
      // A file without a name goes away with its last user, whatever becomes of this process.
      unlink()
      return { fd, remove: () => closeQuietly(fd) }
    } catch {
      const done = atExit(unlink)
      return {
        fd,
        remove() {
          closeQuietly(fd)
          unlink()
          done()
        },
      }
    }
  } catch (error) {
    throw scratchError(error, path)
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  try {
    writeFully(fd, bytes)
  } catch (error) {
    throw scratchError(error, 'scratch space')
  }
}

function scratchError(error: unknown, file: string): AnnotationError {
  const { reason } = ioError(error, file)
  return new AnnotationError('io', `${reason} while keeping data aside`, {
    place: { file },
    fix: 'Point the environment variable TMPDIR at a folder with more space',
    cause: error,
  })
}
