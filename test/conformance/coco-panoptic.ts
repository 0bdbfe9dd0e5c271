import { dirname } from 'node:path'
import { arranged, cocoDocumentOf } from './coco-document.js'
import { type CorpusFile, recordOf } from './corpus.js'
import { jsonDifference } from './json-difference.js'
import { readJsonText, textOf } from './json-text.js'
import type { Library } from './library.js'
import type { Tally } from './tally.js'

/** Panoptic documents with the pictures beside them: the same document and the same pixels again. */
export async function judgePanoptic(files: readonly CorpusFile[], tally: Tally, library: Library): Promise<void> {
  for (const file of files) {
    const json = file.json()
    if (!isPanoptic(json)) continue // judged as what it is
    const annotations = recordOf(json)?.annotations as readonly unknown[]
    for (const rewrite of [false, true])
      await tally.check(`${file.path} with its pictures${rewrite ? ', rewritten' : ''}`, () =>
        panopticDifference(file, annotations, rewrite, library),
      )
  }
}

export function isPanoptic(json: unknown): boolean {
  return recordOf(firstOf(recordOf(json)?.annotations))?.segments_info !== undefined
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined
}

async function panopticDifference(
  file: CorpusFile,
  annotations: readonly unknown[],
  rewrite: boolean,
  { node, deflate, png }: Library,
): Promise<string | undefined> {
  const folder = await node.folderTree(dirname(file.location))
  const pictures = (await folder.list()).filter((path) => path.endsWith('.png'))
  // The folder may hold other documents: only this one and the pictures are given.
  const bytes: Record<string, Uint8Array> = { [file.name]: file.bytes() }
  for (const path of pictures) bytes[path] = await contentOf(folder, path)
  const account = new node.Ledger('lenient')
  const format = node.formatById('coco')
  if (format.read === undefined) return 'coco cannot be read'
  const options = node.resolveOptions('coco', format.read.options)
  const context = { policy: 'lenient', account, scratch: node.memoryScratch(), deflate: deflate.nodeDeflate } as const
  const dataset = await format.read.open(node.memoryTree(bytes), options, context)
  const tree = node.memorySink()
  const report = await node.convertDataset(dataset, {
    to: format,
    tree,
    rewrite,
    ledger: account,
    deflate: deflate.nodeDeflate,
  })
  await dataset.close()
  const segments = annotations.flatMap((annotation) => recordOf(annotation)?.segments_info ?? [])
  const { read, kept } = report.annotations
  if (read !== segments.length || kept !== read)
    return `${segments.length} segments, ${JSON.stringify(report.annotations)}`
  // A picture of another size than its image is one whatever reads it.
  const problem = report.problems.find(({ code }) => code !== 'mask-size')
  if (problem !== undefined) return JSON.stringify(problem)
  const path = [...tree.files.keys()].find((name) => name.endsWith('.json')) ?? ''
  const source = readJsonText(textOf(file.bytes()))
  const written = readJsonText(tree.text(path))
  const found = jsonDifference(arranged(cocoDocumentOf(source)), written, rewrite ? 'value' : 'text')
  if (found !== undefined) return found
  for (const annotation of annotations) {
    const name = String(recordOf(annotation)?.file_name)
    const before = pictures.find((picture) => picture === name || picture.endsWith(`/${name}`)) ?? ''
    const after = tree.files.get(`${path.replace(/\.json$/, '')}/${name}`)
    if (after === undefined) return `${name} was not written`
    const [a, b] = [bytes[before] ?? after, after].map((data) => png.decodePng(data, deflate.nodeDeflate).data)
    if (a?.length !== b?.length || a?.some((value, i) => value !== b?.[i])) return `${name} has other pixels`
  }
  return undefined
}

async function contentOf(tree: Awaited<ReturnType<Library['node']['folderTree']>>, path: string): Promise<Uint8Array> {
  const source = await tree.open(path)
  const bytes = new Uint8Array(source.size)
  await source.read(0, bytes)
  await source.close()
  return bytes
}
