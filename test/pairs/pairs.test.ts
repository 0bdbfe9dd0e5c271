import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convertDataset, type Report } from '../../src/converters/convert.js'
import type { Format } from '../../src/converters/format.js'
import { Ledger } from '../../src/converters/ledger.js'
import { resolveOptions } from '../../src/converters/options.js'
import { formatById } from '../../src/converters/registry.js'
import { oneSize } from '../../src/converters/sizes.js'
import type { Outcome } from '../../src/dataset/account.js'
import type { Annotation } from '../../src/dataset/annotation.js'
import { createDataset, type Dataset } from '../../src/dataset/dataset.js'
import type { Item } from '../../src/dataset/item.js'
import { DEFINITION_TYPES } from '../../src/definitions/index.js'
import { nodeDeflate } from '../../src/io/deflate.js'
import { memoryScratch, memorySink, memoryTree } from '../../src/memory.js'
import type { Files } from '../../src/sdk/converter.js'
import { arbitraryItems } from './arbitrary-data-set.js'
import { countElements } from './source-elements.js'

/** The core formats. Every one is turned into every other. */
const CORE = ['coco', 'yolo', 'voc', 'dataloop', 'native']

const PAIRS = CORE.flatMap((from) => CORE.filter((to) => to !== from).map((to) => [from, to] as const))

/** What a writer made of each annotation, and the files. */
interface Written {
  readonly files: Files
  readonly report: Report
  readonly fates: readonly { readonly annotation: Annotation; readonly item: Item; readonly outcome: Outcome }[]
}

async function open(format: string, files: Files, ledger: Ledger): Promise<Dataset> {
  const { id, read } = formatById(format)
  if (read === undefined) throw new Error(`${format} cannot be read`)
  const context = {
    policy: 'lenient',
    account: ledger,
    scratch: memoryScratch(),
    deflate: nodeDeflate,
    sizes: oneSize({ width: 64, height: 40 }),
  } as const
  return read.open(memoryTree(files), resolveOptions(id, read.options), context)
}

async function write(dataset: Dataset, format: string, ledger = new Ledger('lenient')): Promise<Written> {
  const fates: Written['fates'][number][] = []
  const sink = memorySink()
  const report = await convertDataset(dataset, {
    to: listening(formatById(format), (item, outcomes) => {
      for (const [i, annotation] of item.annotations.entries())
        fates.push({ annotation, item, outcome: outcomes[i] as Outcome })
    }),
    tree: sink,
    ledger,
    deflate: nodeDeflate,
  })
  return { files: Object.fromEntries(sink.files), report, fates }
}

/** The format with its writer's answers told. */
function listening(format: Format, told: (item: Item, outcomes: readonly Outcome[]) => void): Format {
  const { write: writing } = format
  if (writing === undefined) throw new Error(`${format.id} cannot be written`)
  return {
    ...format,
    write: {
      ...writing,
      async create(...args) {
        const sink = await writing.create(...args)
        return {
          ...sink,
          async write(item) {
            const outcomes = await sink.write(item)
            told(item, outcomes)
            return outcomes
          },
        }
      },
    },
  }
}

async function itemsOf(format: string, files: Files): Promise<Item[]> {
  const ledger = new Ledger('lenient')
  const dataset = await open(format, files, ledger)
  const items: Item[] = []
  for await (const item of dataset.items(ledger)) items.push(item)
  await dataset.close()
  expect(ledger.problems.filter(({ lossy }) => lossy)).toEqual([])
  return items
}

const stem = (item: Item): string =>
  `${item.split ?? 'train'}/${item.path.replace(/^.*\//, '').replace(/\.[^.]*$/, '')}`

/** Kept annotations for which the target, read back, holds no equal one. */
async function missing({ files, fates }: Written, format: string): Promise<string[]> {
  const back = new Map<string, Annotation[]>()
  for (const item of await itemsOf(format, files)) back.set(stem(item), [...item.annotations])
  const found: string[] = []
  for (const { annotation, item, outcome } of fates) {
    if (outcome.effect !== 'kept') continue
    const { definition } = annotation
    const rest = back.get(stem(item)) ?? []
    const at = rest.findIndex(
      (other) =>
        other.type === annotation.type &&
        other.label === annotation.label &&
        other.definition.geometryEquals(definition, 1 / 1024),
    )
    if (at < 0) found.push(`${stem(item)} ${annotation.type} ${JSON.stringify(annotation.label)}`)
    else rest.splice(at, 1)
  }
  return found
}

function addsUp({ annotations }: Report): void {
  const { read, kept, derived, approximated, dropped } = annotations
  expect(kept + derived + approximated + dropped).toBe(read)
}

const numRuns = Number(process.env.ANNOFORM_PAIR_RUNS ?? 8)

describe.each(PAIRS)('law: %s → %s', (from, to) => {
  it.each(DEFINITION_TYPES)('accounts for every %s, and what is kept comes back', async (type) => {
    await fc.assert(
      fc.asyncProperty(arbitraryItems(type), async (items) => {
        const first = await write(createDataset({ items }), from)
        addsUp(first.report)
        expect(await missing(first, from)).toEqual([])
        const ledger = new Ledger('lenient')
        const dataset = await open(from, first.files, ledger)
        const second = await write(dataset, to, ledger)
        await dataset.close()
        addsUp(second.report)
        expect(second.report.annotations.read).toBe(countElements(from, first.files))
        expect(await missing(second, to)).toEqual([])
      }),
      { numRuns },
    )
  })
})

describe.each(PAIRS)('%s → %s', (from, to) => {
  const both = DEFINITION_TYPES.filter((type) =>
    [from, to].every((format) => formatById(format).expresses.definitions[type].effect === 'kept'),
  )
  it.each(both)('keeps every kind of annotation that both express: %s', async (type) => {
    let kept = 0
    for (const items of fc.sample(arbitraryItems(type), { numRuns: 60, seed: 42 })) {
      const first = await write(createDataset({ items }), from)
      const ledger = new Ledger('lenient')
      const dataset = await open(from, first.files, ledger)
      const { fates } = await write(dataset, to, ledger)
      kept += fates.filter(({ annotation, outcome }) => annotation.type === type && outcome.effect === 'kept').length
    }
    expect(kept).toBeGreaterThan(0)
  })
})
