import type { GarmentCommandOptions } from '../printer.ts';
import {
  type Preparation,
  type PrepareContext,
  type Prepared,
  prepareFile,
  readPrepareContext,
} from './prepare-file.ts';

/** What a process is asked for, and what it answers. */
export interface ChildRequest {
  preparation: Preparation;
  options: GarmentCommandOptions;
}
export type ChildAnswer = { prepared: Prepared } | { fault: string };

/** Prepares garments, one after another, for the process that has started this one, until that one ends. */
export function answerPreparations(): void {
  let context: Promise<PrepareContext> | null = null;
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ preparation, options }: ChildRequest) => {
    let answer: ChildAnswer;
    try {
      context ??= readPrepareContext(options);
      answer = { prepared: await prepareFile(preparation, await context) };
    } catch (error) {
      answer = { fault: error instanceof Error ? error.message : String(error) };
    }
    process.send?.(answer);
  });
}
