import { MathUtils } from 'three';
import { type Motion, turnBody } from '../../../src/synthetic/motion-pose.ts';
import { motions } from '../../../src/synthetic/motions.ts';

/** Start and end of the turn, milliseconds: it takes 1.2 s, as when somebody looks at their back in a mirror. */
const TURN = { from: 800, to: 2000 };

/** Stands, turns once about the vertical, and stands again. */
const turn: Motion = (timeMs, target) => {
  motions.stand(0, target);
  turnBody(target, 360 * MathUtils.smoothstep(timeMs, TURN.from, TURN.to));
};

/** Does not move at all. */
const still: Motion = (_timeMs, target) => motions.stand(0, target);

/** Period of a squat of `motions`, milliseconds. */
const SQUAT_MS = 4000;
/** Period of a jump, milliseconds. */
const JUMP_MS = 2000;
/** Times of a jump, milliseconds: going down, pushing off, landing, standing again. */
const JUMP = { crouch: 400, push: 700, off: 850, land: 1300, deepest: 1420, stand: 1850 };
/** How far the knees bend before and after a jump, as a share of a squat. */
const CROUCH = { before: 0.5, after: 0.4 };
/** m/s². */
const GRAVITY = 9.81;

/** Jumps on the spot, 25 cm high, every 2 s. */
const jump: Motion = (timeMs, target) => {
  const t = timeMs % JUMP_MS;
  const { smoothstep } = MathUtils;
  const down =
    t < JUMP.off
      ? CROUCH.before * (smoothstep(t, JUMP.crouch, JUMP.push) - smoothstep(t, JUMP.push, JUMP.off))
      : CROUCH.after * (smoothstep(t, JUMP.land, JUMP.deepest) - smoothstep(t, JUMP.deepest, JUMP.stand));
  // The time at which a squat is as deep as this.
  motions.squat((SQUAT_MS * Math.acos(1 - 2 * down)) / (2 * Math.PI), target);
  if (t < JUMP.off || t > JUMP.land) return;
  const risen = (t - JUMP.off) / 1000;
  target.root.translation[1] += 0.5 * GRAVITY * risen * ((JUMP.land - JUMP.off) / 1000 - risen);
};

/** The motions in which cloth is judged, by name. */
export const clothMotions = {
  walk: motions.walk,
  turn,
  jump,
  squat: motions.squat,
  arms: motions.arms,
  still,
} as const satisfies Record<string, Motion>;

/** Name of one of `clothMotions`. */
export type ClothMotion = keyof typeof clothMotions;
