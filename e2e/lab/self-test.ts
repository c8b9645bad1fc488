import type { FittingRoom } from '../../src/index.ts';

/** What one step of the self-test found. */
interface StepReport {
  name: string;
  /** `skipped`: the browser lacks something that the step needs, and the product does not. */
  outcome: 'passed' | 'failed' | 'skipped';
  /** What was measured, or why the step failed or was skipped. */
  details: string;
  milliseconds: number;
}

/** The report of a self-test, sent to the server as JSON after each step. */
export interface SelfTestReport {
  steps: StepReport[];
  /** PNG files in base64 by name, for people to look at. */
  pictures: Record<string, string>;
  /** Whether all steps have run. */
  isDone: boolean;
}

/** What the steps share. */
export interface Bench {
  /** The room in the page: each step goes on with what the one before has left. */
  room: FittingRoom;
  /** Whether the browser gives its fake camera without a question. */
  hasFakeCamera: boolean;
  /** Complaints of the page so far: uncaught errors, `console.error`, violations of the content security policy. */
  complaints: string[];
  /** Keeps a PNG file for people to look at. */
  keep(name: string, picture: Blob): Promise<void>;
}

/** Runs one claim: returns what it measured, and throws when the claim does not hold. */
export type Step = (bench: Bench) => Promise<string>;

/** Thrown by a step that cannot run in this browser. */
export class Skipped extends Error {}

/** Throws an error with `message` unless `condition` holds. */
export function check(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}
