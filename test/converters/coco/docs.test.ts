import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { coco } from '../../../src/converters/coco/format.js'
import { DEFINITION_TYPES } from '../../../src/definitions/index.js'
import { convertDocument, documentText, identityDifference, readDocument, texts } from './harness.js'

const docs = readFileSync(new URL('../../../docs/formats/coco.md', import.meta.url), 'utf8')
const folder = new URL('../../../src/converters/coco/', import.meta.url)

describe('docs/formats/coco.md', () => {
  it('names every code the reader can report', () => {
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
    const codes = sources.flatMap((text) =>
      [...text.matchAll(/(?:code: |AnnotationError\(\s*|\? |: )'([a-z]+(?:-[a-z]+)+)'/g)].map(([, code]) => code),
    )
    // Two words of other lists look like codes.
    const known = new Set(codes.filter((code) => code !== 'rle-string' && code !== 'non-finite'))
    expect(known.size).toBeGreaterThan(15)
    expect([...known].filter((code) => !docs.includes(`\`${code}\``))).toEqual([])
  })

  it('says what becomes of each definition', () => {
    for (const type of DEFINITION_TYPES) {
      const { effect } = coco.expresses.definitions[type]
      if (effect !== 'dropped') expect(docs).toMatch(new RegExp(`\`${type}\`.* \\| ${effect} \\|`))
    }
    for (const value of ['auto', 'polygon', 'rle', 'rle-string']) expect(docs).toContain(`| \`${value}\` | `)
  })

  it('shows an annotation that is understood in full', async () => {
    const example = /```json\n([\s\S]*?)```/.exec(docs)?.[1] ?? ''
    const source = documentText({
      images: ['{"id":3,"width":5,"height":4,"file_name":"a.jpg"}'],
      annotations: [example.trim()],
    })
    const { annotations, ledger } = await readDocument(source, 'strict')
    expect(ledger.problems).toEqual([])
    expect([...(annotations[0]?.extra?.get('coco')?.fields.keys() ?? [])]).toEqual(['id'])
    expect(annotations[0]).toMatchObject({
      id: { text: '5f1c2ab0' },
      status: 'approved',
      flags: { crowd: false, occluded: true },
      definition: { type: 'binary', color: [255, 0, 7], description: 'half behind the tree' },
    })
    expect(await identityDifference(source)).toBeUndefined()
    const { text } = await convertDocument(source, { rewrite: true })
    expect(JSON.parse(texts(text, 'annotations')[0] ?? '')).toEqual(JSON.parse(example))
  })
})
