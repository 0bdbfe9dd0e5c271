// The keys of each object of the format. A key that is none of them is foreign: it travels in `extra` under `native` where
// the object has such a place, and is written back beside the known ones.

/** The format's id, and the name under which foreign keys of native files travel. */
export const NATIVE = 'native'

/** What the first line says, and the only version there is. */
export const VERSION = 1

export const HEADER_KEYS: ReadonlySet<string> = new Set(['labels', 'info', 'splits', 'strays', 'extra'])

export const LABEL_KEYS: ReadonlySet<string> = new Set([
  'name',
  'id',
  'parent',
  'color',
  'skeleton',
  'declared',
  'extra',
  'raw',
])

export const ITEM_KEYS: ReadonlySet<string> = new Set([
  'id',
  'path',
  'media',
  'split',
  'annotations',
  'metadata',
  'extra',
  'raw',
])

export const ANNOTATION_KEYS: ReadonlySet<string> = new Set([
  'id',
  'definition',
  'parentId',
  'objectId',
  'score',
  'model',
  'automated',
  'status',
  'box',
  'area',
  'flags',
  'span',
  'keyFrames',
  'metadata',
  'extra',
  'raw',
])

export const KEY_FRAME_KEYS: ReadonlySet<string> = new Set(['frame', 'definition', 'fixed', 'visible', 'extra'])
