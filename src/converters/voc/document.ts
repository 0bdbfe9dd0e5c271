import type { Account, Outcome } from '../../dataset/account.js'
import type { Item } from '../../dataset/item.js'
import type { Policy } from '../format.js'
import { Ledger } from '../ledger.js'
import { splitExtension } from '../output-names.js'
import { type Base, decideBase, emptySurvey, surveyDocument } from './base.js'
import { ExtraCache, VOC } from './elements.js'
import { checkRoot, readItem } from './read-item.js'
import type { GeometryOptions } from './write-geometry.js'
import { writeItem } from './write-item.js'
import { readXml } from './xml-document.js'

export interface ParseVocOptions {
  /** The name of the file, for messages and, without `.xml`, as the item's id. */
  readonly name?: string | undefined
  /** What the corners of boxes are; default `auto`, decided by this document alone. */
  readonly base?: 'auto' | Base | undefined
  readonly policy?: Policy | undefined
  /** Told about everything that is met. Default: a ledger of its own, so that `strict` holds. */
  readonly account?: Account | undefined
}

/**
 * The item one VOC document describes. Works without files, in a browser too.
 * @param document text, or bytes in whatever encoding they declare
 * @throws AnnotationError `xml-syntax` with line and column, `xml-limit`, `encoding`, `not-this-format`, `empty-input`;
 * under `strict` the first problem
 * @example const item = parseVoc('<annotation><filename>a.jpg</filename></annotation>', { name: 'a.xml' })
 */
export function parseVoc(document: string | Uint8Array, options: ParseVocOptions = {}): Item {
  const { name = 'document.xml', base = 'auto', policy = 'lenient', account = new Ledger(policy) } = options
  const read = readXml(document, name)
  checkRoot(read)
  const survey = emptySurvey()
  surveyDocument(read.root, survey)
  return readItem(read, {
    id: splitExtension(name.slice(name.lastIndexOf('/') + 1))[0],
    split: undefined,
    base: decideBase(base, survey, account),
    repair: policy === 'salvage',
    account,
    extras: new ExtraCache(),
    picture: () => undefined,
  })
}

export interface VocXmlOptions extends Partial<Omit<GeometryOptions, 'base'>> {
  /** What the corners of boxes are; default `auto`: as the item was read, where that was VOC, else edges from 0. */
  readonly base?: 'auto' | Base | undefined
  /** Write every element afresh. */
  readonly rewrite?: boolean | undefined
  /** Told about fields that do not fit and what else is met. */
  readonly account?: Account | undefined
}

/** A VOC document, and what became of each annotation of the item, in their order. */
export interface VocDocument {
  readonly text: string
  readonly outcomes: readonly Outcome[]
}

/**
 * The VOC document of an item. Annotations that VOC has no place for are left out, with an outcome that says so.
 * @throws AnnotationError under an account that is strict, its first problem
 * @example vocXml(item, { base: 'inclusive1' }).text
 */
export function vocXml(item: Item, options: VocXmlOptions = {}): VocDocument {
  const { base = 'auto', decimals = 0, polygon = 'auto', rotated = 'auto', rewrite = false } = options
  const { account = new Ledger('lenient') } = options
  const form = item.extra?.get(VOC)?.form === 'inclusive1' ? 'inclusive1' : 'edge0'
  const geometry: GeometryOptions = { base: base === 'auto' ? form : base, decimals, polygon, rotated }
  const { xml, outcomes } = writeItem(rewrite ? item.withoutRaw() : item, item.path, false, geometry, account)
  return { text: xml, outcomes }
}
