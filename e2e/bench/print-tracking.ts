import { compareLandmarks } from './compare-landmarks.ts';
import { countedMs, type TrackingReport, warmUpFrames } from './judge-tracking.ts';
import type { OursParts } from './page/ours.ts';
import type { ContestantName, TrackingRun } from './page/tracking-page.ts';
import { printTable } from './print-table.ts';
import { median, quantile } from './statistics.ts';

/** What the table calls each contestant. */
const labels: Record<ContestantName, string> = {
  ours: 'this pipeline',
  tasksVision: '@mediapipe/tasks-vision, CPU',
  mediapipe: '@mediapipe/pose',
  raw: 'LiteRT, landmark model alone',
  bodySegmentation: '@tensorflow-models/body-segmentation, mask alone',
};

/** Formats a share (0..1). */
function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/**
 * Prints the table of `npm run bench -- tracking`: this project's tracker beside its rivals, on the same frames.
 * `report`: the figures; `run`: times (ms) and landmarks by frame; `inputs`: the form of each contestant's frames. A
 * contestant is this tracker or a rival.
 */
export function printTracking(
  report: TrackingReport,
  run: TrackingRun,
  inputs: Partial<Record<ContestantName, string>>,
): void {
  const { frames, msMedian, mainThreadMsP95, parityPx, parityTorso, maskIoU, truthErrorTorso } = report;
  const warmUp = warmUpFrames(frames);
  printTable(
    [`${frames} frames, ${warmUp} for warming up`, 'median ms', 'p10', 'p95', '× ours', 'frames given as'],
    (Object.keys(labels) as ContestantName[]).map((name) => {
      const ms = msMedian[name];
      const times = run.ms[name];
      if (ms === null || !times) return [labels[name], 'not available', '', '', '', ''];
      const counted = countedMs(times);
      return [
        labels[name],
        ms.toFixed(1),
        quantile(counted, 0.1).toFixed(1),
        quantile(counted, 0.95).toFixed(1),
        (ms / (msMedian.ours ?? NaN)).toFixed(2),
        inputs[name] ?? '',
      ];
    }),
  );
  const part = (name: keyof OursParts): string =>
    `${name} ${median(countedMs(run.parts.map((parts) => parts[name]))).toFixed(1)}`;
  const { disagreements } = compareLandmarks(run.ours, run.mediapipe);
  console.log(`
time of this pipeline  ${(['crop', 'inference', 'rest', 'travel'] as const).map(part).join(', ')} ms (medians)
page's thread busy     p95 ${mainThreadMsP95.toFixed(2)} ms a frame, without the rivals
parity with mediapipe  mean ${percent(parityTorso.mean)}, p95 ${percent(parityTorso.p95)} of the torso; ${parityPx.mean.toFixed(2)}, ${parityPx.p95.toFixed(2)} px
                       ${disagreements} frames in which only one of the two found a person
mask IoU               ${maskIoU.toFixed(4)} against mediapipe's
error against truth    ours ${percent(truthErrorTorso.ours)}, mediapipe ${percent(truthErrorTorso.mediapipe)} of the torso`);
}
