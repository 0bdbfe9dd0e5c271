import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { putFiles, temporaryFolder } from '../io/temporary.js'
import { CLEAN, FLAWED } from './documents.js'
import { runCli } from './spawn.js'
import { runHere } from './terminal.js'

describe('inspect', () => {
  it('tells format, evidence, counts and problems on stdout', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': FLAWED })
    expect(await runCli(['inspect', 'a.json'], folder)).toEqual({
      code: 4,
      stderr: '',
      stdout: `a.json is COCO (coco)
  coco  a.json has the lists "images" and "annotations" and "categories"

  items          2  image
    with a size  2
    empty        1
  annotations    3
  labels         3  2 of them used

Types
  segment  1
  box      1

Labels
  cat  1
  dog  1
  owl  0

Problems
  1  expected-type  bad segmentation: expected a list of rings or an RLE object, got "round" (left out)
     a.json /annotations/2/segmentation
`,
    })
  })

  it('gives the same as JSON', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'in/instances_train.json': CLEAN, 'in/instances_val.json': CLEAN.replaceAll('.jpg', '.png') })
    const { code, stdout, stderr } = await runHere(['inspect', join(folder, 'in'), '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      format: 'coco',
      items: 4,
      itemsWithoutAnnotations: 2,
      itemsWithSize: 4,
      media: [{ kind: 'image', count: 4 }],
      splits: [
        { split: 'train', count: 2 },
        { split: 'val', count: 2 },
      ],
      annotations: 4,
      types: [
        { type: 'segment', count: 2 },
        { type: 'box', count: 2 },
      ],
      labels: [
        { label: 'cat', count: 2 },
        { label: 'dog', count: 2 },
        { label: 'owl', count: 0 },
      ],
      strays: 0,
      problems: [],
    })
  })

  it('shows the twenty most frequent labels, the most frequent first', async () => {
    const folder = temporaryFolder()
    const categories = Array.from({ length: 25 }, (_, i) => ({ id: i, name: `label ${i}` }))
    const annotations = [{ id: 1, image_id: 1, category_id: 24, bbox: [1, 1, 2, 1] }]
    const images = [{ id: 1, file_name: 'a.jpg', width: 30, height: 20 }]
    putFiles(folder, { 'a.json': JSON.stringify({ images, annotations, categories }) })
    const { stdout } = await runHere(['inspect', join(folder, 'a.json')])
    expect(stdout).toContain('Labels\n  label 24  1\n  label 0   0\n')
    expect(stdout).toContain('  label 18  0\n  and 5 more\n')
    expect(stdout).not.toContain('label 19')
  })

  it('says what every format looked for when none was recognised', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'notes.txt': 'hello' })
    const { code, stdout, stderr } = await runHere(['inspect', folder])
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(/^error undetected: .*no format was recognised \(.*coco: no \.json file; .*native: /)
  })

  it('believes --from', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': '{"images":[{"id":1}],"annotations":[],"categories":[]}' })
    expect((await runHere(['inspect', join(folder, 'a.json'), '--from', 'coco'])).stdout).toMatch(/is COCO \(coco\)\n/)
  })
})

describe('formats', () => {
  it('lists them with what becomes of each type', async () => {
    const { code, stdout, stderr } = await runHere(['formats'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^ {2}coco +COCO +read {2}write {2}image\n/m)
    expect(stdout).toMatch(/^ {2}box +kept +kept/m)
    expect(stdout).toMatch(/^ {2}ellipse +approximated +approximated +derived +kept/m)
  })

  it('tells all about one', async () => {
    const { stdout } = await runHere(['formats', 'coco'])
    expect(stdout).toContain('coco  COCO\n  https://cocodataset.org/#format-data\n')
    expect(stdout).toMatch(
      /Options for writing\n(?: {2}--coco\..*\n)*? {2}--coco\.segmentation <auto\|polygon\|rle\|rle-string>/,
    )
  })

  it('gives data on stdout as JSON', async () => {
    const list = JSON.parse((await runHere(['formats', '--json'])).stdout)
    expect(list[0]).toMatchObject({
      id: 'coco',
      media: ['image'],
      definitions: { box: { effect: 'kept' } },
      write: { options: { segmentation: { kind: 'choice', default: 'auto' } } },
    })
    const [only, ...none] = JSON.parse((await runHere(['formats', 'native', '--json'])).stdout)
    expect({ id: only.id, none }).toEqual({ id: 'native', none: [] })
  })
})
