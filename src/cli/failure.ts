import { AnnotationError } from '../errors.js'
import { printable, type Style } from './terminal.js'

/** An error as the one or two lines a person needs: where, what, what was expected and found, and what to do. */
export function failureText(error: unknown, style: Style, debug: boolean): string {
  // Whoever pressed Ctrl-C knows why; what they want to know is what is left.
  if (error instanceof AnnotationError && error.code === 'aborted') return 'Interrupted; nothing was written.\n'
  const code = error instanceof AnnotationError ? error.code : 'internal'
  const lines = [`${style(['red', 'bold'], `error ${code}:`)} ${sentence(error)}`]
  const fix = fixOf(error)
  if (fix !== undefined) lines.push(`  ${style('dim', 'fix:')} ${printable(fix)}`)
  if (debug && error instanceof Error && error.stack !== undefined) lines.push(error.stack)
  return `${lines.join('\n')}\n`
}

function sentence(error: unknown): string {
  if (error instanceof AnnotationError) return printable(error.message)
  return printable(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
}

function fixOf(error: unknown): string | undefined {
  if (error instanceof AnnotationError && error.code !== 'conservation') return error.fix
  return 'This is a defect of annoform; please report it with the command you gave. ANNOFORM_DEBUG=1 shows where it arose'
}
