import type { ProgressEvent } from '../converters/format.js'
import type { Terminal } from './terminal.js'
import { byteText, grouped } from './wording.js'

export interface Progress {
  update(event: ProgressEvent): void
  /** Takes the bar away. */
  stop(): void
}

const PHASES: Readonly<Record<ProgressEvent['phase'], string>> = {
  index: 'looking through',
  convert: 'converting',
  finish: 'finishing',
}

const NONE: Progress = { update: () => undefined, stop: () => undefined }

/** A bar where a person looks on, nothing elsewhere. */
export async function progressOn({ stderr, env }: Terminal, wanted: boolean): Promise<Progress> {
  if (!wanted || stderr.isTTY !== true || env.TERM === 'dumb') return NONE
  const { SingleBar } = await import('cli-progress')
  let event: ProgressEvent | undefined
  const bar = new SingleBar({
    stream: stderr as NodeJS.WritableStream,
    clearOnComplete: true,
    hideCursor: true,
    // The program clears up on its own when it is interrupted.
    gracefulExit: false,
    format: (_options, { progress }) => {
      if (event === undefined) return ''
      const drawn = event.total === undefined ? '' : `${barText(progress)} `
      return `${PHASES[event.phase]} ${drawn}${progressText(event)}`
    },
  })
  return {
    update(next) {
      const total = next.total ?? 0
      if (event === undefined) bar.start(total, next.done)
      else if (event.phase !== next.phase || event.total !== next.total) bar.setTotal(total)
      event = next
      bar.update(next.done)
    },
    stop() {
      if (event !== undefined) bar.stop()
    },
  }
}

const WIDTH = 30

function barText(progress: number): string {
  const done = Math.round(Math.min(1, Math.max(0, progress)) * WIDTH)
  return `[${'='.repeat(done)}${' '.repeat(WIDTH - done)}] ${String(Math.floor(progress * 100)).padStart(3)} %`
}

/** `1,024 of 5,000 items`, `1.2 GB of 4.0 GB`. */
export function progressText({ unit, done, total }: ProgressEvent): string {
  const text = unit === 'bytes' ? byteText : grouped
  return `${text(done)}${total === undefined ? '' : ` of ${text(total)}`}${unit === 'items' ? ' items' : ''}`
}
