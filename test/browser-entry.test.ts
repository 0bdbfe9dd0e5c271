import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Context, createContext, runInContext } from 'node:vm'
import { rolldown } from 'rolldown'
import { beforeAll, describe, expect, it } from 'vitest'

// The pure entry as a browser would get it: one script, run where there is nothing but the language and TextDecoder and
// TextEncoder, which every browser has.

const entry = fileURLToPath(new URL('../dist/index.js', import.meta.url))

/** Bundles a file into one script that leaves its exports in `annoform`. Anything that cannot be put into it is an error. */
async function bundled(input: string): Promise<string> {
  const complaints: string[] = []
  const bundle = await rolldown({
    input,
    platform: 'browser',
    onLog: (level, log) => {
      complaints.push(`${level}: ${log.message}`)
    },
  })
  const { output } = await bundle.generate({ format: 'iife', name: 'annoform', codeSplitting: false })
  await bundle.close()
  expect(complaints).toEqual([])
  expect(output.map(({ type, fileName }) => [type, fileName])).toEqual([['chunk', 'index.js']])
  const [chunk] = output
  expect(chunk.imports).toEqual([])
  return chunk.code
}

/** A context with nothing but the language and two classes; V8 puts a console into every one. */
function bareContext(globals: Readonly<Record<string, unknown>> = {}): Context {
  const context = createContext({ TextDecoder, TextEncoder, ...globals })
  runInContext('delete globalThis.console', context)
  return context
}

/** Two pictures, a polygon, a mask, a box and a key nobody knows; numbers that a careless writer would respell. */
const COCO = `{"info":{"year":2024},"images":[
{"id":7,"width":40,"height":30,"file_name":"a.jpg"},
{"id":9007199254740993,"width":3,"height":2,"file_name":"ü/b.png"}],
"annotations":[
{"id":1,"image_id":7,"category_id":3,"segmentation":[[1.50,2,10.25,2,10.25,8.125]],"area":26.80,"bbox":[1.5,2,8.75,6.125],"iscrowd":0},
{"id":2,"image_id":9007199254740993,"category_id":0,"segmentation":{"size":[2,3],"counts":[1,2,3]},"area":2,"bbox":[0,0,2,2],"iscrowd":1},
{"id":3,"image_id":7,"category_id":0,"bbox":[0.1,0.2,0.3,0.4],"mood":{"happy":1e0}}],
"categories":[{"id":3,"name":"cat"},{"id":0,"name":"dog"}]}`

/** As COCO may come back: annotations grouped by image. */
const REGROUPED = JSON.parse(COCO)
REGROUPED.annotations = [REGROUPED.annotations[0], REGROUPED.annotations[2], REGROUPED.annotations[1]]

/** Runs in the bare context. */
const ROUND_TRIP = `(async () => {
  const { cocoDocument, convertDataset, formatById, memorySink, memoryTree, parseCoco, Ledger, memoryScratch } = annoform
  const sink = memorySink()
  const there = await convertDataset(await parseCoco(coco), { to: formatById('native'), tree: sink })
  const [[path, bytes]] = sink.files
  const context = { policy: 'strict', account: new Ledger('strict'), scratch: memoryScratch() }
  const back = await formatById('native').read.open(memoryTree({ [path]: bytes }), {}, context)
  const { text, report } = await cocoDocument(back)
  const rewritten = await cocoDocument(back, { rewrite: true })
  return JSON.stringify({ native: sink.text(path), text, rewritten: rewritten.text, counts: [there.annotations, report.annotations] })
})()`

describe('the pure entry in a browser', () => {
  let script: string

  beforeAll(async () => {
    if (!existsSync(entry)) throw new Error('the package is not built: npm run build')
    script = await bundled(entry)
  })

  it('needs nothing of Node', () => {
    expect(script).not.toMatch(/['"]node:|\brequire\s*\(|import\.meta/)
  })

  it('loads where there is nothing but the language', () => {
    const context = bareContext()
    runInContext(script, context)
    const absent = ['process', 'Buffer', 'require', 'console', 'setTimeout', 'URL', 'performance', 'structuredClone']
    expect(runInContext(`${JSON.stringify(absent)}.filter((name) => name in globalThis)`, context)).toHaveLength(0)
    expect(runInContext('typeof annoform.parseCoco', context)).toBe('function')
  })

  it('takes COCO to the native format and back', async () => {
    const context = bareContext({ coco: COCO })
    runInContext(script, context)
    const { native, text, rewritten, counts } = JSON.parse(await runInContext(ROUND_TRIP, context))
    expect(native).toMatch(/^\{"annoform":1,/)
    expect(JSON.parse(text)).toEqual(REGROUPED)
    expect(JSON.parse(rewritten)).toEqual(REGROUPED)
    for (const spelling of ['1.50', '26.80', '9007199254740993', '1e0']) expect(text).toContain(spelling)
    const kept = { read: 3, kept: 3, derived: 0, approximated: 0, dropped: 0 }
    expect(counts).toEqual([kept, kept])
  })
})

describe('the bundler', () => {
  it('complains about what a browser does not have', async () => {
    const node = fileURLToPath(new URL('../dist/io/folder.js', import.meta.url))
    await expect(bundled(node)).rejects.toThrow()
  })
})
