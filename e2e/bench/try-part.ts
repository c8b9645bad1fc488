import { firstLine } from './first-line.ts';

/**
 * Runs `work`, a part of a benchmark whose failure is no reason to leave out the others, and resolves to its result. If
 * it fails: resolves to null, prints `name` and the first line of the error, and has the program end with exit code 1.
 */
export async function tryPart<Result>(name: string, work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (cause) {
    process.exitCode = 1;
    console.error(`${name} FAILED: ${firstLine(cause)}`);
    return null;
  }
}
