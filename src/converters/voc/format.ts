import type { Fidelity } from '../format.js'
import { defineFormat } from '../format.js'
import { choice } from '../options.js'
import { detectVoc } from './detect.js'

const NO_PLACE: Fidelity = { effect: 'dropped', note: 'no place in VOC' }
const BOUNDS: Fidelity = { effect: 'derived', note: 'its bounding box' }

/** Pascal VOC detection: one XML file a picture, boxes and their parts. */
export const voc = defineFormat({
  id: 'voc',
  title: 'Pascal VOC detection',
  spec: 'http://host.robots.ox.ac.uk/pascal/VOC/voc2012/devkit_doc.pdf',
  expresses: {
    media: ['image'],
    definitions: {
      box: {
        effect: 'kept',
        note: 'rounded to whole pixels (approximated); of a rotated one its bounding box (derived)',
      },
      segment: { effect: 'derived', note: 'its bounding box; with --voc.polygon roboflow kept' },
      binary: BOUNDS,
      ellipse: BOUNDS,
      cube: BOUNDS,
      pose: BOUNDS,
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
    fields: ['truncated', 'occluded', 'difficult', 'attributes'],
    needsSize: false,
  },
  detect: detectVoc,
  read: {
    options: {
      base: choice(
        ['auto', 'inclusive1', 'edge0'],
        'What the corners of boxes are: as the source gives to understand (auto), first and last pixel counted from 1, or edges counted from 0',
      ),
    },
    open: async (tree, options, context) => (await import('./reader.js')).openVoc(tree, options, context),
  },
  write: {
    options: {
      base: choice(
        ['auto', 'inclusive1', 'edge0'],
        'What the corners of boxes are: as in a VOC source, else edges (auto), first and last pixel counted from 1, or edges counted from 0',
      ),
      decimals: {
        kind: 'number',
        default: 0,
        min: 0,
        max: 9,
        summary: 'Decimals of the corners; programs of the devkit read whole numbers only',
      },
      polygon: choice(
        ['auto', 'none', 'roboflow'],
        'Polygons beside their bounding box: where a VOC source had them (auto), never, or as Roboflow writes them',
      ),
      rotated: choice(
        ['auto', 'bounds', 'robndbox'],
        'Rotated boxes: as roLabelImg where a VOC source had it so, else their bounding box (auto), always their bounding box, or always as roLabelImg writes them',
      ),
    },
    create: async (tree, header, options, context) =>
      (await import('./writer.js')).createVoc(tree, header, options, context),
  },
})
