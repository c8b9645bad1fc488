/** Width of the bar, letters. */
const WIDTH = 30;

/** Shows how far a long command is as a bar, in the last line of a terminal; elsewhere it shows nothing. */
export function showProgress(done: number, total: number): void {
  if (!process.stderr.isTTY) return;
  const full = Math.round((WIDTH * done) / total);
  const bar = '█'.repeat(full).padEnd(WIDTH, '░');
  process.stderr.write(`\r${bar} ${done} of ${total}${done === total ? '\n' : ''}`);
}
