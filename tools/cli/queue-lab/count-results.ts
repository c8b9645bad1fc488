import { QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';

/**
 * Counts the results of a queue as Redis reports them, by garment. Resolves when it counts.
 *
 * @param url address of the Redis. @param name the queue's name.
 */
export async function countResults(url: string, name: string): Promise<{ counts: number[]; stop(): Promise<void> }> {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const events = new QueueEvents(name, { connection });
  const byJob = new Map<string, number>();
  events.on('completed', ({ jobId }) => byJob.set(jobId, (byJob.get(jobId) ?? 0) + 1));
  await events.waitUntilReady();
  return {
    get counts() {
      return [...byJob.values()];
    },
    async stop() {
      await events.close();
      connection.disconnect();
    },
  };
}
