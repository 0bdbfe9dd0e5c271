import { type Context, defineFormat, type Fidelity, type Format, type Sink } from '../../src/converters/format.js'
import type { OptionSpec } from '../../src/converters/options.js'
import type { Outcome } from '../../src/dataset/account.js'
import type { Header, Stray } from '../../src/dataset/dataset.js'
import type { Item } from '../../src/dataset/item.js'
import { DEFINITION_TYPES, type DefinitionType } from '../../src/definitions/index.js'

const KEPT: Fidelity = { effect: 'kept' }

/** What a fake writer does; it keeps everything when nothing is said. */
export interface FakeWriter {
  readonly options?: OptionSpec
  readonly create?: (options: Readonly<Record<string, unknown>>, context: Context, header: Header) => void
  readonly write?: (item: Item, context: Context) => readonly Outcome[] | Promise<readonly Outcome[]>
  readonly strays?: (strays: readonly Stray[]) => readonly Outcome[]
  readonly close?: () => Promise<void>
  readonly abort?: () => Promise<void>
}

export interface FakeFormat {
  readonly format: Format
  /** What was called, in order: `create`, `write 1`, `strays 2`, `close`, `abort`. */
  readonly calls: readonly string[]
}

/** A format that writes nothing and remembers what it was asked. */
export function fakeFormat(writer: FakeWriter = {}): FakeFormat {
  const calls: string[] = []
  const { options = {}, create, write = keepAll, strays, close, abort } = writer
  const format = defineFormat({
    id: 'fake',
    title: 'Fake',
    spec: 'this test',
    expresses: {
      media: ['image'],
      definitions: Object.fromEntries(DEFINITION_TYPES.map((type) => [type, KEPT])) as Record<DefinitionType, Fidelity>,
      fields: [],
      needsSize: false,
    },
    detect: () => Promise.resolve({ confidence: 0, evidence: 'never' }),
    write: {
      options,
      create(_tree, header, given, context): Promise<Sink> {
        calls.push('create')
        create?.(given, context, header)
        return Promise.resolve({
          write(item: Item) {
            calls.push(`write ${item.id.text}`)
            return write(item, context)
          },
          ...(strays === undefined
            ? {}
            : {
                strays(list: readonly Stray[]) {
                  calls.push(`strays ${list.length}`)
                  return strays(list)
                },
              }),
          async close() {
            calls.push('close')
            await close?.()
          },
          async abort() {
            calls.push('abort')
            await abort?.()
          },
        })
      },
    },
  })
  return { format, calls }
}

/** Every annotation of an item is kept. */
export function keepAll({ annotations }: Item): readonly Outcome[] {
  return annotations.map(({ type }) => ({ effect: 'kept', subject: type }))
}
