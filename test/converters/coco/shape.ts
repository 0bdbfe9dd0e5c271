import type { Annotation } from '../../../src/dataset/annotation.js'

/** What an annotation is: its type and its geometry in a line. */
export function shape({ definition }: Annotation): string {
  switch (definition.type) {
    case 'segment':
      return `segment ${definition.parts.map(({ outer, holes }) => `${[...outer]}${holes.map((hole) => ` minus ${[...hole]}`)}`).join(' + ')}`
    case 'binary':
      return `binary ${definition.mask.width}×${definition.mask.height} ${[...definition.mask.runs]}`
    case 'box':
      return `box ${definition.left},${definition.top},${definition.right},${definition.bottom}`
    default:
      return definition.type
  }
}
