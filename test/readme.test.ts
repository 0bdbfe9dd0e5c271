import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')

it('the table of formats in README.md is what the formats say (else: npm run docs:formats)', async () => {
  const script = new URL('scripts/format-table.js', root).href
  const { withFormatTable } = (await import(script)) as { readonly withFormatTable: (readme: string) => string }
  expect(readme).toBe(withFormatTable(readme))
})

it('links of README.md lead somewhere', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link)
  expect(links.length).toBeGreaterThan(8)
  expect(links.filter((link) => !/^https?:/.test(link) && !existsSync(new URL(link, root)))).toEqual([])
})
