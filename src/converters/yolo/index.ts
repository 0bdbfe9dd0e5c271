export {
  type ParseYoloLabelsOptions,
  parseYoloLabels,
  type YoloLabelsOptions,
  yoloLabels,
} from './documents.js'
export { yolo } from './format.js'
