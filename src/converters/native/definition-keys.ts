import { CUBE_CORNERS, type DefinitionType } from '../../definitions/index.js'

const SIDES = ['left', 'top', 'right', 'bottom', 'angle']

const OWN: Readonly<Record<DefinitionType, readonly string[]>> = {
  box: SIDES,
  cube: [...CUBE_CORNERS, 'angle'],
  cube_3d: ['position', 'scale', 'rotation'],
  class: [],
  comparison: ['coordinates'],
  ellipse: ['x', 'y', 'rx', 'ry', 'angle'],
  note: [...SIDES, 'messages', 'status', 'creator', 'assignee', 'createTime'],
  point: ['x', 'y'],
  segment: ['parts'],
  polyline: ['lines'],
  pose: ['points', 'templateId', 'instanceId'],
  binary: ['mask', 'color'],
  subtitle: ['text'],
  text_mark: ['textType', 'start', 'end', 'x', 'y'],
  gis: ['geoType', 'geo'],
  text: ['text'],
  ref_image: ['ref', 'refType', 'mimetype'],
  item_description: ['text'],
  undefined: ['sourceType', 'coordinates'],
}

const COMMON = ['type', 'label', 'attributes', 'description']

/** The keys a definition of each type has in a file. */
export const DEFINITION_KEYS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(OWN).map(([type, keys]) => [type, new Set([...COMMON, ...keys])]),
)

// The keys of the objects inside definitions.
export const MESSAGE_KEYS: ReadonlySet<string> = new Set(['id', 'creator', 'time', 'body'])
export const POSE_POINT_KEYS: ReadonlySet<string> = new Set(['name', 'x', 'y', 'visibility'])
export const MASK_KEYS: ReadonlySet<string> = new Set(['size', 'counts'])
export const XYZ_KEYS: ReadonlySet<string> = new Set(['x', 'y', 'z'])
export const PART_KEYS: ReadonlySet<string> = new Set(['outer', 'holes'])
