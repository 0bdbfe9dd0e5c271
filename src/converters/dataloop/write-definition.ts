import type { AnnotationDefinition } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import type { Deflate } from '../../ports.js'
import { jsonString, jsonText } from '../../text/json-write.js'
import { binaryText } from './binary.js'
import { frameText } from './box.js'
import { pointText } from './points.js'
import { ringsText } from './rings.js'
import { cube3dText, cubeText, ellipseText } from './simple-shapes.js'
import * as texts from './texts.js'

/** The type as Dataloop spells it. */
export function typeOf(definition: AnnotationDefinition): string {
  return definition.type === 'undefined' ? definition.sourceType : definition.type
}

/**
 * The coordinates as JSON text; undefined for classes, which have none.
 * @throws AnnotationError `deflate-missing` for a mask without somebody to compress it, `png-format` for one without a pixel
 */
export function coordinatesText(
  definition: AnnotationDefinition,
  deflate: Pick<Deflate, 'deflate'> | undefined,
): string | undefined {
  switch (definition.type) {
    case 'box':
      return frameText(definition.frame, definition.angle)
    case 'segment':
      return ringsText(definition.rings())
    case 'polyline':
      return ringsText(definition.lines)
    case 'point':
      return pointText(definition.x, definition.y)
    case 'ellipse':
      return ellipseText(definition)
    case 'binary':
      return binaryText(definition, deflate ?? missing())
    case 'class':
      return undefined
    case 'cube':
      return cubeText(definition)
    case 'cube_3d':
      return cube3dText(definition)
    case 'note':
      return texts.noteText(definition)
    case 'pose':
      return texts.poseText(definition)
    case 'subtitle':
    case 'item_description':
      return jsonText({ text: definition.text })
    case 'text_mark':
      return texts.textMarkText(definition)
    case 'text':
      return jsonString(definition.text)
    case 'ref_image':
      return texts.refImageText(definition)
    case 'gis':
      return texts.gisText(definition)
    case 'comparison':
    case 'undefined':
      return jsonText(definition.coordinates)
  }
}

function missing(): never {
  throw new AnnotationError('deflate-missing', 'masks are PNGs, and nothing here can compress them', {
    fix: 'Give a deflate port: nodeDeflate in Node, a small library in a browser',
  })
}
