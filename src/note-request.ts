/** Name of the marks by which requests of workers stand in the page's own record (User Timing). */
export const REQUEST_MARK = 'fitting-room: request of a worker';

/**
 * Notes in the page's record of performance that a worker has requested `url`: the browser keeps the requests of each
 * worker in a record of its own, which the page cannot read. Whoever counts requests later finds it there.
 */
export function noteRequest(url: string): void {
  performance.mark(REQUEST_MARK, { detail: url });
}
