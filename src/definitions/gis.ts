import type { Affine } from '../geometry/affine.js'
import type { JsonValue } from '../text/json-value.js'
import { changedInit, Definition, type DefinitionChanges, type DefinitionInit, type TargetSize } from './definition.js'
import { fieldError } from './field.js'
import { frozenJson, jsonEqual } from './frozen-json.js'

export type GeoType = 'box' | 'polygon' | 'polyline' | 'point'

export type GisInit = DefinitionInit & { readonly geoType: GeoType; readonly geo: unknown }

/** A geometry on the earth, in degrees (WGS 84). It has no place in the picture: `bounds` is null. */
export class Gis extends Definition {
  readonly geoType: GeoType
  /** Nested lists of degrees, as the source has them; a frozen copy. */
  readonly geo: JsonValue

  /** @throws AnnotationError `definition-field` for another type of geometry or coordinates that JSON cannot hold. */
  constructor(o: GisInit) {
    super(o, 'gis')
    const { geoType, geo } = o
    if (geoType !== 'box' && geoType !== 'polygon' && geoType !== 'polyline' && geoType !== 'point') {
      throw fieldError('gis', 'geoType', 'box, polygon, polyline or point', geoType)
    }
    if (geo === undefined || geo === null) throw fieldError('gis', 'geo', 'coordinates', geo)
    this.geoType = geoType
    this.geo = frozenJson(geo, 'gis', 'geo')
    Object.freeze(this)
  }

  get type(): 'gis' {
    return 'gis'
  }

  get bounds(): null {
    return null
  }

  /** Compares the JSON values exactly: a tolerance in pixels says nothing about degrees. */
  geometryEquals(other: Definition, _tolerance?: number): boolean {
    return other instanceof Gis && this.geoType === other.geoType && jsonEqual(this.geo, other.geo)
  }

  /** Itself: places on the earth stay where they are, whatever happens to the picture. */
  transform(_m: Affine, _size?: TargetSize): this {
    return this
  }

  with(changes: DefinitionChanges): Gis {
    return new Gis({ ...changedInit(this, changes), geoType: this.geoType, geo: this.geo })
  }
}
