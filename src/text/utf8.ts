// The well-formed byte sequences of UTF-8 (Unicode 17, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.

/** How many continuation bytes follow a lead byte; 0 when the byte cannot lead a multi-byte sequence. */
export function utf8Tail(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0
  return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
}

/** The smallest second byte allowed after `lead`. */
export function utf8Low(lead: number): number {
  return lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
}

/** The largest second byte allowed after `lead`. */
export function utf8High(lead: number): number {
  return lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
}

/** Index of the first byte of the first sequence of `bytes[start, end)` that is not UTF-8, or -1. */
export function utf8ErrorAt(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end) {
    const lead = bytes[at] as number
    if (lead < 0x80) {
      at++
      continue
    }
    const tail = utf8Tail(lead)
    if (tail === 0 || at + tail >= end) return at
    const second = bytes[at + 1] as number
    if (second < utf8Low(lead) || second > utf8High(lead)) return at
    for (let i = 2; i <= tail; i++) if (((bytes[at + i] as number) & 0xc0) !== 0x80) return at
    at += tail + 1
  }
  return -1
}
