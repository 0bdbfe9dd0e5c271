#!/usr/bin/env node
import { EXIT } from './exit-code.js'
import { run } from './program.js'

const controller = new AbortController()

function interrupt(): void {
  // The second time it goes at once; whatever is half done is cleared up on exit.
  if (controller.signal.aborted) process.exit(EXIT.interrupted)
  controller.abort()
}

function ignoreClosedPipe(error: Error & { readonly code?: string }): void {
  // `annoform formats | head` closes the pipe early, which is nobody's mistake.
  if (error.code !== 'EPIPE') throw error
}

process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)
process.on('SIGHUP', interrupt)
process.stdout.on('error', ignoreClosedPipe)
process.stderr.on('error', ignoreClosedPipe)

const { stdout, stderr, env } = process
void run(process.argv.slice(2), { stdout, stderr, env, signal: controller.signal }).then((code) => {
  process.exitCode = code
})
