import { describe, expect, it } from 'vitest'
import { FIRST, itemLine, POINT, readAll } from './hand-written.js'

describe('salvage', () => {
  it.each([
    [
      '{"type":"box","label":"p","left":5,"top":0,"right":1,"bottom":2}',
      'swapped sides are put in order',
      '',
      { frame: { left: 1, top: 0, right: 5, bottom: 2 } },
    ],
    [
      '{"type":"segment","label":"p","parts":[{"outer":[1,2]},{"outer":[0,0,9,0,9,9],"holes":[[1]]}]}',
      'too few points: left out',
      '/parts/0/outer',
      { parts: [{ outer: Float64Array.of(0, 0, 9, 0, 9, 9), holes: [] }] },
    ],
    [
      '{"type":"polyline","label":"p","lines":[[1,2,3,4],[7,8]]}',
      'too few points: left out',
      '/lines/1',
      { lines: [Float64Array.of(1, 2, 3, 4)] },
    ],
  ])('%s', async (definition, sentence, pointer, expected) => {
    const { items, log } = await readAll(`${FIRST}\n${itemLine(`{"definition":${definition}}`)}`, 'salvage')
    const annotation = items[0]?.annotations[0]
    expect(annotation?.definition).toMatchObject(expected)
    expect(annotation?.amended).toEqual({ effect: 'approximated', reason: 'repaired' })
    expect(log).toContain(`invalid-value repaired: ${sentence} @ a.jsonl:2 /annotations/0/definition${pointer}`)
  })

  it('pads a mask', async () => {
    const mask = '{"definition":{"type":"binary","label":"p","mask":{"size":[2,3],"counts":"12"}}}'
    const { items, log } = await readAll(`${FIRST}\n${itemLine(mask)}`, 'salvage')
    const definition = items[0]?.annotations[0]?.definition
    expect(definition?.type === 'binary' && [...definition.mask.runs]).toEqual([1, 2, 3])
    expect(log[1]).toMatch(/^invalid-value repaired: .* @ a\.jsonl:2 \/annotations\/0\/definition\/mask$/)
  })

  it('leaves out a bad key frame', async () => {
    const frame = (label: string): string =>
      `{"frame":3,"fixed":true,"visible":true,"definition":{"type":"class","label":${label}}}`
    const track = `${POINT.slice(0, -1)},"keyFrames":[${frame('1')},${frame('"q"')}]}`
    const { items, log } = await readAll(`${FIRST}\n${itemLine(track)}`, 'salvage')
    const annotation = items[0]?.annotations[0]
    expect(annotation?.keyFrames?.map(({ definition }) => definition.label)).toEqual(['q'])
    expect(annotation?.amended?.effect).toBe('approximated')
    expect(log[1]).toBe(
      'invalid-value repaired: bad "label": key frame left out @ a.jsonl:2 /annotations/0/keyFrames/0/definition/label',
    )
  })

  it('cannot invent: what leaves nothing is dropped', async () => {
    const empty = '{"definition":{"type":"segment","label":"p","parts":[{"outer":[1,2]}]}}'
    const { items, log } = await readAll(`${FIRST}\n${itemLine(empty)}`, 'salvage')
    expect(items[0]?.annotations).toEqual([])
    expect(log[2]).toBe('drop segment invalid @ a.jsonl:2 /annotations/0')
  })
})
