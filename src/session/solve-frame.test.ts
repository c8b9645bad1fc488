import { describe, expect, it } from 'vitest';
import { readCommittedMannequin } from '../adopt/make-rig.test-helper.ts';
import { createPosedBody } from '../body/create-posed-body.ts';
import { trackStandingPerson } from '../body/learn-shape.test-helper.ts';
import { createOutfit } from '../cloth/create-outfit.ts';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import { bindTubeGarment, makeTube, makeTubeGarment } from '../garment/make-tube.test-helper.ts';
import { createTrackedFrame } from '../tracking/create-tracked-frame.ts';
import { createFrameSolver, type FrameSolver, resetFrameSolver, solveFrame } from './solve-frame.ts';

/** A solver that records its calls. */
function createLog(): { solver: FrameSolver; log: string[] } {
  const log: string[] = [];
  const solver: FrameSolver = {
    body: {
      solve(tracked, target) {
        log.push(`solve ${tracked.timeMs}`);
        target.shapeVersion++;
      },
      hasSeen: () => false,
      shapeCovariance: () => new Float64Array(),
      setStature() {},
      reset: () => log.push('reset'),
    },
    garments: {
      fit: ({ shapeVersion }, timeMs) => void log.push(`fit ${shapeVersion} at ${timeMs}`),
      startAnew: () => log.push('start anew'),
    },
    isLive: false,
    isDepthMeasured: false,
    previousTimeMs: NaN,
  };
  return { solver, log };
}

function solveAll(solver: FrameSolver, times: readonly number[]): void {
  const posed = createPosedBody();
  for (const timeMs of times) solveFrame(solver, Object.assign(createTrackedFrame(), { timeMs }), posed);
}

describe('solveFrame', () => {
  it('solves the body, then fits the garments to its new shape', () => {
    const { solver, log } = createLog();
    solveAll(solver, [0, 33]);
    expect(log).toEqual(['solve 0', 'fit 1 at 0', 'solve 33', 'fit 2 at 33']);
  });

  it('forgets the person when the time jumps back, whether or not the source is live', () => {
    for (const isLive of [false, true]) {
      const { solver, log } = createLog();
      resetFrameSolver(solver, isLive);
      solveAll(solver, [100, 133, 0, 33]);
      expect(log.filter((line) => !line.startsWith('fit'))).toEqual([
        'reset',
        'start anew',
        'solve 100',
        'solve 133',
        'reset',
        'solve 0',
        'solve 33',
      ]);
    }
  });

  it('forgets the person after a gap of more than 3 s in a live source only', () => {
    for (const [isLive, resets] of [
      [true, 2],
      [false, 1],
    ] as const) {
      const { solver, log } = createLog();
      resetFrameSolver(solver, isLive);
      solveAll(solver, [0, 3000, 6001]);
      expect(log.filter((line) => line === 'reset').length).toBe(resets);
    }
  });

  it('the first frame of a new source may have any time; it is no jump back', () => {
    const { solver, log } = createLog();
    solveAll(solver, [9000]);
    resetFrameSolver(solver, false);
    solveAll(solver, [0]);
    expect(log.filter((line) => line === 'reset').length).toBe(1);
  });

  it('works without a document: the real solver and a real fit', async () => {
    expect(typeof document).toBe('undefined');
    const mannequin = await readCommittedMannequin();
    const garment = await bindTubeGarment(makeTubeGarment([makeTube(0.4, 0.9, 1.4, true)]), mannequin);
    const fit = createGarmentFit(garment);
    const outfit = createOutfit(mannequin);
    outfit.wear([{ garment, size: 'M', fit }]);
    const solver = createFrameSolver({ mannequin, garments: outfit, stature: 180 });
    const posed = createPosedBody();
    solveFrame(solver, createTrackedFrame(), posed);
    expect([posed.found, fit.version]).toEqual([false, 0]);
    const person = trackStandingPerson(mannequin, { weights: mannequin.presets['male-50'], armAngle: 0.2 });
    solveFrame(solver, Object.assign(person, { timeMs: 33 }), posed);
    expect(posed.found).toBe(true);
    expect(fit.version).toBeGreaterThan(0);
    expect(fit.positions[0].every(Number.isFinite)).toBe(true);
  });

  it('gives the same bodies and cloth, bit for bit, whatever was shown before, at whatever pace', async () => {
    const mannequin = await readCommittedMannequin();
    const garment = await bindTubeGarment(makeTubeGarment([makeTube(0.3, 0.9, 1.4, true)]), mannequin);
    const clip = Array.from({ length: 12 }, (_, frame) =>
      trackStandingPerson(mannequin, {
        weights: mannequin.presets['female-50'],
        armAngle: 0.2 + 0.05 * frame,
        turn: 0.3 * Math.sin(frame),
      }),
    );
    /** Shows frames of another film first, which end `gapMs` before the time of the clip, and then the clip. */
    const play = (otherFrames: readonly number[], paceMs: number, gapMs: number): Float32Array[] => {
      const fit = createGarmentFit(garment);
      const outfit = createOutfit(mannequin);
      outfit.wear([{ garment, size: 'M', fit }]);
      const solver = createFrameSolver({ mannequin, garments: outfit });
      const posed = createPosedBody();
      otherFrames.forEach((frame, n) => {
        const timeMs = 1000 - gapMs - paceMs * (otherFrames.length - 1 - n);
        solveFrame(solver, Object.assign(clip[frame], { timeMs }), posed);
      });
      resetFrameSolver(solver, false);
      return clip.flatMap((tracked, frame) => {
        solveFrame(solver, Object.assign(tracked, { timeMs: 1000 + (1000 * frame) / 30 }), posed);
        return [posed.positions.slice(), fit.positions[0].slice(), fit.normals[0].slice()];
      });
    };
    const first = play([], 0, 0);
    expect(first.at(-2)).not.toEqual(first[1]);
    expect(play([], 0, 0)).toEqual(first);
    expect(play([11, 8, 5], 16, 33)).toEqual(first);
    expect(play([0, 4, 2, 9], 70, 1)).toEqual(first);
  });
});
