// The public face of VOC: `annoform/voc`.

export type { Base as VocBase } from './base.js'
export { type ParseVocOptions, parseVoc, type VocDocument, type VocXmlOptions, vocXml } from './document.js'
export { voc } from './format.js'
