/** Gives names that are not there yet: `name`, else `name (2)`, `name (3)`, … and goes on counting where it was. */
export class UniqueNames {
  readonly #taken = new Set<string>()
  readonly #next = new Map<string, number>()

  /** `reserved`: names others have, which are never given. */
  constructor(reserved: Iterable<string> = []) {
    for (const name of reserved) this.#taken.add(name)
  }

  take(name: string): string {
    let free = name
    let n = this.#next.get(name) ?? 2
    while (this.#taken.has(free)) free = `${name} (${n++})`
    this.#next.set(name, n)
    this.#taken.add(free)
    return free
  }
}
