import type { ByteSink, ScratchFile } from '../../ports.js'
import { encodeUtf8 } from '../../text/decode.js'
import { TextBuffer } from '../../text/json-write.js'
import type { Insert } from './pose-text.js'

const COPY = 1 << 20

/** The elements of one of the large lists while it grows, each on a line of its own. */
export class ListStream {
  readonly #buffer: TextBuffer
  readonly #sink: ByteSink
  readonly #inserts: Insert[] = []
  #flushed = 0
  count = 0

  /** `sink`: the file itself, or scratch space the list is copied from in the end. `buffer`: what goes before it. */
  constructor(sink: ByteSink, buffer = new TextBuffer()) {
    this.#sink = sink
    this.#buffer = buffer
  }

  /** Appends one element; the first one begins the list. `inserts` only go with scratch space. */
  add(text: string | Uint8Array, inserts: readonly Insert[] = []): void {
    this.#buffer.append(this.count++ === 0 ? '[\n' : ',\n')
    const start = this.#flushed + this.#buffer.length
    if (typeof text !== 'string') {
      this.#buffer.appendBytes(text)
      return
    }
    this.#buffer.append(text)
    for (const insert of inserts)
      this.#inserts.push({ at: start + encodeUtf8(text.slice(0, insert.at)).length, text: insert.text })
  }

  /** To be called after every item. */
  flushFull(): void | Promise<void> {
    const before = this.#buffer.length
    const pending = this.#buffer.flushFull(this.#sink)
    this.#flushed += before - this.#buffer.length
    return pending
  }

  flush(): void | Promise<void> {
    this.#flushed += this.#buffer.length
    return this.#buffer.flush(this.#sink)
  }

  /** Copies the list from its scratch space to a file, with what belongs into it by now. */
  async copy(spool: ScratchFile, file: ByteSink): Promise<void> {
    await this.flush()
    await spool.close()
    const source = await spool.source()
    const window = new Uint8Array(Math.min(COPY, Math.max(1, source.size)))
    let next = 0
    for (let offset = 0; offset < source.size; ) {
      const read = source.readSync?.(offset, window) ?? (await source.read(offset, window))
      if (read === 0) break
      let from = 0
      for (let insert = this.#inserts[next]; insert !== undefined; insert = this.#inserts[next]) {
        const at = insert.at - offset
        if (at >= read) break
        await file.write(window.subarray(from, at))
        await file.write(encodeUtf8(insert.text()))
        from = at
        next++
      }
      await file.write(window.subarray(from, read))
      offset += read
    }
    await source.close()
  }
}
