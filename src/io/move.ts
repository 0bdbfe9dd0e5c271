import { lstatSync, readdirSync, renameSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { AnnotationError } from '../errors.js'
import { ioError, systemCode } from './io-error.js'

/**
 * Moves everything in the folder `from` into the folder `to`. Files of the same name are replaced, others stay; what is
 * replaced is kept in `backup`. When a step fails, the steps before it are taken back.
 * @throws AnnotationError `path-collision` where a file meets a folder, `path-escape` where a folder meets a link, `io`
 */
export function moveInto(from: string, to: string, backup: string): void {
  const undo: (() => void)[] = []
  try {
    moveEntries(from, to, backup, undo)
  } catch (error) {
    for (const step of undo.reverse()) step()
    throw ioError(error, to)
  }
}

function moveEntries(from: string, to: string, backup: string, undo: (() => void)[]): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    const there = lookAt(target)
    if (entry.isDirectory() && there !== undefined) {
      checkFolder(there, target)
      moveEntries(source, target, backup, undo)
      continue
    }
    if (there !== undefined) {
      checkReplaceable(there, target)
      const kept = join(backup, String(undo.length))
      rename(target, kept, undo)
    }
    rename(source, target, undo)
  }
}

function rename(from: string, to: string, undo: (() => void)[]): void {
  renameSync(from, to)
  undo.push(() => renameSync(to, from))
}

/** What is at a path, links not followed; undefined when nothing is. */
export function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** @throws AnnotationError unless a folder of the output may be merged with what is there. */
export function checkFolder(there: Stats, path: string): void {
  if (there.isDirectory()) return
  if (there.isSymbolicLink())
    throw new AnnotationError('path-escape', 'a link in the output folder stands where a folder is to be written', {
      place: { file: path },
      fix: 'Remove the link or choose another output folder',
    })
  throw new AnnotationError('path-collision', 'a file stands where a folder is to be written', {
    place: { file: path },
    fix: 'Remove the file or choose another output folder',
  })
}

/** @throws AnnotationError unless a file of the output may take the place of what is there. */
export function checkReplaceable(there: Stats, path: string): void {
  if (!there.isDirectory()) return
  throw new AnnotationError('path-collision', 'a folder stands where a file is to be written', {
    place: { file: path },
    fix: 'Remove the folder or choose another output folder',
  })
}
