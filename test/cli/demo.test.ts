import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoDataset } from '../../src/cli/demo/dataset.js'
import { placeTags } from '../../src/cli/demo/overlay/tag-places.js'
import { type DemoResult, previewPath, runDemo } from '../../src/cli/demo/run.js'
import { LETTER, MARKS } from '../../src/cli/demo/scenes/letter.js'
import { demoSummary } from '../../src/cli/demo/summary.js'
import { fatesByType, fateTable } from '../../src/cli/demo/table.js'
import { PLAIN } from '../../src/cli/terminal.js'
import { formats } from '../../src/converters/registry.js'
import type { Annotation } from '../../src/dataset/annotation.js'
import type { Item } from '../../src/dataset/item.js'
import { DEFINITION_TYPES } from '../../src/definitions/index.js'
import type { Bounds } from '../../src/geometry/bounds.js'
import { traceMask } from '../../src/mask/trace.js'
import { openDataset } from '../../src/node.js'
import { runHere } from './terminal.js'

const { labels } = demoDataset().header
const items = await itemsOf(demoDataset())
const annotations = items.flatMap((item) => item.annotations)
const pictures = items.filter(({ media }) => media.kind === 'image')

async function itemsOf(dataset: { items(): AsyncIterable<Item> }): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of dataset.items()) list.push(item)
  return list
}

function some(type: Annotation['type'], check: (annotation: Annotation) => boolean): boolean {
  return annotations.some((annotation) => annotation.type === type && check(annotation))
}

describe('the data set of the demo', () => {
  it('has every type of definition', () => {
    expect(new Set(annotations.map(({ type }) => type))).toEqual(new Set(DEFINITION_TYPES))
  })

  it('has every kind of geometry that formats treat differently', () => {
    expect(some('box', ({ definition }) => definition.type === 'box' && definition.angle % 90 !== 0)).toBe(true)
    const parts = annotations.map(({ definition }) => (definition.type === 'segment' ? definition.parts : []))
    expect(parts.some((list) => list.length > 1)).toBe(true)
    expect(parts.some((list) => list.length === 1 && list[0]?.holes.length === 1)).toBe(true)
    expect(parts.some((list) => list.length > 1 && list.some(({ holes }) => holes.length > 0))).toBe(true)
    const traced = annotations.map(({ definition }) => (definition.type === 'binary' ? traceMask(definition.mask) : []))
    expect(traced.some((list) => list.length === 2)).toBe(true)
    expect(traced.some((list) => list.length === 1 && list[0]?.holes.length === 2)).toBe(true)
    expect(some('pose', ({ definition }) => new Set(visibilities(definition)).size === 3)).toBe(true)
    expect(some('box', ({ keyFrames = [] }) => keyFrames.length > 3 && keyFrames.some(({ visible }) => !visible))).toBe(
      true,
    )
  })

  it('says everything an annotation can say', () => {
    for (const flag of ['crowd', 'occluded', 'truncated', 'difficult'] as const)
      expect(annotations.some(({ flags }) => flags[flag] === true)).toBe(true)
    for (const field of ['score', 'model', 'automated', 'status', 'objectId', 'parentId', 'box', 'span'] as const)
      expect(annotations.some((annotation) => annotation[field] !== undefined)).toBe(true)
    const values = annotations.flatMap(({ definition }) => Object.values(definition.attributes))
    expect(new Set(values.map((value) => (Array.isArray(value) ? 'list' : typeof value)))).toEqual(
      new Set(['string', 'number', 'boolean', 'list']),
    )
  })

  it('names each annotation once, parents in the same item, and labels with a colour', () => {
    expect(new Set(annotations.map(({ id }) => id?.text)).size).toBe(annotations.length)
    for (const item of items) {
      const ids = item.annotations.map(({ id }) => id?.text)
      for (const { parentId } of item.annotations) if (parentId !== undefined) expect(ids).toContain(parentId.text)
    }
    for (const { label } of annotations) expect([label, labels.get(label)?.color?.length]).toEqual([label, 3])
    for (const { name } of labels) expect([name, annotations.some(({ label }) => label === name)]).toEqual([name, true])
  })

  it('lies inside its pictures, which are not square', () => {
    for (const { media, path, annotations: marks } of items) {
      const { width = 0, height = 0 } = media
      expect(width === 0 || width !== height).toBe(true)
      for (const { definition, box, keyFrames = [], label } of marks) {
        for (const bounds of [definition.bounds, box, ...keyFrames.map((frame) => frame.definition.bounds)]) {
          if (bounds === null || bounds === undefined) continue
          const { left, top, right, bottom } = bounds
          expect({ path, label, inside: left >= 0 && top >= 0 && right <= width && bottom <= height }).toMatchObject({
            inside: true,
          })
        }
        if (definition.type === 'binary')
          expect([definition.mask.width, definition.mask.height]).toEqual([width, height])
      }
    }
  })

  it('marks the words it means', () => {
    const marked = annotations.flatMap(({ definition }) =>
      definition.type === 'text_mark' ? [[definition.label, LETTER.slice(definition.start, definition.end)]] : [],
    )
    expect(marked).toEqual(MARKS)
  })
})

function visibilities(definition: Annotation['definition']): readonly string[] {
  return definition.type === 'pose' ? definition.points.map(({ visibility }) => visibility) : []
}

describe('the demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'annoform-demo-'))
  const out = join(folder, 'out')
  let result: DemoResult
  beforeAll(async () => {
    result = await runDemo({ out })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const pixels = async (path: string) => {
    const { data, info } = await sharp(join(out, path)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    return { data, width: info.width, height: info.height }
  }

  it('accounts for every annotation in every format that can be written', () => {
    expect(result.reports.map(({ target }) => target.format)).toEqual(
      formats.filter(({ write }) => write).map(({ id }) => id),
    )
    for (const report of result.reports) {
      const { read, kept, derived, approximated, dropped } = report.annotations
      expect(read).toBe(annotations.length)
      expect(kept + derived + approximated + dropped).toBe(read)
      const fates = fatesByType(report)
      for (const type of DEFINITION_TYPES) {
        const row = fates.get(type) ?? { kept: 0, derived: 0, approximated: 0, dropped: 0 }
        const sum = row.kept + row.derived + row.approximated + row.dropped
        expect([report.target.format, type, sum]).toEqual([
          report.target.format,
          type,
          annotations.filter((a) => a.type === type).length,
        ])
      }
      expect(report.problems).toEqual([])
    }
  })

  it('writes what can be read back: the native format gives everything', async () => {
    const native = result.reports.find(({ target }) => target.format === 'native')
    expect(native?.annotations.kept).toBe(annotations.length)
    const dataset = await openDataset(join(out, 'native'))
    const again = await itemsOf(dataset)
    await dataset.close()
    expect(again.map(({ path }) => path)).toEqual(items.map(({ path }) => path))
    const definitions = again.flatMap((item) => item.annotations).map(({ definition }) => definition)
    expect(definitions.every((definition, i) => definition.equals(annotations[i]?.definition ?? definition, 0))).toBe(
      true,
    )
    expect(definitions).toHaveLength(annotations.length)
  })

  it('draws pictures of the right size that are not blank', async () => {
    for (const { path, media } of pictures) {
      const { data, width, height } = await pixels(path)
      expect([width, height]).toEqual([media.width, media.height])
      const colors = new Set<number>()
      for (let i = 0; i < data.length; i += 3)
        colors.add(((data[i] as number) << 16) | ((data[i + 1] as number) << 8) | (data[i + 2] as number))
      expect(colors.size).toBeGreaterThan(1000)
    }
  })

  it.each(pictures.map(({ path }) => path))('draws every annotation of %s in the colour of its label', async (path) => {
    const item = items.find((candidate) => candidate.path === path) as Item
    const plain = await pixels(path)
    const drawn = await pixels(previewPath(item))
    expect([drawn.width, drawn.height >= plain.height]).toEqual([plain.width, true])
    for (const { bounds, label } of item.annotations) {
      if (bounds === null) continue
      const [red = 0, green = 0, blue = 0] = labels.get(label)?.color ?? []
      const near = (data: Buffer, at: number): boolean =>
        Math.hypot((data[at] as number) - red, (data[at + 1] as number) - green, (data[at + 2] as number) - blue) < 12
      let ink = 0
      eachPixel(bounds, plain, (at) => {
        if (near(drawn.data, at) && !near(plain.data, at)) ink++
      })
      expect({ label, ink: ink >= 8 }).toEqual({ label, ink: true })
    }
  })

  it('makes a film of all frames, a sound and a letter', async () => {
    const film = await sharp(join(out, 'film/ball.gif'), { animated: true }).metadata()
    expect([film.width, film.pageHeight, film.pages]).toEqual([480, 270, 48])
    const sound = readFileSync(join(out, 'sound/chimes.wav'))
    expect([sound.toString('latin1', 0, 4), sound.readUInt32LE(4), sound.readUInt32LE(24)]).toEqual([
      'RIFF',
      sound.length - 8,
      11_025,
    ])
    expect(sound.readUInt32LE(40) / 2).toBe(6 * 11_025)
    expect(readFileSync(join(out, 'text/letter.txt'), 'utf8')).toBe(LETTER)
    for (const item of items) expect(result.files).toContain(previewPath(item))
    expect(await sharp(join(out, 'preview/index.png')).metadata()).toMatchObject({ width: 1800 })
  })

  it('prints a report that fits in 100 columns, in colours where a person looks', async () => {
    const text = demoSummary(result, 'annoform-demo', 2, PLAIN)
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
    expect(text).toContain(`total                ${annotations.length}`)
    expect(text).not.toContain('\u001b')
    const seen = await runHere(['demo', '--out', out, '--overwrite'], { tty: true })
    expect(seen.code).toBe(0)
    expect(seen.stdout).toContain('\u001b[32m✓')
    expect(seen.stderr).toContain('drawing pictures/street.png')
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it('puts formats that do not fit into a second table', () => {
    const [report] = result.reports
    if (report === undefined) throw new Error('no report')
    const many = Array.from({ length: 9 }, (_, i) => ({
      ...report,
      target: { ...report.target, format: `format-${i}` },
    }))
    const lines = fateTable(many, new Map([['box', 36]]), PLAIN)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(98)
    expect(lines.filter((line) => line.startsWith('  type')).length).toBeGreaterThan(1)
    for (const { target } of many) expect(lines.filter((line) => line.includes(target.format))).toHaveLength(1)
  })

  it('leaves a folder with something in it alone unless told otherwise', async () => {
    const { code, stdout, stderr } = await runHere(['demo', '--out', out])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('output-not-empty')
  })

  it('stops on request and leaves nothing', async () => {
    const target = join(folder, 'never')
    const { code, stdout } = await runHere(['demo', '--out', target], { signal: AbortSignal.abort() })
    expect([code, stdout]).toEqual([130, ''])
    expect(readdirSync(folder)).toEqual(['out'])
  })
})

/** Byte offsets of the pixels in bounds, two pixels around included, of a picture of 3 bytes a pixel. */
function eachPixel(
  { left, top, right, bottom }: Bounds,
  size: { width: number; height: number },
  use: (at: number) => void,
): void {
  for (let y = Math.max(0, Math.floor(top - 2)); y < Math.min(size.height, bottom + 2); y++)
    for (let x = Math.max(0, Math.floor(left - 2)); x < Math.min(size.width, right + 2); x++)
      use((y * size.width + x) * 3)
}

describe('tags', () => {
  const length = fc.integer({ min: 0, max: 300 })
  const wish = fc.record({
    x: length,
    y: length,
    across: length,
    down: length,
    width: fc.integer({ min: 20, max: 90 }),
  })

  it('never overlap and never leave the picture', () => {
    const size = { width: 400, height: 260 }
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 25 }), (wishes) => {
        const tags = wishes.map(({ x, y, across, down, width }) => ({
          width,
          height: 20,
          bounds: { left: x, top: y, right: Math.min(400, x + across), bottom: Math.min(260, y + down) },
        }))
        const places = placeTags(tags, size, [])
        const boxes = places.flatMap((place, i) =>
          place === null ? [] : [{ left: place[0], top: place[1], width: tags[i]?.width ?? 0 }],
        )
        expect(places).toHaveLength(tags.length)
        if (tags.length > 0) expect(boxes.length).toBeGreaterThan(0)
        for (const [i, a] of boxes.entries()) {
          expect(a.left >= 0 && a.top >= 0 && a.left + a.width <= 400 && a.top + 20 <= 260).toBe(true)
          for (const b of boxes.slice(i + 1))
            expect(a.left + a.width <= b.left || b.left + b.width <= a.left || Math.abs(a.top - b.top) >= 20).toBe(true)
        }
      }),
    )
  })
})
