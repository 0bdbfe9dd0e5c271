import { type Account, SILENT } from '../../dataset/account.js'
import type { Dataset } from '../../dataset/dataset.js'
import type { Extra } from '../../dataset/extra.js'
import type { Item } from '../../dataset/item.js'
import { LabelTree } from '../../dataset/labels.js'
import { AnnotationError } from '../../errors.js'
import type { SourceTree } from '../../ports.js'
import type { Context } from '../format.js'
import { readCaptionBytes } from './caption-bytes.js'
import { type CaptionFile, captionFiles } from './caption-files.js'
import { type CaptionScope, DEFAULT_LABEL } from './caption-scope.js'
import { readSrtItem } from './srt/read.js'
import { readVttItem } from './vtt-read.js'

export interface CaptionReadOptions {
  readonly label: string | undefined
  readonly text: 'plain' | 'markup'
  readonly media: 'video' | 'audio'
  readonly speed: number
  readonly encoding?: string | undefined
}

/**
 * Opens the caption files of a tree; `items()` reads one after the other.
 * @throws AnnotationError `empty-input`, `invalid-option`; `items()`: `not-this-format`, `caption-limit`, `encoding` where
 * none of the files can be read
 */
export async function openCaptions(
  format: 'vtt' | 'srt',
  tree: SourceTree,
  options: CaptionReadOptions,
  context: Context,
): Promise<Dataset> {
  const { label = DEFAULT_LABEL } = options
  if (label === '')
    throw new AnnotationError('invalid-option', `bad value for --${format}.label`, { expected: 'a name' })
  const files = await captionFiles(tree, format)
  return {
    header: {
      labels: new LabelTree([{ name: label, declared: false }]),
      splits: [],
      strays: [],
      extra: label === DEFAULT_LABEL ? undefined : labelExtra(format, label),
    },
    itemCount: files.length,
    items: (account = SILENT) => itemsOf(format, tree, files, { ...options, label }, context, account),
    close: () => Promise.resolve(),
  }
}

/** The label the cues of a data set were given, so that a writer knows that it needs no saying. */
function labelExtra(format: string, label: string): Extra {
  return new Map([[format, { keys: [], fields: new Map(), form: label }]])
}

async function* itemsOf(
  format: 'vtt' | 'srt',
  tree: SourceTree,
  files: readonly CaptionFile[],
  options: CaptionReadOptions & { readonly label: string },
  { policy, signal }: Context,
  account: Account,
): AsyncGenerator<Item> {
  const { label, text, media, speed, encoding = 'auto' } = options
  let [read, first]: [number, AnnotationError | undefined] = [0, undefined]
  for (const file of files) {
    if (signal?.aborted === true) throw new AnnotationError('aborted', 'stopped on request', { cause: signal.reason })
    const scope: CaptionScope = {
      id: file.id,
      path: file.media ?? file.id,
      media: { kind: file.kind ?? media },
      mediaFile: file.media,
      file: file.path,
      label,
      text,
      encoding,
      account,
      // Strict is about what files may say, not about how well they say it.
      advice: policy === 'strict' ? undefined : { speed },
    }
    const item = await readFile(format, tree, scope).catch((error: unknown) => {
      if (!(error instanceof AnnotationError)) throw error
      return error
    })
    if (!(item instanceof AnnotationError)) {
      read++
      yield item
    } else if (!isRefusal(item) || files.length === 1) throw item
    else {
      first ??= item
      reportRefused(item, file.path, account)
    }
  }
  if (first !== undefined && read === 0) throw first
}

async function readFile(format: 'vtt' | 'srt', tree: SourceTree, scope: CaptionScope): Promise<Item> {
  const source = await tree.open(scope.file)
  try {
    const bytes = await readCaptionBytes(source)
    return format === 'vtt' ? readVttItem(bytes, scope) : readSrtItem(bytes, scope)
  } finally {
    await source.close()
  }
}

/** Errors about one file, thrown before anything of it was told. What an account throws is not among them. */
function isRefusal({ code }: AnnotationError): boolean {
  return code === 'not-this-format' || code === 'caption-limit' || code === 'encoding'
}

/** One bad file does not keep the others from being read. */
function reportRefused(error: AnnotationError, path: string, account: Account): void {
  const { code, reason, expected, got, fix, place = { file: path } } = error
  account.problem({ code, message: `left out: ${reason}`, expected, got, fix, place, lossy: true })
  account.field({ level: 'item', effect: 'dropped', subject: 'caption file', reason: 'invalid', place })
}
