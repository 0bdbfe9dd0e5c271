import type { Fidelity } from '../format.js'
import { defineFormat, FIELD_NAMES } from '../format.js'
import { choice } from '../options.js'
import { detectDataloop } from './detect.js'

const KEPT: Fidelity = { effect: 'kept' }

/** Dataloop item JSON: one file an item, with all its annotations. */
export const dataloop = defineFormat({
  id: 'dataloop',
  title: 'Dataloop JSON',
  spec: 'https://docs.dataloop.ai/docs/annotation-json-format',
  expresses: {
    media: ['image', 'video', 'audio', 'text'],
    definitions: {
      box: KEPT,
      segment: { effect: 'kept', note: 'all rings in one annotation, of which the SDK reads the first' },
      polyline: KEPT,
      point: KEPT,
      ellipse: KEPT,
      binary: { effect: 'kept', note: 'as a PNG in base64' },
      class: KEPT,
      cube: KEPT,
      cube_3d: KEPT,
      note: KEPT,
      pose: { effect: 'derived', note: 'its key points become annotations of their own; without points it is kept' },
      comparison: KEPT,
      subtitle: KEPT,
      text_mark: KEPT,
      gis: KEPT,
      text: KEPT,
      ref_image: KEPT,
      item_description: KEPT,
      undefined: { effect: 'kept', note: 'as it stands; one that Dataloop knows another way is dropped' },
    },
    fields: FIELD_NAMES.filter((name) => name !== 'key frames'),
    needsSize: false,
  },
  detect: detectDataloop,
  read: {
    options: {},
    open: async (tree, _options, context) => (await import('./reader.js')).openDataloop(tree, context),
  },
  write: {
    options: {
      names: choice(
        ['v1', 'v2'],
        'How files are named after pictures: a.json for a.jpg, as the SDK does by default (v1), or a.jpg.json (v2)',
      ),
      rings: choice(
        ['all', 'split'],
        'Polygons of several parts: all rings in one annotation (all), or an annotation for each part (split)',
      ),
    },
    create: async (tree, header, options, context) =>
      (await import('./writer.js')).createDataloop(tree, header, options, context),
  },
})
