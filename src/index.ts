// The public entry `fitting-room`: the classes of the elements, the frame sources (a video frame by frame, the
// synthetic person), the synthetic person's ground truth, the reader of BVH motions, errors, and the types of them all.
// Importing it registers no element: the entry `fitting-room/define` does.

export type { Body, BodyCamera } from './body/body.ts';
export type { Measurement, Measurements } from './body/create-body-measurer.ts';
export type { Facing } from './capture/facing.ts';
export type { Frame, FrameSource } from './capture/frame-source.ts';
export type { SourceValue } from './capture/open-source.ts';
export { type SteppedVideoOptions, SteppedVideoSource } from './capture/stepped-video-source.ts';
export { FittingGarment } from './element/fitting-garment.ts';
export { FittingRoom } from './element/fitting-room.ts';
export type { FittingRoomEventMap, GarmentChoice } from './element/fitting-room-events.ts';
export { FittingError, type FittingErrorCode, fittingErrorCodes } from './errors.ts';
export { MannequinSource, type MannequinSourceOptions } from './mannequin-source.ts';
export type { SnapshotLayers, SnapshotOptions } from './scene/stage.ts';
export type { FrameMetrics } from './session/frame-metrics.ts';
export type { FittingState, FittingStatus } from './session/state.ts';
export type { WardrobeEntry } from './session/wardrobe-entry.ts';
export {
  createMannequinTruth,
  type FigureGarment,
  type MannequinMask,
  type MannequinTruth,
} from './synthetic/mannequin-source.ts';
export type { Motion, MotionPose } from './synthetic/motion-pose.ts';
export { readBvh } from './synthetic/read-bvh.ts';
export type { Landmark, Tracked } from './tracking/describe-tracked.ts';
export type {
  EngineName,
  ModelName,
  PersonMask,
  SegmentationName,
  TrackedFrame,
  Tracker,
  TrackerLoadOptions,
  TrackOutcome,
} from './tracking/tracker.ts';
