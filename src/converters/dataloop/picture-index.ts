/** Finds pictures among the files of a tree, as Dataloop lays them out: beside `json/` in `items/`. */
export class PictureIndex {
  readonly #paths: ReadonlySet<string>
  readonly #stems = new Map<string, string>()

  /** `paths`: all files of the tree. */
  constructor(paths: readonly string[]) {
    const pictures = paths.filter((path) => !path.toLowerCase().endsWith('.json'))
    this.#paths = new Set(pictures)
    for (const path of pictures) {
      const stem = path.slice(0, path.length - extensionOf(path).length)
      if (!this.#stems.has(stem)) this.#stems.set(stem, path)
    }
  }

  /** The picture of an item whose annotations are in `file`. `named`: the path is whole, with its extension. */
  find(path: string, named: boolean, file: string): string | undefined {
    const folders = file.split('/').slice(0, -1)
    const json = folders.lastIndexOf('json')
    const root =
      json < 0
        ? undefined
        : folders
            .slice(0, json)
            .map((part) => `${part}/`)
            .join('')
    const beside = folders.map((part) => `${part}/`).join('')
    const base = path.slice(path.lastIndexOf('/') + 1)
    const candidates = [
      ...(root === undefined ? [] : [`${root}items/${path}`, `${root}${path}`]),
      `items/${path}`,
      path,
      `${beside}${path}`,
      `${beside}${base}`,
    ]
    for (const candidate of candidates) {
      const found = named ? (this.#paths.has(candidate) ? candidate : undefined) : this.#stems.get(candidate)
      if (found !== undefined) return found
    }
    return undefined
  }
}

function extensionOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') + 1 ? path.slice(dot) : ''
}
