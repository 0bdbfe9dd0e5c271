import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { PngBitDepth, PngChunk, PngImage, PngKind } from '../../src/png/index.js'
import { CHANNELS } from './files.js'

export function sha256(bytes: Uint8Array | Uint16Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A picture with its samples as a hash: comparing millions of array elements one by one takes seconds. */
export function summaryOf(image: PngImage): Readonly<Record<string, unknown>> {
  return { ...image, data: `${image.data.constructor.name} ${image.data.length} ${sha256(image.data)}` }
}

/** Every kind with every bit depth it has. */
export const FORMS: readonly (readonly [kind: PngKind, bitDepth: PngBitDepth])[] = [
  ...([1, 2, 4, 8, 16] as const).map((depth) => ['grey', depth] as const),
  ...([1, 2, 4, 8] as const).map((depth) => ['palette', depth] as const),
  ...(['grey-alpha', 'rgb', 'rgba'] as const).flatMap((kind) => [[kind, 8] as const, [kind, 16] as const]),
]

/** Pictures of one form, noisy or with long runs, with all that may go with them. */
export function pictures(kind: PngKind, bitDepth: PngBitDepth): fc.Arbitrary<PngImage> {
  const side = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 21 }) },
    { arbitrary: fc.integer({ min: 30, max: 70 }), weight: 1 },
  )
  return fc
    .tuple(side, side)
    .chain(([width, height]) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        entries: fc.integer({ min: 1, max: 2 ** Math.min(bitDepth, 8) }),
        values: samples(width * height * CHANNELS[kind], bitDepth),
        colors: fc.uint8Array({ minLength: 768, maxLength: 768 }),
        alphas: fc.option(fc.uint8Array({ minLength: 1, maxLength: 256 })),
        key: fc.option(fc.array(fc.integer({ min: 0, max: 2 ** bitDepth - 1 }), { minLength: 3, maxLength: 3 })),
        chunks: fc.array(chunk, { maxLength: 3 }),
      }),
    )
    .map(({ width, height, entries, values, colors, alphas, key, chunks }) => {
      const samplesOf = (list: number[]) => (bitDepth === 16 ? Uint16Array.from(list) : Uint8Array.from(list))
      const isPalette = kind === 'palette'
      const keys = kind === 'grey' ? 1 : kind === 'rgb' ? 3 : 0
      return {
        width,
        height,
        kind,
        bitDepth,
        data: samplesOf(values.map((value) => (isPalette ? value % entries : value))),
        ...(isPalette ? { palette: colors.slice(0, entries * 3) } : {}),
        ...(isPalette && alphas !== null ? { transparency: alphas.slice(0, entries) } : {}),
        ...(keys > 0 && key !== null ? { transparency: samplesOf(key.slice(0, keys)) } : {}),
        chunks: inFileOrder(chunks, isPalette),
      }
    })
}

function samples(count: number, bitDepth: number): fc.Arbitrary<readonly number[]> {
  const value = fc.integer({ min: 0, max: 2 ** bitDepth - 1 })
  const noise = fc.array(value, { minLength: count, maxLength: count, size: 'max' })
  const runs = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 90 }), value), { minLength: 1, maxLength: 9 })
    .map((list) => {
      const all = list.flatMap(([length, sample]) => Array.from({ length }, () => sample))
      return Array.from({ length: count }, (_, i) => all[i % all.length] ?? 0)
    })
  return fc.oneof(noise, runs)
}

const chunk: fc.Arbitrary<PngChunk> = fc.record({
  type: fc.constantFrom('gAMA', 'tEXt', 'eXIf', 'zzZz'),
  data: fc.uint8Array({ maxLength: 20 }),
  after: fc.constantFrom('header', 'palette', 'data'),
})

/** As a reader finds them: without a palette nobody can tell the first two places apart. */
function inFileOrder(chunks: readonly PngChunk[], hasPalette: boolean): readonly PngChunk[] {
  const order = ['header', 'palette', 'data']
  return chunks
    .map((chunk): PngChunk => (chunk.after === 'palette' && !hasPalette ? { ...chunk, after: 'header' } : chunk))
    .sort((a, b) => order.indexOf(a.after) - order.indexOf(b.after))
}
