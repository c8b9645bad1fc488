import type { Browser } from 'playwright';

/** How long the page's thread was busy without a break. */
export interface BusyTasks {
  /** Processor time of the longest task, milliseconds. */
  longestTaskMs: number;
  /** Sum over all tasks of the processor time above 50 ms, milliseconds (as "total blocking time"). */
  totalBlockingMs: number;
}

/** Part of a task above this length, milliseconds, blocks a page: https://web.dev/articles/tbt */
const BLOCKING_MS = 50;

/** Chromium's name of the thread of a page. */
const MAIN = 'CrRendererMain';

/** An event of a trace: name, process and thread, processor time in microseconds, arguments. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args?: { name?: string; data?: { url?: string } };
}

/**
 * Traces all tasks of the browser during `work`, and returns its result and the tasks of the page whose address begins
 * with `url`. Processor time, not the clock: on a busy machine a task waits, which is no cost of the page's.
 */
export async function traceTasks<T>(browser: Browser, url: string, work: () => Promise<T>): Promise<[T, BusyTasks]> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'] },
  });
  const result = await work();
  const completed = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await completed;
  await session.detach();
  // Other pages of the browser, and workers of this page, have threads of their own.
  const process = events.find(({ name, args }) => name === 'EvaluateScript' && args?.data?.url?.startsWith(url))?.pid;
  const main = events.find(({ name, pid, args }) => name === 'thread_name' && pid === process && args?.name === MAIN);
  const tasks = events
    .filter(({ name, pid, tid }) => /RunTask$/.test(name) && pid === process && tid === main?.tid)
    .map(({ tdur = 0 }) => tdur / 1000);
  if (tasks.length === 0) throw new Error('the trace has no tasks of the page');
  return [
    result,
    {
      longestTaskMs: Math.max(...tasks),
      totalBlockingMs: tasks.reduce((sum, ms) => sum + Math.max(0, ms - BLOCKING_MS), 0),
    },
  ];
}
