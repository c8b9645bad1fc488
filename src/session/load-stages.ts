/**
 * Everything heavy that a session works with: sources, tracker, body, garments, scene. Fetched at the first start, so that a
 * product page pays for the shell only; injected, so that a session can be tried with others.
 */
export type Stages = typeof import('./stages.ts');

export function loadStages(): Promise<Stages> {
  return import('./stages.ts');
}
