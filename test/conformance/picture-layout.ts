import { isDeepStrictEqual } from 'node:util'
import type { PngImage } from '../../src/png/index.js'
import type { CorpusFile, Layout } from './corpus.js'
import type { Library } from './library.js'
import type { Tally } from './tally.js'

/** What a name of PngSuite says: three letters for what is tried, interlaced or not, colour type, bit depth. */
const TELLING_NAME = /^([a-z0-9]{3})([ni])([0-9][cgpa])([0-9]{2})\.png$/

const COLOR_TYPES: Readonly<Record<PngImage['kind'], string>> = {
  grey: '0g',
  rgb: '2c',
  palette: '3p',
  'grey-alpha': '4a',
  rgba: '6a',
}

/** PNG pictures, wherever they lie: masks and photographs are read, written and read again, broken ones refused. */
export const pictures: Layout = {
  name: 'PNG pictures',
  goesBeside: true,
  claim: (files) => files.filter(({ extension }) => extension === 'png'),
  async judge(files, tally, { library }) {
    const broken = brokenAmong(files.map(({ path }) => path))
    for (const file of files) {
      if (broken.has(file.path)) await tally.check(`${file.path}: refused`, () => notRefused(file.bytes(), library))
      else await judgePicture(file, tally, library)
    }
  },
}

/**
 * The broken ones, by path: in a folder of PngSuite, where most names are of its kind, those that begin with x. Anywhere
 * else a name says nothing.
 */
export function brokenAmong(paths: readonly string[]): ReadonlySet<string> {
  const named = paths.filter((path) => TELLING_NAME.test(nameOf(path)))
  return new Set(named.length * 2 > paths.length ? named.filter((path) => nameOf(path).startsWith('x')) : [])
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

async function judgePicture(file: CorpusFile, tally: Tally, library: Library): Promise<void> {
  const bytes = file.bytes()
  await tally.check(`${file.path}: read as its header says`, () => headerDifference(file.name, bytes, library))
  await tally.check(`${file.path}: written and read again`, () =>
    rewritingDifference(library.png.decodePng(bytes, library.deflate.nodeDeflate), library),
  )
  await tally.check(`${file.path}: refused when damaged`, () => damageAccepted(bytes, library))
}

function headerDifference(name: string, bytes: Uint8Array, { png, deflate }: Library): string | undefined {
  const header = png.readPngHeader(bytes)
  const { width, height, kind, bitDepth } = png.decodePng(bytes, deflate.nodeDeflate)
  if (!isDeepStrictEqual({ width, height, kind, bitDepth, interlaced: header.interlaced }, header))
    return `the header says ${JSON.stringify(header)}`
  const [, , interlace, colorType, depth] = TELLING_NAME.exec(name) ?? []
  if (depth === undefined) return undefined
  const actual = [header.interlaced ? 'i' : 'n', COLOR_TYPES[kind], String(bitDepth).padStart(2, '0')].join('')
  return actual === `${interlace}${colorType}${depth}` ? undefined : `its name says otherwise than ${actual}`
}

/** What is not as it was after writing with every filter. */
export function rewritingDifference(
  image: PngImage,
  { png, deflate }: Pick<Library, 'png' | 'deflate'>,
): string | undefined {
  for (const filter of ['none', 'up', 'adaptive'] as const) {
    const again = png.decodePng(png.encodePng(image, deflate.nodeDeflate, { filter }), deflate.nodeDeflate)
    const difference = pictureDifference(image, again)
    if (difference !== undefined) return `with the filter ${filter}: ${difference}`
  }
  return undefined
}

function pictureDifference({ data, ...rest }: PngImage, { data: actual, ...again }: PngImage): string | undefined {
  if (!isDeepStrictEqual(again, rest)) return 'the size, the palette or a chunk is another'
  if (actual.constructor !== data.constructor || actual.length !== data.length) return 'the samples have another form'
  const at = data.findIndex((sample, i) => sample !== actual[i])
  return at < 0 ? undefined : `sample ${at}: expected ${data[at]}, got ${actual[at]}`
}

/** Cut off at several places, and with one bit turned over in every part that a checksum guards. */
function damageAccepted(bytes: Uint8Array, library: Library): string | undefined {
  const end = endOf(bytes)
  for (const length of [0, 7, 20, 33, end >> 1, end - 12, end - 1]) {
    const verdict = notRefused(bytes.slice(0, length), library)
    if (verdict !== undefined) return `cut off after ${length} bytes: ${verdict}`
  }
  for (const at of [0, 16, 24, 30, end >> 1, end - 3]) {
    const damaged = bytes.slice()
    damaged[at] = (damaged[at] as number) ^ 1
    const verdict = notRefused(damaged, library)
    if (verdict !== undefined) return `byte ${at} changed: ${verdict}`
  }
  return undefined
}

/** Where the last chunk ends: what may follow it does not belong to the picture. */
function endOf(bytes: Uint8Array): number {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 8
  while (words.getUint32(at + 4) !== 0x49454e44) at += 12 + words.getUint32(at)
  return at + 12
}

/** What is wrong about how broken bytes are met. */
export function notRefused(bytes: Uint8Array, { png, deflate, node }: Library): string | undefined {
  try {
    png.decodePng(bytes, deflate.nodeDeflate)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof node.AnnotationError)) return `refused with ${String(error)}`
    if (error.code !== 'png-format' && error.code !== 'png-limit') return `refused with the code ${error.code}`
    const offset = error.place?.offset
    if (offset === undefined) return `refused without an offset: ${error.message}`
    return offset <= bytes.length ? undefined : `refused at ${offset} of ${bytes.length} bytes`
  }
}
