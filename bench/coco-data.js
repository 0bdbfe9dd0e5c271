// A seeded COCO file of any size: `node bench/coco-data.js FILE [images] [annotations per image] [seed]`.
// Polygons of 8 to 64 points, one part in ten has two, one annotation in eighty is a crowd with run lengths.
// Annotations are shuffled over images as in the official files.
import { closeSync, openSync, writeSync } from 'node:fs'

const [file, images = '10000', perImage = '10', seed = '7'] = process.argv.slice(2)
if (file === undefined)
  throw new TypeError('usage: node bench/coco-data.js FILE [images] [annotations per image] [seed]')

let state = Number(seed) >>> 0
/** Mulberry32: a small generator that gives the same numbers everywhere. */
function random() {
  state = (state + 0x6d2b79f5) >>> 0
  let t = state
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const whole = (from, to) => from + Math.floor(random() * (to - from + 1))
const cents = (value) => Math.round(value * 100) / 100

function ring(cx, cy, radius) {
  const points = whole(8, 31)
  const numbers = []
  for (let i = 0; i < points; i++) {
    const r = radius * (0.7 + 0.3 * random())
    const angle = (2 * Math.PI * i) / points
    numbers.push(cents(cx + r * Math.cos(angle)), cents(cy + r * Math.sin(angle)))
  }
  return numbers
}

function crowd(width, height) {
  const counts = []
  let left = width * height
  for (let i = 0; i < 200 && left > 1000; i++) {
    const run = whole(1, 900)
    counts.push(run)
    left -= run
  }
  counts.push(left)
  return { counts, size: [height, width] }
}

const out = openSync(file, 'w')
let text = '{"info": {"description": "seeded bench data", "year": 2026}, "images": ['
const flush = () => {
  writeSync(out, text)
  text = ''
}
const count = Number(images)
const sizes = []
for (let i = 1; i <= count; i++) {
  const [width, height] = random() < 0.5 ? [640, whole(360, 640)] : [whole(360, 640), 640]
  sizes.push([width, height])
  const name = String(i * 37).padStart(12, '0')
  text += `${i === 1 ? '' : ', '}{"license": 4, "file_name": "${name}.jpg", "coco_url": "http://example.org/train/${name}.jpg", "height": ${height}, "width": ${width}, "date_captured": "2013-11-14 17:02:52", "id": ${i * 37}}`
  if (text.length > 1 << 20) flush()
}
text += '], "annotations": ['
const total = count * Number(perImage)
for (let i = 1; i <= total; i++) {
  const image = whole(1, count)
  const [width, height] = sizes[image - 1]
  const isCrowd = i % 80 === 0
  const [cx, cy, radius] = [random() * width, random() * height, 5 + random() * 120]
  const rings = isCrowd
    ? []
    : i % 10 === 0
      ? [ring(cx, cy, radius), ring(cx, cy + radius, radius / 3)]
      : [ring(cx, cy, radius)]
  const segmentation = isCrowd ? crowd(width, height) : rings
  const box = [cents(cx - radius), cents(cy - radius), cents(2 * radius), cents(2 * radius)]
  const spaced = JSON.stringify(segmentation).replaceAll(',', ', ').replaceAll(':', ': ')
  text += `${i === 1 ? '' : ', '}{"segmentation": ${spaced}, "area": ${cents(radius * radius * 2.4) + 0.123456789}, "iscrowd": ${isCrowd ? 1 : 0}, "image_id": ${image * 37}, "bbox": [${box.join(', ')}], "category_id": ${whole(1, 90)}, "id": ${i * 13}}`
  if (text.length > 1 << 20) flush()
}
text += '], "categories": ['
for (let id = 1; id <= 90; id++)
  text += `${id === 1 ? '' : ', '}{"supercategory": "group ${id % 9}", "id": ${id}, "name": "thing ${id}"}`
text += ']}'
flush()
closeSync(out)
