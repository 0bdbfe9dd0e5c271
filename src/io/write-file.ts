import { closeSync, lstatSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ioError } from './io-error.js'

/** Writes all bytes: one system call may take only a part of them. */
export function writeFully(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done)
}

/**
 * Writes a text file in UTF-8 that is there as a whole or not at all; an older one of that name is replaced. A link is
 * followed, folders are made as needed, and what is no file (a pipe, a terminal) is written to as it is.
 * @throws AnnotationError `io`
 */
export function writeTextFile(path: string, text: string): void {
  const bytes = new TextEncoder().encode(text)
  let partial: string | undefined
  try {
    mkdirSync(dirname(path), { recursive: true })
    const target = lstatSync(path, { throwIfNoEntry: false }) === undefined ? path : realpathSync(path)
    const there = lstatSync(target, { throwIfNoEntry: false })
    if (there !== undefined && !there.isFile()) {
      writeInto(target, 'w', bytes)
      return
    }
    partial = join(dirname(target), `.${basename(target)}.partial-${process.pid}`)
    writeInto(partial, 'wx', bytes)
    renameSync(partial, target)
  } catch (error) {
    if (partial !== undefined) rmSync(partial, { force: true })
    throw ioError(error, path)
  }
}

function writeInto(path: string, flags: string, bytes: Uint8Array): void {
  const fd = openSync(path, flags)
  try {
    writeFully(fd, bytes)
  } finally {
    closeSync(fd)
  }
}
