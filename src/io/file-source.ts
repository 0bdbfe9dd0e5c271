import { close, closeSync, fstatSync, openSync, read, readSync, statSync } from 'node:fs'
import { AnnotationError } from '../errors.js'
import type { ByteSource } from '../ports.js'
import { ioError } from './io-error.js'

/**
 * Opens a file for reading, called `name` in messages.
 * @throws AnnotationError `io` when it is missing, may not be read or is not a regular file.
 */
export function fileSource(path: string, name: string): ByteSource {
  const fd = openFile(path, name)
  return descriptorSource(fd, fstatSync(fd).size, name, true)
}

function openFile(path: string, name: string): number {
  try {
    // Opening a pipe would wait for somebody to write to it, so the kind is looked at first.
    const stat = statSync(path)
    if (stat.isFile()) return openSync(path, 'r')
    throw new AnnotationError(
      'io',
      stat.isDirectory() ? 'this is a folder, not a file' : 'this is not a regular file',
      {
        place: { file: name },
        fix: 'Save what it gives to a file first',
      },
    )
  } catch (error) {
    throw ioError(error, name)
  }
}

/** A source over an open file. With `owned`, closing the source closes the file. */
export function descriptorSource(fd: number, size: number, name: string, owned: boolean): ByteSource {
  let open = true
  const checkOpen = (): void => {
    // The number of a closed file may already stand for another one.
    if (!open) throw new AnnotationError('io', 'this file was closed before it was read', { place: { file: name } })
  }
  return {
    name,
    size,
    readSync(offset, target) {
      checkOpen()
      let filled = 0
      try {
        while (filled < target.length) {
          const count = readSync(fd, target, filled, target.length - filled, offset + filled)
          if (count === 0) break
          filled += count
        }
      } catch (error) {
        throw ioError(error, name)
      }
      return filled
    },
    async read(offset, target) {
      let filled = 0
      while (filled < target.length) {
        checkOpen()
        const count = await readOnce(fd, target, filled, offset + filled, name)
        if (count === 0) break
        filled += count
      }
      return filled
    },
    close() {
      if (!open) return Promise.resolve()
      open = false
      if (!owned) return Promise.resolve()
      return new Promise((resolve, reject) => {
        close(fd, (error) => (error === null || error === undefined ? resolve() : reject(ioError(error, name))))
      })
    },
  }
}

function readOnce(fd: number, target: Uint8Array, start: number, position: number, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, target, start, target.length - start, position, (error, count) =>
      error === null ? resolve(count) : reject(ioError(error, name)),
    )
  })
}

/** Closes a file and does not mind if that fails: for clearing up after an error that matters more. */
export function closeQuietly(fd: number): void {
  try {
    closeSync(fd)
  } catch {
    // Nothing was to be kept.
  }
}
