import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseVoc } from '../../../src/converters/voc/document.js'
import { decodeXml } from '../../../src/converters/voc/xml-bytes.js'
import type { Box } from '../../../src/definitions/index.js'
import { folderTree } from '../../../src/io/folder.js'
import { itemsOf, openFiles, openVocTree, realFolder, throughNative, treeOf, writeVoc } from './harness.js'

const corpora = realFolder('ANNOFORM_CORPORA', '')
const raccoons = realFolder('ANNOFORM_CORPORA', 'raccoon_voc')
const goldens = realFolder('ANNOFORM_GOLDENS', 'convert/inputs')
const unset = 'needs ANNOFORM_CORPORA and ANNOFORM_GOLDENS'

const FOLDERS = [
  'raccoon_voc',
  'rolabelimg_rotated',
  'labelformat_fixtures/object_detection/PascalVOC',
  'datumaro_assets/voc_dataset',
  'datumaro_assets/roboflow_dataset/voc',
  'dataloop_converters/voc/voc',
  'weird/voc',
]

/** Those that cannot be read, or not without leaving something out. */
const UNSOUND = /\/(?:billion-laughs|reversed|truncated|unclosed-amp|xxe)\.xml$/

describe.skipIf(corpora === undefined)(`every real file comes back (${unset})`, () => {
  for (const folder of FOLDERS) {
    const root = join(corpora ?? '', folder)
    const files = corpora === undefined ? [] : readdirSync(root, { recursive: true, encoding: 'utf8' })
    for (const file of files.filter((name) => name.endsWith('.xml') && !UNSOUND.test(`/${name}`))) {
      it.each([
        ['plain', false, false],
        ['rewritten', true, false],
        ['through native', false, true],
        ['through native, rewritten', true, true],
      ] as const)(`${folder}/${file} %s`, async (_name, rewrite, byNative) => {
        const bytes = readFileSync(join(root, file))
        const reading = await openFiles({ [file.replace(/.*\//, '')]: bytes })
        const items = await itemsOf(reading)
        expect(reading.ledger.problems).toEqual([])
        const count = treeCount(decodeXml(bytes, file))
        expect(reading.ledger.counts.read).toBe(count)
        const opened = await openFiles({ [file.replace(/.*\//, '')]: bytes })
        const source = byNative ? await throughNative(opened, rewrite) : opened
        const { report, files: written } = await writeVoc(source.dataset, { rewrite, ledger: source.ledger })
        const [path, ...others] = [...written.keys()].filter((name) => name.endsWith('.xml'))
        expect(others).toEqual([])
        expect(report.annotations).toEqual({ read: count, kept: count, derived: 0, approximated: 0, dropped: 0 })
        const text = new TextDecoder().decode(written.get(path ?? ''))
        expect(treeOf(text)).toEqual(treeOf(decodeXml(bytes, file).replace(/^\uFEFF/, '')))
        const again = await itemsOf(await openFiles({ [path ?? '']: text }))
        expect(again.map(({ id }) => id)).toEqual(items.map(({ id }) => id))
      })
    }
  }
})

/** Objects and parts by their tags alone. */
function treeCount(xml: string): number {
  const plain = xml.replace(/<!--[\s\S]*?-->/g, '')
  return [...plain.matchAll(/<(?:object|part)[\s>]/g)].length
}

describe.skipIf(raccoons === undefined)(`raccoons against their CSV twin (${unset})`, () => {
  const rows =
    raccoons === undefined
      ? []
      : readFileSync(join(raccoons, 'raccoon_labels.csv'), 'utf8')
          .trim()
          .split(/\r?\n/)
          .slice(1)
          .map((line) => line.split(','))

  it.each([
    ['edge0', 0],
    ['inclusive1', 1],
    ['auto', 0],
  ] as const)('--voc.base %s', async (base, before) => {
    const reading = await openVocTree(await folderTree(join(raccoons ?? '', 'Annotations')), { base })
    const found = (await itemsOf(reading)).flatMap(({ path, media, annotations }) =>
      annotations.map(({ definition }) => {
        const { frame, label } = definition as Box
        return [path, media.width, media.height, label, frame.left, frame.top, frame.right, frame.bottom].join()
      }),
    )
    const expected = rows.map(([file, width, height, label, ...box]) => {
      const [left = 0, top = 0, right = 0, bottom = 0] = box.map(Number)
      return [file, width, height, label, left - before, top - before, right, bottom].join()
    })
    expect(found.length).toBeGreaterThan(100)
    expect(found.sort()).toEqual(expected.sort())
    expect(reading.ledger.entries.some(({ subject }) => subject === 'base')).toBe(base === 'auto')
  })
})

interface Golden {
  readonly image: string
  readonly label: string
  readonly coco_bbox: readonly number[]
  readonly coco_bbox_devkit: readonly number[]
  readonly parts_named: readonly string[]
}

describe.skipIf(goldens === undefined)(`boxes by the format's definition (${unset})`, () => {
  it.each(['voc_2007', 'voc_raccoon'])('%s', async (name) => {
    const folder = join(goldens ?? '', name)
    const expected: readonly Golden[] = JSON.parse(readFileSync(join(folder, 'definition.json'), 'utf8'))
    for (const base of ['edge0', 'inclusive1'] as const) {
      const items = await itemsOf(await openVocTree(await folderTree(folder), { base }))
      const found = items.flatMap(({ id, annotations }) =>
        annotations
          .filter(({ parentId }) => parentId === undefined)
          .map(({ definition, id: own }) => {
            const { left, top, right, bottom } = (definition as Box).frame
            const parts = annotations.filter(({ parentId }) => parentId !== undefined && parentId.text === own?.text)
            return [id.text, definition.label, left, top, right - left, bottom - top, parts.map(({ label }) => label)]
          }),
      )
      const boxes = expected.map((object) => {
        const box = base === 'edge0' ? object.coco_bbox : object.coco_bbox_devkit
        return [object.image, object.label, ...box, object.parts_named]
      })
      expect(found).toEqual(boxes)
    }
  })

  it('the devkit is recognised by its database', async () => {
    const folder = join(goldens ?? '', 'voc_2007', 'Annotations', '2007_000027.xml')
    const item = parseVoc(readFileSync(folder), { name: '2007_000027.xml' })
    expect(item.annotations[0]?.definition).toMatchObject({ frame: { left: 173, top: 100, right: 349, bottom: 351 } })
  })
})
