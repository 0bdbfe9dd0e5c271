import type { Extra, ExtraFields } from '../../dataset/extra.js'
import { checkRelativePath } from '../../paths.js'
import { encodeUtf8 } from '../../text/decode.js'
import { type JsonValue, parseJson } from '../../text/json-value.js'
import { jsonString, jsonText } from '../../text/json-write.js'
import type { Dialect } from './dialect.js'
import type { SplitFolders } from './entries.js'
import { EXACT_DIGITS } from './label-file.js'
import type { Layout } from './layout.js'
import type { RowKind } from './row-shape.js'
import type { Survey } from './survey.js'

// What the header remembers of a YOLO source: its data.yaml under `yolo`, and how its rows and folders were under
// `yolo rows`.

const ROWS = 'yolo rows'

/** What a writer knows of a YOLO source. */
export interface YoloSource {
  /** The path of its `data.yaml`. */
  readonly file: string | undefined
  /** The keys of its `data.yaml` with their values as JSON text. */
  readonly fields: ReadonlyMap<string, string>
  /** What its rows were; undefined when there were both. */
  readonly rows: RowKind | undefined
  /** Most digits after the point, at most {@link EXACT_DIGITS}. */
  readonly digits: number
  /** What the sixth column said, where there was one. */
  readonly sixth: 'score' | 'track' | undefined
  readonly folders: ReadonlyMap<string, SplitFolders>
}

export function headerExtra({ yaml, folders }: Layout, { sixth }: Dialect, found: Survey): Extra {
  const { boxes, sixes, rings, decimals } = found
  const all: Record<string, JsonValue> = {}
  for (const [split, { key, images, labels }] of folders)
    Object.defineProperty(all, split, { value: { key, images, labels }, enumerable: true })
  const fields = new Map<string, string>([
    ['rows', jsonString(rings === 0 ? 'box' : boxes + sixes === 0 ? 'ring' : 'both')],
    ['digits', String(Math.min(decimals, EXACT_DIGITS))],
    ['folders', jsonText(all)],
  ])
  if (sixes > 0) fields.set('sixth', jsonString(sixth))
  const rows: ExtraFields = { keys: [], fields }
  const yamlFields = yaml?.fields ?? new Map<string, string>()
  return new Map([
    ['yolo', { keys: [...yamlFields.keys()], fields: yamlFields, form: yaml?.file }],
    [ROWS, rows],
  ])
}

/** What {@link headerExtra} remembered; undefined when the source was no YOLO data set. */
export function yoloSource(extra: Extra | undefined): YoloSource | undefined {
  const yaml = extra?.get('yolo')
  const said = extra?.get(ROWS)?.fields
  if (yaml === undefined || said === undefined) return undefined
  const text = (key: string): unknown => jsonOf(said.get(key) ?? 'null')
  const rows = text('rows')
  const sixth = text('sixth')
  const digits = text('digits')
  const folders = new Map<string, SplitFolders>()
  for (const [split, value] of Object.entries(text('folders') ?? {})) {
    const { key, images, labels } = (value ?? {}) as Record<string, unknown>
    // A native file that was edited may say anything here.
    if (typeof key === 'string' && isFolder(images) && isFolder(labels)) folders.set(split, { key, images, labels })
  }
  return {
    file: isFolder(yaml.form) && yaml.form !== '' ? yaml.form : undefined,
    fields: yaml.fields,
    rows: rows === 'box' || rows === 'ring' ? rows : undefined,
    digits: typeof digits === 'number' && Number.isInteger(digits) && digits >= 0 ? Math.min(digits, EXACT_DIGITS) : 0,
    sixth: sixth === 'score' || sixth === 'track' ? sixth : undefined,
    folders,
  }
}

/** The root, or a folder or file below it. */
function isFolder(path: unknown): path is string {
  if (typeof path !== 'string') return false
  if (path === '') return true
  try {
    checkRelativePath(path)
    return true
  } catch {
    return false
  }
}

export function jsonOf(text: string): JsonValue {
  const bytes = encodeUtf8(text)
  return parseJson(bytes, 0, bytes.length)
}
