import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { EXIT } from '../../src/cli/exit-code.js'
import { formats } from '../../src/converters/registry.js'
import { runHere } from './terminal.js'

const docs = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')

it.each(['convert', 'inspect', 'formats'])('docs/cli.md names every option of %s', async (command) => {
  const { stdout } = await runHere([command, '--help'])
  const own = (option: string): boolean => formats.some(({ id }) => option.startsWith(`--${id}.`))
  const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w.-]+)/gm)].map(([, option = '']) => option)
  expect(options.length).toBeGreaterThan(1)
  for (const option of options) if (!own(option)) expect(docs).toContain(`${option}`)
})

it('docs/cli.md and --help name every exit code', async () => {
  const { stdout } = await runHere(['--help'])
  for (const code of Object.values(EXIT)) {
    expect(docs).toMatch(new RegExp(`^\\| ${code} \\| `, 'm'))
    expect(stdout).toMatch(new RegExp(`^ {2}${code} `, 'm'))
  }
})

it('docs/cli.md names every command', async () => {
  const { stdout } = await runHere(['--help'])
  const commands = [...stdout.matchAll(/^ {2}(\w+) \[options\]/gm)].map(([, command = '']) => command)
  expect(commands.length).toBeGreaterThan(2)
  for (const command of commands) expect(docs).toContain(`\n## ${command}\n`)
})
