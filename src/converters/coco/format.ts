import type { Fidelity } from '../format.js'
import { defineFormat, FIELD_NAMES } from '../format.js'
import { choice } from '../options.js'
import { detectCoco } from './detect.js'

const NO_PLACE: Fidelity = { effect: 'dropped', note: 'no place in COCO' }

/** COCO objects: polygons, run-length masks, boxes, key points and captions on images. */
export const coco = defineFormat({
  id: 'coco',
  title: 'COCO',
  spec: 'https://cocodataset.org/#format-data',
  expresses: {
    media: ['image'],
    definitions: {
      box: { effect: 'kept', note: 'a rotated box becomes its corner polygon (derived)' },
      segment: { effect: 'kept', note: 'with holes it is filled into pixels (approximated)' },
      binary: { effect: 'kept', note: 'as run lengths' },
      ellipse: { effect: 'approximated', note: 'a polygon within 1/64 px' },
      cube: { effect: 'derived', note: 'its bounding box' },
      pose: { effect: 'kept', note: 'one without a labelled point is dropped' },
      cube_3d: NO_PLACE,
      class: NO_PLACE,
      comparison: NO_PLACE,
      note: NO_PLACE,
      point: NO_PLACE,
      polyline: NO_PLACE,
      subtitle: NO_PLACE,
      text_mark: NO_PLACE,
      gis: NO_PLACE,
      text: { effect: 'kept', note: 'as a caption, in a file of its own' },
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
    options: {
      geometry: choice(
        ['auto', 'region', 'keypoints'],
        'What an annotation is read as: key points where some are labelled, else its region (auto), always its region, or its key points and nothing else',
      ),
    },
    open: async (tree, options, context) => (await import('./reader.js')).openCoco(tree, context, options),
  },
  write: {
    options: {
      document: choice(
        ['auto', 'single', 'results', 'panoptic'],
        'Which files are written: one for each task, as the source had them (auto), one for each split (single), a bare list of results, or panoptic documents with their pictures',
      ),
      overlap: choice(
        ['small-on-top', 'skip', 'fail'],
        'In panoptic pictures, where a pixel is of one segment: small ones cover large ones, what overlaps is left out, or nothing is written',
      ),
      segmentation: choice(
        ['auto', 'polygon', 'rle', 'rle-string'],
        'How regions are written: as the source had them (auto), as polygons, as run-length lists or as compressed run-length texts',
      ),
    },
    create: async (tree, header, options, context) =>
      (await import('./writer.js')).createCoco(tree, header, options, context),
  },
})
