import fc, { type Arbitrary } from 'fast-check'
import type { CueNode } from '../../../src/converters/vtt/cue-tree.js'
import type { VttBlock, VttCue, VttDocument } from '../../../src/converters/vtt/document.js'

/** Characters that mean something to a parser, and others. */
const CHARACTER = fc.constantFrom(...'ab Z09<>&;.:,-/%#\t=', 'é', '漢', '😀', '\u00a0', '\u2028', '\f', '\ufeff')
const LINE = fc
  .array(CHARACTER, { minLength: 1, maxLength: 12 })
  .map((characters) => characters.join(''))
  .filter((line) => !line.includes('-->'))
const LINES = fc.array(LINE, { maxLength: 3 }).map((lines) => lines.join('\n'))

const MS = fc.oneof(fc.nat({ max: 5000 }), fc.nat({ max: 400_000_000 }), fc.constant(Number.MAX_SAFE_INTEGER))

const SETTINGS = fc
  .array(
    fc.constantFrom('align:start', 'line:-1', 'position:10.5%,line-left', 'region:fred', 'size:50%', 'x:y', 'odd'),
    {
      maxLength: 3,
    },
  )
  .map((words) => words.join(' '))

const CUE: Arbitrary<VttCue> = fc.record({
  kind: fc.constant('cue' as const),
  id: fc.oneof(fc.constant(''), LINE),
  start: MS,
  end: MS,
  settings: SETTINGS,
  text: LINES,
})

const NOTE: Arbitrary<VttBlock> = fc.record({ kind: fc.constant('note' as const), text: LINES })
const HEAD: Arbitrary<VttBlock> = fc.oneof(
  NOTE,
  fc.record({ kind: fc.constantFrom('style' as const, 'region' as const), text: LINES }),
)
const OTHER: Arbitrary<VttBlock> = fc.record({
  kind: fc.constant('other' as const),
  text: LINE.filter((line) => !/^(?:NOTE|STYLE|REGION)/.test(line)),
})

/** Documents of every kind of block: styles and regions before the first cue, comments and odd lines anywhere. */
export const arbitraryDocument: Arbitrary<VttDocument> = fc
  .record({
    title: fc.oneof(fc.constant(''), LINE),
    header: fc.array(LINE, { maxLength: 2 }),
    head: fc.array(HEAD, { maxLength: 3 }),
    cues: fc.array(fc.oneof({ weight: 3, arbitrary: CUE }, NOTE, OTHER), { maxLength: 5 }),
  })
  .map(({ title, header, head, cues }) => ({ title, header, blocks: [...head, ...cues] }))

const TEXT_NODE: Arbitrary<CueNode> = fc
  .array(fc.oneof(CHARACTER, fc.constantFrom('\n', '-->', '&amp;', '\r')), { minLength: 1, maxLength: 8 })
  .map((parts) => ({ kind: 'text', text: parts.join('') }))
const NAME = fc.constantFrom('a', 'loud', 'Ärger', 'a-b', '9')
const ANNOTATION = fc.constantFrom('', 'Ann', 'A & B', 'a > b', 'x --', 'two words')

/** Trees as reading gives them: no two texts side by side, readings in ruby alone. */
export const arbitraryTree: Arbitrary<readonly CueNode[]> = fc
  .letrec<{ readonly nodes: readonly CueNode[]; readonly node: CueNode }>((tie) => ({
    nodes: fc.array(tie('node'), { maxLength: 4 }),
    node: fc.oneof(
      { depthSize: 'small' },
      TEXT_NODE,
      fc.nat({ max: 90_000_000 }).map((ms): CueNode => ({ kind: 'timestamp', ms })),
      fc
        .record({
          kind: fc.constantFrom('c' as const, 'i' as const, 'b' as const, 'u' as const, 'ruby' as const),
          classes: fc.array(NAME, { maxLength: 2 }),
          children: tie('nodes'),
        })
        .map((span) => span),
      fc
        .record({
          kind: fc.constantFrom('v' as const, 'lang' as const),
          classes: fc.array(NAME, { maxLength: 2 }),
          annotation: ANNOTATION,
          children: tie('nodes'),
        })
        .map((span) => span),
      fc.record({ reading: tie('nodes') }).map(
        ({ reading }): CueNode => ({
          kind: 'ruby',
          classes: [],
          children: [
            { kind: 'text', text: '漢' },
            { kind: 'rt', classes: [], children: reading },
          ],
        }),
      ),
    ),
  }))
  .nodes.map(withoutNeighbours)

function withoutNeighbours(nodes: readonly CueNode[]): readonly CueNode[] {
  const kept = nodes.filter((node, i) => node.kind !== 'text' || nodes[i - 1]?.kind !== 'text')
  return kept.map((node) => ('children' in node ? { ...node, children: withoutNeighbours(node.children) } : node))
}
