import { expect, it } from 'vitest';
import { EventLoopTurns, yieldToEventLoop } from './yield-to-event-loop.ts';

it('yieldToEventLoop resolves after the arrival of a message that was posted before', async () => {
  const { port1, port2 } = new MessageChannel();
  let arrived = false;
  port1.onmessage = () => {
    arrived = true;
    port1.close();
  };
  port2.postMessage(null);
  for (let i = 0; i < 10; i++) await Promise.resolve();
  expect(arrived).toBe(false);
  await yieldToEventLoop();
  expect(arrived).toBe(true);
});

it('EventLoopTurns lets timers fire between calls of next()', async () => {
  const turns = new EventLoopTurns();
  for (let round = 0; round < 3; round++) {
    let hasFired = false;
    setTimeout(() => {
      hasFired = true;
    }, 0);
    for (let count = 0; count < 10_000 && !hasFired; count++) await turns.next();
    expect(hasFired).toBe(true);
  }
  turns.close();
});
