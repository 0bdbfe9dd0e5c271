import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memorySink } from '../../src/memory.js'
import { type JsonValue, parseJsonText } from '../../src/text/json-value.js'
import { jsonString, jsonText, pointerOf, TextBuffer } from '../../src/text/json-write.js'

describe('jsonText', () => {
  it('reads back as the same value, the sign of zero included', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseJsonText(jsonText(value as JsonValue))).toStrictEqual(value)
      }),
    )
    expect(jsonText({ b: [-0, 1e-7, null], a: { '"': 'é\n' }, e: {}, f: [] })).toBe(
      '{"b":[-0,1e-7,null],"a":{"\\"":"é\\n"},"e":{},"f":[]}',
    )
    expect(jsonString('\ud800')).toBe('"\\ud800"')
  })

  it('writes any depth and refuses what JSON cannot say', () => {
    let deep: JsonValue = []
    for (let i = 0; i < 100_000; i++) deep = [deep]
    expect(jsonText(deep)).toBe('['.repeat(100_001) + ']'.repeat(100_001))
    expect(() => jsonText([1, Number.NaN])).toThrow(expect.objectContaining({ code: 'number-format' }))
    expect(() => jsonText({ a: undefined } as unknown as JsonValue)).toThrow(TypeError)
  })
})

describe('TextBuffer', () => {
  it('holds the UTF-8 of what was appended', () => {
    const texts = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 40, maxLength: 90 })),
    )
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 64 }), (parts, capacity) => {
        const buffer = new TextBuffer(capacity)
        for (const part of parts) buffer.append(part)
        buffer.appendBytes(Uint8Array.of(0x21))
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(buffer.view())).toBe(`${parts.join('')}!`)
      }),
    )
  })

  it('takes texts far larger than itself', () => {
    const text = 'a€😀'.repeat(100_000)
    const buffer = new TextBuffer(0)
    buffer.append(text)
    expect(buffer.length).toBe(800_000)
    expect(new TextDecoder().decode(buffer.view())).toBe(text)
  })

  it('flushes in batches, and appending while a sink still reads does not disturb it', async () => {
    const buffer = new TextBuffer(16)
    const sink = await memorySink().create('x')
    let writes = 0
    let seen = ''
    const slow = {
      write: async (bytes: Uint8Array) => {
        writes++
        await Promise.resolve()
        seen += new TextDecoder().decode(bytes)
        await sink.write(bytes)
      },
      close: () => undefined,
    }
    buffer.append('a'.repeat(65_535))
    expect(buffer.flushFull(slow)).toBeUndefined()
    expect(writes).toBe(0)
    buffer.append('b')
    const flushed = buffer.flushFull(slow)
    expect(buffer.length).toBe(0)
    buffer.append('c')
    await flushed
    await buffer.flush(slow)
    expect(buffer.flush(slow)).toBeUndefined()
    expect([writes, seen]).toEqual([2, `${'a'.repeat(65_535)}bc`])
  })
})

it('pointerOf escapes as RFC 6901 says', () => {
  expect(pointerOf([])).toBe('')
  expect(pointerOf(['annotations', 3, 'a/b', 'm~n', '~1', ''])).toBe('/annotations/3/a~1b/m~0n/~01/')
})
