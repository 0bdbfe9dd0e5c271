import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { convertDataset } from '../../src/converters/convert.js'
import { Ledger } from '../../src/converters/ledger.js'
import { openNative } from '../../src/converters/native/reader.js'
import { formatById } from '../../src/converters/registry.js'
import { memoryScratch, memorySink, memoryTree } from '../../src/memory.js'

const docs = readFileSync(new URL('../../docs/ledger.md', import.meta.url), 'utf8')

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(docs)?.[1] ?? ''
}

it('the report of docs/ledger.md is that of its example', async () => {
  const name = 'scene.annoform.jsonl'
  const ledger = new Ledger('lenient')
  const context = { policy: 'lenient', account: ledger, scratch: memoryScratch() } as const
  const dataset = await openNative(memoryTree({ [name]: block('jsonl') }), context)
  const report = await convertDataset(dataset, {
    to: formatById('coco'),
    tree: memorySink('out'),
    source: { format: 'native', name },
    ledger,
  })
  expect(JSON.parse(block('json'))).toEqual(JSON.parse(JSON.stringify(report)))
})
