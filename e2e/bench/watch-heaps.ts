import type { CDPSession, Page } from 'playwright';
import { type HeapParts, weighSnapshot } from './weigh-snapshot.ts';

/** Bytes that a heap uses after garbage collection, and bytes of its array buffers. */
interface HeapUsage {
  usedSize: number;
  backingStorageSize: number;
}

/** Reads how much memory the JavaScript of a page and of its workers uses. */
export interface HeapWatch {
  /** Collects garbage and reads the heaps: the page's first, then its workers' in the order of their start. */
  read(): Promise<HeapUsage[]>;
  /** Splits the page's heap into code and data. Takes about a second. */
  weighPage(): Promise<HeapParts>;
}

/** What a worker answers to a call: its number, and the result or an error. */
type Answer = { id?: number; result?: unknown; error?: { message: string } };

/**
 * Opens the DevTools protocol for a page (Playwright's) and, through the page's session, for its workers: Playwright
 * has sessions for pages only. Resolves to the functions that read the heaps.
 */
export async function watchHeaps(page: Page): Promise<HeapWatch> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const workers = new Set<string>();
  const waiting = new Map<string, { resolve: (result: unknown) => void; reject: (cause: Error) => void }>();
  let calls = 0;
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.add(sessionId);
  });
  session.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId));
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    const { id, result, error } = JSON.parse(message) as Answer;
    const call = waiting.get(`${sessionId} ${id}`);
    waiting.delete(`${sessionId} ${id}`);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });

  const askWorker = (sessionId: string, method: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++calls;
      waiting.set(`${sessionId} ${id}`, { resolve, reject });
      session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) }).catch(reject);
    });
  const usage = async (
    ask: (method: 'HeapProfiler.collectGarbage' | 'Runtime.getHeapUsage') => Promise<unknown>,
  ): Promise<HeapUsage> => {
    // Twice: the second collection frees what finalizers released in the first.
    await ask('HeapProfiler.collectGarbage');
    await ask('HeapProfiler.collectGarbage');
    return (await ask('Runtime.getHeapUsage')) as HeapUsage;
  };
  return {
    async read() {
      const all = [await usage((method) => session.send(method))];
      for (const worker of workers) all.push(await usage((method) => askWorker(worker, method)));
      return all;
    },
    async weighPage() {
      const chunks: string[] = [];
      const onChunk = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
      session.on('HeapProfiler.addHeapSnapshotChunk', onChunk);
      await session.send('HeapProfiler.takeHeapSnapshot');
      session.off('HeapProfiler.addHeapSnapshotChunk', onChunk);
      return weighSnapshot(chunks.join(''));
    },
  };
}
