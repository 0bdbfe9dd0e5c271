import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataloopItem, parseDataloopItem } from '../../../src/converters/dataloop/index.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { Segmentation } from '../../../src/definitions/index.js'
import { nodeDeflate } from '../../../src/io/deflate.js'
import { Mask } from '../../../src/mask/mask.js'

// What the Dataloop SDK (dtlpy 1.124.2) answers. Numbers of defects are those of the list the answers came with.

const { ANNOFORM_GOLDENS = '', ANNOFORM_CORPORA = '' } = process.env
const golden = (name: string): string => join(ANNOFORM_GOLDENS, 'dtlpy', name)
const none = ANNOFORM_GOLDENS === '' || !existsSync(golden('geometry.json'))

interface Codec {
  readonly input: { readonly rows: readonly string[]; readonly color: readonly [number, number, number] }
  readonly expected: { readonly coordinates: string; readonly decoded: unknown }
}

describe('masks as the SDK writes them (ANNOFORM_GOLDENS)', () => {
  it.skipIf(none)('are read, and written so that they say the same', () => {
    const { segmentation_codec: cases } = JSON.parse(readFileSync(golden('geometry.json'), 'utf8')) as {
      segmentation_codec: readonly Codec[]
    }
    expect(cases.length).toBeGreaterThan(0)
    for (const { input, expected } of cases) {
      const dense = Uint8Array.from(input.rows.join(''), Number)
      const mask = Mask.fromDense(dense, input.rows[0]?.length ?? 0, input.rows.length)
      const readBack = (coordinates: unknown): Segmentation => {
        const json = JSON.stringify([{ type: 'binary', label: 'x', coordinates }])
        const [annotation] = parseDataloopItem(json, { deflate: nodeDeflate }).annotations
        if (!(annotation?.definition instanceof Segmentation)) throw new Error('no mask')
        return annotation.definition
      }
      const theirs = readBack(expected.coordinates)
      expect(theirs.mask.equals(mask)).toBe(true)
      if (mask.area > 0) expect(theirs.color).toEqual(input.color)
      const item = new Item({
        id: idFrom('i'),
        path: 'i',
        media: { kind: 'image' },
        annotations: [new Annotation({ definition: theirs })],
      })
      const { annotations } = JSON.parse(dataloopItem(item, { deflate: nodeDeflate }).text) as {
        annotations: { coordinates: string }[]
      }
      expect(readBack(annotations[0]?.coordinates).equals(theirs)).toBe(true)
    }
  })
})

type Json = Record<string, unknown> & { readonly metadata?: { readonly system?: Record<string, unknown> } }

interface RoundTrip {
  readonly file: string
  readonly roundtrip?: readonly Json[]
}

/** When an annotation is there, and its key frames. */
const TIMES = ['frame', 'endFrame', 'startTime', 'endTime', 'snapshots_'] as const

/** Fields of the geometry; those of the server are copied. */
const COMPARED = ['id', 'label', 'type', 'coordinates', 'description'] as const

describe('items as the SDK writes them again (ANNOFORM_GOLDENS and ANNOFORM_CORPORA)', () => {
  it.skipIf(none || ANNOFORM_CORPORA === '')('say what ours say', () => {
    const cases = JSON.parse(readFileSync(golden('converter.json'), 'utf8')) as readonly RoundTrip[]
    let [compared, timed] = [0, 0]
    for (const { file, roundtrip } of cases) {
      // Tracks the SDK cannot write without a server (defect 67).
      if (roundtrip === undefined) continue
      const ledger = new Ledger('strict')
      const source = readFileSync(join(ANNOFORM_CORPORA, file), 'utf8')
      const item = parseDataloopItem(source, { name: file, account: ledger, deflate: nodeDeflate })
      // Written as if it had never been read from Dataloop.
      const annotations = item.annotations.map((annotation) => annotation.with({ extra: undefined }))
      const { text } = dataloopItem(item.with({ annotations, extra: undefined }), { deflate: nodeDeflate })
      const ours = (JSON.parse(text) as { annotations: readonly Json[] }).annotations
      expect(ours).toHaveLength(roundtrip.length)
      for (const [i, theirs] of roundtrip.entries()) {
        const mine = ours[i] ?? {}
        if ('error' in theirs) {
          // The SDK cannot read a flat list of points (defect 71).
          expect(['segment', 'polyline']).toContain(mine.type)
          continue
        }
        for (const key of COMPARED) {
          if (theirs.type === 'binary' && key === 'coordinates') continue
          // The id of an annotation that never had one is null for both.
          expect(mine[key] ?? null, `${file} ${String(theirs.id)} ${key}`).toEqual(theirs[key] ?? null)
        }
        const attributes = Array.isArray(theirs.attributes) ? theirs.attributes : []
        expect(mine.metadata?.system?.attributes).toEqual({
          // The SDK does not show the older list (defect 17).
          ...Object.fromEntries(attributes.map((name: string) => [name, true])),
          ...(theirs.metadata?.system?.attributes as object),
        })
        expect(mine.metadata?.system?.automated).toEqual(theirs.metadata?.system?.automated)
        if (item.media.kind === 'video' || item.media.kind === 'audio') {
          for (const key of TIMES)
            expect([key, mine.metadata?.system?.[key]]).toEqual([key, theirs.metadata?.system?.[key]])
          timed++
        }
        compared++
      }
    }
    expect(compared).toBeGreaterThan(400)
    expect(timed).toBe(11)
  })
})
