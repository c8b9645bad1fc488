import type { LightCourse } from './light-courses.ts';
import { lightCourses } from './light-courses.ts';

/** A lamp or window: light from one direction. */
export interface RoomLamp {
  /** CSS colour. */
  color: string;
  /** Irradiance of a surface that faces the lamp: π lights white to full white. */
  intensity: number;
  /** Vector from the person to the lamp: x to the right in the picture, y up, z towards the camera; metres. */
  offset: readonly [number, number, number];
}

/** How a room is lit and filmed. The intensities include the camera's exposure. */
export interface RoomLamps {
  /** Casts shadows on people who wear cloth. */
  key: RoomLamp;
  /** Casts none. */
  fill: RoomLamp | null;
  /** Light from all sides: CSS colours from above and below, and irradiance of white from above. */
  sky: { above: string; below: string; intensity: number };
  /** Light that the wall sends out itself, as a window would: linear, 0..1. */
  wallGlow: number;
  /** How the brightness changes with time. */
  course: LightCourse;
}

/** A room with lamps overhead and a pale window: light in it is almost white. */
const indoors: Omit<RoomLamps, 'course'> = {
  key: { color: '#fff4ea', intensity: 2.1, offset: [-1.6, 2.2, 2.2] },
  fill: { color: '#e6efff', intensity: 0.6, offset: [2.5, 0.6, 1.5] },
  sky: { above: '#ffffff', below: '#b8aea4', intensity: 1.5 },
  wallGlow: 0,
};

/**
 * Lights by name. `steady` and `blackout` are a well-lit room, at all times and with one second of darkness. In the
 * others the camera has balanced the colour in part only: a warm `lamp` from above the left, a cool `window` at the
 * right, hard `sun` from the right with blue sky, a bright window behind the person (`backlight`), and one weak lamp
 * (`night`).
 */
export const roomLamps = {
  steady: { ...indoors, course: lightCourses.steady },
  blackout: { ...indoors, course: lightCourses.blackout },
  lamp: {
    key: { color: '#ffdcb4', intensity: 1.9, offset: [-1.2, 2.4, 1.6] },
    fill: null,
    sky: { above: '#ffeeda', below: '#d8b896', intensity: 1.3 },
    wallGlow: 0,
    course: lightCourses.steady,
  },
  window: {
    key: { color: '#e2edff', intensity: 2.6, offset: [3, 0.9, 1.2] },
    fill: null,
    sky: { above: '#eaf1ff', below: '#b4b6bc', intensity: 1 },
    wallGlow: 0,
    course: lightCourses.steady,
  },
  sun: {
    key: { color: '#fff1dc', intensity: 3.4, offset: [1.5, 2.6, 1.8] },
    fill: null,
    sky: { above: '#d4e3ff', below: '#a89c8c', intensity: 0.9 },
    wallGlow: 0,
    course: lightCourses.steady,
  },
  backlight: {
    key: { color: '#fffaf2', intensity: 2.4, offset: [-0.9, 1.8, -2.4] },
    fill: null,
    sky: { above: '#f6f8ff', below: '#b4aca6', intensity: 1.25 },
    wallGlow: 0.5,
    course: lightCourses.steady,
  },
  night: {
    key: { color: '#ffe2bc', intensity: 0.8, offset: [0.9, 2.2, 1.2] },
    fill: null,
    sky: { above: '#fff0e0', below: '#94806c', intensity: 0.4 },
    wallGlow: 0,
    course: lightCourses.steady,
  },
} as const satisfies Record<string, RoomLamps>;
/** Name of a light. */
export type LightName = keyof typeof roomLamps;
