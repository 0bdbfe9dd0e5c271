import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ioError } from './io-error.js'

/** Writes all bytes: one system call may take only a part of them. */
export function writeFully(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done)
}

/**
 * Writes a text file in UTF-8 that is there as a whole or not at all; an older one of that name is replaced.
 * @throws AnnotationError `io`
 */
export function writeTextFile(path: string, text: string): void {
  const partial = join(dirname(path), `.${basename(path)}.partial-${process.pid}`)
  try {
    const fd = openSync(partial, 'w')
    try {
      writeFully(fd, new TextEncoder().encode(text))
    } finally {
      closeSync(fd)
    }
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw ioError(error, path)
  }
}
