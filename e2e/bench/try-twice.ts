import { firstLine } from './first-line.ts';

/**
 * Runs `work`, and if that fails, `mend` and then `work` once more. Resolves to the result of `work`; rejects if the
 * second run fails too. The first failure is printed, after `name`.
 */
export async function tryTwice<Result>(
  name: string,
  work: () => Promise<Result>,
  mend: () => Promise<void>,
): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    console.error(`${name}: once more, since ${firstLine(cause)}`);
    await mend();
    return work();
  }
}
