import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SizeSource } from '../../../src/converters/sizes.js'
import { stemOf } from '../../../src/converters/yolo/tree-index.js'
import type { Annotation } from '../../../src/dataset/annotation.js'
import type { Item } from '../../../src/dataset/item.js'
import type { Polygon } from '../../../src/definitions/index.js'
import { applyToRing, multiply, rotation, scaling, translation } from '../../../src/geometry/affine.js'
import { type Part, partsBounds } from '../../../src/geometry/parts.js'
import { fileTree } from '../../../src/io/folder.js'
import { iou } from '../../../src/mask/algebra.js'
import { fillPartsPixelCenter } from '../../../src/mask/fill-pixel-center.js'
import { entriesOf, openFiles, readFiles, writeDataset } from './harness.js'

// Real data: found through ANNOFORM_CORPORA, an absolute folder.

const CORPORA = process.env.ANNOFORM_CORPORA
const there = CORPORA !== undefined && existsSync(join(CORPORA, 'coco128'))
const at = (...path: string[]): string => join(CORPORA ?? '', ...path)

type Numbers = readonly (readonly number[])[]

function rowsOf(text: string): Numbers {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' ').map(Number))
}

describe('coco128 (needs ANNOFORM_CORPORA)', () => {
  it.skipIf(!there)('becomes the labels that Ultralytics made of it', async () => {
    const { dataset, ledger } = await openFiles(fileTree(at('coco128', 'annotations', 'instances_train2017.json')), {
      format: 'coco',
    })
    const { report, files } = await writeDataset(dataset, { options: { task: 'detect' }, ledger })
    expect(entriesOf(report)).toContain('dropped binary: crowd × 7')
    const theirs = new Map(
      readdirSync(at('coco128', 'labels_det')).map((name) => [
        name,
        rowsOf(readFileSync(at('coco128', 'labels_det', name), 'utf8')),
      ]),
    )
    let rows = 0
    let empty = 0
    for (const [path, text] of Object.entries(files)) {
      if (!path.startsWith('labels/')) continue
      const left = [...rowsOf(text)]
      const name = path.slice(path.lastIndexOf('/') + 1)
      for (const row of theirs.get(name) ?? []) {
        const same = left.findIndex(
          (mine) =>
            row.length === mine.length &&
            row.every((value, i) => Math.abs(value - (mine[i] as number)) <= (i === 0 ? 0 : 6e-7)),
        )
        expect(same, `${name}: ${row.join(' ')}`).toBeGreaterThanOrEqual(0)
        left.splice(same, 1)
        rows++
      }
      expect(left, name).toEqual([])
      if (!theirs.delete(name)) {
        empty++
        expect(text, name).toBe('')
      }
    }
    expect([...theirs.keys()]).toEqual([])
    expect([rows, empty, report.annotations.read]).toEqual([423, 2, 430])
  })
})

/** Parts as large as a thousand pixels, on a canvas of their own; turned and moved a little, lest sides run along pixel centres. */
function enlarged(parts: readonly Part[], like: readonly Part[]): readonly Part[] {
  const { left, top, right, bottom } = partsBounds(like) ?? { left: 0, top: 0, right: 1, bottom: 1 }
  const scale = 700 / Math.max(right - left, bottom - top, 1e-9)
  const turned = multiply(rotation(17.3), multiply(scaling(scale), translation(-left, -top)))
  const map = multiply(translation(250.37, 10.41), turned)
  return parts.map(({ outer, holes }) => ({
    outer: applyToRing(map, outer),
    holes: holes.map((hole) => applyToRing(map, hole)),
  }))
}

function regionIou(a: readonly Part[], b: readonly Part[]): number {
  const [first, second] = [a, b].map((parts) => fillPartsPixelCenter(enlarged(parts, a), 1001, 1001))
  return first === undefined || second === undefined ? 0 : iou(first, second)
}

/** How far a point is from the outline of parts. */
function distanceTo(parts: readonly Part[], px: number, py: number): number {
  let least = Infinity
  for (const { outer, holes } of parts) {
    for (const ring of [outer, ...holes]) {
      for (let i = 0; i < ring.length; i += 2) {
        const k = (i + 2) % ring.length
        const [ax, ay] = [ring[i] as number, ring[i + 1] as number]
        const [dx, dy] = [(ring[k] as number) - ax, (ring[k + 1] as number) - ay]
        const square = dx * dx + dy * dy
        const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / square))
        least = Math.min(least, Math.hypot(ax + t * dx - px, ay + t * dy - py))
      }
    }
  }
  return least
}

function furthest(from: readonly Part[], to: readonly Part[]): number {
  let most = 0
  for (const { outer, holes } of from) {
    for (const ring of [outer, ...holes])
      for (let i = 0; i < ring.length; i += 2)
        most = Math.max(most, distanceTo(to, ring[i] as number, ring[i + 1] as number))
  }
  return most
}

describe.each([
  ['taco', 1425],
  ['lvis', 443],
])('%s (needs ANNOFORM_CORPORA)', (name, objects) => {
  it.skipIf(!there)('comes back from YOLO segments, every object within 1/1024 px and an IoU of 0.999', async () => {
    const [file = ''] = readdirSync(at(name)).filter((path) => path.endsWith('.json'))
    const source = await readFiles(fileTree(at(name, file)), { format: 'coco' })
    // Nothing is cut away, so that everything can be compared.
    const { report, files } = await writeDataset(source.dataset, { options: { task: 'segment', clip: 'keep' } })
    expect(report.annotations).toMatchObject({ read: objects, approximated: 0, dropped: 0 })
    // Labels without pictures do not know what the pictures' names end with.
    const known = new Map(source.items.map((item) => [stemOf(item.path), item]))
    const sizes: SizeSource = ({ path }) => sizeOf(known.get(stemOf(path)))
    const back = await readFiles(files, { sizes, options: { task: 'segment' } })
    const items = new Map(back.items.map((item) => [item.id.text, item]))
    let compared = 0
    for (const { path, annotations } of source.items) {
      const found = items.get(stemOf(path))?.annotations ?? []
      expect(found.length, path).toBe(annotations.length)
      for (const [i, { definition }] of annotations.entries()) {
        if (definition.type !== 'segment') throw new Error(`${path}: a ${definition.type}`)
        const { parts } = (found[i] as Annotation).definition as Polygon
        const where = `${path} ${i}`
        // Vertices inside another part of their own are gone where parts overlap; what is left lies on the outline.
        expect(furthest(parts, definition.parts), where).toBeLessThanOrEqual(1 / 1024)
        expect(regionIou(definition.parts, parts), where).toBeGreaterThanOrEqual(0.999)
        compared++
      }
    }
    expect(compared).toBe(objects)
  })
})

function sizeOf(item: Item | undefined) {
  const { width, height } = item?.media ?? {}
  return width === undefined || height === undefined ? undefined : { width, height }
}
