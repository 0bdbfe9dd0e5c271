import { describe, expect, it } from 'vitest'
import { parseNative } from '../../../src/converters/native/index.js'
import { FIRST, itemLine, POINT, readAll } from './hand-written.js'
import { failure } from './recording-account.js'

describe('broken text stops with line and column, under every policy', () => {
  // ¦ stands before the character a strict parser refuses.
  it.each([
    ['a header', '{"annoform":1,"header":{"labels":[¦}}}'],
    ['a header that ends early', '{"annoform":1,"header":{¦'],
    ['the version', '{"annoform":1¦x}'],
    ['an item', `${FIRST}\n${itemLine()}\n{"id":1,¦}`],
    ['an item that ends early', `${FIRST}\n{"id":1,"path":"a¦`],
    ['after blank lines', `${FIRST}\n\n \r\n{"id":¦}`],
    ['after an indent', `${FIRST}\n  {"id"¦,`],
    ['characters, not bytes', `${FIRST}\n{"id":"äö🚗" ¦1}`],
    ['a coordinate', `${FIRST}\n${itemLine(POINT, '{"definition":{"type":"point","label":"ü","x":1,"y":1.¦.5}}')}`],
    ['a ring', `${FIRST}\n${itemLine('{"definition":{"type":"segment","label":"p","parts":[{"outer":[1,2,¦,3]}]}}')}`],
    ['NaN in a ring', `${FIRST}\n${itemLine('{"definition":{"type":"polyline","label":"p","lines":[[1,2,3,¦NaN]]}}')}`],
    ['metadata', `${FIRST}\n${itemLine(`${POINT.slice(0, -1)},"metadata":{"a":[1,2¦}}}`)}`],
    ['raw', `${FIRST}\n${itemLine(`${POINT.slice(0, -1)},"raw":{"format":"coco","json":{"a":0¦1}}}`)}`],
    ['extra', `${FIRST}\n${itemLine(`${POINT.slice(0, -1)},"extra":{"x":{"keys":[],"fields":{"a":tru¦f}}}}`)}`],
    ['a key nobody knows', `${FIRST}\n${itemLine(`${POINT.slice(0, -1)},"more":[¦e]}`)}`],
    ['two values on a line', `${FIRST}\n${itemLine()}¦${itemLine()}`],
  ])('%s', async (_, marked) => {
    const before = marked.slice(0, marked.indexOf('¦'))
    const line = before.split('\n').length
    const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1
    for (const policy of ['strict', 'lenient', 'salvage'] as const) {
      const error = await failure(readAll(marked.replace('¦', ''), policy))
      expect([error.code, error.place]).toEqual(['json-syntax', { file: 'a.jsonl', line, column }])
    }
  })

  it('bytes that are not UTF-8', async () => {
    const bytes = new TextEncoder().encode(`${FIRST}\n${itemLine(POINT.replace('"p"', '"ä~"'))}`)
    bytes[bytes.indexOf(0x7e)] = 0xff
    const error = await failure(readAll(bytes, 'lenient'))
    const column = itemLine(POINT.replace('"p"', '"ä~"')).indexOf('~') + 1
    expect([error.code, error.place]).toEqual(['encoding', { file: 'a.jsonl', line: 2, column }])
  })
})

describe('what cannot be opened', () => {
  it.each([
    ['', 'empty-input', 'a.jsonl: there is nothing in this file'],
    ['\n \n', 'empty-input', 'a.jsonl: there is nothing in this file'],
    [
      '{\n "images": []}',
      'not-this-format',
      'a.jsonl:1: no native data set: expected a first line that starts with {"annoform":1, got "{"',
    ],
    [
      '{"header":{},"annoform":1}',
      'not-this-format',
      'a.jsonl:1: no native data set: expected a first line that starts with {"annoform":1, got "{\\"header\\":{},\\"annoform\\":1}"',
    ],
    [
      '{"annoform":2,"future":[]}',
      'unsupported-version',
      'a.jsonl:1 /annoform: a native file of another version: expected version 1, got 2',
    ],
    [
      '{"annoform":"1"}',
      'unsupported-version',
      'a.jsonl:1 /annoform: a native file of another version: expected version 1, got "1"',
    ],
    ['{"annoform":1,"header":[]}', 'expected-type', 'a.jsonl:1 /header: bad "header": expected an object, got []'],
  ])('%j', async (text, code, message) => {
    const error = await failure(parseNative(text, { policy: 'lenient', name: 'a.jsonl' }))
    expect([error.code, error.message]).toEqual([code, message])
  })
})
