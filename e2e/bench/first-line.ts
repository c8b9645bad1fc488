/** Returns the first line of what was thrown: the message of an error without its stack. */
export function firstLine(cause: unknown): string {
  return String(cause instanceof Error ? cause.message : cause).split('\n')[0];
}
