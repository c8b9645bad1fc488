// `npm run bench -- segmentation`: compares the masks of the person that the pose network and a segmentation network
// give with known masks, and their times.
import { hasFootage } from '../serve.ts';
import { callPage } from './call-page.ts';
import { describeMachine } from './describe-machine.ts';
import { openBench } from './open-bench.ts';
import type { MaskAgreement } from './page/compare-masks.ts';
import type { SegmentationBench } from './page/segmentation-page.ts';
import { printTable } from './print-table.ts';
import { mean, median } from './statistics.ts';

/** What `benchSegmentation` compares. */
export interface SegmentationOptions {
  /** BlazePose's landmark model. */
  model: 'lite' | 'full' | 'heavy';
}

/**
 * The figures that `--json` writes. An agreement of two masks is their intersection over union, and the missed and the
 * extra area, each as a share of the person.
 */
export interface SegmentationReport {
  /** BlazePose's landmark model, and the engine that ran it. */
  model: string;
  engine: 'wasm';
  /** By clip and network: means over the frames with a known mask. */
  clips: Record<string, Record<string, MaskAgreement>>;
  /** By network: means over the clips, and the median over all frames of pose and mask together, milliseconds. */
  overall: Record<string, MaskAgreement & { msMedian: number }>;
}

/** Returns the mean of each figure. */
function meanOf(agreements: readonly MaskAgreement[]): MaskAgreement {
  return {
    iou: mean(agreements.map(({ iou }) => iou)),
    missed: mean(agreements.map(({ missed }) => missed)),
    extra: mean(agreements.map(({ extra }) => extra)),
  };
}

/** Runs the benchmark, prints a table and returns the figures. */
export function benchSegmentation({ model }: SegmentationOptions): Promise<SegmentationReport> {
  return openBench({ page: 'segmentation-page' }, async ({ page, browser }) => {
    const machine = await describeMachine(browser, page);
    const runs = await callPage<SegmentationBench, 'run'>(page, 'run', model, hasFootage);
    const networks = [...new Set(runs.map(({ segmentation }) => segmentation))];
    const clips: SegmentationReport['clips'] = {};
    for (const { clip, segmentation, agreements } of runs) (clips[clip] ??= {})[segmentation] = meanOf(agreements);
    const overall = Object.fromEntries(
      networks.map((network) => [
        network,
        {
          ...meanOf(Object.values(clips).map((byNetwork) => byNetwork[network])),
          msMedian: median(runs.filter(({ segmentation }) => segmentation === network).flatMap(({ ms }) => ms)),
        },
      ]),
    );

    console.log(`\n${machine}`);
    console.log(
      `model ${model}, engine wasm; masks scaled to the size of the known mask: IoU (missed, extra: per cent of the person)${hasFootage ? '' : '; no footage: FITTING_DATA'}\n`,
    );
    const cell = ({ iou, missed, extra }: MaskAgreement): string =>
      `${iou.toFixed(4)} (${(100 * missed).toFixed(1)}, ${(100 * extra).toFixed(1)})`;
    printTable(
      ['', ...networks],
      [
        ...Object.entries(clips).map(([clip, byNetwork]) => [
          clip,
          ...networks.map((network) => cell(byNetwork[network])),
        ]),
        ['mean', ...networks.map((network) => cell(overall[network]))],
        ['pose and mask, median', ...networks.map((network) => `${overall[network].msMedian.toFixed(1)} ms`)],
      ],
    );
    console.log();
    return { model, engine: 'wasm', clips, overall };
  });
}
