import type { GarmentKind } from '../../../src/garment/garment.ts';

/** One look at the mannequin in the garment. */
export interface Shot {
  /** Text under the picture. */
  label: string;
  /** Name of the body: one of the mannequin's presets. */
  shape: string;
  size: string;
  /** Name of the colour; null for the file's first. */
  color: string | null;
  /** Name of a motion of the mannequin, and the time in it that the picture shows, milliseconds. */
  motion: string;
  atMs: number;
  /** How much of the body is in the picture. */
  view: View;
}

/** Camera of a shot: vertical angle of view, degrees, and height over the floor, metres; it stands 3.2 m away. */
interface View {
  fovYDegrees: number;
  heightMetres: number;
}

/** A picture file to draw. */
export interface PicturePlan {
  /** Name of the file, without `.webp`. */
  name: string;
  title: string;
  /** `sheet`: the shots side by side, in rows of `columns`; `clip`: one after another; `room`: what the room draws. */
  kind: 'sheet' | 'clip' | 'room';
  columns: number;
  shots: Shot[];
}

/** What is known of the garment. */
export interface PreviewedGarment {
  kind: GarmentKind;
  sizes: readonly string[];
  baseSize: string;
  colors: readonly string[];
}

/** All of the body, with raised arms. */
const WHOLE: View = { fovYDegrees: 42, heightMetres: 1.02 };
/** From head to thighs, from the waist to the floor, and the whole body without raised arms. */
const UPPER: View = { fovYDegrees: 22, heightMetres: 1.2 };
const LOWER: View = { fovYDegrees: 22, heightMetres: 0.55 };
const LONG: View = { fovYDegrees: 34, heightMetres: 0.88 };

/** What of the body a garment of each kind is worn on. */
const closeViews: Record<GarmentKind, View> = {
  top: UPPER,
  outer: UPPER,
  bottom: LOWER,
  skirt: LOWER,
  dress: LONG,
  outfit: LONG,
};

/** Poses by label: a motion of the mannequin, and a time in it. `turn` turns once in 8 s. */
const poses = {
  front: { motion: 'turn', atMs: 0 },
  side: { motion: 'turn', atMs: 2000 },
  back: { motion: 'turn', atMs: 4000 },
  'arms up': { motion: 'arms', atMs: 2500 },
  'arms crossed': { motion: 'arms-crossed', atMs: 2500 },
  step: { motion: 'walk', atMs: 2250 },
  squat: { motion: 'squat', atMs: 2000 },
};

/** Pictures of the clip in which the body turns once. */
const CLIP_FRAMES = 36;
/** Time of one turn of the motion `turn`, ms. */
const TURN_MS = 8000;
/** Most sizes and colours that are drawn: a table of trousers has sixty sizes, of which nobody compares more. */
const MAX_SHOWN = 12;

/**
 * Plans the pictures of a garment: on all bodies and in all poses in its base size, each size and each colour on the
 * first body, a clip in which that body turns, and what the room draws when it tracks the picture of that body.
 *
 * @param bodies names of presets, at least one.
 */
export function planPictures(
  { kind, sizes, baseSize, colors }: PreviewedGarment,
  bodies: readonly string[],
): PicturePlan[] {
  const [first] = bodies;
  const view = closeViews[kind];
  const shot = (label: string, changes: Partial<Shot> = {}): Shot => ({
    label,
    shape: first,
    size: baseSize,
    color: null,
    view,
    ...poses.front,
    ...changes,
  });
  const columns = Object.keys(poses).length;
  const onBodies = bodies.flatMap((shape) =>
    Object.entries(poses).map(([pose, at]) => shot(`${shape}, ${pose}`, { ...at, shape, view: WHOLE })),
  );
  const plans: PicturePlan[] = [
    { name: 'bodies', title: `Size ${baseSize} on bodies and in poses`, kind: 'sheet', columns, shots: onBodies },
  ];
  if (sizes.length > 1) {
    const shown = sizes.slice(0, MAX_SHOWN);
    const shots = shown.flatMap((size) => shot(size, { size }));
    const fromSide = shown.map((size) => shot(`${size}, side`, { size, ...poses.side }));
    plans.push({
      name: 'sizes',
      title: `Sizes on ${first}`,
      kind: 'sheet',
      columns: shown.length,
      shots: [...shots, ...fromSide],
    });
  }
  if (colors.length > 0) {
    const shots = colors.slice(0, MAX_SHOWN).map((color) => shot(color, { color }));
    plans.push({ name: 'colors', title: 'Colours', kind: 'sheet', columns: Math.min(6, shots.length), shots });
  }
  const turn = Array.from({ length: CLIP_FRAMES }, (_, i) =>
    shot('', { motion: 'turn', atMs: (i * TURN_MS) / CLIP_FRAMES }),
  );
  plans.push({ name: 'turn', title: 'Turned once', kind: 'clip', columns: 1, shots: turn });
  const inRoom = bodies.slice(0, 2).map((shape) => shot(shape, { shape, motion: 'sway', atMs: 1000, view: WHOLE }));
  plans.push({ name: 'room', title: 'In the room', kind: 'room', columns: inRoom.length, shots: inRoom });
  return plans;
}
