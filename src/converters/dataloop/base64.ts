const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const SPACE = 64
const BAD = 255

/** What each character stands for; the alphabet for URLs (`-` and `_`) is taken too. */
const VALUES: Uint8Array = valueTable()

function valueTable(): Uint8Array {
  const table = new Uint8Array(128).fill(BAD)
  for (let i = 0; i < 64; i++) table[ALPHABET.charCodeAt(i)] = i
  table['-'.charCodeAt(0)] = 62
  table['_'.charCodeAt(0)] = 63
  for (const space of ' \t\r\n') table[space.charCodeAt(0)] = SPACE
  return table
}

/** The bytes of a base64 text (RFC 4648), with or without padding, white space passed over. Undefined for what is no base64. */
export function bytesFromBase64(text: string): Uint8Array | undefined {
  let end = text.length
  while (end > 0 && (text[end - 1] === '=' || VALUES[text.charCodeAt(end - 1)] === SPACE)) end--
  const bytes = new Uint8Array(Math.floor((end * 3) / 4))
  let length = 0
  let bits = 0
  let held = 0
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i)
    const value = code < 128 ? (VALUES[code] as number) : BAD
    if (value === SPACE) continue
    if (value === BAD) return undefined
    held = (held << 6) | value
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[length++] = held >> bits
    held &= (1 << bits) - 1
  }
  // A single character left over cannot hold a byte.
  return bits === 6 ? undefined : bytes.subarray(0, length)
}

/** Bytes as base64 (RFC 4648) with padding. */
export function base64FromBytes(bytes: Uint8Array): string {
  let text = ''
  let chunk = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i
    const held =
      ((bytes[i] as number) << 16) |
      (rest > 1 ? (bytes[i + 1] as number) << 8 : 0) |
      (rest > 2 ? (bytes[i + 2] as number) : 0)
    chunk += ALPHABET[held >> 18]
    chunk += ALPHABET[(held >> 12) & 63]
    chunk += rest > 1 ? ALPHABET[(held >> 6) & 63] : '='
    chunk += rest > 2 ? ALPHABET[held & 63] : '='
    // Ropes of millions of pieces are slow to flatten.
    if (chunk.length >= 8192) {
      text += chunk
      chunk = ''
    }
  }
  return text + chunk
}
