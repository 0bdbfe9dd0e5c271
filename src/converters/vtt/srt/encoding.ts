/** Pairs of bytes that cannot be told from letters are rare; a handful says little. */
const SURE = 0.9

/**
 * What bytes that are neither UTF-8 nor UTF-16 most likely are: the encodings subtitles are met in, told by how bytes
 * above 127 go together. windows-1252 where nothing else fits.
 */
export function guessEncoding(bytes: Uint8Array): 'shift_jis' | 'gbk' | 'windows-1251' | 'windows-1252' {
  const japanese = decoded(bytes, 'shift_jis')
  if (japanese !== undefined && share(japanese, /[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]/) >= SURE) {
    // Kana are what Japanese is told by: Chinese read as Japanese has next to none.
    if (share(japanese, /[\u3041-\u30ff]/) >= 0.2) return 'shift_jis'
  }
  const chinese = decoded(bytes, 'gbk')
  const common = /[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e\u2010-\u2026\u00b7]/
  if (chinese !== undefined && share(chinese, common) >= SURE && pairedShare(bytes) >= SURE) return 'gbk'
  return looksCyrillic(bytes) ? 'windows-1251' : 'windows-1252'
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** How many of the characters beyond ASCII are of a kind. */
function share(text: string, kind: RegExp): number {
  let [all, found] = [0, 0]
  for (const character of text) {
    if (character <= '\x7f') continue
    all++
    if (kind.test(character)) found++
  }
  return all === 0 ? 0 : found / all
}

/** How many of the bytes above 127 stand in runs of an even number: accented letters stand alone, Chinese in pairs. */
function pairedShare(bytes: Uint8Array): number {
  let [all, paired, run] = [0, 0, 0]
  for (let i = 0; i <= bytes.length; i++) {
    if (i < bytes.length && (bytes[i] as number) >= 0x80) run++
    else {
      all += run
      if (run % 2 === 0) paired += run
      run = 0
    }
  }
  return all === 0 ? 0 : paired / all
}

/** Words of Russian are letters above 191 and nothing else; in western languages they are few between ASCII. */
function looksCyrillic(bytes: Uint8Array): boolean {
  let [letters, high, ascii] = [0, 0, 0]
  for (const byte of bytes) {
    if (byte >= 0x80) high++
    if (byte >= 0xc0 || byte === 0xa8 || byte === 0xb8) letters++
    if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)) ascii++
  }
  return high > 0 && letters / high >= SURE && high > ascii
}
