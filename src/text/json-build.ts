import { decodeUtf8 } from './decode.js'
import { numberAt } from './json-number.js'
import { skipSpace, skipString, skipToken } from './json-scan.js'
import type { JsonValue } from './json-value.js'

interface Container {
  readonly value: JsonValue[] | Record<string, JsonValue>
  key: string
}

/**
 * The value of JSON text that has been checked already (non-finite words allowed). An own stack, so no depth overflows.
 * `onDuplicateKey` gets the absolute position (`base` + index) of each key that repeats one of its object; the last wins.
 */
export function buildJson(
  bytes: Uint8Array,
  start: number,
  end: number,
  base: number,
  onDuplicateKey: ((offset: number, key: string) => void) | undefined,
): JsonValue {
  const stack: Container[] = []
  let at = start
  for (;;) {
    at = skipSpace(bytes, at, end)
    let top = stack.at(-1)
    let byte = bytes[at]
    if (byte === 0x2c) {
      at = skipSpace(bytes, at + 1, end)
      byte = bytes[at]
    }
    let done: JsonValue
    if (byte === 0x5d || byte === 0x7d) {
      // The checker has seen that a bracket is open.
      done = (stack.pop() as Container).value
      top = stack.at(-1)
      at++
    } else {
      if (top !== undefined && !Array.isArray(top.value)) {
        const stop = skipString(bytes, at, end)
        const key = stringAt(bytes, at, stop)
        if (onDuplicateKey !== undefined && Object.hasOwn(top.value, key)) onDuplicateKey(base + at, key)
        top.key = key
        at = skipSpace(bytes, skipSpace(bytes, stop, end) + 1, end)
        byte = bytes[at]
      }
      if (byte === 0x5b || byte === 0x7b) {
        stack.push({ value: byte === 0x5b ? [] : {}, key: '' })
        at++
        continue
      }
      const stop = byte === 0x22 ? skipString(bytes, at, end) : skipToken(bytes, at, end)
      done = byte === 0x22 ? stringAt(bytes, at, stop) : wordAt(bytes, at, stop)
      at = stop
    }
    if (top === undefined) return done
    put(top, done)
  }
}

function put(container: Container, value: JsonValue): void {
  if (Array.isArray(container.value)) container.value.push(value)
  else if (container.key === '__proto__') {
    // Plain assignment would set the prototype; JSON.parse makes an own property too.
    Object.defineProperty(container.value, '__proto__', { value, writable: true, enumerable: true, configurable: true })
  } else container.value[container.key] = value
}

/** The string whose literal, quotes included, is `bytes[start, end)`; it has been checked. */
export function stringAt(bytes: Uint8Array, start: number, end: number): string {
  const inner = decodeUtf8(bytes, start + 1, end - 1)
  return inner.includes('\\') ? JSON.parse(`"${inner}"`) : inner
}

function wordAt(bytes: Uint8Array, start: number, end: number): JsonValue {
  switch (bytes[start]) {
    case 0x74:
      return true
    case 0x66:
      return false
    case 0x6e:
      return null
    case 0x4e:
      return Number.NaN
    case 0x49:
      return Number.POSITIVE_INFINITY
    default:
      return bytes[start + 1] === 0x49 ? Number.NEGATIVE_INFINITY : numberAt(bytes, start, end)
  }
}
