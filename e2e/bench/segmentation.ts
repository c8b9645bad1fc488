import { hasFootage } from '../serve.ts';
import { callPage } from './call-page.ts';
import { describeMachine } from './describe-machine.ts';
import { openBench } from './open-bench.ts';
import type { MaskAgreement } from './page/compare-masks.ts';
import type { SegmentationBench } from './page/segmentation-page.ts';
import { printTable } from './print-table.ts';
import { mean, median } from './statistics.ts';

export interface SegmentationOptions {
  model: 'lite' | 'full' | 'heavy';
}

export interface SegmentationReport {
  model: string;
  engine: 'wasm';
  /** By clip and way: means over the frames whose masks are known. */
  clips: Record<string, Record<string, MaskAgreement>>;
  /** By way, over all clips: of the clips' means, and of every frame's milliseconds (pose and mask together). */
  overall: Record<string, MaskAgreement & { msMedian: number }>;
}

function meanOf(agreements: readonly MaskAgreement[]): MaskAgreement {
  return {
    iou: mean(agreements.map(({ iou }) => iou)),
    missed: mean(agreements.map(({ missed }) => missed)),
    extra: mean(agreements.map(({ extra }) => extra)),
  };
}

/** The pose network's own mask against networks for masks alone: how well they agree with known masks, and what a frame costs. */
export function benchSegmentation({ model }: SegmentationOptions): Promise<SegmentationReport> {
  return openBench({ page: 'segmentation-page' }, async ({ page, browser }) => {
    const machine = await describeMachine(browser, page);
    const runs = await callPage<SegmentationBench, 'run'>(page, 'run', model, hasFootage);
    const ways = [...new Set(runs.map(({ segmentation }) => segmentation))];
    const clips: SegmentationReport['clips'] = {};
    for (const { clip, segmentation, agreements } of runs) (clips[clip] ??= {})[segmentation] = meanOf(agreements);
    const overall = Object.fromEntries(
      ways.map((way) => [
        way,
        {
          ...meanOf(Object.values(clips).map((byWay) => byWay[way])),
          msMedian: median(runs.filter(({ segmentation }) => segmentation === way).flatMap(({ ms }) => ms)),
        },
      ]),
    );

    console.log(`\n${machine}`);
    console.log(
      `model ${model}, engine wasm; masks at the size of the known one: IoU (missed, extra: per cent of the person)${hasFootage ? '' : '; no footage: FITTING_DATA'}\n`,
    );
    const cell = ({ iou, missed, extra }: MaskAgreement): string =>
      `${iou.toFixed(4)} (${(100 * missed).toFixed(1)}, ${(100 * extra).toFixed(1)})`;
    printTable(
      ['', ...ways],
      [
        ...Object.entries(clips).map(([clip, byWay]) => [clip, ...ways.map((way) => cell(byWay[way]))]),
        ['mean', ...ways.map((way) => cell(overall[way]))],
        ['pose and mask, median', ...ways.map((way) => `${overall[way].msMedian.toFixed(1)} ms`)],
      ],
    );
    console.log();
    return { model, engine: 'wasm', clips, overall };
  });
}
