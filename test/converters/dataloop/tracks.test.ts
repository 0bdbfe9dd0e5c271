import { describe, expect, it } from 'vitest'
import { dataloopItem } from '../../../src/converters/dataloop/index.js'
import { frameAtTime } from '../../../src/converters/dataloop/track-time.js'
import { Annotation, type AnnotationInit } from '../../../src/dataset/annotation.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item, type Media } from '../../../src/dataset/item.js'
import type { KeyFrame } from '../../../src/dataset/track.js'
import { Box, Classification, Polygon, Subtitle } from '../../../src/definitions/index.js'
import { convert, element, open, problemsOf, read } from './harness.js'

const PAL = { kind: 'video', fps: { numerator: 25, denominator: 1 }, width: 480, height: 270 } as const

type Json = Record<string, unknown>

function itemOf(inits: readonly AnnotationInit[], media: Media = PAL, path = 'film/a.mp4'): Item {
  return new Item({ id: idFrom('i'), path, media, annotations: inits.map((init) => new Annotation(init)) })
}

/** The annotations of a written item as plain JSON. */
function elementsOf(text: string): { readonly metadata: { readonly system: Json; readonly user?: Json } }[] {
  return (JSON.parse(text) as { annotations: { metadata: { system: Json; user?: Json } }[] }).annotations
}

function clipJson(annotations: readonly object[], filename = '/a.mp4', system: object = { fps: 25 }): string {
  return JSON.stringify({ filename, annotations, metadata: { system } })
}

function corners(left: number, top: number, right: number, bottom: number): object[] {
  return [
    { x: left, y: top, z: 0 },
    { x: right, y: bottom, z: 0 },
  ]
}

const box = (left: number, label = 'car', attributes = {}): Box =>
  new Box({ label, left, top: 1, right: left + 20, bottom: 9, attributes })
const at = (frame: number, definition: KeyFrame['definition'], visible = true): KeyFrame => ({
  frame,
  definition,
  fixed: true,
  visible,
})

describe('subtitles', () => {
  const hello = element('subtitle', { text: 'Hello' }, { metadata: { system: { startTime: 1.25, endTime: 2 } } })

  it.each(['/talk.wav', '/talk.mp4'])('of %s are read with their times', (filename) => {
    const framed = element(
      'subtitle',
      { text: '' },
      {
        attributes: ['loud'],
        metadata: { system: { frame: 31, endFrame: 50, startTime: 1.25, endTime: 2, attributes: { speaker: 'Ann' } } },
      },
    )
    const { item } = read(clipJson([hello, framed], filename))
    expect(item.annotations.map(({ span }) => span)).toEqual([
      { startTime: 1.25, endTime: 2 },
      { frame: 31, endFrame: 50, startTime: 1.25, endTime: 2 },
    ])
    expect(item.annotations[1]?.definition).toEqual(
      new Subtitle({ label: 'cat', text: '', attributes: { loud: true, speaker: 'Ann' } }),
    )
  })

  it('of a picture have no times, and keep what stands there', () => {
    const { item } = read(clipJson([hello], '/a.jpg'))
    expect(item.annotations[0]?.span).toBeUndefined()
    expect(elementsOf(dataloopItem(item, { rewrite: true }).text)).toEqual([hello])
  })

  it('are written with their seconds, and with frames where the rate is known', () => {
    const definition = new Subtitle({ label: 'Text', text: 'x' })
    const span = { startTime: 1.03, endTime: 2.5 }
    const [framed] = elementsOf(dataloopItem(itemOf([{ definition, span }])).text)
    expect(framed?.metadata).toEqual({
      system: { frame: 26, startTime: 1.03, endTime: 2.5, endFrame: 62, attributes: {} },
      user: { annoform: { time: 'seconds' } },
    })
    for (const media of [{ kind: 'video' }, { kind: 'audio', fps: PAL.fps }] as const) {
      const [plain] = elementsOf(dataloopItem(itemOf([{ definition, span }], media)).text)
      expect(plain?.metadata).toEqual({ system: { startTime: 1.03, endTime: 2.5, attributes: {} } })
    }
  })

  it('change their times, and nothing else of what was read', () => {
    const source = element(
      'subtitle',
      { text: 'Hello', font: 'x' },
      {
        metadata: {
          system: { clientId: 'c', startTime: 1.0, frame: 25, endFrame: null, endTime: 2, snapshots_: null },
        },
      },
    )
    const { item } = read(clipJson([source]))
    const [subtitle] = item.annotations
    if (subtitle === undefined) throw new Error('nothing read')
    expect(subtitle.span).toEqual({ frame: 25, startTime: 1, endTime: 2 })
    const changed = (changes: Partial<AnnotationInit>): Json | undefined =>
      elementsOf(dataloopItem(item.with({ annotations: [subtitle.with(changes)] })).text)[0]?.metadata.system
    expect(changed({ span: { ...subtitle.span, endTime: 3 } })).toEqual({
      clientId: 'c',
      startTime: 1,
      frame: 25,
      endFrame: null,
      endTime: 3,
      snapshots_: null,
    })
    expect(changed({ span: undefined })).toEqual({
      clientId: 'c',
      endFrame: null,
      snapshots_: null,
    })
  })
})

describe('frames of times', () => {
  it('are rounded half to even', () => {
    const frames = [0.02, 0.06, 2.5, 2.54, 0.5].map((seconds) => frameAtTime(seconds, PAL.fps))
    expect(frames).toEqual([0, 2, 62, 64, 12])
    expect(frameAtTime(1, { numerator: 30_000, denominator: 1001 })).toBe(30)
  })
})

describe('tracks', () => {
  const source = element('box', corners(1, 1, 21, 9), {
    description: 'seen',
    metadata: {
      system: {
        frame: 5,
        endFrame: 40,
        startTime: 0.2,
        endTime: 1.6,
        attributes: { a: 1 },
        snapshots_: [
          {
            frame: 6,
            fixed: true,
            label: 'cat',
            type: 'box',
            objectVisible: true,
            data: corners(2, 1, 22, 9),
            namedAttributes: {},
          },
          { frame: 9, objectVisible: false, attributes: ['far'], startTime: 0.36 },
          { data: corners(3, 1, 23, 9), label: 'dog', fixed: false, description: null },
        ],
      },
    },
  })

  it('are read from one key frame to the next', () => {
    const { item, ledger } = read(clipJson([source]))
    const [track] = item.annotations
    expect(track?.span).toEqual({ frame: 5, endFrame: 40, startTime: 0.2, endTime: 1.6 })
    const named = { description: 'seen' }
    const [one, two, three, four] = track?.keyFrames ?? []
    expect(one).toEqual(at(5, track?.definition ?? box(0)))
    expect(two).toEqual(at(6, box(2, 'cat').with(named)))
    expect(three).toMatchObject({ frame: 9, fixed: false, visible: false })
    expect(three?.definition).toEqual(box(2, 'cat', { far: true }).with(named))
    expect(three?.extra?.get('dataloop')?.fields).toEqual(new Map([['startTime', '0.36']]))
    expect(four).toEqual({ ...at(10, box(3, 'dog', { far: true })), fixed: false })
    expect(track?.keyFrames).toHaveLength(4)
    expect(ledger.problems).toEqual([])
  })

  it.each([false, true])('come back as they are, rewritten: %s', (rewrite) => {
    const { item } = read(clipJson([source]))
    expect(elementsOf(dataloopItem(item, { rewrite }).text)).toEqual([source])
  })

  it('say what changed, and what a snapshot says beside', () => {
    const { item } = read(clipJson([source]))
    const [track] = item.annotations
    if (track?.keyFrames === undefined) throw new Error('no track')
    const keyFrames = track.keyFrames.map((frame) => (frame.frame === 9 ? { ...frame, visible: true } : frame))
    const [changed] = elementsOf(dataloopItem(item.with({ annotations: [track.with({ keyFrames })] })).text)
    const snapshots = changed?.metadata.system.snapshots_ as Json[]
    expect(snapshots).toHaveLength(3)
    expect(snapshots[1]).toMatchObject({
      frame: 9,
      objectVisible: true,
      startTime: 0.36,
      namedAttributes: { far: true },
    })
    expect(snapshots[1]).not.toHaveProperty('attributes')
    expect(snapshots[2]).toMatchObject({ label: 'dog', description: null })
    const none = elementsOf(dataloopItem(item.with({ annotations: [track.with({ keyFrames: undefined })] })).text)[0]
    expect(Object.keys(none?.metadata.system ?? {})).not.toContain('snapshots_')
  })

  it('are carried unread where a snapshot cannot be read, with a problem', () => {
    const { metadata, ...rest } = source as { metadata: { system: Json } }
    for (const [bad, pointer] of [
      [{ frame: -1 }, '/0/frame'],
      [{ frame: 7, data: [{ x: 1 }] }, '/0/data'],
      [7, '/0'],
    ] as const) {
      const broken = { ...rest, metadata: { system: { ...metadata.system, snapshots_: [bad] } } }
      const { item, ledger } = read(clipJson([broken]))
      expect(problemsOf(ledger)).toEqual([
        expect.stringContaining(`/annotations/0/metadata/system/snapshots_${pointer}`),
      ])
      expect(item.annotations[0]).toMatchObject({ keyFrames: undefined, definition: { type: 'box' } })
      expect(elementsOf(dataloopItem(item, { rewrite: true }).text)).toEqual([broken])
    }
  })

  it('without geometry before their key frames are carried as they stand', () => {
    const broken = element('box', [], { metadata: { system: { frame: 0, snapshots_: [{ frame: 1 }] } } })
    const { item, ledger } = read(clipJson([broken]))
    expect(item.annotations[0]).toMatchObject({
      definition: { type: 'undefined', sourceType: 'box' },
      span: { frame: 0 },
    })
    expect(ledger.problems).toEqual([])
    const { text, outcomes } = dataloopItem(item, { rewrite: true })
    expect(outcomes).toMatchObject([{ effect: 'kept' }])
    expect(elementsOf(text)).toEqual([broken])
  })

  it('of other formats are written without the first key frame, which the annotation is', () => {
    const keyFrames = [at(5, box(1)), at(9, box(2), false), at(20, box(3, 'truck', { late: true }))]
    const init = { definition: box(1), span: { frame: 5, endFrame: 30 }, keyFrames }
    const { text, outcomes } = dataloopItem(itemOf([init]))
    expect(outcomes).toEqual([{ effect: 'kept', subject: 'box' }])
    expect(elementsOf(text)[0]?.metadata).toEqual({
      system: {
        attributes: {},
        frame: 5,
        startTime: 0.2,
        endTime: 1.2,
        endFrame: 30,
        snapshots_: [
          {
            frame: 9,
            fixed: true,
            label: 'car',
            type: 'box',
            objectVisible: false,
            data: corners(2, 1, 22, 9),
            namedAttributes: {},
          },
          {
            frame: 20,
            fixed: true,
            label: 'truck',
            type: 'box',
            objectVisible: true,
            data: corners(3, 1, 23, 9),
            namedAttributes: { late: true },
          },
        ],
      },
      user: { annoform: { time: 'frames' } },
    })
    expect(read(text).item.annotations[0]).toMatchObject(init)
  })

  it('keep all their labels', async () => {
    const keyFrames = [at(0, new Classification({ label: 'sun' })), at(9, new Classification({ label: 'rain' }))]
    const init = { definition: new Classification({ label: 'sun' }), span: { frame: 0, endFrame: 20 }, keyFrames }
    const { text } = dataloopItem(itemOf([init]))
    expect((await open({ 'a.json': text })).header.labels.labels.map(({ name }) => name)).toEqual(['rain', 'sun'])
    const { report } = await convert({ 'a.json': text }, 'native')
    expect(report.annotations).toMatchObject({ read: 1, kept: 1 })
  })

  it('are one annotation also where parts are split', () => {
    const square = (x: number): (readonly [number, number])[] => [
      [x, 0],
      [x + 5, 0],
      [x + 5, 6],
    ]
    const definition = new Polygon({
      label: 'x',
      parts: [0, 10].map((x) => ({ outer: Float64Array.from(square(x).flat()) })),
    })
    const init = { definition, span: { frame: 0, endFrame: 9 }, keyFrames: [at(0, definition)] }
    expect(elementsOf(dataloopItem(itemOf([init]), { rings: 'split' }).text)).toHaveLength(1)
    expect(elementsOf(dataloopItem(itemOf([{ definition }]), { rings: 'split' }).text)).toHaveLength(2)
  })

  it('say what JSON has no word for', () => {
    const account = read('[]').ledger
    const init = { definition: box(1), span: { startTime: Number.NaN }, keyFrames: [at(0.5, box(1))] }
    const { text } = dataloopItem(itemOf([init]), { account })
    expect(elementsOf(text)[0]?.metadata.system).toEqual({ attributes: {} })
    expect(account.entries.map(({ subject, reason }) => [subject, reason])).toEqual([
      ['span', 'JSON has no word for it'],
      ['key frames', 'frames that there are not'],
    ])
  })
})
