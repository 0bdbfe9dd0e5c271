import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import type { SourceFacts } from './source-file.js'

/** A room is a folder of src, or a file at its top. */
type Room = string

/** From the foundation up. A room may use everything above its own line, and itself; never what is below or beside it. */
export const STOREYS: readonly (readonly Room[])[] = [
  ['errors', 'ports'],
  ['paths'],
  ['memory'],
  ['text', 'png'],
  ['geometry'],
  ['mask'],
  ['definitions'],
  ['dataset'],
  ['converters', 'render'],
  ['sdk'],
  ['index'],
  ['node'],
  ['batch'],
  ['cli'],
]

/** The world outside: who may use it, and what it may use. */
export const IO = { usedBy: ['node', 'batch', 'cli'], uses: ['errors', 'ports', 'paths', 'memory', 'dataset'] }

/** The rooms that may know that they run in Node. */
export const NODE_ROOMS: readonly Room[] = ['io', 'node', 'batch', 'cli']

/** Where a package may be imported: below a path, and how. Any other package may not be imported at all. */
export const PACKAGES: ReadonlyMap<
  string,
  { readonly below: readonly string[]; readonly only?: 'lazily' | 'in one file' }
> = new Map([
  ['sharp', { below: ['io/', 'cli/demo/'], only: 'lazily' }],
  ['@napi-rs/canvas', { below: ['io/', 'cli/demo/'], only: 'lazily' }],
  ['polygon-clipping', { below: ['geometry/'], only: 'in one file' }],
  ['d3-contour', { below: ['mask/'], only: 'in one file' }],
  ['fast-xml-parser', { below: ['converters/voc/'] }],
  ['yaml', { below: ['converters/yolo/'] }],
  ['commander', { below: ['cli/'] }],
  ['cli-progress', { below: ['cli/'] }],
  ['tinypool', { below: ['batch/'] }],
])

/** Of the files directly in converters/, those that know the formats by name. Formats do not know them. */
const KNOW_FORMATS: readonly string[] = ['converters/registry.ts', 'converters/detect.ts']

const MAX_LINES = 300
const EMPTY_NAMES = /^(?:utils?|misc|helpers?|common)(?:$|[.-])/
const NODE_NAMES = ['process', 'Buffer', 'require', 'module', '__dirname', '__filename', 'setImmediate', 'global']

/** Every breach of the rules of the house, as a sentence with the place. `barrels` are the files that may only re-export. */
export function breaches(files: readonly SourceFacts[], barrels: readonly string[]): readonly string[] {
  const found = files.flatMap((file) => [
    ...shapeBreaches(file, barrels),
    ...nameBreaches(file),
    ...file.imports.flatMap(({ specifier, kind, line }) => {
      const breach = specifier.startsWith('.')
        ? inwardBreach(file.path, posix.join(posix.dirname(file.path), specifier).replace(/\.js$/, '.ts'))
        : outwardBreach(file.path, specifier, kind)
      return breach === undefined ? [] : [`${file.path}:${line} ${breach}`]
    }),
  ])
  return [...found, ...crowdBreaches(files)]
}

export function roomOf(path: string): Room {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '')
}

function shapeBreaches(file: SourceFacts, barrels: readonly string[]): readonly string[] {
  const { path, lines, defaultExport, topLevelAwait, onlyReexports } = file
  const found: string[] = []
  if (lines > MAX_LINES) found.push(`${path} has ${lines} lines, more than ${MAX_LINES}`)
  if (defaultExport) found.push(`${path} has a default export`)
  if (topLevelAwait) found.push(`${path} awaits at the top level, so that require() could not load it`)
  if (onlyReexports && !barrels.includes(path)) found.push(`${path} only re-exports, and is no public entry`)
  if (path.split('/').some((part) => EMPTY_NAMES.test(part))) found.push(`${path} has a name that says nothing`)
  if (storeyOf(roomOf(path)) < 0 && roomOf(path) !== 'io') found.push(`${path} is in a room nobody knows`)
  return found
}

function nameBreaches({ path, names }: SourceFacts): readonly string[] {
  const room = roomOf(path)
  const barred = [
    ...(NODE_ROOMS.includes(room) ? [] : NODE_NAMES),
    ...(room === 'cli' ? [] : ['console']),
    ...['eval', 'Function'],
  ]
  return barred.flatMap((name) => {
    const line = names.get(name)
    return line === undefined ? [] : [`${path}:${line} uses ${name}`]
  })
}

function inwardBreach(from: string, to: string): string | undefined {
  const [room, target] = [roomOf(from), roomOf(to)]
  if (room === target) return room === 'converters' ? formatBreach(from, to) : undefined
  if (target === 'io') return IO.usedBy.includes(room) ? undefined : `${room} uses io`
  if (room === 'io') return IO.uses.includes(target) ? undefined : `io uses ${target}`
  if (storeyOf(target) < 0) return `${to} is in a room nobody knows`
  return storeyOf(target) < storeyOf(room) ? undefined : `${room} uses ${target}, which is not below it`
}

/** Formats never know one another, and what they share knows none of them. */
function formatBreach(from: string, to: string): string | undefined {
  const [format, target] = [formatOf(from), formatOf(to)]
  if (format !== undefined && target !== undefined)
    return format === target ? undefined : `the format ${format} uses the format ${target}`
  if (format !== undefined) return KNOW_FORMATS.includes(to) ? `the format ${format} uses ${to}` : undefined
  if (target === undefined || from === 'converters/registry.ts') return undefined
  return `${from} uses the format ${target}`
}

function formatOf(path: string): string | undefined {
  const parts = path.split('/')
  return parts.length > 2 ? parts[1] : undefined
}

function outwardBreach(path: string, specifier: string, kind: 'static' | 'lazy' | 'type'): string | undefined {
  const room = roomOf(path)
  if (specifier.startsWith('node:') || builtinModules.includes(specifier))
    return NODE_ROOMS.includes(room) ? undefined : `${room} imports ${specifier}`
  const rule = PACKAGES.get(packageOf(specifier))
  if (rule === undefined) return `imports ${specifier}, which no rule allows`
  if (!rule.below.some((folder) => path.startsWith(folder)))
    return `imports ${specifier} outside ${rule.below.join(' and ')}`
  return rule.only === 'lazily' && kind === 'static'
    ? `imports ${specifier} at the top instead of when it is needed`
    : undefined
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Packages that are wrapped in one file are imported in no second one. */
function crowdBreaches(files: readonly SourceFacts[]): readonly string[] {
  return [...PACKAGES].flatMap(([name, { only }]) => {
    if (only !== 'in one file') return []
    const users = files.filter(({ imports }) => imports.some(({ specifier }) => packageOf(specifier) === name))
    return users.length > 1 ? [`${name} is imported in ${users.map(({ path }) => path).join(' and ')}`] : []
  })
}

function storeyOf(room: Room): number {
  return STOREYS.findIndex((rooms) => rooms.includes(room))
}
