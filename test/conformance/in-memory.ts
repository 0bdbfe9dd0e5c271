import type { Report, SizeSource } from '../../src/node.js'
import type { Library } from './library.js'
import type { Files } from './plain-objects.js'

type Options = Readonly<Record<string, unknown>>

/** Files of one format as those of another, and the report. */
export async function convertFiles(
  { node }: Library,
  contents: Files | Readonly<Record<string, Uint8Array | string>>,
  from: string,
  to: string,
  given: { readonly fromOptions?: Options; readonly options?: Options; readonly sizes?: SizeSource | undefined } = {},
): Promise<{ readonly report: Report; readonly files: Files }> {
  const { sizes, ...options } = given
  const files =
    contents instanceof Map ? Object.fromEntries(contents as Files) : (contents as Readonly<Record<string, string>>)
  return new node.Converter({ sizes, deflate: node.nodeDeflate }).convert(files, { from, to, ...options })
}
