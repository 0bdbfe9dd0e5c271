import type { Size, SizeSource } from '../../src/node.js'
import { type CorpusFile, firstRecordOf } from './corpus.js'
import { stemOf } from './plain-objects.js'

/** An object of an input: what it is in each format, by the definition of that format, without rounding. */
export interface Defined {
  readonly image: string
  readonly width: number
  readonly height: number
  readonly label: string
  /** The class of YOLO. */
  readonly class_index: number
  /** x, y, width, height. */
  readonly coco_bbox: readonly number[]
  /** The same where the corners of a VOC source are the first and the last pixel, counted from 1. */
  readonly coco_bbox_devkit?: readonly number[]
  /** Centre, width and height as shares of the picture. */
  readonly yolo: readonly number[]
  /** Left, top, right, bottom. */
  readonly voc_plain: readonly number[]
  /** First and last pixel counted from 1, rounded. */
  readonly voc_devkit_1based_inclusive: readonly number[]
  readonly iscrowd?: number
  /** Each ring as shares of the picture; null where the source has run lengths. */
  readonly yolo_seg_parts?: readonly (readonly number[])[] | null
  /** The ring of a YOLO row in pixels. */
  readonly polygon?: readonly number[]
  /** The labels of the parts of a VOC object. */
  readonly parts_named?: readonly string[]
  /** The row of a pose. */
  readonly yolo_kpts?: readonly number[]
}

/** A small data set, and what each of its objects is by definition. */
export interface GoldenInput {
  /** The name of its folder. */
  readonly id: string
  readonly format: 'coco' | 'voc' | 'yolo'
  readonly objects: readonly Defined[]
  /** `definition.json`. */
  readonly definition: CorpusFile
  /** The files of the data set and, for YOLO, the sizes of its pictures, which are read here. */
  readonly files: readonly CorpusFile[]
  readonly contents: Readonly<Record<string, Uint8Array>>
  readonly sizes: SizeSource
}

/** Every folder with a `definition.json`. */
export function goldenInputs(files: readonly CorpusFile[]): readonly GoldenInput[] {
  return files.filter(isDefinition).map((definition) => {
    const folder = definition.path.slice(0, -definition.name.length)
    const objects = definition.json() as readonly Defined[]
    const beside = files.filter((file) => file.path.startsWith(folder) && file !== definition)
    const told = beside.filter(({ name }) => name !== 'sizes.json')
    const has = (extension: string): boolean => told.some((file) => file.extension === extension)
    return {
      id: /([^/]+)\/$/.exec(folder)?.[1] ?? '',
      format: has('xml') ? 'voc' : has('txt') ? 'yolo' : 'coco',
      objects,
      definition,
      files: beside,
      contents: Object.fromEntries(told.map((file) => [file.path.slice(folder.length), file.bytes()])),
      sizes: sizesOf(objects),
    }
  })
}

function isDefinition(file: CorpusFile): boolean {
  const first = file.name === 'definition.json' ? firstRecordOf(file.json()) : undefined
  return first !== undefined && 'image' in first && 'coco_bbox' in first && 'voc_plain' in first
}

function sizesOf(objects: readonly Defined[]): SizeSource {
  const sizes = new Map<string, Size>(objects.map(({ image, width, height }) => [stemOf(image), { width, height }]))
  return ({ path }) => sizes.get(stemOf(path))
}

/** The rings of an object in pixels, each of them a part; undefined where it has none. */
export function ringsOf({
  polygon,
  yolo_seg_parts,
  width,
  height,
}: Defined): readonly (readonly number[])[] | undefined {
  if (polygon !== undefined) return [polygon]
  return yolo_seg_parts?.map((ring) => ring.map((share, i) => share * (i % 2 === 0 ? width : height)))
}
