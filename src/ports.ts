// What the core asks of the world. Node implements these in io/, tests and browsers in memory.ts.

/** A readable sequence of bytes with random access. Offsets and lengths are in bytes. */
export interface ByteSource {
  /** What to call it in messages: a relative path as a rule. */
  readonly name: string
  /** Length in bytes. */
  readonly size: number
  /** Reads up to `target.length` bytes from `offset`; returns how many were read, 0 only at or past the end. */
  read(offset: number, target: Uint8Array): Promise<number>
  /** The same without a promise, where the world allows it (files in Node, memory). */
  readSync?(offset: number, target: Uint8Array): number
  close(): Promise<void>
}

/** Files below one root. Paths are POSIX, relative, without `.` or `..`. */
export interface SourceTree {
  /** What to call the root in messages. */
  readonly name: string
  /** All files below `folder` (default: the root), sorted by code point. Never leaves the root, not through links either. */
  list(folder?: string): Promise<readonly string[]>
  has(path: string): Promise<boolean>
  /** @throws AnnotationError `io` when there is no such file. */
  open(path: string): Promise<ByteSource>
}

/** A file being written. Nothing is visible under its name before `close` of the tree's transaction. */
export interface ByteSink {
  /** Takes the bytes; only a returned promise needs awaiting. The bytes may be reused once it has settled. */
  write(bytes: Uint8Array): void | Promise<void>
  close(): void | Promise<void>
}

/** Where a writer puts its files. Paths as in {@link SourceTree}; folders are made as needed. */
export interface SinkTree {
  readonly name: string
  /** @throws AnnotationError `path-escape` for a path that leaves the root, `path-collision` for one opened twice. */
  create(path: string): Promise<ByteSink>
}

/** Scratch space: bytes written once, then read back; gone when closed. */
export interface ScratchFile extends ByteSink {
  /** Ends writing and gives the bytes back. */
  source(): Promise<ByteSource>
  /** Frees the space; safe to call twice. */
  dispose(): Promise<void>
}

export interface Scratch {
  create(): Promise<ScratchFile>
}

/** Enough of `AbortSignal` for the core. */
export interface Abort {
  readonly aborted: boolean
  readonly reason?: unknown
}

/** How matches are looked for; the names are zlib's. `rle` finds runs of one byte only, which is all a filtered label map has. */
export type DeflateStrategy = 'default' | 'filtered' | 'rle' | 'huffman'

export interface DeflateOptions {
  /** 0 (stored) to 9 (smallest); default: what the library thinks best. */
  readonly level?: number | undefined
  readonly strategy?: DeflateStrategy | undefined
}

/** The zlib format (RFC 1950), synchronous. Node has it built in; in a browser any small library will do. */
export interface Deflate {
  /** The bytes as one zlib stream. A library without strategies may ignore them. */
  deflate(bytes: Uint8Array, options?: DeflateOptions): Uint8Array
  /**
   * What one zlib stream holds, its checksum verified; bytes after its end are ignored.
   * @throws Error when the stream is broken or ends early, and as soon as it would give more than `limit` bytes.
   */
  inflate(bytes: Uint8Array, limit: number): Uint8Array
}
