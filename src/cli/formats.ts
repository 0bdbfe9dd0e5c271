import type { Command } from 'commander'
import type { Format } from '../converters/format.js'
import type { Option, OptionSpec } from '../converters/options.js'
import { formatById, formats } from '../converters/registry.js'
import { DEFINITION_TYPES } from '../definitions/index.js'
import { EXIT } from './exit-code.js'
import { placeholder } from './format-options.js'
import { type Style, styleOf, type Terminal } from './terminal.js'
import { columns } from './wording.js'

/** Adds `formats`; `done` is told the exit code. */
export function registerFormats(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('formats')
    .summary('list the formats and what they can hold')
    .description(
      'Lists the formats and what becomes of each type of annotation in them; with a name, all about one format.',
    )
    .argument('[format]', 'only this format, with its options')
    .option('--json', 'as JSON')
    .action((id: string | undefined, values: { readonly json?: boolean }) => {
      const chosen = id === undefined ? formats : [formatById(id)]
      const style = styleOf(terminal.stdout, terminal.env)
      terminal.stdout.write(
        values.json === true
          ? `${JSON.stringify(chosen.map(plainFormat), null, 2)}\n`
          : id === undefined
            ? tableText(style)
            : chosen.map((format) => formatText(format, style)).join('\n'),
      )
      done(EXIT.clean)
    })
}

function tableText(style: Style): string {
  const list = formats.map((format) => [
    format.id,
    format.title,
    format.read === undefined ? '' : 'read',
    format.write === undefined ? '' : 'write',
    format.expresses.media.join(', '),
  ])
  const writable = formats.filter(({ write }) => write !== undefined)
  const matrix = [
    ['', ...writable.map(({ id }) => id)],
    ...DEFINITION_TYPES.map((type) => [type, ...writable.map(({ expresses }) => expresses.definitions[type].effect)]),
  ]
  const lines = [
    style('bold', 'Formats'),
    ...columns(list),
    '',
    style('bold', 'What becomes of a type of annotation when it is written'),
    ...columns(matrix),
    '',
    'annoform formats FORMAT tells more about one, its options included.',
  ]
  return `${lines.join('\n')}\n`
}

function formatText(format: Format, style: Style): string {
  const { expresses } = format
  const types = DEFINITION_TYPES.map((type) => {
    const { effect, note = '' } = expresses.definitions[type]
    return [type, effect, note]
  })
  const lines = [
    `${style('bold', format.id)}  ${format.title}`,
    `  ${style('dim', format.spec)}`,
    '',
    `  media    ${expresses.media.join(', ')}`,
    `  fields   ${expresses.fields.join(', ') || 'none'}`,
    `  sizes    ${expresses.needsSize ? 'pictures must have a known size' : 'not needed'}`,
    '',
    style('bold', 'What becomes of a type of annotation when it is written'),
    ...columns(types),
    ...optionLines('Options for reading', format.id, format.read?.options, style),
    ...optionLines('Options for writing', format.id, format.write?.options, style),
  ]
  return `${lines.join('\n')}\n`
}

function optionLines(title: string, id: string, spec: OptionSpec | undefined, style: Style): string[] {
  const rows = Object.entries(spec ?? {}).map(([name, option]) => [
    `--${id}.${name} ${option.kind === 'flag' ? '' : `<${placeholder([{ option }])}>`}`.trim(),
    option.summary + defaultText(option),
  ])
  return rows.length === 0 ? [] : ['', style('bold', title), ...columns(rows)]
}

function defaultText(option: Option): string {
  return option.default === undefined || option.default === false ? '' : ` (default: ${String(option.default)})`
}

/** A format without its functions. */
function plainFormat({ id, title, spec, expresses, read, write }: Format): object {
  return { id, title, spec, ...expresses, read: sidePlain(read), write: sidePlain(write) }
}

function sidePlain(side: { readonly options: OptionSpec } | undefined): object | null {
  return side === undefined ? null : { options: side.options }
}
