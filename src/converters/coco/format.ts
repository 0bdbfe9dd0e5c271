import type { Fidelity } from '../format.js'
import { defineFormat, FIELD_NAMES } from '../format.js'
import { choice } from '../options.js'
import { detectCoco } from './detect.js'

const NO_PLACE: Fidelity = { effect: 'dropped', note: 'no place in COCO' }

/** COCO object instances: polygons, run-length masks and boxes on images. */
export const coco = defineFormat({
  id: 'coco',
  title: 'COCO instances',
  spec: 'https://cocodataset.org/#format-data',
  expresses: {
    media: ['image'],
    definitions: {
      box: { effect: 'kept', note: 'a rotated box becomes its corner polygon (derived)' },
      segment: { effect: 'kept', note: 'with holes it is filled into pixels (approximated)' },
      binary: { effect: 'kept', note: 'as run lengths' },
      ellipse: { effect: 'approximated', note: 'a polygon within 1/64 px' },
      cube: { effect: 'derived', note: 'its bounding box' },
      pose: { effect: 'derived', note: 'its bounding box' },
      cube_3d: NO_PLACE,
      class: NO_PLACE,
      comparison: NO_PLACE,
      note: NO_PLACE,
      point: NO_PLACE,
      polyline: NO_PLACE,
      subtitle: NO_PLACE,
      text_mark: NO_PLACE,
      gis: NO_PLACE,
      text: NO_PLACE,
      ref_image: NO_PLACE,
      item_description: NO_PLACE,
      undefined: NO_PLACE,
    },
    // Images have no time.
    fields: FIELD_NAMES.filter((name) => name !== 'key frames'),
    needsSize: false,
  },
  detect: detectCoco,
  read: {
    options: {},
    open: async (tree, _options, context) => (await import('./reader.js')).openCoco(tree, context),
  },
  write: {
    options: {
      segmentation: choice(
        ['auto', 'polygon', 'rle', 'rle-string'],
        'How regions are written: as the source had them (auto), as polygons, as run-length lists or as compressed run-length texts',
      ),
    },
    create: async (tree, header, options, context) =>
      (await import('./writer.js')).createCoco(tree, header, options, context),
  },
})
