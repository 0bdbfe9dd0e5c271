import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const windows = process.platform === 'win32'

interface Packed {
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string; readonly size: number }[]
}

/** What `npm pack` would put into the package, of the build that is there. */
function packed(): Packed {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    shell: windows,
  })
  return JSON.parse(text)[0]
}

/** Runs a script in a Node of its own, beside package.json, so that `annoform` is this package. */
function inNode(script: string, ...flags: readonly string[]): string {
  return execFileSync(process.execPath, [...flags, '-e', script], { cwd: root, encoding: 'utf8' }).trim()
}

/** The targets of an entry of `exports`, with the conditions that lead there. */
function targetsOf(
  entry: unknown,
  conditions: readonly string[] = [],
): readonly { conditions: string; path: string }[] {
  if (typeof entry === 'string') return [{ conditions: conditions.join(' '), path: entry }]
  return Object.entries(entry as object).flatMap(([condition, target]) => targetsOf(target, [...conditions, condition]))
}

beforeAll(() => {
  if (!existsSync(`${root}dist/node.js`)) throw new Error('the package is not built: npm run build')
})

describe('what users install', () => {
  const LIBRARY = /^dist\/(?:[\w-]+\/)*[\w-]+\.(?:js|d\.ts)$/
  const REST =
    /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|fonts\/[^/]+|docs\/[\w-]+\.md|docs\/formats\/[\w-]+\.md|docs\/images\/[\w-]+\.(?:svg|png)|bench\/README\.md)$/
  let pack: Packed

  beforeAll(() => {
    pack = packed()
  })

  it('is the library, its fonts and its documents', () => {
    expect(pack.files.filter(({ path }) => !LIBRARY.test(path) && !REST.test(path))).toEqual([])
    const paths = pack.files.map(({ path }) => path)
    const due = ['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json', 'dist/node.js', 'dist/index.d.ts']
    expect(due.filter((path) => !paths.includes(path))).toEqual([])
    expect(paths.filter((path) => path.startsWith('fonts/') && /licen[cs]e/i.test(path))).toHaveLength(1)
  })

  it('has a source for every built file', () => {
    const stale = pack.files.filter(
      ({ path }) =>
        LIBRARY.test(path) && !existsSync(`${root}${path.replace(/^dist/, 'src').replace(/(\.d\.ts|\.js)$/, '.ts')}`),
    )
    expect(stale).toEqual([])
  })

  it('is small', () => {
    expect(pack.size).toBeLessThan(1_500_000)
    expect(pack.unpackedSize).toBeLessThan(4_500_000)
  })

  it('has every file that package.json names', () => {
    const named = [manifest.main, manifest.types, ...Object.values<string>(manifest.bin)]
    const targets = targetsOf(manifest.exports).map(({ path }) => path)
    const paths = pack.files.map(({ path }) => path)
    expect([...named, ...targets].filter((path) => !paths.includes(path.replace(/^\.\//, '')))).toEqual([])
  })
})

describe('the entries of the package', () => {
  const entries = Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'))

  it('name types before code', () => {
    for (const { conditions, path } of targetsOf(manifest.exports))
      expect([path, /(?:^| )types$/.test(conditions)]).toEqual([path, path.endsWith('.d.ts')])
  })

  it.each(entries)('%s is imported', (entry) => {
    const name = entry.replace(/^\./, 'annoform')
    const script = `import * as entry from '${name}'; console.log(Object.keys(entry).length)`
    expect(Number(inNode(script, '--input-type=module'))).toBeGreaterThan(0)
  })

  it('annoform is another in browsers', () => {
    const script = "import * as entry from 'annoform'; console.log('openDataset' in entry, 'parseCoco' in entry)"
    expect(inNode(script, '--input-type=module')).toBe('true true')
    expect(inNode(script, '--input-type=module', '--conditions=browser')).toBe('false true')
  })

  it.each(entries)('%s is required', (entry) => {
    const name = entry.replace(/^\./, 'annoform')
    const script = `console.log(Object.keys(require('${name}')).length)`
    const flags = ['--input-type=commonjs', '--no-warnings']
    expect(Number(inNode(script, ...flags))).toBeGreaterThan(0)
  })

  it('load no native code until it is needed', () => {
    const loaded = `console.log(process.report.getReport().sharedObjects.some((path) => /sharp|canvas|vips/.test(path)))`
    expect(inNode(`import('annoform').then(() => { ${loaded} })`)).toBe('false')
    expect(inNode(`import('annoform').then(() => import('sharp')).then(() => { ${loaded} })`)).toBe('true')
  })
})

describe('the command', () => {
  it.each(Object.entries<string>(manifest.bin))('%s is a script for Node', (_, path) => {
    expect(readFileSync(`${root}${path}`, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
})
