/** A ball that bounces through a picture, passes behind a crate and comes out again. Pixels and frames. */

export const WIDTH = 480
export const HEIGHT = 270
export const FRAMES = 48
/** Frames a second. */
export const FPS = 25
export const FLOOR = 226
export const RADIUS = 16

/** The ball is hidden from the one frame to the other, both included. */
export const CRATE = { left: 232, top: 118, right: 322, bottom: 232 } as const

const BOUNCE = 15
const HEIGHTS = [150, 96, 64, 44] as const

/** Where the ball is: centre, in pixels. */
export function ballAt(frame: number): { readonly x: number; readonly y: number } {
  const leap = Math.min(HEIGHTS.length - 1, Math.floor((frame + 7) / BOUNCE))
  const phase = ((frame + 7) % BOUNCE) / BOUNCE
  const height = HEIGHTS[leap] ?? 0
  return { x: 26 + frame * 9, y: FLOOR - RADIUS - height * 4 * phase * (1 - phase) }
}

/** Whether any of the ball looks out from behind the crate. */
export function ballVisible(frame: number): boolean {
  const { x, y } = ballAt(frame)
  return x - RADIUS < CRATE.left || x + RADIUS > CRATE.right || y - RADIUS < CRATE.top
}

/** What is said about the film, from frame to frame. */
export const CUES = [
  { from: 2, to: 18, text: 'Off it goes!', cue: { speaker: 'Mira', identifier: 'ball-1' } },
  { from: 24, to: 32, text: 'Where did it go?', cue: { speaker: 'Jon', identifier: 'ball-2', settings: 'line:0' } },
  { from: 33, to: 46, text: 'It was behind the crate.', cue: { speaker: 'Mira', identifier: 'ball-3' } },
] as const

/** The frames at which the track is set: every fourth, and those where the ball vanishes and comes back. */
export const KEY_FRAMES: readonly number[] = Array.from({ length: FRAMES }, (_, frame) => frame).filter(
  (frame) => frame % 4 === 0 || ballVisible(frame) !== ballVisible(frame - 1),
)
