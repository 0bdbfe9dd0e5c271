/**
 * A hash of 64 bits as 16 hexadecimal digits of a size and runs: two lanes of multiply and rotate over 32-bit words. The
 * same on every machine and in every version.
 */
export function hashRuns(width: number, height: number, runs: Int32Array): string {
  let a = mix(mix(0x9e3779b9, width), height)
  let b = mix(mix(0x85ebca6b, height), width)
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i] as number
    a = mix(a, run)
    b = mix(b, run ^ a)
  }
  return hex(finish(a ^ runs.length)) + hex(finish(b))
}

function mix(state: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51)
  const h = state ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
}

function finish(state: number): number {
  let h = state ^ (state >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}
