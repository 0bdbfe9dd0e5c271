/** Which rings hang together. */
export class Forest {
  readonly #parent: Int32Array
  trees: number

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, i) => i)
    this.trees = count
  }

  copy(): Forest {
    const copy = new Forest(this.#parent.length)
    copy.#parent.set(this.#parent)
    copy.trees = this.trees
    return copy
  }

  find(ring: number): number {
    const parent = this.#parent
    let root = ring
    while (parent[root] !== root) root = parent[root] as number
    while (parent[ring] !== root) {
      const next = parent[ring] as number
      parent[ring] = root
      ring = next
    }
    return root
  }

  /** False when they hang together already. */
  join(a: number, b: number): boolean {
    const rootA = this.find(a)
    const rootB = this.find(b)
    if (rootA === rootB) return false
    this.#parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB)
    this.trees--
    return true
  }
}
