import { expect, it, vi } from 'vitest'
import { detectAll, detectFormat } from '../../src/converters/detect.js'
import { memoryTree } from '../../src/memory.js'
import { failure } from './native/recording-account.js'

// No two formats of the library are ever equally sure; the rule is for those to come.
vi.mock('../../src/converters/registry.js', async () => {
  const { fakeFormat } = await import('./fake-format.js')
  const says = (id: string, confidence: number) => ({
    ...fakeFormat().format,
    id,
    detect: () => Promise.resolve({ confidence, evidence: `it looks like ${id}` }),
  })
  return { formats: [says('low', 0.4), says('one', 0.6), says('other', 0.6)] }
})

it('two formats that are equally sure are an error the user settles', async () => {
  const error = await failure(detectFormat(memoryTree({ 'a.txt': '' }, 'folder')))
  expect([error.code, error.message, error.fix]).toEqual([
    'ambiguous-format',
    'folder: this could be one (it looks like one) or other (it looks like other)',
    'Choose with --from one or --from other',
  ])
})

it('the most confident comes first, in the order of the registry where they tie', async () => {
  const candidates = await detectAll(memoryTree({ 'a.txt': '' }))
  expect(candidates.map(({ format, confidence }) => [format.id, confidence])).toEqual([
    ['one', 0.6],
    ['other', 0.6],
    ['low', 0.4],
  ])
})
