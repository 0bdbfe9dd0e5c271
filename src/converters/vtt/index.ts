// The public face of captions: `annoform/vtt`.

export {
  type CaptionsFromItemOptions,
  type ItemFromCaptionsOptions,
  type ItemFromSrtOptions,
  itemFromSrt,
  itemFromVtt,
  srtFromItem,
  vttFromItem,
} from './captions.js'
export { type CueSettings, cueSettings } from './cue-settings.js'
export { type CueNode, type CueSpan, cueTree, plainText, type SpanName } from './cue-tree.js'
export { cueText } from './cue-tree-text.js'
export { cuesOf, type Finding, type TimestampMap, type VttBlock, type VttCue, type VttDocument } from './document.js'
export { vttText } from './document-text.js'
export { srt, vtt } from './format.js'
export { type ParsedVtt, type ParseVttOptions, parseVtt, timestampMap } from './parse.js'
export { regionSettings, type VttRegionSettings } from './region-settings.js'
export { srtText } from './srt/document-text.js'
export { type ParsedSrt, parseSrt } from './srt/parse.js'
export type { SrtBlock, SrtCue, SrtDocument } from './srt/scan.js'
export type { WrittenCaptions } from './vtt-write.js'
