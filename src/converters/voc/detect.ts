import type { Detection, Probe } from '../format.js'

const ROOT = /^\ufeff?\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>\s*)*<([^\s/>]+)/
const LOOKED_AT = 8

/** VOC is one XML file a picture, with the root element "annotation" and boxes in it. */
export async function detectVoc(probe: Probe): Promise<Detection> {
  const xml = probe.paths.filter((path) => /\.xml$/i.test(path))
  if (xml.length === 0) return { confidence: 0, evidence: 'no .xml file' }
  const likely = xml.filter((path) => /(?:^|\/)Annotations\//i.test(path))
  let other = ''
  let weak: string | undefined
  for (const path of (likely.length > 0 ? likely : xml).slice(0, LOOKED_AT)) {
    const text = await probe.head(path)
    const root = ROOT.exec(text)?.[1]
    if (root !== 'annotation') {
      other ||= `${path} ${root === undefined ? 'has no root element' : `begins with <${root.slice(0, 40)}>`}`
      continue
    }
    const box = /<(bndbox|robndbox)[\s>]/.exec(text)?.[1]
    if (box !== undefined) return { confidence: 0.95, evidence: `${path} begins with <annotation> and has a <${box}>` }
    weak ??= path
    if (!/<object[\s>/]/.test(text) && /<size[\s>]/.test(text))
      return { confidence: 0.9, evidence: `${path} begins with <annotation> and has a <size>` }
  }
  if (weak !== undefined) return { confidence: 0.6, evidence: `${weak} begins with <annotation>, but has no <bndbox>` }
  return { confidence: 0, evidence: `${other}, not with <annotation>` }
}
