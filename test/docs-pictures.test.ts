import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'

// What docs/coordinates.md shows and points to: its pictures are those the library draws today, its links lead somewhere.

const root = new URL('../', import.meta.url)
const page = readFileSync(new URL('docs/coordinates.md', root), 'utf8')
const folder = new URL('docs/images/', root)
const committed = readdirSync(folder).filter((name) => name.endsWith('.svg'))

describe('the pictures of docs/coordinates.md', () => {
  let drawn: ReadonlyMap<string, string>

  beforeAll(async () => {
    if (!existsSync(new URL('dist/mask/index.js', root))) throw new Error('the package is not built: npm run build')
    const script = new URL('scripts/docs-pictures.js', root).href
    const { docsPictures } = (await import(script)) as { readonly docsPictures: () => ReadonlyMap<string, string> }
    drawn = docsPictures()
  })

  it('are all drawn by the script, and all shown', () => {
    expect([...drawn.keys()].sort()).toEqual(committed.slice().sort())
    for (const name of committed) expect(page).toContain(`](images/${name})`)
  })

  it.each(committed)('%s is what the library draws (else: npm run docs:pictures, and look at it)', (name) => {
    expect(readFileSync(new URL(name, folder), 'utf8')).toBe(drawn.get(name))
  })

  it.each(committed)('%s is small, says what it shows, and needs nothing from elsewhere', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    expect(text.length).toBeLessThan(16_000)
    expect(text).toMatch(/<title id="t">[^<]+<\/title>\n<desc id="d">[^<]+<\/desc>/)
    expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|url\(|<script|NaN|undefined/)
  })
})

describe('docs/coordinates.md', () => {
  it('has links that lead somewhere', () => {
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text.toLowerCase())
    const anchors = headings.map((text) => `#${text.replace(/[^\w\- ]/g, '').replace(/ /g, '-')}`)
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
    expect(links.length).toBeGreaterThan(8)
    const lost = links.filter((link) =>
      link.startsWith('#') ? !anchors.includes(link) : !existsSync(new URL(link, new URL('docs/', root))),
    )
    expect(lost).toEqual([])
  })

  it('names tests that are there', () => {
    const tests = [...page.matchAll(/\| `(\w+\/[\w-]+)` \|$/gm)].map(([, name = '']) => name)
    expect(tests.length).toBeGreaterThan(40)
    expect(tests.filter((name) => !existsSync(new URL(`test/${name}.test.ts`, root)))).toEqual([])
  })

  it('has lines of 140 columns at most', () => {
    expect(page.split('\n').filter((line) => line.length > 140)).toEqual([])
  })
})
