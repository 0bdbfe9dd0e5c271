import { AnnotationError } from './errors.js'

/** Throws `path-escape` unless `path` is relative, POSIX and stays below its root. */
export function checkRelativePath(path: string): void {
  const bad =
    path === '' ||
    path.startsWith('/') ||
    path.includes('\\') ||
    path.includes('\0') ||
    /^[A-Za-z]:/.test(path) ||
    path.split('/').some((part) => part === '' || part === '.' || part === '..')
  if (bad)
    throw new AnnotationError('path-escape', 'this path would leave its folder', {
      got: JSON.stringify(path),
      expected: 'a relative path',
    })
}

/** Compares two strings by Unicode code point, the order of every list the library makes. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) {
      // A surrogate stands for a code point above every other code unit.
      const surrogateX = x >= 0xd800 && x <= 0xdfff
      const surrogateY = y >= 0xd800 && y <= 0xdfff
      if (surrogateX !== surrogateY) return surrogateX ? 1 : -1
      return x - y
    }
  }
  return a.length - b.length
}
