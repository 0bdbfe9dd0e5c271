import { XMLParser } from 'fast-xml-parser'
import { parse } from 'yaml'
import { firstRecordOf, recordOf } from './corpus.js'

// What files say about objects, read without the library. Numbers are as they stand there, in the format's own order.

/** One object of one picture. */
export interface PlainObject {
  /** The picture's name without folder and extension. */
  readonly image: string
  readonly label: string
  /** The type of its definition; a box or a segment where the format has no word for it. */
  readonly type: string
  /** COCO: x, y, width, height. VOC, Dataloop and native: left, top, right, bottom. */
  readonly box: readonly number[]
  readonly rings: readonly (readonly number[])[]
  /** A VOC part, or what else has a parent. */
  readonly isPart: boolean
}

/** A row of a file of YOLO labels. */
export interface PlainRow {
  readonly image: string
  /** The class, and its name in data.yaml. */
  readonly index: number
  readonly label: string
  readonly numbers: readonly number[]
  /** Digits behind the point, of the number that has the fewest. */
  readonly decimals: number
}

export type Files = ReadonlyMap<string, Uint8Array>

/** The name of a file without folder and extension. */
export function stemOf(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '')
}

export function cocoObjects(files: Files): readonly PlainObject[] {
  return textsOf(files, '.json').flatMap(([, text]) => {
    const root = recordOf(JSON.parse(text)) ?? {}
    const images = new Map(recordsOf(root.images).map(({ id, file_name: name }) => [id, stemOf(String(name))]))
    const labels = new Map(recordsOf(root.categories).map(({ id, name }) => [id, String(name)]))
    return recordsOf(root.annotations).map(({ image_id, category_id, bbox, segmentation }) => ({
      image: images.get(image_id) ?? '',
      label: labels.get(category_id) ?? '',
      type: Array.isArray(segmentation) && segmentation.length > 0 ? 'segment' : 'box',
      box: numbersIn(bbox),
      rings: Array.isArray(segmentation) ? segmentation.map(numbersIn) : [],
      isPart: false,
    }))
  })
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'object' || name === 'part',
})

export function vocObjects(files: Files): readonly PlainObject[] {
  return textsOf(files, '.xml').flatMap(([, text]) => {
    const root = recordOf(recordOf(parser.parse(text))?.annotation) ?? {}
    const image = stemOf(String(root.filename))
    const object = (value: Readonly<Record<string, unknown>>, isPart: boolean): PlainObject => {
      const corners = recordOf(value.bndbox) ?? {}
      const box = ['xmin', 'ymin', 'xmax', 'ymax'].map((name) => Number(corners[name]))
      return { image, label: String(value.name), type: 'box', box, rings: [], isPart }
    }
    return recordsOf(root.object).flatMap((value) => [
      object(value, false),
      ...recordsOf(value.part).map((part) => object(part, true)),
    ])
  })
}

export function dataloopObjects(files: Files): readonly PlainObject[] {
  return textsOf(files, '.json').flatMap(([, text]) => {
    const root = recordOf(JSON.parse(text)) ?? {}
    return recordsOf(root.annotations).map((value): PlainObject => {
      const rings = (value.type === 'segment' && Array.isArray(value.coordinates) ? value.coordinates : []).map(
        pointsIn,
      )
      const system = recordOf(recordOf(value.metadata)?.system)
      return {
        image: stemOf(String(root.filename)),
        label: String(value.label),
        type: String(value.type),
        box: rings.length === 0 ? pointsIn(value.coordinates) : edgesOf(rings),
        rings,
        isPart: system?.parentId !== undefined && system.parentId !== null,
      }
    })
  })
}

export function nativeObjects(files: Files): readonly PlainObject[] {
  return textsOf(files, '.jsonl').flatMap(([, text]) =>
    text
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .flatMap((line) => {
        const item = recordOf(JSON.parse(line)) ?? {}
        return recordsOf(item.annotations).map((value): PlainObject => {
          const definition = recordOf(value.definition) ?? {}
          const rings = recordsOf(definition.parts).flatMap(({ outer, holes }) => [
            numbersIn(outer),
            ...(Array.isArray(holes) ? holes.map(numbersIn) : []),
          ])
          const sides = ['left', 'top', 'right', 'bottom'].map((name) => Number(definition[name]))
          return {
            image: stemOf(String(item.path)),
            label: String(definition.label),
            type: String(definition.type),
            box: rings.length === 0 ? sides : edgesOf(rings),
            rings,
            isPart: value.parentId !== undefined,
          }
        })
      }),
  )
}

/** Rows of files below `labels/`, with names from `data.yaml` unless they are given. */
export function yoloRows(files: Files, given?: readonly string[]): readonly PlainRow[] {
  const [, description = ''] = textsOf(files, '.yaml')[0] ?? []
  const names = given ?? recordOf(parse(description))?.names
  return textsOf(files, '.txt')
    .filter(([path]) => /(?:^|\/)labels\//.test(path))
    .flatMap(([path, text]) =>
      text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .map((line) => {
          const [first = '', ...rest] = line.trim().split(/\s+/)
          const index = Number(first)
          return {
            image: stemOf(path),
            index,
            label: String(Array.isArray(names) ? names[index] : recordOf(names)?.[index]),
            numbers: rest.map(Number),
            decimals: Math.min(...rest.map((number) => /\.(\d*)$/.exec(number)?.[1]?.length ?? 0)),
          }
        }),
    )
}

/** The smallest box around rings: left, top, right, bottom. */
export function edgesOf(rings: readonly ArrayLike<number>[]): readonly number[] {
  const edges = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings)
    for (let i = 0; i < ring.length; i++) {
      const value = ring[i] ?? Number.NaN
      const side = i % 2
      edges[side] = Math.min(edges[side] ?? value, value)
      edges[side + 2] = Math.max(edges[side + 2] ?? value, value)
    }
  return edges
}

function textsOf(files: Files, end: string): readonly (readonly [string, string])[] {
  return [...files]
    .filter(([path]) => path.endsWith(end))
    .map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])
}

function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return firstRecordOf(value) === undefined ? [] : (value as readonly Readonly<Record<string, unknown>>[])
}

function numbersIn(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.map(Number) : []
}

/** `[{x, y}, …]` as one flat list. */
function pointsIn(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.flatMap((point) => [Number(recordOf(point)?.x), Number(recordOf(point)?.y)]) : []
}
