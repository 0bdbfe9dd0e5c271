import { AnnotationError } from '../errors.js'

interface OptionBase {
  /** One line for `--help` and the documentation. */
  readonly summary: string
}

export interface ChoiceOption<V extends string = string> extends OptionBase {
  readonly kind: 'choice'
  readonly values: readonly V[]
  readonly default: V
}

export interface FlagOption extends OptionBase {
  readonly kind: 'flag'
  readonly default: boolean
}

export interface NumberOption extends OptionBase {
  readonly kind: 'number'
  readonly default: number
  readonly min?: number
  readonly max?: number
}

export interface TextOption extends OptionBase {
  readonly kind: 'text'
  readonly default: string | undefined
}

export type Option = ChoiceOption | FlagOption | NumberOption | TextOption

/** The options of a reader or writer, declared once: type, default, check, command-line flag and documentation row. */
export type OptionSpec = Readonly<Record<string, Option>>

type ValueOf<O extends Option> =
  O extends ChoiceOption<infer V>
    ? V
    : O extends FlagOption
      ? boolean
      : O extends NumberOption
        ? number
        : string | undefined

export type OptionValues<S extends OptionSpec> = { readonly [K in keyof S]: ValueOf<S[K]> }

export function choice<const V extends string>(
  values: readonly [V, ...V[]],
  summary: string,
  fallback: NoInfer<V> = values[0],
): ChoiceOption<V> {
  return { kind: 'choice', values, default: fallback, summary }
}

export function flag(summary: string, fallback = false): FlagOption {
  return { kind: 'flag', default: fallback, summary }
}

/**
 * The values of all options: those given, checked, and defaults for the rest.
 * Texts are understood as the command line gives them (`'true'`, `'12'`).
 * @throws AnnotationError `unknown-option` or `invalid-option`, naming the option as `--format.name`.
 */
export function resolveOptions<S extends OptionSpec>(
  formatId: string,
  spec: S,
  given: Readonly<Record<string, unknown>> = {},
): OptionValues<S> {
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(spec, key)) {
      const known = Object.keys(spec).map((name) => `--${formatId}.${name}`)
      throw new AnnotationError('unknown-option', `there is no option --${formatId}.${key}`, {
        fix: known.length === 0 ? `${formatId} has no options here` : `${formatId} has ${known.join(', ')}`,
      })
    }
  }
  const values: Record<string, unknown> = {}
  for (const [key, option] of Object.entries(spec)) {
    const value = given[key]
    values[key] = value === undefined ? option.default : checked(`--${formatId}.${key}`, option, value)
  }
  return Object.freeze(values) as OptionValues<S>
}

function checked(name: string, option: Option, value: unknown): unknown {
  const invalid = (expected: string): AnnotationError =>
    new AnnotationError('invalid-option', `bad value for ${name}`, { expected, got: JSON.stringify(value) })
  switch (option.kind) {
    case 'choice':
      if (typeof value === 'string' && option.values.includes(value)) return value
      throw invalid(`one of ${option.values.join(', ')}`)
    case 'flag':
      if (typeof value === 'boolean') return value
      if (value === 'true' || value === 'false') return value === 'true'
      throw invalid('true or false')
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
      const { min = -Infinity, max = Infinity } = option
      if (typeof number === 'number' && Number.isFinite(number) && number >= min && number <= max) return number
      throw invalid(
        `a number${option.min === undefined ? '' : ` from ${min}`}${option.max === undefined ? '' : ` to ${max}`}`,
      )
    }
    case 'text':
      if (typeof value === 'string') return value
      throw invalid('text')
  }
}
