import * as kinds from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import type { Bounds } from '../../geometry/bounds.js'
import { maskFromCocoString } from '../../mask/coco-rle.js'
import type { Mask } from '../../mask/mask.js'
import type { JsonValue } from '../../text/json-value.js'
import { DEFINITION_KEYS, MASK_KEYS, MESSAGE_KEYS, POSE_POINT_KEYS, XYZ_KEYS } from './definition-keys.js'
import { NamedFields } from './named-fields.js'
import type { Notes } from './notes.js'
import { readLines, readParts } from './read-rings.js'

/** Reads definitions from the bytes of a line. Not reentrant; one serves a whole file. */
export class DefinitionReader {
  readonly #fields = new NamedFields()
  readonly #inner = new NamedFields()
  readonly #notes: Notes
  /** The type of the last definition, as soon as it has been read. */
  type: kinds.DefinitionType | undefined

  constructor(notes: Notes) {
    this.#notes = notes
  }

  /**
   * The definition whose JSON text is `bytes[start, end)`.
   * @throws AnnotationError `missing-field`, `expected-type`, `invalid-value` for an unknown type, with a pointer as place;
   * what the constructors throw, without one; `json-syntax`.
   */
  read(bytes: Uint8Array, start: number, end: number, pointer: string): kinds.AnnotationDefinition {
    const fields = this.#fields
    this.type = undefined
    fields.scan(bytes, start, end, pointer)
    const type = fields.wordOf('type')
    const known = DEFINITION_KEYS.get(type)
    if (known === undefined)
      throw new AnnotationError('invalid-value', 'unknown type of definition', {
        place: { pointer: `${pointer}/type` },
        expected: `one of ${kinds.DEFINITION_TYPES.join(', ')}`,
        got: JSON.stringify(type),
      })
    this.type = type as kinds.DefinitionType
    const definition = this.#make(this.type, this.#init())
    this.#notes.unknownKeys(fields, known)
    return definition
  }

  #init(): kinds.DefinitionInit {
    const fields = this.#fields
    const label = fields.wordOf('label')
    const attributes = fields.given('attributes')
    if (attributes >= 0 && fields.kind(attributes) !== 'object') throw fields.bad(attributes, 'an object')
    return {
      label,
      // The constructor checks the values.
      attributes: attributes < 0 ? undefined : (this.#free(attributes) as kinds.Attributes),
      description: fields.optionalText('description'),
    }
  }

  #make(type: kinds.DefinitionType, init: kinds.DefinitionInit): kinds.AnnotationDefinition {
    const fields = this.#fields
    switch (type) {
      case 'box':
        return new kinds.Box({ ...init, ...this.#sides(), angle: fields.optionalNumber('angle') })
      case 'class':
        return new kinds.Classification(init)
      case 'comparison':
        return new kinds.Comparison({ ...init, coordinates: this.#free(fields.need('coordinates')) })
      case 'cube':
        return new kinds.Cube({ ...init, ...this.#corners(), angle: fields.optionalNumber('angle') })
      case 'cube_3d': {
        const [position, scale, rotation] = [this.#xyz('position'), this.#xyz('scale'), this.#xyz('rotation')]
        return new kinds.Cube3d({ ...init, position, scale, rotation })
      }
      case 'ellipse': {
        const [x, y] = [fields.numberOf('x'), fields.numberOf('y')]
        const [rx, ry, angle] = [fields.numberOf('rx'), fields.numberOf('ry'), fields.optionalNumber('angle')]
        return new kinds.Ellipse({ ...init, x, y, rx, ry, angle })
      }
      case 'gis': {
        const geoType = fields.wordOf('geoType') as kinds.GeoType
        return new kinds.Gis({ ...init, geoType, geo: this.#free(fields.need('geo')) })
      }
      case 'note':
        return this.#note(init)
      case 'point':
        return new kinds.Point({ ...init, x: fields.numberOf('x'), y: fields.numberOf('y') })
      case 'segment': {
        const parts = readParts(fields, fields.need('parts'), this.#inner, this.#notes)
        return kinds.Polygon.fromOwnedParts(parts, init)
      }
      case 'polyline':
        return new kinds.Polyline(init, readLines(fields, fields.need('lines'), this.#notes))
      case 'pose': {
        const [templateId, instanceId] = [fields.optionalText('templateId'), fields.optionalText('instanceId')]
        return new kinds.Pose({ ...init, points: this.#posePoints(), templateId, instanceId })
      }
      case 'binary':
        return new kinds.Segmentation({ ...init, mask: this.#mask(), color: this.#color() })
      case 'subtitle':
        return new kinds.Subtitle({ ...init, text: fields.textOf('text') })
      case 'text':
        return new kinds.FreeText({ ...init, text: fields.textOf('text') })
      case 'item_description':
        return new kinds.ItemDescription({ ...init, text: fields.textOf('text') })
      case 'ref_image': {
        const [refType, mimetype] = [fields.optionalText('refType'), fields.optionalText('mimetype')]
        return new kinds.RefImage({ ...init, ref: fields.textOf('ref'), refType, mimetype })
      }
      case 'text_mark': {
        const [start, end, textType] = [fields.numberOf('start'), fields.numberOf('end'), fields.wordOf('textType')]
        const [x, y] = [fields.optionalNumber('x'), fields.optionalNumber('y')]
        return new kinds.TextMark({ ...init, textType, start, end, x, y })
      }
      case 'undefined': {
        const coordinates = this.#free(fields.need('coordinates'))
        return new kinds.UndefinedAnnotation({ ...init, sourceType: fields.wordOf('sourceType'), coordinates })
      }
    }
  }

  #free(index: number): JsonValue {
    const value = this.#fields.value(index)
    this.#notes.inexactNumbers(this.#fields, index)
    return value
  }

  #sides(): Bounds {
    const fields = this.#fields
    const sides = {
      left: fields.numberOf('left'),
      top: fields.numberOf('top'),
      right: fields.numberOf('right'),
      bottom: fields.numberOf('bottom'),
    }
    const { left, top, right, bottom } = sides
    if (!this.#notes.repairs || (left <= right && top <= bottom)) return sides
    this.#notes.repair('swapped sides are put in order', fields.pointer)
    return {
      left: Math.min(left, right),
      top: Math.min(top, bottom),
      right: Math.max(left, right),
      bottom: Math.max(top, bottom),
    }
  }

  #corners(): kinds.CubeCorners {
    const corners = kinds.CUBE_CORNERS.map((name) => [name, this.#fields.pairOf(name, '[x, y]')])
    return Object.fromEntries(corners) as kinds.CubeCorners
  }

  #note(init: kinds.DefinitionInit): kinds.Note {
    const fields = this.#fields
    return new kinds.Note({
      ...init,
      ...this.#sides(),
      angle: fields.optionalNumber('angle'),
      messages: this.#messages(),
      status: fields.optionalText('status'),
      creator: fields.textOrNull('creator'),
      assignee: fields.textOrNull('assignee'),
      createTime: fields.optionalNumber('createTime'),
    })
  }

  #messages(): kinds.NoteMessage[] {
    const fields = this.#fields
    const inner = this.#inner
    const messages: kinds.NoteMessage[] = []
    const at = fields.given('messages')
    if (at < 0) return messages
    fields.each(at, (i, start, end) => {
      inner.scan(fields.bytes, start, end, `${fields.pointer}/messages/${i}`)
      const [id, creator, time] = [
        inner.optionalText('id'),
        inner.optionalText('creator'),
        inner.optionalNumber('time'),
      ]
      messages.push({ id: id ?? null, creator: creator ?? null, time: time ?? null, body: inner.textOf('body') })
      this.#notes.unknownKeys(inner, MESSAGE_KEYS)
    })
    return messages
  }

  #posePoints(): kinds.PosePoint[] {
    const fields = this.#fields
    const inner = this.#inner
    const points: kinds.PosePoint[] = []
    fields.each(fields.need('points'), (i, start, end) => {
      inner.scan(fields.bytes, start, end, `${fields.pointer}/points/${i}`)
      const [name, x, y] = [inner.wordOf('name'), inner.numberOf('x'), inner.numberOf('y')]
      // The constructor checks the word.
      points.push({ name, x, y, visibility: inner.wordOf('visibility') as kinds.PoseVisibility })
      this.#notes.unknownKeys(inner, POSE_POINT_KEYS)
    })
    return points
  }

  #mask(): Mask {
    const fields = this.#fields
    const inner = this.#inner
    const at = fields.need('mask')
    inner.scan(fields.bytes, fields.start(at), fields.end(at), fields.at(at))
    const [height, width] = inner.pairOf('size', '[height, width]')
    this.#notes.unknownKeys(inner, MASK_KEYS)
    const counts = inner.textOf('counts')
    try {
      return maskFromCocoString(counts, width, height, {
        repair: this.#notes.repairs,
        onRepair: (message) => this.#notes.repair(message, inner.pointer),
      })
    } catch (error) {
      throw error instanceof AnnotationError ? error.at({ pointer: inner.pointer }) : error
    }
  }

  #color(): kinds.Color | undefined {
    const at = this.#fields.given('color')
    if (at < 0) return undefined
    // The constructor checks the values and their count.
    return [...this.#fields.numbers(at)] as unknown as kinds.Color
  }

  #xyz(name: string): kinds.Xyz {
    const fields = this.#fields
    const inner = this.#inner
    const at = fields.need(name)
    inner.scan(fields.bytes, fields.start(at), fields.end(at), fields.at(at))
    this.#notes.unknownKeys(inner, XYZ_KEYS)
    return { x: inner.numberOf('x'), y: inner.numberOf('y'), z: inner.numberOf('z') }
  }
}
