import { benchFit, type FitResult } from './fit.ts';
import type { FitOptions } from './fit-options.ts';
import { printTable } from './print-table.ts';

/** The options of `npm run bench -- fit`. */
export interface FitStepsOptions extends FitOptions {
  /** Names of steps of the body solve: the benchmark runs once with all steps, and once more without each of these. */
  without: readonly string[];
}

/** The figures with all steps of the body solve, and without each. */
export interface FitStepsReport extends FitResult {
  /** Step → the figures without it. */
  without: Record<string, FitResult>;
}

/**
 * The figures that the body solve moves, each as printed: the name, and the value of a report. `FitReport` says what
 * they are; IoU is 0..1, other units are in the names, and errors of bodies are centimetres.
 */
const FIGURES: Readonly<Record<string, (report: FitResult) => number | null | undefined>> = {
  'iou.mean': ({ iou }) => iou?.mean,
  'iou.p5': ({ iou }) => iou?.p5,
  'thirdParty.iou': ({ thirdParty }) => thirdParty?.iou,
  'thirdParty.jointErrorCm': ({ thirdParty }) => thirdParty?.jointErrorCm,
  'jointErrorCm.mean': ({ jointErrorCm }) => jointErrorCm?.mean,
  'jointErrorCm.p95': ({ jointErrorCm }) => jointErrorCm?.p95,
  stillJitterPct: ({ stillJitterPct }) => stillJitterPct,
  lagMs: ({ lagMs }) => lagMs,
  convergenceFrames: ({ convergenceFrames }) => convergenceFrames,
  'bodies.none.chest': ({ bodies }) => bodies?.errors.none?.medianCm.chest,
  'bodies.none.waist': ({ bodies }) => bodies?.errors.none?.medianCm.waist,
  'bodies.none.hip': ({ bodies }) => bodies?.errors.none?.medianCm.hip,
};

/** Returns the value with four decimals; a dash for none. */
function format(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(4);
}

/**
 * Runs `benchFit` with all steps of the body solve, and then without each of `without`. Prints for each figure the
 * value with all steps, and what its value becomes without the step.
 */
export async function benchFitSteps({ without, ...options }: FitStepsOptions): Promise<FitResult | FitStepsReport> {
  const report = await benchFit(options);
  if (without.length === 0) return report;
  // Sizes and frame lock show nothing of a pose.
  const parts = options.parts.filter((part) => part !== 'lock' && part !== 'sizes');
  const reports: Record<string, FitResult> = {};
  for (const step of without) {
    console.log(`\nwithout ${step}`);
    reports[step] = await benchFit({ ...options, parts, without: [step], sheets: false });
  }
  console.log();
  printTable(
    ['figure', 'all steps', ...without.map((step) => `without ${step}`)],
    Object.entries(FIGURES).map(([name, figure]) => [
      name,
      ...[report, ...Object.values(reports)].map((each) => format(figure(each))),
    ]),
  );
  return { ...report, without: reports };
}
