import type { Detection, Probe } from '../format.js'
import { isNoLabelFile } from './no-labels.js'
import { isText } from './tree-index.js'

const YAML_KEYS = /^(?:names|train|val|nc)[ \t]*:/gm
const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`
const ROW = new RegExp(String.raw`^\d{1,5}(?:\.0*)?((?:[ \t]+${NUMBER}){4,})$`)
/** How many files of labels are looked into. */
const LOOKS = 8

/** A `data.yaml` with class names and splits, Darknet's `obj.data`, or text files of a class and shares of the picture. */
export async function detectYolo(probe: Probe): Promise<Detection> {
  const { paths } = probe
  const yaml = paths.filter((path) => /\.ya?ml$/i.test(path)).sort((a, b) => a.split('/').length - b.split('/').length)
  for (const path of yaml.slice(0, LOOKS)) {
    const keys = new Set(((await probe.head(path)).match(YAML_KEYS) ?? []).map((key) => key.replace(/\W+$/, '')))
    if (keys.has('names') && (keys.has('train') || keys.has('val') || keys.has('nc')))
      return { confidence: 0.9, evidence: `${path} has the keys ${[...keys].join(', ')}` }
  }
  const texts = paths.filter((path) => isText(path) && !isNoLabelFile(path))
  if (texts.length === 0) return { confidence: 0, evidence: 'no data.yaml and no .txt file of labels' }
  const likely = texts.filter((path) => /(?:^|\/)labels\//.test(path))
  let nearest = ''
  for (const path of (likely.length > 0 ? likely : texts).slice(0, LOOKS)) {
    const row = firstRow(await probe.head(path, 8192))
    if (row === undefined) continue
    if (isRow(row)) {
      const darknet = paths.find((other) => other.endsWith('.data'))
      const with_ = darknet === undefined ? '' : `, and ${darknet} describes them`
      return {
        confidence: darknet === undefined ? 0.7 : 0.85,
        evidence: `${path} begins with a class and shares of a picture${with_}`,
      }
    }
    nearest ||= path
  }
  if (nearest === '')
    return { confidence: 0.3, evidence: 'there are .txt files, but all that were looked into are empty' }
  return { confidence: 0, evidence: `${nearest} does not begin with a class and at least four shares of a picture` }
}

/** The first line that is not blank; undefined without one. A line that is cut short counts up to its last blank. */
function firstRow(text: string): string | undefined {
  const lines = text.replace(/^\uFEFF/, '').split(/[\r\n]+/)
  const row = lines.find((line) => line.trim() !== '')?.trim()
  if (row === undefined || row.length < 4000) return row
  return row.slice(0, row.lastIndexOf(' ')).trim()
}

/** Shares may reach a little out of the picture; pixels are far out. */
function isRow(text: string): boolean {
  const numbers =
    ROW.exec(text)?.[1]
      ?.trim()
      .split(/[ \t]+/) ?? []
  return numbers.length > 0 && numbers.slice(0, 4).every((number) => Math.abs(Number(number)) <= 2)
}
