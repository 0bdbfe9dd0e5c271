import { describe, expect, it } from 'vitest'
import { Ledger } from '../../../src/converters/ledger.js'
import { parseVoc } from '../../../src/converters/voc/document.js'
import { AnnotationError } from '../../../src/errors.js'
import { boxXml, documentOf, itemsOf, openFiles } from './harness.js'

const CAR = `<object><name>car</name>${boxXml(1, 2, 30, 40)}</object>`

function refusal(text: string | Uint8Array): string {
  try {
    parseVoc(text, { name: 'a.xml' })
  } catch (error) {
    if (error instanceof AnnotationError) return `${error.code} ${error.message}`
    throw error
  }
  return 'read'
}

describe('what is no XML', () => {
  it.each([
    [
      '<annotation>\n<object>\n</annotation>',
      'xml-syntax a.xml:3:1: this tag closes another element than the one that is open: expected </object> (opened in line 2), got </annotation>',
    ],
    ['<annotation>\n<object>\n<name>c', 'xml-syntax a.xml:3:8: the file ends inside <name>, opened in line 3'],
    [
      '<annotation>\r\n<name>a & b</name></annotation>',
      'xml-syntax a.xml:2:9: a bare ampersand, or an entity nobody declared: "& b"',
    ],
    [
      '<annotation><name>&car;</name></annotation>',
      'xml-syntax a.xml:1:19: a bare ampersand, or an entity nobody declared: "&car;"',
    ],
    ['<annotation x="&car;"/>', 'xml-syntax a.xml:1:16: a bare ampersand, or an entity nobody declared: "&car;\\""'],
    ['<annotation><name>&#0;</name></annotation>', 'xml-syntax a.xml:1:19: a reference to what is no character: &#0;'],
    [
      '<annotation>\r<name>\u0007</name></annotation>',
      'xml-syntax a.xml:2:7: a character that XML cannot hold: U+0007',
    ],
    ['<annotation/>\n<annotation/>', 'xml-syntax a.xml:2:1: a second root element: <annotation>'],
    ['<annotation/> more', 'xml-syntax a.xml:1:15: text after the root element'],
    ['more <annotation/>', 'xml-syntax a.xml:1:1: text before the root element'],
    ['<!-- <annotation/>', 'xml-syntax a.xml:1:1: a comment that does not end'],
    ['<annotation><![CDATA[x</annotation>', 'xml-syntax a.xml:1:13: a CDATA section that does not end'],
    ['<annotation></annotation', 'xml-syntax a.xml:1:13: a closing tag that does not end'],
    ['<annotation><a b=c/></annotation>', 'xml-syntax a.xml:1:13: a tag that is none: "<a b=c/></annotation"'],
    ['<annotation><1/></annotation>', "xml-syntax a.xml:1:15: Tag '1' is an invalid name"],
    ['<annotation a="1" a="2"/>', "xml-syntax a.xml:1:19: Attribute 'a' is repeated"],
    ['</annotation>', 'xml-syntax a.xml:1:1: a closing tag without an opening one: </annotation>'],
    ['<?xml version="1.0"?>', 'xml-syntax a.xml:1:1: there is no element in this file'],
    ['<!DOCTYPE a [<!ENTITY x "', 'xml-syntax a.xml:1:14: the DOCTYPE does not end, or has something strange in it'],
    [' \n', 'empty-input a.xml: there is nothing in this file'],
    [
      '<annotations/>',
      'not-this-format a.xml:1:1: this is no VOC annotation: expected <annotation>, got <annotations>',
    ],
    [
      '<?xml version="1.0" encoding="klingon"?><annotation/>',
      'encoding a.xml:1: the XML declaration names an encoding nobody knows: "klingon"',
    ],
  ])('%j', (text, expected) => {
    // Encodings are a matter of bytes.
    expect(refusal(text.includes('klingon') ? new TextEncoder().encode(text) : text)).toBe(expected)
  })

  it('is refused with the byte where its encoding fails', () => {
    const bytes = Uint8Array.of(...new TextEncoder().encode('<annotation>'), 0xff)
    expect(refusal(bytes)).toBe('encoding a.xml at byte 12: this is not utf-8: expected utf-8 text, got byte 0xff')
  })
})

describe('encodings', () => {
  const body = (name: string): string => documentOf(`<object><name>${name}</name>${boxXml(1, 2, 3, 4)}</object>`)
  const label = (bytes: Uint8Array): string | undefined => parseVoc(bytes).annotations[0]?.label
  const ascii = (text: string, bytes: readonly number[]): Uint8Array =>
    Uint8Array.from([...text].flatMap((one) => (one === '\u0001' ? bytes : [one.charCodeAt(0)])))

  it('are those of the declaration', () => {
    const declared = (name: string): string => `<?xml version="1.0" encoding="${name}"?>${body('\u0001')}`
    expect(label(ascii(declared('ISO-8859-1'), [0xe9, 0x74]))).toBe('ét')
    expect(label(ascii(declared('windows-1252'), [0x80]))).toBe('€')
    expect(label(ascii(declared('GBK'), [0xc6, 0xfb, 0xb3, 0xb5]))).toBe('汽车')
    expect(label(ascii(declared('Shift_JIS'), [0x8e, 0xd4]))).toBe('車')
  })

  it('UTF-16 with and without its mark, and UTF-8 that says it is UTF-16', () => {
    const text = `<?xml version="1.0" encoding="utf-16"?>${body('車')}`
    const little = Uint8Array.from([...text].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8]))
    const big = Uint8Array.from([...text].flatMap((one) => [one.charCodeAt(0) >> 8, one.charCodeAt(0) & 255]))
    expect(label(little)).toBe('車')
    expect(label(Uint8Array.of(0xff, 0xfe, ...little))).toBe('車')
    expect(label(Uint8Array.of(0xfe, 0xff, ...big))).toBe('車')
    expect(label(new TextEncoder().encode(text))).toBe('車')
    expect(label(new TextEncoder().encode(`\ufeff${text}`))).toBe('車')
  })
})

describe('entities', () => {
  const withEntities = (declarations: string, name: string): string =>
    `<!DOCTYPE annotation [${declarations}]>\n${documentOf(`<object><name>${name}</name>${boxXml(1, 2, 3, 4)}</object>`)}`
  const label = (declarations: string, name: string): string | undefined =>
    parseVoc(withEntities(declarations, name)).annotations[0]?.label

  it('of the document are replaced', () => {
    expect(label('<!ENTITY r "rac"><!ENTITY s \'&r;coon\'>', '&s;&#33;')).toBe('raccoon!')
    expect(label('<!ENTITY a "1"><!ENTITY a "2">', 'x&a;')).toBe('x1')
    expect(label('<!-- <!ENTITY a "2"> --><!ENTITY a "&#38;#60;">', 'x&a;')).toBe('x<')
    expect(label('<!ELEMENT name (#PCDATA)><!ATTLIST name x CDATA ">"><!ENTITY a "b">', '<![CDATA[&a;]]>')).toBe('&a;')
    expect(label('<!ENTITY amp "x">', 'a&amp;b')).toBe('a&b')
  })

  it('may be ten deep, and 65536 characters in all', () => {
    const chain = (levels: number): string =>
      Array.from({ length: levels }, (_, i) => `<!ENTITY e${i} "${i === 0 ? 'x' : `&e${i - 1};`}">`).join('')
    expect(label(chain(10), '&e9;')).toBe('x')
    expect(() => label(chain(11), '&e10;')).toThrow('at most 10 levels')
    // Also where the inner ones have been asked for before.
    expect(() => label(chain(11), '&e5;&e10;')).toThrow('at most 10 levels')
    expect(() => label('<!ENTITY a "&b;"><!ENTITY b "&a;">', '&a;')).toThrow('at most 10 levels')
    const long = `<!ENTITY a "${'x'.repeat(4096)}">`
    expect(label(long, '&a;'.repeat(16))).toHaveLength(65536)
    expect(() => label(long, `${'&a;'.repeat(16)}&a;`)).toThrow('at most 65536 characters in all')
  })

  it('that laugh are refused at once, empty ones too', () => {
    const laugh = (first: string): string =>
      `<!ENTITY l0 "${first}">${Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(40)}">`).join('')}`
    expect(refusal(withEntities(laugh('ha'), '&l9;'))).toMatch(/^xml-limit a\.xml:2:\d+: entities that grow/)
    expect(label(laugh(''), 'x&l9;')).toBe('x')
  })

  it('from outside are never read: a problem with a place', () => {
    const text = withEntities('<!ENTITY e SYSTEM "file:///etc/hostname">', 'a&e;')
    const account = new Ledger('lenient')
    expect(parseVoc(text, { name: 'a.xml', account }).annotations[0]?.label).toBe('a')
    expect(account.problems).toMatchObject([{ code: 'xml-limit', got: '&e;', lossy: true, places: ['a.xml:2:121'] }])
    expect(() => parseVoc(text, { policy: 'strict' })).toThrow('an external entity')
  })
})

describe('monsters', () => {
  it.each([
    ['levels', `<annotation>${'<a>'.repeat(300)}${'</a>'.repeat(300)}</annotation>`],
    ['elements', `<annotation>${'<a/>'.repeat(1_000_001)}</annotation>`],
  ])('of too many %s are refused', (_what, text) => {
    expect(refusal(text)).toMatch(/^xml-limit /)
  })

  it('take no time with long runs of white space', () => {
    const spaces = ' '.repeat(300_000)
    const started = performance.now()
    const name = `<object><name>a${spaces}b</name>${boxXml(1, 2, 3, 4)}</object>`
    expect(parseVoc(documentOf(name)).annotations[0]?.label).toHaveLength(300_002)
    expect(refusal(`<annotation${spaces}!`)).toMatch(/^xml-syntax/)
    expect(refusal(`<!DOCTYPE a [${spaces}<!ENTITY a "`)).toMatch(/^xml-syntax/)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('of many bytes are refused before they are read', async () => {
    const tree = {
      name: 'tree',
      list: () => Promise.resolve(['a.xml']),
      has: () => Promise.resolve(true),
      open: () =>
        Promise.resolve({
          name: 'a.xml',
          size: 2 ** 25 + 1,
          read: () => Promise.reject(new Error('read')),
          close: () => Promise.resolve(),
        }),
    }
    const { openVocTree } = await import('./harness.js')
    await expect(openVocTree(tree)).rejects.toMatchObject({ code: 'xml-limit' })
  })
})

describe('a bad file among others', () => {
  const files = { 'a.xml': documentOf(CAR), 'b.xml': '<annotation>', 'c.xml': '<other/>', 'd.xml': '' }

  it('is left out and told', async () => {
    const reading = await openFiles(files)
    expect((await itemsOf(reading)).map(({ id }) => id.text)).toEqual(['a'])
    expect(reading.dataset.itemCount).toBe(1)
    expect(reading.ledger.problems).toMatchObject([
      { code: 'xml-syntax', lossy: true, places: ['b.xml:1:13'] },
      { code: 'file-skipped', lossy: false, places: ['c.xml:1:1'] },
      { code: 'file-skipped', lossy: true, places: ['d.xml'] },
    ])
    expect(reading.ledger.entries).toContainEqual(
      expect.objectContaining({ level: 'item', effect: 'dropped', subject: 'annotation file', count: 1 }),
    )
  })

  it('stops the strict', async () => {
    await expect(openFiles(files, {}, 'strict')).rejects.toMatchObject({ code: 'xml-syntax' })
  })

  it('is an error where there is no good one', async () => {
    await expect(openFiles({ 'b.xml': '<annotation>', 'c.xml': '<other/>' })).rejects.toMatchObject({
      code: 'xml-syntax',
    })
    await expect(openFiles({ 'b.txt': '' })).rejects.toMatchObject({ code: 'empty-input' })
  })
})
