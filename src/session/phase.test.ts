import { describe, expect, it } from 'vitest';
import { FittingError } from '../errors.ts';
import { Attempt } from './attempt.ts';
import type { FittingRun } from './fitting-run.ts';
import { attemptOf, IDLE, isHeld, nextPhase, type Phase, type PhaseEvent, runOf, statusOf } from './phase.ts';

const attempt = new Attempt();
const run = { isOver: false } as FittingRun;
const error = new FittingError('camera-lost', 'on purpose');

const events = {
  start: { type: 'start', attempt },
  ask: { type: 'ask' },
  allow: { type: 'allow' },
  play: { type: 'play', run },
  see: { type: 'see', seen: 'tracking' },
  pause: { type: 'pause' },
  resume: { type: 'resume' },
  lose: { type: 'lose' },
  regain: { type: 'regain' },
  stop: { type: 'stop' },
  fail: { type: 'fail', error },
} as const satisfies Record<string, PhaseEvent>;

type EventName = keyof typeof events;

function phaseAfter(...names: EventName[]): Phase {
  return names.reduce<Phase>((phase, name) => nextPhase(phase, events[name]), IDLE);
}

/** Events that lead to a phase, and the status after each further event. Events that are not listed change nothing. */
const table: [EventName[], Partial<Record<EventName, string>>][] = [
  [[], {}],
  [['start'], { ask: 'asking', play: 'searching', lose: 'error' }],
  [['start', 'ask'], { allow: 'loading', play: 'searching', lose: 'error' }],
  [['start', 'play'], { see: 'tracking', pause: 'paused', lose: 'error' }],
  [['start', 'play', 'see'], { pause: 'paused', lose: 'error' }],
  [['start', 'play', 'see', 'pause'], { resume: 'tracking', lose: 'error' }],
  [['start', 'play', 'pause'], { resume: 'searching', lose: 'error' }],
  [['start', 'lose'], { ask: 'error', regain: 'loading' }],
  [['start', 'lose', 'ask'], { allow: 'error', regain: 'asking' }],
  [['start', 'ask', 'lose'], { allow: 'error', regain: 'asking' }],
  [['start', 'ask', 'lose', 'allow'], { ask: 'error', regain: 'loading' }],
  [['start', 'play', 'see', 'lose'], { regain: 'searching' }],
  [['start', 'play', 'see', 'pause', 'lose'], { regain: 'paused' }],
  [['start', 'fail'], {}],
];

describe('nextPhase', () => {
  for (const [path, changes] of table) {
    it(`${path.join(', ') || 'no event'}: only ${[...Object.keys(changes), 'start, stop and fail'].join(', ')} change the phase`, () => {
      const phase = phaseAfter(...path);
      for (const name of Object.keys(events) as EventName[]) {
        const next = nextPhase(phase, events[name]);
        if (name === 'start') expect(statusOf(next)).toBe('loading');
        else if (name === 'stop') expect(statusOf(next)).toBe('idle');
        else if (name === 'fail') expect(next).toEqual({ kind: 'failed', error });
        else if (name in changes) expect(`${name} ${statusOf(next)}`).toBe(`${name} ${changes[name]}`);
        else expect(next, name).toBe(phase);
      }
    });
  }

  it('keeps the attempt until it stops or fails, and keeps the run while the GPU is lost', () => {
    const lost = phaseAfter('start', 'play', 'see', 'pause', 'lose');
    expect([attemptOf(lost), runOf(lost), isHeld(lost)]).toEqual([attempt, run, true]);
    for (const name of ['stop', 'fail'] as const) {
      const ended = nextPhase(lost, events[name]);
      expect([attemptOf(ended), runOf(ended), isHeld(ended)]).toEqual([null, null, false]);
    }
  });

  it('does not pause a source that has ended', () => {
    const over = nextPhase(phaseAfter('start'), { type: 'play', run: { isOver: true } as FittingRun });
    expect(nextPhase(over, events.pause)).toBe(over);
  });
});
