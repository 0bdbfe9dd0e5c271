// The table of formats in README.md, made from what the formats themselves say they express. Run after a build; a test
// compares.

import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { FIELD_NAMES } from '../dist/converters/format.js'
import { DEFINITION_TYPES, formats } from '../dist/index.js'

const SIGNS = { kept: '●', derived: '◐', approximated: '≈', dropped: '·' }

/** What stands between the marks. */
const BLOCK = /(<!-- formats -->\n)[\s\S]*?(<!-- \/formats -->)/

/** The table as Markdown. */
export function formatTable() {
  const yes = (side) => (side === undefined ? '' : '✓')
  const first = [
    ['', 'reads', 'writes', 'media', 'fields that come back'],
    ...formats.map(({ id, title, read, write, expresses }) => [
      `**[${title}](docs/formats/${id}.md)** (\`${id}\`)`,
      yes(read),
      yes(write),
      expresses.media.join(', '),
      fieldsText(expresses.fields),
    ]),
  ]
  const writable = formats.filter(({ write }) => write !== undefined)
  const second = [
    ['when written as', ...writable.map(({ id }) => `\`${id}\``)],
    ...DEFINITION_TYPES.map((type) => [
      `\`${type}\``,
      ...writable.map(({ expresses }) => SIGNS[expresses.definitions[type].effect]),
    ]),
  ]
  const legend = Object.entries(SIGNS).map(([effect, sign]) => `${sign} ${effect}`)
  return `${markdown(first)}\n\n${legend.join(' · ')}\n\n${markdown(second)}\n`
}

/** Those that are there, or those that are not, whichever is shorter. */
function fieldsText(fields) {
  const missing = FIELD_NAMES.filter((name) => !fields.includes(name))
  if (missing.length === 0) return 'all'
  return missing.length < fields.length ? `all but ${missing.join(', ')}` : fields.join(', ') || 'none'
}

/** The README with its table made anew. */
export function withFormatTable(readme) {
  if (!BLOCK.test(readme)) throw new Error('README.md has no <!-- formats --> … <!-- /formats -->')
  return readme.replace(BLOCK, (_, start, end) => `${start}${formatTable()}${end}`)
}

function markdown([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = new URL('../README.md', import.meta.url)
  writeFileSync(file, withFormatTable(readFileSync(file, 'utf8')))
}
