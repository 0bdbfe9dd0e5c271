import { AnnotationError } from '../errors.js'

const SENTENCES: Readonly<Record<string, readonly [reason: string, fix: string | undefined]>> = {
  ENOENT: ['there is no such file or folder', 'Check the path'],
  EACCES: ['permission denied', 'Check who may read and write it'],
  EPERM: ['the system does not permit it', 'Check who may read and write it'],
  EROFS: ['the file system is read only', 'Choose a folder on another one'],
  ENOSPC: ['the disk is full', 'Free some space, or write to another disk'],
  EDQUOT: ['the disk quota is used up', 'Free some space, or write to another disk'],
  EISDIR: ['this is a folder, not a file', undefined],
  ENOTDIR: ['a part of this path is a file, not a folder', 'Check the path'],
  ENAMETOOLONG: ['the name is too long for the file system', undefined],
  EMFILE: ['too many files are open', 'Raise the limit of open files (ulimit -n)'],
  ELOOP: ['links go round in a circle', 'Remove one of the links'],
}

/** The system's code of an error (`ENOENT`), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (error === null || typeof error !== 'object' || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** A system error as an {@link AnnotationError} `io` in words; one that is an AnnotationError already stays as it is. */
export function ioError(error: unknown, file: string): AnnotationError {
  if (error instanceof AnnotationError) return error
  const code = systemCode(error)
  const known = code === undefined ? undefined : SENTENCES[code]
  const reason = known?.[0] ?? (error instanceof Error ? error.message : String(error))
  return new AnnotationError('io', reason, { place: { file }, fix: known?.[1], cause: error })
}
