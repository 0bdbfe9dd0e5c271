import { AnnotationError } from './errors.js'
import { byCodePoint, checkRelativePath } from './paths.js'
import type { ByteSource, Scratch, ScratchFile, SinkTree, SourceTree } from './ports.js'

/** A {@link ByteSource} over bytes in memory. The bytes are not copied; do not change them while it is read. */
export function memorySource(bytes: Uint8Array | string, name = 'memory'): ByteSource {
  const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  const readSync = (offset: number, target: Uint8Array): number => {
    const slice = data.subarray(offset, offset + target.length)
    target.set(slice)
    return slice.length
  }
  return {
    name,
    size: data.length,
    readSync,
    read: (offset, target) => Promise.resolve(readSync(offset, target)),
    close: () => Promise.resolve(),
  }
}

/** A {@link SourceTree} over files in memory, by relative POSIX path. */
export function memoryTree(files: Readonly<Record<string, Uint8Array | string>>, name = 'memory'): SourceTree {
  const paths = Object.keys(files).sort(byCodePoint)
  return {
    name,
    list: (folder = '') =>
      Promise.resolve(folder === '' ? paths : paths.filter((path) => path.startsWith(`${folder}/`))),
    has: (path) => Promise.resolve(Object.hasOwn(files, path)),
    open: (path) => {
      const bytes = Object.hasOwn(files, path) ? files[path] : undefined
      if (bytes === undefined)
        return Promise.reject(new AnnotationError('io', 'no such file', { place: { file: path } }))
      return Promise.resolve(memorySource(bytes, path))
    },
  }
}

/** A {@link SinkTree} that keeps what is written in memory. */
export interface MemorySink extends SinkTree {
  /** The files closed so far, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** A file as UTF-8 text. @throws AnnotationError `io` when it was not written. */
  text(path: string): string
}

export function memorySink(name = 'memory'): MemorySink {
  const files = new Map<string, Uint8Array>()
  const open = new Set<string>()
  return {
    name,
    files,
    text(path) {
      const bytes = files.get(path)
      if (bytes === undefined) throw new AnnotationError('io', 'this file was not written', { place: { file: path } })
      return new TextDecoder().decode(bytes)
    },
    create(path) {
      try {
        checkRelativePath(path)
        if (open.has(path)) throw new AnnotationError('path-collision', 'written twice', { place: { file: path } })
      } catch (error) {
        return Promise.reject(error)
      }
      open.add(path)
      const growing = growingBytes()
      return Promise.resolve({ write: growing.write, close: () => void files.set(path, growing.take()) })
    },
  }
}

/** {@link Scratch} in memory, for browsers and tests. */
export function memoryScratch(): Scratch {
  return {
    create(): Promise<ScratchFile> {
      const growing = growingBytes()
      return Promise.resolve({
        write: growing.write,
        close: () => Promise.resolve(),
        source: () => Promise.resolve(memorySource(growing.take(), 'scratch')),
        dispose: () => {
          growing.clear()
          return Promise.resolve()
        },
      })
    },
  }
}

interface Growing {
  write(bytes: Uint8Array): void
  take(): Uint8Array
  clear(): void
}

function growingBytes(): Growing {
  let data = new Uint8Array(1024)
  let length = 0
  return {
    write(bytes) {
      if (length + bytes.length > data.length) {
        const larger = new Uint8Array(Math.max(data.length * 2, length + bytes.length))
        larger.set(data.subarray(0, length))
        data = larger
      }
      data.set(bytes, length)
      length += bytes.length
    },
    take: () => data.subarray(0, length),
    clear() {
      data = new Uint8Array(0)
      length = 0
    },
  }
}
