import { idFrom } from '../../dataset/id.js'
import { type Label, LabelTree } from '../../dataset/labels.js'
import { BONES, JOINTS } from './scenes/runner.js'

type Rgb = readonly [red: number, green: number, blue: number]
type Row = readonly [name: string, color: Rgb, parent?: string]

const ROWS: readonly Row[] = [
  // street
  ['car', [255, 107, 92], 'vehicle'],
  ['tram', [72, 219, 206], 'vehicle'],
  ['wheel', [255, 176, 59], 'vehicle'],
  ['person', [255, 221, 87], 'being'],
  ['dog', [255, 158, 203], 'being'],
  ['traffic light', [160, 245, 96]],
  ['lamp', [255, 244, 179]],
  ['rail', [150, 196, 255]],
  ['dusk', [171, 130, 255], 'scene'],
  ['indoors', [255, 171, 145], 'scene'],
  ['outdoors', [128, 222, 148], 'scene'],
  // breakfast
  ['plate', [47, 111, 237], 'tableware'],
  ['cup', [13, 148, 136], 'tableware'],
  ['glass', [234, 88, 12], 'tableware'],
  ['fork', [126, 34, 206], 'tableware'],
  ['knife', [190, 24, 93], 'tableware'],
  ['spoon', [180, 30, 40], 'tableware'],
  ['napkin', [14, 116, 144], 'tableware'],
  ['coffee', [146, 64, 14], 'food'],
  ['egg', [217, 119, 6], 'food'],
  ['yolk', [190, 18, 60], 'food'],
  ['toast', [180, 60, 10], 'food'],
  ['donut', [190, 24, 147], 'food'],
  ['blueberry', [79, 70, 229], 'food'],
  // harbour
  ['ferry', [255, 221, 51], 'vessel'],
  ['sailing boat', [255, 138, 76], 'vessel'],
  ['motor boat', [190, 255, 94], 'vessel'],
  ['trawler', [255, 128, 191], 'vessel'],
  ['island', [255, 238, 170]],
  ['fairway', [255, 255, 255]],
  ['jetty', [255, 196, 128]],
  ['buoy', [255, 90, 90]],
  ['container', [190, 160, 255]],
  ['harbour area', [120, 220, 220]],
  ['power cable', [200, 200, 210]],
  // cells
  ['cell', [255, 209, 70]],
  ['nucleus', [110, 214, 255]],
  ['speck', [255, 122, 92]],
  ['in focus', [180, 240, 200], 'scene'],
  // parcel
  ['parcel', [0, 136, 255]],
  ['address label', [236, 31, 120]],
  ['barcode', [124, 58, 237]],
  ['damage', [230, 30, 44]],
  ['house number', [255, 205, 64]],
  ['door knob', [255, 240, 200]],
  ['doormat', [255, 153, 51]],
  ['plant', [0, 150, 90]],
  ['ref-image', [160, 190, 220]],
  ['which looks safer', [220, 180, 240]],
  // runner
  ['sun', [234, 88, 12]],
  ['bird', [30, 64, 150]],
  // ball, letter, chimes
  ['ball', [255, 92, 72]],
  ['crate', [30, 120, 200]],
  ['name', [219, 39, 119]],
  ['place', [13, 148, 136]],
  ['quantity', [202, 138, 4]],
  ['time', [79, 70, 229]],
  ['answer', [100, 116, 139]],
  ['english', [71, 143, 205]],
  ['Text', [255, 179, 71]],
  ['item.description', [148, 163, 184]],
]

/** The label of the pose, with the names of its points and its bones. */
const RUNNER: Label = {
  name: 'runner',
  parent: 'being',
  color: [236, 31, 120],
  skeleton: { keypoints: JOINTS.map(([name]) => name), edges: BONES },
}

/** Every label of the demo with a colour that can be told from its neighbours and from the picture below. */
export function demoLabels(): LabelTree {
  const labels: readonly Label[] = [...ROWS.map(([name, color, parent]) => ({ name, color, parent })), RUNNER]
  return new LabelTree(labels.map((label, i) => ({ ...label, id: idFrom(i + 1) })))
}
