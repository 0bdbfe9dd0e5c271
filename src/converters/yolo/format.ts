import { DEFINITION_TYPES, type DefinitionType } from '../../definitions/index.js'
import { defineFormat, type Fidelity } from '../format.js'
import { choice } from '../options.js'
import { detectYolo } from './detect.js'

const NO_PLACE: Fidelity = { effect: 'dropped', note: 'no place in YOLO' }
const DETECT = 'its bounding box (derived) with --yolo.task detect'

const HELD: Partial<Record<DefinitionType, Fidelity>> = {
  box: { effect: 'kept', note: 'among segments, or rotated: a polygon or its bounding box (derived)' },
  segment: { effect: 'kept', note: `several parts and holes are joined by bridges (derived); ${DETECT}` },
  binary: { effect: 'derived', note: `traced along its pixel edges; ${DETECT}` },
  ellipse: { effect: 'approximated', note: `a polygon within 1/64 px; ${DETECT}` },
  cube: { effect: 'derived', note: 'its bounding box' },
  pose: { effect: 'derived', note: 'its bounding box' },
}

/** YOLO label files: boxes (detect) and polygons (segment) as shares of the picture, with Ultralytics' `data.yaml`. */
export const yolo = defineFormat({
  id: 'yolo',
  title: 'YOLO labels',
  spec: 'https://docs.ultralytics.com/datasets/detect/ and https://docs.ultralytics.com/datasets/segment/',
  expresses: {
    media: ['image'],
    definitions: Object.freeze(
      Object.fromEntries(DEFINITION_TYPES.map((type) => [type, HELD[type] ?? NO_PLACE])) as Record<
        DefinitionType,
        Fidelity
      >,
    ),
    fields: [],
    needsSize: true,
  },
  detect: detectYolo,
  read: {
    options: {
      task: choice(
        ['auto', 'detect', 'segment'],
        'What rows say: as data.yaml or the rows tell (auto), boxes, or polygons',
      ),
      sixth: choice(
        ['auto', 'score', 'track'],
        'What a sixth column says: as its values look (auto), a score, or a track',
      ),
    },
    open: async (tree, options, context) => (await import('./reader.js')).openYolo(tree, options, context),
  },
  write: {
    options: {
      task: choice(
        ['auto', 'detect', 'segment'],
        'What rows say: as in a YOLO source, else polygons if the first picture has any (auto); boxes (detect); or polygons (segment)',
      ),
      sixth: choice(
        ['auto', 'none', 'score', 'track'],
        'A sixth column for boxes: as in a YOLO source, else none (auto); none; the score; or the object id (track)',
      ),
      crowd: choice(['drop', 'keep'], 'Whether crowds, which no trainer leaves out of its own accord, are written'),
      clip: choice(
        ['auto', 'always', 'keep'],
        'Whether what lies outside the picture is cut away: unless the source is YOLO (auto), always, or never (keep)',
      ),
    },
    create: async (tree, header, options, context) =>
      (await import('./writer.js')).createYolo(tree, header, options, context),
  },
})
