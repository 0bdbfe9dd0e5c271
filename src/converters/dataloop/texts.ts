import {
  Comparison,
  FreeText,
  type GeoType,
  Gis,
  ItemDescription,
  Note,
  type NoteMessage,
  Pose,
  RefImage,
  Subtitle,
  TextMark,
} from '../../definitions/index.js'
import type { JsonValue } from '../../text/json-value.js'
import { jsonText } from '../../text/json-write.js'
import { frameText, readFrame } from './box.js'
import { fieldOf, listOf, numberOf, recordOf, textOf } from './json-record.js'
import { readNumber } from './points.js'
import { type Naming, shapeError } from './shape-error.js'

// Types that are not drawn into a picture, or not only. Each reader throws AnnotationError `invalid-value`, and what
// the constructors throw.

function need(value: JsonValue | undefined, name: string, pointer: string): string {
  const given = fieldOf(recordOf(value), name)
  const text = textOf(given)
  if (text === undefined) throw shapeError(`${pointer}/${name}`, 'a text', given)
  return text
}

/** The SDK fills in `me` and `open` where a source says nothing; here it stays unsaid. */
export function readNote(value: JsonValue | undefined, init: Naming, pointer: string): Note {
  const record = recordOf(value)
  const note = recordOf(fieldOf(record, 'note'))
  const messages = listOf(fieldOf(note, 'messages')) ?? []
  return new Note({
    ...init,
    ...readFrame(fieldOf(record, 'box'), `${pointer}/box`),
    messages: messages.map((message, i) => readMessage(message, `${pointer}/note/messages/${i}`)),
    status: textOf(fieldOf(note, 'status')),
    creator: textOf(fieldOf(note, 'creator')) ?? null,
    assignee: textOf(fieldOf(note, 'assignee')) ?? null,
    createTime: numberOf(fieldOf(note, 'createTime')) ?? null,
  })
}

function readMessage(value: JsonValue, pointer: string): NoteMessage {
  const record = recordOf(value)
  return {
    id: textOf(fieldOf(record, 'id')) ?? null,
    creator: textOf(fieldOf(record, 'creator')) ?? null,
    time: numberOf(fieldOf(record, 'time')) ?? null,
    body: need(value, 'body', pointer),
  }
}

export function noteText({ frame, angle, messages, status, createTime, creator, assignee }: Note): string {
  const list = messages.map(({ id, creator, time, body }) => jsonText({ id, creator, time, body }))
  const rest = `"status":${jsonText(status)},"createTime":${jsonText(createTime)},"creator":${jsonText(creator)}`
  const note = `{"messages":[${list.join(',')}],${rest},"assignee":${jsonText(assignee)}}`
  return `{"box":${frameText(frame, angle)},"note":${note}}`
}

/** The key points are annotations of their own. */
export function readPose(value: JsonValue | undefined, init: Naming): Pose {
  const record = recordOf(value)
  if (record === undefined) throw shapeError('/coordinates', 'an object', value)
  return new Pose({
    ...init,
    templateId: textOf(fieldOf(record, 'templateId')),
    instanceId: textOf(fieldOf(record, 'instanceId')),
  })
}

export function poseText({ templateId, instanceId }: Pose): string {
  return jsonText({
    ...(templateId === undefined ? {} : { templateId }),
    ...(instanceId === undefined ? {} : { instanceId }),
  })
}

export function readComparison(value: JsonValue | undefined, init: Naming): Comparison {
  return new Comparison({ ...init, coordinates: value === undefined ? {} : value })
}

export function readSubtitle(value: JsonValue | undefined, init: Naming, pointer: string): Subtitle {
  return new Subtitle({ ...init, text: need(value, 'text', pointer) })
}

export function readItemDescription(value: JsonValue | undefined, init: Naming, pointer: string): ItemDescription {
  return new ItemDescription({ ...init, text: need(value, 'text', pointer) })
}

export function readTextMark(value: JsonValue | undefined, init: Naming, pointer: string): TextMark {
  const record = recordOf(value)
  return new TextMark({
    ...init,
    textType: need(value, 'type', pointer),
    start: readNumber(value, 'start', pointer),
    end: readNumber(value, 'end', pointer),
    x: numberOf(fieldOf(record, 'left')),
    y: numberOf(fieldOf(record, 'top')),
  })
}

export function textMarkText({ textType, label, start, end, x, y }: TextMark): string {
  const place = x === undefined || y === undefined ? {} : { top: y, left: x }
  return jsonText({ type: textType, label, start, end, ...place })
}

export function readFreeText(value: JsonValue | undefined, init: Naming, pointer: string): FreeText {
  const text = textOf(value)
  if (text === undefined) throw shapeError(pointer, 'a text', value)
  return new FreeText({ ...init, text })
}

export function readRefImage(value: JsonValue | undefined, init: Naming, pointer: string): RefImage {
  const record = recordOf(value)
  return new RefImage({
    ...init,
    ref: need(value, 'ref', pointer),
    refType: textOf(fieldOf(record, 'refType')),
    mimetype: textOf(fieldOf(record, 'mimetype')),
  })
}

export function refImageText({ ref, refType, mimetype }: RefImage): string {
  return jsonText({ ref, refType, mimetype })
}

export function readGis(value: JsonValue | undefined, init: Naming, pointer: string): Gis {
  const geo = fieldOf(recordOf(value), 'wgs84_geo_coordinates')
  // The constructor knows which types there are.
  return new Gis({ ...init, geoType: need(value, 'geo_type', pointer) as GeoType, geo })
}

export function gisText({ geoType, geo }: Gis): string {
  return jsonText({ geo_type: geoType, wgs84_geo_coordinates: geo })
}
