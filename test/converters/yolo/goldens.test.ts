import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSizeTable, sizesFromTable } from '../../../src/converters/sizes.js'
import type { Polygon } from '../../../src/definitions/index.js'
import { fileTree, folderTree } from '../../../src/io/folder.js'
import { openFiles, readFiles, writeDataset } from './harness.js'

// What other programs have worked out by the formats' definitions: found through ANNOFORM_GOLDENS, an absolute folder.

const GOLDENS = process.env.ANNOFORM_GOLDENS
const INPUTS = join(GOLDENS ?? '', 'convert', 'inputs')
const there = GOLDENS !== undefined && existsSync(INPUTS)

interface Definition {
  readonly image: string
  readonly label: string
  readonly class_index: number
  readonly yolo: readonly number[]
  readonly coco_bbox: readonly number[]
  readonly polygon?: readonly number[]
  readonly yolo_seg_parts?: readonly (readonly number[])[]
  readonly iscrowd?: number
  readonly width: number
  readonly height: number
}

function definitionsOf(name: string): readonly Definition[] {
  return JSON.parse(readFileSync(join(INPUTS, name, 'definition.json'), 'utf8'))
}

const stem = (path: string): string => path.replace(/\.[^.]*$/, '')

/** Whether all numbers are as near as doubles that were worked out in another order. */
function near(a: readonly number[], b: ArrayLike<number>, tolerance = 1e-9): boolean {
  return a.length === b.length && a.every((value, i) => Math.abs(value - (b[i] as number)) <= tolerance)
}

describe('read by definition (needs ANNOFORM_GOLDENS)', () => {
  it.skipIf(!there).each(['yolo_det', 'yolo_seg'])('%s', async (name) => {
    const definitions = definitionsOf(name)
    const table = parseSizeTable(readFileSync(join(INPUTS, name, 'sizes.json'), 'utf8'), 'sizes.json')
    const { items, ledger } = await readFiles(await folderTree(join(INPUTS, name)), { sizes: sizesFromTable(table) })
    const found = items.flatMap((item) => item.annotations.map((annotation) => ({ item, annotation })))
    expect(ledger.counts.read).toBe(definitions.length)
    const left = [...found]
    for (const { image, label, coco_bbox: box, polygon } of definitions) {
      const [x = 0, y = 0, w = 0, h = 0] = box
      const at = left.findIndex(({ item, annotation }) => {
        if (item.id.text !== image || annotation.label !== label) return false
        if (polygon !== undefined) {
          // The ring as it stands; bridges were walked by whoever wrote it.
          const { parts } = annotation.definition as Polygon
          const rings = parts.flatMap(({ outer, holes }) => [outer, ...holes])
          if (rings.length === 1 && !near(polygon, rings[0] ?? [])) return false
        }
        const { left: l, top: t, right: r, bottom: b } = annotation.definition as Polygon
        return near([x, y, x + w, y + h], [l, t, r, b])
      })
      expect(at, `${image} ${label} ${box.join(' ')}`).toBeGreaterThanOrEqual(0)
      left.splice(at, 1)
    }
    expect(left).toEqual([])
  })
})

describe('written by definition (needs ANNOFORM_GOLDENS)', () => {
  it.skipIf(!there).each(['coco128', 'coco128_simple', 'coco_tiny', 'coco_kpts'])('%s', async (name) => {
    // Objects with key points are poses: they have a box in YOLO.
    for (const task of name === 'coco_kpts' ? (['detect'] as const) : (['detect', 'segment'] as const)) {
      const { dataset, ledger } = await openFiles(fileTree(join(INPUTS, name, 'annotations.json')), { format: 'coco' })
      const { files } = await writeDataset(dataset, { options: { task, crowd: 'keep', clip: 'keep' }, ledger })
      const rows = new Map<string, number[][]>()
      for (const [path, text] of Object.entries(files)) {
        const lines = text.split('\n').filter((line) => line !== '')
        rows.set(
          stem(path.replace(/^labels\/train\//, '')),
          lines.map((line) => line.split(' ').map(Number)),
        )
      }
      for (const { image, class_index: index, yolo, yolo_seg_parts: parts } of definitionsOf(name)) {
        const wanted = task === 'detect' ? yolo : parts?.length === 1 ? parts[0] : undefined
        if (wanted === undefined) continue
        const list = rows.get(stem(image)) ?? []
        // Six decimals: half a unit of the last one.
        const at = list.findIndex(([first, ...numbers]) => first === index && near(wanted, numbers, 5.0001e-7))
        expect(at, `${task} ${image} ${index} ${wanted.join(' ')}`).toBeGreaterThanOrEqual(0)
        list.splice(at, 1)
      }
    }
  })
})
