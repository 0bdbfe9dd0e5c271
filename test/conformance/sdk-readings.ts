import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Size } from '../../src/node.js'
import { type CorpusFile, recordOf } from './corpus.js'
import { convertFiles } from './in-memory.js'
import type { Library } from './library.js'
import { listIn } from './sdk-conversions.js'
import { Verdict } from './sdk-defects.js'
import type { Tally } from './tally.js'

type Json = Readonly<Record<string, unknown>>

interface Readings {
  readonly categories: readonly Json[]
  readonly from_coco: readonly { readonly input: Json; readonly expected: Json }[]
  readonly from_yolo: readonly {
    readonly input: {
      readonly width: number
      readonly height: number
      readonly labels: Readonly<Record<string, number>>
      readonly lines: readonly string[]
    }
    readonly expected: readonly Json[]
  }[]
  /** Files below the folder of goldens. */
  readonly from_voc: readonly { readonly file: string; readonly expected: readonly Json[] }[]
}

/** What the SDK makes of objects of other formats, as Dataloop JSON, against what we write of them. */
export async function judgeReadings(file: CorpusFile, tally: Tally, library: Library): Promise<void> {
  const { categories, from_coco, from_yolo, from_voc } = file.json() as Readings
  for (const [i, { input, expected }] of from_coco.entries())
    await tally.check(`${file.path}: from_coco ${i}`, async () => {
      const images = [{ id: input.image_id, width: 640, height: 480, file_name: 'picture.jpg' }]
      const document = JSON.stringify({ images, categories, annotations: [input] })
      const [ours, ...others] = await annotationsOf({ 'a.json': document }, 'coco', {}, library)
      const verdict = new Verdict().same('how many over and above', 0, others.length)
      const several = listIn(input.segmentation).length > 1 && listIn(ours?.coordinates).length > 1
      if (expected.error !== undefined) return verdict.differs('several', several, expected.error).reason
      return verdict.same('the annotation', expected, plain(ours)).reason
    })
  for (const [i, { input, expected }] of from_yolo.entries())
    await tally.check(`${file.path}: from_yolo ${i}`, async () => {
      const names = Object.entries(input.labels)
        .sort((a, b) => a[1] - b[1])
        .map(([name]) => name)
      const contents = { 'classes.txt': names.join('\n'), 'labels/picture.txt': input.lines.join('\n') }
      const ours = await annotationsOf(contents, 'yolo', {}, library, input)
      return new Verdict().same('the annotations', expected, ours.map(plain)).reason
    })
  // The SDK takes the corners as they stand.
  const goldens = resolve(file.location, ...file.path.split('/').map(() => '..'), '..')
  for (const { file: path, expected } of from_voc)
    await tally.check(`${file.path}: from_voc ${path}`, async () => {
      const contents = { 'Annotations/picture.xml': readFileSync(resolve(goldens, path)) }
      const all = await annotationsOf(contents, 'voc', { base: 'edge0' }, library)
      const parts = all.filter((each) => recordOf(recordOf(each.metadata)?.system)?.parentId !== undefined)
      const ours = all.filter((each) => !parts.includes(each))
      const verdict = new Verdict().same(
        'the annotations',
        expected.map(({ attributes: _, ...rest }) => rest),
        ours.map(plain),
      )
      if (parts.length > 0) verdict.differs('parts', expected.length === ours.length, parts.length)
      for (const [i, { attributes }] of expected.entries()) {
        const told = JSON.stringify(ours[i]?.metadata)
        for (const name of Object.keys(recordOf(attributes) ?? {}))
          verdict.differs('evaluated', told.includes(`"${name}"`), name)
      }
      return verdict.reason
    })
}

/** The annotations of the one item that we write as Dataloop JSON. */
async function annotationsOf(
  contents: Readonly<Record<string, Uint8Array | string>>,
  from: string,
  fromOptions: Json,
  library: Library,
  { width, height } = { width: 640, height: 480 },
): Promise<readonly Json[]> {
  const sizes = (): Size => ({ width, height })
  const { files } = await convertFiles(library, contents, from, 'dataloop', { fromOptions, sizes })
  const [text, ...others] = [...files.values()].map((bytes) => new TextDecoder().decode(bytes))
  if (text === undefined || others.length > 0) throw new Error(`${files.size} files were written`)
  return listIn(recordOf(JSON.parse(text))?.annotations).map((each) => recordOf(each) ?? {})
}

/** The fields that the answers have. */
function plain(annotation: Json | undefined): Json {
  return { type: annotation?.type, label: annotation?.label, coordinates: annotation?.coordinates }
}
