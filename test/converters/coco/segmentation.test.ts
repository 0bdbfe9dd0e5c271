import { describe, expect, it } from 'vitest'
import {
  entryLines,
  failureOf,
  identityDifference,
  onlyAnnotation,
  problemLines,
  readDocument,
  withAnnotation,
} from './harness.js'
import { shape } from './shape.js'

const TRIANGLE = '[1,2,30.5,4,5,20.25]'
const SQUARE = '[40,30,50,30,50,38,40,38]'

describe('what a segmentation can be', () => {
  it.each([
    ['one ring', `[${TRIANGLE}]`, 'segment 1,2,30.5,4,5,20.25'],
    [
      'two rings, which are two parts',
      `[${TRIANGLE}, ${SQUARE}]`,
      'segment 1,2,30.5,4,5,20.25 + 40,30,50,30,50,38,40,38',
    ],
    [
      'a ring inside a ring, which is no hole',
      '[[0,0,9,0,9,9,0,9],[2,2,4,2,4,4,2,4]]',
      'segment 0,0,9,0,9,9,0,9 + 2,2,4,2,4,4,2,4',
    ],
    ['one flat list', TRIANGLE, 'segment 1,2,30.5,4,5,20.25'],
    ['numbers with exponents', '[[1e1,2.0E0,30.5,4,5e+0,-0.0]]', 'segment 10,2,30.5,4,5,0'],
    [
      'white space everywhere',
      '[ \\n [ 1 , 2 ,\\t30.5,4 , 5,20.25 ] ]'.replaceAll('\\n', '\n').replaceAll('\\t', '\t'),
      'segment 1,2,30.5,4,5,20.25',
    ],
    ['a ring beyond the picture', '[[-5,-5,100,-5,100,100]]', 'segment -5,-5,100,-5,100,100'],
    ['a ring that encloses nothing', '[[3,3,3,3,3,3]]', 'segment 3,3,3,3,3,3'],
    ['null', 'null', 'box 1,2,4,6'],
    ['an empty list', '[]', 'box 1,2,4,6'],
    ['an empty list with a space in it', '[ ]', 'box 1,2,4,6'],
    ['an empty ring', '[[]]', 'box 1,2,4,6'],
    ['empty rings', '[[],[]]', 'box 1,2,4,6'],
    ['an empty ring beside one', `[[],${TRIANGLE}]`, 'segment 1,2,30.5,4,5,20.25'],
    ['runs in a list', '{"size":[4,5],"counts":[6,2,2,2,8]}', 'binary 5×4 6,2,2,2,8'],
    ['runs in a text', '{"size":[4,4],"counts":"52203"}', 'binary 4×4 5,2,2,2,5'],
    ['no pixels', '{"size":[4,5],"counts":[20]}', 'binary 5×4 20'],
    ['all pixels', '{"size":[4,5],"counts":[0,20]}', 'binary 5×4 0,20'],
    ['runs of length 0', '{"size":[4,5],"counts":[6,0,0,2,0,0,12]}', 'binary 5×4 6,2,12'],
    ['runs of length 0 at the end', '{"size":[4,5],"counts":[6,14,0]}', 'binary 5×4 6,14'],
    ['the counts first', '{"counts":"52203","size":[4,4]}', 'binary 4×4 5,2,2,2,5'],
    [
      'keys nobody knows',
      '{"size":[4,4],"counts":"52203","x":7706992903151817196,"__proto__":{"size":1}}',
      'binary 4×4 5,2,2,2,5',
    ],
    ['numbers with a point', '{"size":[4.0,5.0],"counts":[6.0,14.0]}', 'binary 5×4 6,14'],
  ])('%s', async (_, text, expected) => {
    for (const crowd of ['0', '1']) {
      const source = withAnnotation('"bbox":[1,2,3,4]', `"segmentation":${text}`, `"iscrowd":${crowd}`)
      const annotation = await onlyAnnotation(source)
      expect(shape(annotation)).toBe(expected)
      expect(annotation.flags).toEqual({ crowd: crowd === '1' })
      expect(await identityDifference(source)).toBeUndefined()
    }
  })

  it('missing', async () => {
    const source = withAnnotation('"bbox":[1,2,3,4]')
    expect(shape(await onlyAnnotation(source))).toBe('box 1,2,4,6')
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each([
    ['{"size":[0,0],"counts":[]}', 'binary 0×0 0'],
    ['{"size":[0,5],"counts":[0]}', 'binary 5×0 0'],
    ['{"size":[0,5],"counts":""}', 'binary 5×0 0'],
  ])('no size at all: %s', async (text, expected) => {
    const source = withAnnotation(`"segmentation":${text}`)
    expect(shape(await onlyAnnotation(source))).toBe(expected)
    expect(await identityDifference(source)).toBeUndefined()
  })
})

describe('a ring of fewer than 3 points', () => {
  it('beside a good one is passed over, with a problem, and comes back', async () => {
    const source = withAnnotation(`"segmentation":[[1,2,3,4],${TRIANGLE}]`)
    const { annotations, ledger } = await readDocument(source)
    expect(annotations.map(shape)).toEqual(['segment 1,2,30.5,4,5,20.25'])
    expect(problemLines(ledger)).toEqual([
      'degenerate-geometry: a ring of a segmentation encloses nothing @ a.json /annotations/0/segmentation',
    ])
    expect(ledger.problems[0]).toMatchObject({ expected: 'at least 3 points', got: 'ring 0: 2' })
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('alone leaves the box', async () => {
    const source = withAnnotation('"bbox":[1,2,2,2]', '"segmentation":[[1,2,3,4]]')
    const { annotations, ledger } = await readDocument(source)
    expect(annotations.map(shape)).toEqual(['box 1,2,3,4'])
    expect(ledger.problems.map(({ fix }) => fix)).toEqual(['The box is used instead'])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('without a box is nothing', async () => {
    const { annotations, ledger } = await readDocument(withAnnotation('"segmentation":[[1,2,3,4]]'))
    expect(annotations).toEqual([])
    expect(ledger.counts).toEqual({ read: 1, kept: 0, derived: 0, approximated: 0, dropped: 1 })
    expect(problemLines(ledger)).toEqual([
      'degenerate-geometry: a ring of a segmentation encloses nothing (lossy) @ a.json /annotations/0/segmentation',
    ])
  })
})

describe('a segmentation that cannot be used', () => {
  const ring = 'ring-format: bad ring of a segmentation (lossy)'
  const rle = 'rle-format: bad run lengths of a mask (lossy)'
  const size = 'rle-size: bad run lengths of a mask (lossy)'
  it.each([
    ['an odd ring', '[[1,2,3,4,5,6,7]]', ring, 'ring 0: 7 numbers'],
    ['an odd flat list', '[1,2,3,4,5]', ring, 'ring 0: 5 numbers'],
    ['NaN in a ring', '[[1,2,NaN,4,5,6]]', ring, 'ring 0: [1,2,NaN,4,5,6]'],
    ['infinity in a ring', `[${TRIANGLE},[1,2,-Infinity,4,5,6]]`, ring, 'ring 1: [1,2,-Infinity,4,5,6]'],
    ['a number no double holds', '[[1,2,1e999,4,5,6]]', ring, 'ring 0: [1,2,1e999,4,5,6]'],
    ['null in a ring', '[[1,2,null,4,5,6]]', ring, 'ring 0: [1,2,null,4,5,6]'],
    ['texts in a ring', '[["1","2","3","4","5","6"]]', ring, 'ring 0: ["1","2","3","4","5","6"]'],
    ['points instead of numbers', '[[[1,2],[3,4],[5,6]]]', ring, 'ring 0: [[1,2],[3,4],[5,6]]'],
    ['a number among rings', `[${TRIANGLE},5]`, ring, 'ring 1: 5'],
    ['an object as ring', '[{"x":1}]', ring, 'ring 0: {"x":1}'],
    ['a long ring is cut short', `[["${'x'.repeat(99)}"]]`, ring, `ring 0: ["${'x'.repeat(38)}…`],
    ['a number', '12', 'expected-type: bad segmentation (lossy)', '12'],
    ['a text', '"52203"', 'expected-type: bad segmentation (lossy)', '"52203"'],
    ['true', 'true', 'expected-type: bad segmentation (lossy)', 'true'],
    ['NaN', 'NaN', 'expected-type: bad segmentation (lossy)', 'NaN'],
    ['no size', '{"counts":"52203"}', 'rle-format: bad size of an RLE (lossy)', undefined],
    ['a size of one number', '{"size":[4],"counts":"52203"}', 'rle-format: bad size of an RLE (lossy)', '[4]'],
    ['a negative size', '{"size":[-4,4],"counts":"52203"}', 'rle-format: bad size of an RLE (lossy)', '[-4,4]'],
    [
      'a size that is no integer',
      '{"size":[4.5,4],"counts":"52203"}',
      'rle-format: bad size of an RLE (lossy)',
      '[4.5,4]',
    ],
    ['no counts', '{"size":[4,4]}', 'rle-format: bad counts of an RLE (lossy)', undefined],
    ['counts that are null', '{"size":[4,4],"counts":null}', 'rle-format: bad counts of an RLE (lossy)', 'null'],
    ['a negative run', '{"size":[4,4],"counts":[5,-1,12]}', rle, "run 1 of a mask is not a length: '-1'"],
    ['half a run', '{"size":[4,4],"counts":[5,0.5,10.5]}', rle, "run 1 of a mask is not a length: '0.5'"],
    ['a run of NaN', '{"size":[4,4],"counts":[5,NaN,10]}', rle, "run 1 of a mask is not a length: 'NaN'"],
    ['too few pixels', '{"size":[4,5],"counts":[6,2]}', size, '8 instead of 20 pixels (5 wide, 4 high)'],
    ['too many pixels', '{"size":[4,5],"counts":[6,20]}', size, '26 instead of 20 pixels (5 wide, 4 high)'],
    ['too few pixels in a text', '{"size":[4,5],"counts":"52203"}', size, '16 instead of 20 pixels (5 wide, 4 high)'],
    [
      'a stray character',
      '{"size":[4,4],"counts":"5 203"}',
      rle,
      "compressed counts, character 1: stray character: ' '",
    ],
    [
      'an unfinished number',
      '{"size":[4,4],"counts":"5220S"}',
      rle,
      'compressed counts, character 4: the last number is not finished',
    ],
  ])('%s', async (_, text, problem, got) => {
    const { annotations, ledger } = await readDocument(withAnnotation('"bbox":[1,2,3,4]', `"segmentation":${text}`))
    expect(annotations).toEqual([])
    expect(problemLines(ledger)).toEqual([`${problem} @ a.json /annotations/0/segmentation`])
    expect(ledger.problems[0]?.got).toBe(got)
    expect(entryLines(ledger)).toEqual(['annotation dropped annotation: invalid ×1'])
    expect(ledger.entries[0]?.places).toEqual(['a.json /annotations/0/segmentation'])
    const strict = await failureOf(readDocument(withAnnotation('"bbox":[1,2,3,4]', `"segmentation":${text}`), 'strict'))
    expect(`${strict.code}: ${strict.reason} (lossy)`).toBe(problem)
  })

  it('is one line of many alike', async () => {
    const rings = ['[[1,2,3]]', '[[1,2,3,4,5]]', '[[1,2,3,4,5,6,7]]'].map(
      (text, i) => `{"id":${i},"image_id":1,"category_id":1,"segmentation":${text}}`,
    )
    const { ledger } = await readDocument(
      `{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":[${rings}],"categories":[{"id":1,"name":"a"}]}`,
    )
    expect(ledger.problems).toHaveLength(1)
    expect(ledger.problems[0]).toMatchObject({
      count: 3,
      got: 'ring 0: 3 numbers',
      places: [0, 1, 2].map((i) => `a.json /annotations/${i}/segmentation`),
    })
  })
})
