import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { breaches } from './architecture/rules.js'
import { factsOf } from './architecture/source-file.js'

const src = new URL('../src/', import.meta.url).pathname
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
  .map((entry) => join(entry.parentPath, entry.name).slice(src.length).replaceAll('\\', '/'))

/** The files that stand behind an entry of package.json. */
function publicEntries(): readonly string[] {
  const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const targets = JSON.stringify(exports).matchAll(/"\.\/dist\/([^"]+)\.js"/g)
  return [...new Set([...targets].map(([, path]) => `${path}.ts`))]
}

describe('the rules of the house', () => {
  it('hold in src', () => {
    const facts = files.map((path) => factsOf(path, readFileSync(join(src, path), 'utf8')))
    expect(facts.length).toBeGreaterThan(100)
    expect(breaches(facts, publicEntries())).toEqual([])
  })

  it('know the public entries', () => {
    expect(publicEntries()).toEqual(expect.arrayContaining(['index.ts', 'node.ts', 'converters/coco/index.ts']))
    for (const entry of publicEntries()) expect(files).toContain(entry)
  })
})

/** A small house that breaks no rule. */
const SOUND: Readonly<Record<string, string>> = {
  'errors.ts': 'export class AnnotationError extends Error {}\n',
  'ports.ts': 'export interface ByteSource { readonly process: number }\n',
  'index.ts': "export { ring } from './geometry/ring.js'\n",
  'node.ts': "import { read } from './io/disk.js'\nexport * from './index.js'\nexport const seen = read\n",
  'geometry/ring.ts':
    "import { AnnotationError } from '../errors.js'\nexport const ring = (): Error => new AnnotationError('eval')\n",
  'geometry/boolean.ts': "import clip from 'polygon-clipping'\nexport const union = clip\n",
  'converters/format.ts': "import type { ring } from '../geometry/ring.js'\nexport type Format = typeof ring\n",
  'converters/registry.ts': "import { coco } from './coco/format.js'\nexport const formats = [coco]\n",
  'converters/coco/format.ts':
    "import type { Format } from '../format.js'\nexport const coco = async (): Promise<Format> => (await import('./reader.js')).read\n",
  'converters/coco/reader.ts': "import { ring } from '../../geometry/ring.js'\nexport const read = ring\n",
  'converters/voc/xml.ts': "import { XMLParser } from 'fast-xml-parser'\nexport const parser = XMLParser\n",
  'io/disk.ts': "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n",
  'io/pixels.ts': "export const pixels = async (): Promise<unknown> => (await import('sharp')).default\n",
  'cli/main.ts': "import { seen } from '../node.js'\nconsole.log(seen, process.argv)\n",
}

function breachesWith(path: string, text: string): readonly string[] {
  const house = Object.entries({ ...SOUND, [path]: text }).map(([name, source]) => factsOf(name, source))
  return breaches(house, ['index.ts'])
}

describe('the checker of the rules', () => {
  it('finds nothing in a house in order', () => {
    expect(breachesWith('errors.ts', SOUND['errors.ts'] ?? '')).toEqual([])
  })

  it.each([
    ['a room above', 'geometry/a.ts', "import { f } from '../mask/mask.js'", 'geometry uses mask'],
    ['a type of a room above', 'text/a.ts', "import type { F } from '../dataset/item.js'", 'text uses dataset'],
    ['a lazy import of a room above', 'mask/a.ts', "export const f = () => import('../node.js')", 'mask uses node'],
    [
      'a type position',
      'text/a.ts',
      "export type F = import('../converters/format.js').Format",
      'text uses converters',
    ],
    ['a re-export', 'errors.ts', "export const a = 1\nexport { f } from './ports.js'", 'errors uses ports'],
    ['the room beside', 'text/a.ts', "import { f } from '../png/chunks.js'", 'text uses png'],
    ['the world from a pure room', 'converters/a.ts', "import { f } from '../io/disk.js'", 'converters uses io'],
    ['too much from the world', 'io/a.ts', "import { f } from '../converters/format.js'", 'io uses converters'],
    [
      'another format',
      'converters/voc/a.ts',
      "import { f } from '../coco/reader.js'",
      'the format voc uses the format coco',
    ],
    [
      'the registry',
      'converters/voc/a.ts',
      "import { f } from '../registry.js'",
      'the format voc uses converters/registry.ts',
    ],
    [
      'a format in what is shared',
      'converters/ledger.ts',
      "import { f } from './coco/reader.js'",
      'uses the format coco',
    ],
    ['an unknown room', 'extras/a.ts', 'export const a = 1', 'a room nobody knows'],
    ['a built-in module', 'dataset/a.ts', "import { join } from 'node:path'", 'dataset imports node:path'],
    ['a built-in module without its prefix', 'text/a.ts', "import { join } from 'path'", 'text imports path'],
    ['process', 'dataset/a.ts', 'export const cwd = () => process.cwd()', 'uses process'],
    ['Buffer', 'text/a.ts', "export const bytes = Buffer.from('')", 'uses Buffer'],
    ['console', 'io/a.ts', "console.error('')", 'uses console'],
    ['eval', 'cli/a.ts', "eval('1')", 'uses eval'],
    ['new Function', 'cli/a.ts', "export const f = new Function('1')", 'uses Function'],
    ['sharp at the top', 'io/a.ts', "import sharp from 'sharp'\nexport const s = sharp", 'imports sharp at the top'],
    ['sharp elsewhere', 'render/a.ts', "export const s = () => import('sharp')", 'imports sharp outside io/'],
    [
      'canvas elsewhere',
      'cli/a.ts',
      "import type { Canvas } from '@napi-rs/canvas'",
      'imports @napi-rs/canvas outside',
    ],
    ['yaml elsewhere', 'converters/coco/a.ts', "import { parse } from 'yaml'", 'imports yaml outside converters/yolo/'],
    [
      'a second wrapper',
      'geometry/a.ts',
      "import clip from 'polygon-clipping'\nexport const c = clip",
      'is imported in',
    ],
    ['any other package', 'cli/a.ts', "import _ from 'lodash/fp'", 'imports lodash/fp, which no rule allows'],
    ['a default export', 'mask/a.ts', 'export default function f() {}', 'default export'],
    ['a default export by assignment', 'mask/a.ts', 'export default 1', 'default export'],
    ['a default export by name', 'mask/a.ts', 'const a = 1\nexport { a as default }', 'default export'],
    ['await at the top', 'cli/a.ts', 'export const a = await Promise.resolve(1)', 'awaits at the top level'],
    ['a barrel', 'geometry/index.ts', "export * from './ring.js'", 'only re-exports'],
    ['a long file', 'mask/a.ts', 'export const a = 1\n'.repeat(301), 'has 301 lines'],
    ['an empty name', 'mask/utils.ts', 'export const a = 1', 'a name that says nothing'],
    ['an empty name of a folder', 'mask/helpers/a.ts', 'export const a = 1', 'a name that says nothing'],
  ])('finds %s', (_, path, text, sentence) => {
    const found = breachesWith(path, text)
    expect(found.join('\n')).toContain(sentence)
    expect(found.filter((breach) => !breach.includes(sentence))).toEqual([])
  })
})
