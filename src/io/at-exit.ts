/** What must still be cleared up if the process ends without getting to it. */
const pending = new Set<() => void>()

/**
 * Runs `clear` when the process exits, unless the returned function has been called before.
 * One listener serves all, so that many outputs at once raise no warning.
 */
export function atExit(clear: () => void): () => void {
  if (pending.size === 0) process.on('exit', clearAll)
  pending.add(clear)
  return () => {
    pending.delete(clear)
    if (pending.size === 0) process.off('exit', clearAll)
  }
}

function clearAll(): void {
  for (const clear of pending) {
    try {
      clear()
    } catch {
      // The process is going; the rest should still be cleared.
    }
  }
}
