/**
 * Runs `work`, a part of a benchmark whose failure is no reason to leave out the others, and resolves to its result. If
 * it fails: resolves to null, prints `name` and the first line of the error, and has the program end with exit code 1.
 */
export async function tryPart<Result>(name: string, work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (cause) {
    process.exitCode = 1;
    const [line] = String(cause instanceof Error ? cause.message : cause).split('\n');
    console.error(`${name} FAILED: ${line}`);
    return null;
  }
}
