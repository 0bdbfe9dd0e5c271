import type { AnnotationDefinition, Cube, Note, NoteMessage, Pose, Segmentation } from '../../definitions/index.js'
import { CUBE_CORNERS } from '../../definitions/index.js'
import type { Part } from '../../geometry/parts.js'
import { cocoRleString } from '../../mask/coco-rle.js'
import { numberText } from '../../text/json-number.js'
import { jsonString, jsonText, type TextBuffer } from '../../text/json-write.js'
import { appendNumbers } from './write-numbers.js'

type Simple = Exclude<AnnotationDefinition, { readonly type: 'segment' | 'polyline' }>

/** Appends a definition as one JSON object: type, label, attributes, description, then what the type has. */
export function appendDefinition(buffer: TextBuffer, definition: AnnotationDefinition): void {
  const { attributes, description } = definition
  let head = `{"type":"${definition.type}","label":${jsonString(definition.label)}`
  for (const _ in attributes) {
    head += `,"attributes":${jsonText(attributes)}`
    break
  }
  if (description !== undefined) head += `,"description":${jsonString(description)}`
  if (definition.type === 'segment') {
    buffer.append(`${head},"parts":[`)
    appendParts(buffer, definition.parts)
  } else if (definition.type === 'polyline') {
    buffer.append(`${head},"lines":[`)
    appendRings(buffer, definition.lines)
  } else {
    buffer.append(`${head}${members(definition)}}`)
    return
  }
  buffer.append(']}')
}

function appendParts(buffer: TextBuffer, parts: readonly Part[]): void {
  for (let i = 0; i < parts.length; i++) {
    const { outer, holes } = parts[i] as Part
    buffer.append(i === 0 ? '{"outer":' : ',{"outer":')
    appendNumbers(buffer, outer)
    if (holes.length > 0) {
      buffer.append(',"holes":[')
      appendRings(buffer, holes)
      buffer.append(']}')
    } else buffer.append('}')
  }
}

function appendRings(buffer: TextBuffer, rings: readonly Float64Array[]): void {
  for (let i = 0; i < rings.length; i++) {
    if (i > 0) buffer.append(',')
    appendNumbers(buffer, rings[i] as Float64Array)
  }
}

function members(definition: Simple): string {
  switch (definition.type) {
    case 'box':
      return sides(definition.frame) + angle(definition.angle)
    case 'class':
      return ''
    case 'comparison':
      return `,"coordinates":${jsonText(definition.coordinates)}`
    case 'cube':
      return cube(definition)
    case 'cube_3d': {
      const { position, scale, rotation } = definition
      return `,"position":${xyz(position)},"scale":${xyz(scale)},"rotation":${xyz(rotation)}`
    }
    case 'ellipse':
      return `${numbers(definition, ['x', 'y', 'rx', 'ry'])}${angle(definition.angle)}`
    case 'gis':
      return `,"geoType":"${definition.geoType}","geo":${jsonText(definition.geo)}`
    case 'note':
      return note(definition)
    case 'point':
      return numbers(definition, ['x', 'y'])
    case 'pose':
      return pose(definition)
    case 'ref_image': {
      const { ref, refType, mimetype } = definition
      const media = mimetype === null ? '' : `,"mimetype":${jsonString(mimetype)}`
      return `,"ref":${jsonString(ref)},"refType":${jsonString(refType)}${media}`
    }
    case 'binary':
      return segmentation(definition)
    case 'subtitle':
    case 'text':
    case 'item_description':
      return `,"text":${jsonString(definition.text)}`
    case 'text_mark': {
      const { textType, start, end, x, y } = definition
      const place = x === undefined || y === undefined ? '' : `,"x":${numberText(x)},"y":${numberText(y)}`
      return `,"textType":${jsonString(textType)},"start":${start},"end":${end}${place}`
    }
    case 'undefined':
      return `,"sourceType":${jsonString(definition.sourceType)},"coordinates":${jsonText(definition.coordinates)}`
  }
}

function numbers<K extends string>(holder: Readonly<Record<K, number>>, names: readonly K[]): string {
  let text = ''
  for (const name of names) text += `,"${name}":${numberText(holder[name])}`
  return text
}

type Sides = Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>>

function sides(frame: Sides): string {
  return numbers(frame, ['left', 'top', 'right', 'bottom'])
}

// Boxes, notes and ellipses are upright unless they say otherwise; a negative zero does.
function angle(degrees: number): string {
  return Object.is(degrees, 0) ? '' : `,"angle":${numberText(degrees)}`
}

function xyz({ x, y, z }: Readonly<Record<'x' | 'y' | 'z', number>>): string {
  return `{"x":${numberText(x)},"y":${numberText(y)},"z":${numberText(z)}}`
}

function cube(definition: Cube): string {
  let text = ''
  for (const name of CUBE_CORNERS) {
    const [x, y] = definition[name]
    text += `,"${name}":[${numberText(x)},${numberText(y)}]`
  }
  return `${text},"angle":${numberText(definition.angle)}`
}

// Nulls of a note are written: an absent assignee would be read as the creator.
function note(definition: Note): string {
  const { frame, messages, status, creator, assignee, createTime } = definition
  const list = messages.length === 0 ? '' : `,"messages":[${messages.map(message).join(',')}]`
  return (
    `${sides(frame)}${angle(definition.angle)}${list},"status":${jsonString(status)},"creator":${jsonText(creator)}` +
    `,"assignee":${jsonText(assignee)},"createTime":${jsonText(createTime)}`
  )
}

function message({ id, creator, time, body }: NoteMessage): string {
  return jsonText({ id, creator, time, body })
}

function pose({ points, templateId, instanceId }: Pose): string {
  const list = points.map(
    ({ name, x, y, visibility }) =>
      `{"name":${jsonString(name)},"x":${numberText(x)},"y":${numberText(y)},"visibility":"${visibility}"}`,
  )
  const template = templateId === undefined ? '' : `,"templateId":${jsonString(templateId)}`
  const instance = instanceId === undefined ? '' : `,"instanceId":${jsonString(instanceId)}`
  return `,"points":[${list.join(',')}]${template}${instance}`
}

function segmentation({ mask, color }: Segmentation): string {
  const text = `,"mask":{"size":[${mask.height},${mask.width}],"counts":${jsonString(cocoRleString(mask))}}`
  return color === undefined ? text : `${text},"color":[${color.join(',')}]`
}
