import { isDeepStrictEqual } from 'node:util'
import type { CorpusFile, Layout } from './corpus.js'
import type { Library } from './library.js'

const TELLING_NAME = /^[yni]_.+\.json$/

/** A JSON test suite: `y_` files must be read, `n_` files refused, `i_` files either. Every name says which. */
export const jsonSuite: Layout = {
  name: 'JSON test suite',
  claim(files) {
    const suite = files.filter(({ name }) => TELLING_NAME.test(name))
    // A data set may well have one file of such a name, but not most of its files.
    return suite.length * 2 > files.length ? suite : []
  },
  async judge(files, tally, { library }) {
    for (const file of files) {
      const judge = file.name.startsWith('y_') ? mustRead : file.name.startsWith('n_') ? mustRefuse : mayEither
      await tally.check(file.path, () => judge(file, library))
    }
  },
}

async function mustRead(file: CorpusFile, { json, node }: Library): Promise<string | undefined> {
  const bytes = file.bytes()
  const expected: unknown = JSON.parse(new TextDecoder().decode(bytes))
  const verdict = await json.validateJson(node.memorySource(bytes, file.name))
  if (verdict !== undefined) return `refused: ${verdict.message}`
  if (!isDeepStrictEqual(json.parseJson(bytes, 0, bytes.length), expected)) return 'not what JSON.parse reads'
  // The reader that looks for repeated keys is another one.
  const watched = json.parseJson(bytes, 0, bytes.length, { onDuplicateKey: () => undefined })
  return isDeepStrictEqual(watched, expected) ? undefined : 'not what JSON.parse reads, when looking for repeated keys'
}

async function mustRefuse(file: CorpusFile, { json, node }: Library): Promise<string | undefined> {
  const bytes = file.bytes()
  const errors: unknown[] = [await json.validateJson(node.memorySource(bytes, file.name))]
  for (const options of [{}, { onDuplicateKey: () => undefined }]) {
    try {
      json.parseJson(bytes, 0, bytes.length, options)
      errors.push(undefined)
    } catch (error) {
      errors.push(error)
    }
  }
  for (const error of errors) {
    if (error === undefined) return 'accepted'
    if (!(error instanceof node.AnnotationError)) return `refused with ${String(error)}`
    if (error.place?.offset === undefined) return `refused without an offset: ${error.message}`
    if (error.place.offset > bytes.length) return `refused at ${error.place.offset} of ${bytes.length} bytes`
  }
  return undefined
}

async function mayEither(file: CorpusFile, { json, node }: Library): Promise<string | undefined> {
  const bytes = file.bytes()
  await json.validateJson(node.memorySource(bytes, file.name))
  try {
    json.parseJson(bytes, 0, bytes.length)
  } catch (error) {
    if (!(error instanceof node.AnnotationError)) return `refused with ${String(error)}`
  }
  return undefined
}
