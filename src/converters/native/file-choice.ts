/** The one file of a tree that can be a native one, or why there is none. */
export type FileChoice =
  | { readonly path: string; readonly found?: undefined }
  | { readonly path?: undefined; readonly found: string }

const ENDINGS: readonly RegExp[] = [/\.annoform\.jsonl$/i, /\.(?:jsonl|ndjson)$/i, /\.json$/i]

/**
 * A tree holds a native data set in exactly one file: the only `.annoform.jsonl`, else the only `.jsonl` or `.ndjson`,
 * else the only `.json`, else the only file at all.
 */
export function chooseFile(paths: readonly string[]): FileChoice {
  for (const ending of ENDINGS) {
    const named = paths.filter((path) => ending.test(path))
    const [path] = named
    if (named.length === 1 && path !== undefined) return { path }
    if (named.length > 1) return { found: `${named.length} files such as ${path}` }
  }
  const [path] = paths
  if (paths.length === 1 && path !== undefined) return { path }
  return { found: paths.length === 0 ? 'no file' : `${paths.length} files, none of them .jsonl` }
}
