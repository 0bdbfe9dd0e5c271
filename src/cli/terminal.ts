import { styleText } from 'node:util'

/** One of the two streams of a program. */
export interface TextStream {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
}

/** What the command line needs of the process; tests give their own. */
export interface Terminal {
  /** Data a program could read. */
  readonly stdout: TextStream
  /** What people read: summaries, progress, errors. */
  readonly stderr: TextStream
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

type Format = Parameters<typeof styleText>[0]

/** Dresses a text up, or leaves it as it is. */
export type Style = (format: Format, text: string) => string

export const PLAIN: Style = (_format, text) => text

/** Colours only where a person looks, and not when they asked for none (https://no-color.org). */
export function styleOf(stream: TextStream, env: Terminal['env']): Style {
  const wanted = stream.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb'
  // Newer versions of Node look at stdout on their own, which is not the stream in question.
  return wanted ? (format, text) => styleText(format, text, { validateStream: false }) : PLAIN
}

/** A text of the data without control and direction characters, which a terminal would obey. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character === '\n' || character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
