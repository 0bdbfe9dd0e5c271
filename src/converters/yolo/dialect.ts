import type { Account } from '../../dataset/account.js'
import type { DataYaml } from './data-yaml.js'
import type { Task } from './row-shape.js'
import type { Survey } from './survey.js'

export type TaskChoice = 'auto' | 'detect' | 'segment'
export type SixthChoice = 'auto' | 'score' | 'track'

/** How rows are to be understood. */
export interface Dialect {
  readonly task: Task
  /** What a number after the four of a box says. */
  readonly sixth: 'score' | 'track'
  /** How many numbers follow the class in the rows of poses. */
  readonly poseNumbers: number | undefined
}

export interface DialectChoices {
  readonly task: TaskChoice
  readonly sixth: SixthChoice
}

/**
 * The dialect of a data set: as chosen, else as its description says, else as its rows look. What looks like two of them
 * is a problem that says which was taken, and by which counts.
 */
export function dialectOf(
  choices: DialectChoices,
  yaml: DataYaml | undefined,
  found: Survey,
  file: string,
  account: Account,
): Dialect {
  const { keypoints } = yaml ?? {}
  const pose = choices.task === 'auto' && keypoints !== undefined
  return {
    task: pose ? 'pose' : taskOf(choices.task, yaml, found, file, account),
    sixth: sixthOf(choices.sixth, found, file, account),
    poseNumbers: pose ? 4 + keypoints[0] * keypoints[1] : undefined,
  }
}

function taskOf(
  choice: TaskChoice,
  yaml: DataYaml | undefined,
  { boxes, sixes, rings, fourPoints }: Survey,
  file: string,
  account: Account,
): Task {
  if (choice !== 'auto') return choice
  if (yaml?.task === 'detect' || yaml?.task === 'segment') return yaml.task
  if (rings === 0) return 'detect'
  if (fourPoints === rings && boxes + sixes === 0)
    account.problem({
      code: 'dialect',
      message: 'all rows have four points: they may be oriented boxes, and are read as polygons',
      place: { file },
      got: `${rings} rows of a class and eight numbers`,
      fix: 'Give --yolo.task segment if they are polygons',
    })
  return 'segment'
}

function sixthOf(
  choice: SixthChoice,
  { sixes, shares, whole }: Survey,
  file: string,
  account: Account,
): 'score' | 'track' {
  if (choice !== 'auto' || sixes === 0) return choice === 'track' ? 'track' : 'score'
  if (shares !== whole) return shares ? 'score' : 'track'
  account.problem({
    code: 'dialect',
    message: shares
      ? 'the sixth column holds nothing but 0 and 1: they may be track numbers, and are read as scores'
      : 'the sixth column holds neither scores (0 to 1) nor whole numbers; it is read as track names',
    place: { file },
    got: `${sixes} rows of six columns`,
    fix: 'Give --yolo.sixth score or --yolo.sixth track',
  })
  return shares ? 'score' : 'track'
}
