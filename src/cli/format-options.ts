import { type Command, Option as Flag } from 'commander'
import type { Format } from '../converters/format.js'
import type { Option, OptionSpec } from '../converters/options.js'
import { formats } from '../converters/registry.js'
import { AnnotationError } from '../errors.js'

export type Side = 'read' | 'write'

/** What the user gave for formats: by format id, then by name of the option. */
export type GivenOptions = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/** Adds a flag `--format.option` for every option of every format, in one help group per format. */
export function addFormatOptions(command: Command, sides: readonly Side[]): void {
  for (const format of formats) {
    for (const [name, meanings] of optionsOf(format, sides)) {
      for (const flag of flagsOf(`${format.id}.${name}`, meanings)) {
        command.addOption(flag.helpGroup(`Options of ${format.title}:`))
      }
    }
  }
}

/** Sorts the values commander found by format. */
export function givenFormatOptions(values: Readonly<Record<string, unknown>>, sides: readonly Side[]): GivenOptions {
  const given = new Map<string, Readonly<Record<string, unknown>>>()
  for (const format of formats) {
    const found: Record<string, unknown> = {}
    for (const [name] of optionsOf(format, sides)) {
      const value = values[new Flag(`--${format.id}.${name} <value>`).attributeName()]
      if (value !== undefined) found[name] = value
    }
    if (Object.keys(found).length > 0) given.set(format.id, found)
  }
  return given
}

/** Of what was given for a format, the part that its reader or writer knows. */
export function optionsFor(given: GivenOptions, format: Format, side: Side): Readonly<Record<string, unknown>> {
  const spec = format[side]?.options ?? {}
  return Object.fromEntries(Object.entries(given.get(format.id) ?? {}).filter(([name]) => Object.hasOwn(spec, name)))
}

/**
 * Refuses options that would do nothing: of a format that takes no part, or of the side that is not used.
 * @throws AnnotationError `invalid-option`
 */
export function checkAllUsed(given: GivenOptions, source: Format | undefined, target: Format | undefined): void {
  for (const [id, options] of given) {
    for (const name of Object.keys(options)) {
      const read = source?.id === id && Object.hasOwn(source.read?.options ?? {}, name)
      const written = target?.id === id && Object.hasOwn(target.write?.options ?? {}, name)
      if (read || written) continue
      const parts = [source && `reading ${source.id}`, target && `writing ${target.id}`].filter(
        (part) => part !== undefined,
      )
      throw new AnnotationError('invalid-option', `--${id}.${name} has no effect on ${parts.join(' and ')}`, {
        fix: 'Leave it out',
      })
    }
  }
}

interface Meaning {
  readonly side: Side
  readonly option: Option
}

/** A reader and a writer may have an option of one name; then it is one flag with two meanings. */
function optionsOf(format: Format, sides: readonly Side[]): Map<string, Meaning[]> {
  const found = new Map<string, Meaning[]>()
  for (const side of sides) {
    const spec: OptionSpec = format[side]?.options ?? {}
    for (const [name, option] of Object.entries(spec)) found.set(name, [...(found.get(name) ?? []), { side, option }])
  }
  return found
}

function flagsOf(name: string, meanings: readonly Meaning[]): Flag[] {
  const text = meanings
    .map(({ side, option }) => `${side === 'read' ? 'reading' : 'writing'}: ${option.summary}`)
    .join('; ')
  const [first] = meanings
  if (first === undefined) return []
  if (meanings.every(({ option }) => option.kind === 'flag')) {
    const on = new Flag(`--${name}`, text)
    // A flag that is on by default needs a way to turn it off.
    return first.option.default === true ? [on.hideHelp(), new Flag(`--no-${name}`, `not so: ${text}`)] : [on]
  }
  const fallback = first.option.default === undefined ? '' : ` (default: ${String(first.option.default)})`
  return [new Flag(`--${name} <${placeholder(meanings)}>`, text + fallback)]
}

/** `auto|detect|segment` for a choice, else what kind of value it is. */
export function placeholder(meanings: readonly { readonly option: Option }[]): string {
  const words = new Set<string>()
  for (const { option } of meanings) {
    if (option.kind === 'choice') for (const value of option.values) words.add(value)
    else words.add(option.kind === 'flag' ? 'true|false' : option.kind)
  }
  return [...words].join('|')
}
