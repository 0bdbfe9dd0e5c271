import { XMLParser } from 'fast-xml-parser'
import type { Report } from '../../src/node.js'
import { openTree, write } from './conversion.js'
import { type CorpusFile, type Layout, recordOf, type World } from './corpus.js'
import { judgeByNative } from './native-round-trip.js'
import { describe, type Tally } from './tally.js'

/** VOC documents: XML with the root "annotation". Those with lists of points and no box are LabelMe's. */
export const vocDocuments: Layout = {
  name: 'voc document',
  claim: (files) => files.filter(isVocDocument),
  async judge(files, tally, world) {
    for (const file of files)
      await judgeVocDocument(file, tally, world).catch((error: unknown) => tally.fail(file.path, describe(error)))
  },
}

const ROOT = /^\uFEFF?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<annotation[\s>]/s

function isVocDocument(file: CorpusFile): boolean {
  if (file.extension !== 'xml') return false
  const text = xmlText(file)
  return ROOT.test(text) && (/<bndbox[\s>]/.test(text) || !/<pt[\s>]/.test(text))
}

/** The text of an XML file by its mark or declaration. */
function xmlText(file: CorpusFile): string {
  const bytes = file.bytes()
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  const declared = /encoding=["']([\w-]+)/.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))?.[1]
  return new TextDecoder(declared ?? 'utf-8').decode(bytes)
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  htmlEntities: true,
})

/** The element tree, by a parser that is not the library's: names, order, attributes, trimmed text. */
function treeOf(text: string): string {
  return JSON.stringify(parser.parse(text.replace(/^\uFEFF/, '')))
}

/** Objects and their parts, by their tags alone. */
function countOf(text: string): number {
  return [...text.replace(/<!--.*?-->/gs, '').matchAll(/<(?:object|part)[\s>]/g)].length
}

const ROUTES = [
  ['voc', false],
  ['voc', true],
  ['native', false],
  ['native', true],
] as const

/** A document that can be read whole: it is recognised, survives the native format, and comes back as it is. */
export async function judgeVocDocument(file: CorpusFile, tally: Tally, { library }: World): Promise<void> {
  const { node } = library
  const text = xmlText(file)
  const count = countOf(text)
  await tally.check(`${file.path}: is detected`, async () => {
    const { format, evidence } = await node.detectFormat(node.fileTree(file.location))
    return format.id === 'voc' ? undefined : `taken for ${format.id}: ${evidence}`
  })
  await judgeByNative(file, 'voc', tally, library)
  for (const [route, rewrite] of ROUTES) {
    const name = `${file.path}: voc → ${route === 'native' ? 'native → ' : ''}voc${rewrite ? ', rewritten' : ''}`
    await tally.check(`${name}: the same elements, all accounted for`, async () => {
      const reports: Report[] = []
      let opened = await openTree(library, node.fileTree(file.location), 'voc')
      if (route === 'native') {
        const { report, files } = await write(library, opened, 'native', rewrite)
        reports.push(report)
        opened = await openTree(library, node.memoryTree(Object.fromEntries(files)), 'native')
      }
      const { report, files } = await write(library, opened, 'voc', rewrite)
      for (const { annotations, problems } of [...reports, report]) {
        if (problems.length > 0) return JSON.stringify(problems.slice(0, 3))
        if (annotations.read !== count || annotations.kept !== count)
          return `${count} in the file: ${JSON.stringify(annotations)}`
      }
      const [bytes, ...others] = [...files].filter(([path]) => path.endsWith('.xml')).map(([, content]) => content)
      if (bytes === undefined || others.length > 0) return `${files.size} files were written`
      const [expected, actual] = [treeOf(text), treeOf(new TextDecoder().decode(bytes))]
      return expected === actual ? undefined : differenceAt(expected, actual)
    })
  }
}

function differenceAt(expected: string, actual: string): string {
  let at = 0
  while (expected[at] === actual[at]) at++
  const around = (text: string): string => text.slice(Math.max(0, at - 40), at + 60)
  return `expected …${around(expected)}…, got …${around(actual)}…`
}

/** An object by the definition of its format, as other programs have worked it out. */
interface Definition {
  readonly image: string
  readonly label: string
  readonly coco_bbox: readonly number[]
  readonly coco_bbox_devkit: readonly number[]
  readonly parts_named: readonly string[]
}

/** `definition.json` beside VOC annotations: the boxes of every object under both bases. */
export const vocDefinitions: Layout = {
  name: 'boxes by definition',
  claim: (files) => files.filter((file) => isDefinitions(file, files) || inDefinedFolder(file, files)),
  async judge(files, tally, { library }) {
    for (const file of files.filter((each) => isDefinitions(each, files))) {
      const definitions = file.json() as readonly Definition[]
      const tree = library.node.folderTree(file.location.slice(0, -'/definition.json'.length))
      for (const base of ['edge0', 'inclusive1'] as const)
        await tally.check(`${file.path}: --voc.base ${base}`, async () => {
          const format = library.node.formatById('voc')
          const context = {
            policy: 'strict',
            account: new library.node.Ledger('strict'),
            scratch: library.node.memoryScratch(),
          } as const
          const options = library.node.resolveOptions('voc', format.read?.options ?? {}, { base })
          const dataset = await format.read?.open(await tree, options, context)
          const found: unknown[] = []
          for await (const { id, annotations } of dataset?.items() ?? [])
            for (const { definition, parentId, id: own } of annotations) {
              if (parentId !== undefined || definition.type !== 'box') continue
              const { left, top, right, bottom } = definition.frame
              const parts = annotations.filter(
                (part) => part.parentId !== undefined && part.parentId.text === own?.text,
              )
              found.push([
                id.text,
                definition.label,
                [left, top, right - left, bottom - top],
                parts.map((p) => p.label),
              ])
            }
          const expected = definitions.map((object) => {
            const box = base === 'edge0' ? object.coco_bbox : object.coco_bbox_devkit
            return [object.image, object.label, box, object.parts_named]
          })
          const [a, b] = [JSON.stringify(expected), JSON.stringify(found)]
          return a === b ? undefined : differenceAt(a, b)
        })
    }
  },
}

function isDefinitions(file: CorpusFile, files: readonly CorpusFile[]): boolean {
  if (file.name !== 'definition.json') return false
  const json = file.json()
  const first = Array.isArray(json) ? recordOf(json[0]) : undefined
  if (first === undefined || !('coco_bbox_devkit' in first)) return false
  const folder = file.path.slice(0, -file.name.length)
  return files.some(({ path }) => path.startsWith(`${folder}Annotations/`) && path.endsWith('.xml'))
}

function inDefinedFolder(file: CorpusFile, files: readonly CorpusFile[]): boolean {
  const folder = /^(.*\/)Annotations\/[^/]+\.xml$/.exec(file.path)?.[1]
  return (
    folder !== undefined && files.some((each) => each.path === `${folder}definition.json` && isDefinitions(each, files))
  )
}
