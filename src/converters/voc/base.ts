import type { Account } from '../../dataset/account.js'
import { byCodePoint } from '../../paths.js'
import { child, childText, type XmlElement } from './xml-tree.js'

/**
 * What the numbers of a box mean. `inclusive1`: the devkit's first and last pixel, counted from 1 (edges xmin − 1,
 * ymin − 1, xmax, ymax). `edge0`: edges, counted from 0, as nearly everybody else writes them.
 */
export type Base = 'inclusive1' | 'edge0'

/** The root attribute by which files say their base that could not be told otherwise. */
export const BASE_ATTRIBUTE = 'annoform-base'
const BASE_MARK = new RegExp(`(?:^|\\s)${BASE_ATTRIBUTE}\\s*=\\s*["']inclusive1["']`)

const DEVKIT = /^(?:the\s+)?(?:pascal\s+)?voc\s?20\d\d(?:\s+database)?$/i
const CORNERS = ['xmin', 'ymin', 'xmax', 'ymax'] as const

/** What a survey of all files has counted. */
export interface Survey {
  files: number
  /** Files with a box that name a devkit database, and those that do not. */
  devkit: number
  others: number
  boxes: number
  zeros: number
  decimals: number
  readonly labels: Set<string>
}

export function emptySurvey(): Survey {
  return { files: 0, devkit: 0, others: 0, boxes: 0, zeros: 0, decimals: 0, labels: new Set() }
}

/** Enters one document: its labels, and what its numbers say about their base. */
export function surveyDocument(root: XmlElement, survey: Survey): void {
  survey.files++
  const boxes = survey.boxes
  for (const object of root.elements) {
    if (object.name !== 'object') continue
    surveyElement(object, survey)
    for (const part of object.elements) if (part.name === 'part') surveyElement(part, survey)
  }
  if (survey.boxes === boxes) return
  if (saysInclusive(root)) survey.devkit++
  else survey.others++
}

function surveyElement(element: XmlElement, survey: Survey): void {
  const name = childText(element, 'name')
  if (name !== undefined && name !== '') survey.labels.add(name)
  const box = child(element, 'bndbox')
  if (box === undefined) return
  survey.boxes++
  const numbers = CORNERS.map((corner) => childText(box, corner) ?? '')
  if (numbers.some((text) => text.includes('.'))) survey.decimals++
  else if (numbers.some((text) => text !== '' && Number(text) <= 0)) survey.zeros++
}

/** Whether a document says that it is of a devkit, or that its corners are inclusive. */
export function saysInclusive(root: XmlElement): boolean {
  if (BASE_MARK.test(root.attributes)) return true
  const source = child(root, 'source')
  return source !== undefined && saysDevkit(source)
}

/** The source text of a root's attributes with what they say about the base taken away. */
export function withoutBase(attributes: string): string {
  return attributes.replace(BASE_MARK, '')
}

/** Whether a `source` element names a database of the devkit. */
export function saysDevkit(source: XmlElement): boolean {
  return DEVKIT.test(childText(source, 'database') ?? '')
}

/** The labels of a survey, in the order of their code points: no file is the first. */
export function surveyedLabels({ labels }: Survey): readonly string[] {
  return [...labels].sort(byCodePoint)
}

/** The base of a data set, and the evidence for it in the ledger. */
export function decideBase(asked: 'auto' | Base, survey: Survey, account: Account): Base {
  const { devkit, others, boxes, zeros, decimals } = survey
  if (asked !== 'auto') return asked
  if (boxes === 0) return 'edge0'
  const tell = (reason: string, count: number): void =>
    account.field({ level: 'header', effect: 'defaulted', subject: 'base', reason, count })
  if (devkit > 0 && others > 0)
    account.problem({
      code: 'dialect',
      message: `${devkit} files say they are of a VOC devkit, ${others} do not; all are read alike`,
      got: devkit > others ? 'inclusive1' : 'edge0',
      fix: 'Choose with --voc.base inclusive1 or --voc.base edge0, or convert them apart',
    })
  if (devkit > others) {
    tell('inclusive1: the source says it is of a VOC devkit', devkit)
    return 'inclusive1'
  }
  if (decimals > 0) tell('edge0: boxes have decimals', decimals)
  else if (zeros > 0) tell('edge0: boxes begin at 0', zeros)
  else tell('undecided, read as edge0: no box has a 0 or decimals', boxes)
  return 'edge0'
}
