import type { FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import type { Stages } from './load-stages.ts';
import type { FittingSettings } from './settings.ts';

/** The source that `settings` ask for. Rejects with a `FittingError`, or the signal's reason. */
export async function openAnySource(
  stages: Pick<Stages, 'openSource' | 'PacedSource' | 'MannequinSource'>,
  { source, facing, assets }: FittingSettings,
  signal: AbortSignal,
): Promise<FrameSource> {
  if (source === 'mannequin') return new stages.PacedSource(new stages.MannequinSource({ assets }));
  try {
    return await stages.openSource(source, { facing, signal });
  } catch (cause) {
    if (signal.aborted || cause instanceof FittingError) throw cause;
    throw new FittingError(
      'source-unreadable',
      `The source could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
