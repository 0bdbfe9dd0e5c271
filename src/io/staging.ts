import { mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { AnnotationError } from '../errors.js'
import { atExit } from './at-exit.js'
import { isBelow } from './folder.js'
import { ioError, systemCode } from './io-error.js'

/** A folder next to an output folder in which the output is made before it is moved into place. */
export interface Staging {
  /** The real path of the output folder. */
  readonly target: string
  /** Whether the output folder was there before. */
  readonly existed: boolean
  /** What is written lands in here. */
  readonly fresh: string
  /** What it replaces is kept in here until everything is in place. */
  readonly replaced: string
  /** Removes the staging folder and, unless the output is there now, the folders that were made for it. */
  remove(): void
}

export interface StagingOptions {
  /** Go on although the output folder has something in it. */
  readonly overwrite?: boolean | undefined
  /** What is being read, which the output must not be mixed with. */
  readonly input?: string | undefined
}

/**
 * Makes the staging folder of an output folder: a sibling on the same disk, so that moving is renaming; inside the
 * output folder when its parent does not let us.
 * @throws AnnotationError `output-not-empty`, `output-inside-input`, `io`
 */
export function openStaging(dir: string, options: StagingOptions = {}): Staging {
  const wanted = realPathOf(resolve(dir))
  if (options.input !== undefined) checkApart(dir, wanted, options.input)
  const existed = checkFree(dir, wanted, options.overwrite === true)
  try {
    const made = existed ? undefined : mkdirSync(dirname(wanted), { recursive: true })
    const root = makeStagingFolder(wanted, existed)
    const remove = (): void => {
      done()
      rmSync(root, { recursive: true, force: true })
      if (made !== undefined) removeEmpty(dirname(wanted), made)
    }
    const done = atExit(remove)
    const staging = { target: wanted, existed, fresh: join(root, 'new'), replaced: join(root, 'old'), remove }
    mkdirSync(staging.fresh)
    mkdirSync(staging.replaced)
    return staging
  } catch (error) {
    throw ioError(error, dir)
  }
}

/** The real path, also of what is not there yet. */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw ioError(error, path)
    return join(realPathOf(dirname(path)), basename(path))
  }
}

function checkApart(dir: string, target: string, input: string): void {
  const source = realPathOf(resolve(input))
  const refuse = (reason: string, fix: string): never => {
    throw new AnnotationError('output-inside-input', reason, { place: { file: dir }, fix })
  }
  if (source === target) refuse('the output folder is the input itself', 'Choose another output folder')
  if (isBelow(source, target))
    refuse(
      'the output folder lies inside the input, where the next run would read it as data',
      'Choose a folder beside the input',
    )
  if (isBelow(target, source))
    refuse(
      'the input lies inside the output folder, where its own result could replace it',
      'Choose an output folder that does not hold the input',
    )
}

/** Whether the folder is there already. */
function checkFree(dir: string, target: string, overwrite: boolean): boolean {
  let entries: string[]
  try {
    entries = readdirSync(target)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false
    if (systemCode(error) === 'ENOTDIR')
      throw new AnnotationError('io', 'the output folder is a file', {
        place: { file: dir },
        fix: 'Name a folder',
        cause: error,
      })
    throw ioError(error, dir)
  }
  if (entries.length > 0 && !overwrite)
    throw new AnnotationError('output-not-empty', 'the output folder is not empty', {
      place: { file: dir },
      fix: 'Choose another folder, or give --overwrite to replace files of the same name and leave the others alone',
    })
  return true
}

function makeStagingFolder(target: string, existed: boolean): string {
  const parent = dirname(target)
  const beside = parent !== target && (!existed || statSync(parent).dev === statSync(target).dev)
  if (!beside) return makeNumbered(join(target, `.partial-${process.pid}`))
  try {
    return makeNumbered(join(parent, `.${basename(target)}.partial-${process.pid}`))
  } catch (error) {
    if (!existed || !['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '')) throw error
    return makeNumbered(join(target, `.partial-${process.pid}`))
  }
}

/** One process may write several outputs of one name, and a folder of a crashed one may be left. */
function makeNumbered(path: string): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? path : `${path}-${n}`
    try {
      mkdirSync(candidate)
      return candidate
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error
    }
  }
}

/** Removes `folder` and those above it up to `top`, as long as they are empty. */
function removeEmpty(folder: string, top: string): void {
  try {
    for (let current = folder; isBelow(top, current); current = dirname(current)) rmdirSync(current)
  } catch {
    // Something is in there now: the output, or what somebody else put there.
  }
}
