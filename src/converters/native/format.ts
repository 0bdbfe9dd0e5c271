import { DEFINITION_TYPES, type DefinitionType } from '../../definitions/index.js'
import { defineFormat, FIELD_NAMES, type Fidelity } from '../format.js'
import { detectNative } from './detect.js'

const KEPT: Fidelity = Object.freeze({ effect: 'kept' })

/**
 * The library's own format: everything the model holds, one item a line. The pivot for work in several steps.
 * Specification: docs/formats/native.md.
 */
export const native = defineFormat({
  id: 'native',
  title: 'annoform JSON lines',
  spec: 'docs/formats/native.md of this package, version 1',
  expresses: {
    media: ['image', 'video', 'audio', 'text'],
    definitions: Object.freeze(
      Object.fromEntries(DEFINITION_TYPES.map((type) => [type, KEPT])) as Record<DefinitionType, Fidelity>,
    ),
    fields: FIELD_NAMES,
    needsSize: false,
  },
  detect: detectNative,
  read: {
    options: {},
    async open(tree, _options, context) {
      const { openNative } = await import('./reader.js')
      return openNative(tree, context)
    },
  },
  write: {
    options: {},
    async create(tree, header, _options, context) {
      const { createNative } = await import('./writer.js')
      return createNative(tree, header, context)
    },
  },
})
