/** The library under test: types from its sources, code from wherever it was built. */
export interface Library {
  readonly node: typeof import('../../src/node.js')
  readonly json: typeof import('../../src/text/json-value.js')
  readonly mask: typeof import('../../src/mask/index.js')
  readonly geometry: typeof import('../../src/geometry/index.js')
  readonly png: typeof import('../../src/png/index.js')
  readonly vtt: typeof import('../../src/converters/vtt/index.js')
  readonly deflate: typeof import('../../src/io/deflate.js')
}

/** Loads a build. `dist` ends with a slash. */
export async function loadLibrary(dist: URL): Promise<Library> {
  const load = async <T>(path: string): Promise<T> => (await import(new URL(path, dist).href)) as T
  return {
    node: await load<Library['node']>('node.js'),
    json: await load<Library['json']>('text/json-value.js'),
    mask: await load<Library['mask']>('mask/index.js'),
    geometry: await load<Library['geometry']>('geometry/index.js'),
    png: await load<Library['png']>('png/index.js'),
    vtt: await load<Library['vtt']>('converters/vtt/index.js'),
    deflate: await load<Library['deflate']>('io/deflate.js'),
  }
}
