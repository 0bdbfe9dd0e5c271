// The public face of the native format: `annoform/native`.

export { nativeText, type ParseNativeOptions, parseNative } from './document.js'
export { native } from './format.js'
