import type { Camera } from '../capture/camera-source.ts';
import type { FrameSource } from '../capture/frame-source.ts';
import { openSource } from '../capture/open-source.ts';
import { PacedSource } from '../capture/paced-source.ts';
import { FittingError } from '../errors.ts';
import { importModule } from '../import-module.ts';
import type { FittingSettings } from './settings.ts';

/**
 * Opens a source of frames, which the caller closes. Rejects with a `FittingError` (`source-unreadable`,
 * `model-unreachable`, an error of the camera), or with the reason of `signal`, which the mannequin ignores.
 *
 * - `source`: `camera`; `mannequin`, the synthetic person, whose code is fetched only then; the URL of a photo or
 *   video; or an object of the page: a Blob, a MediaStream, a video, image or canvas element, or a FrameSource.
 * - `assets`: for `mannequin`, URL of the folder with the mannequin's file, with a trailing slash.
 * - `camera`: for `camera`, where its frames come from.
 */
export async function openAnySource(
  { source, assets }: Pick<FittingSettings, 'source' | 'assets'>,
  { signal, camera }: { signal: AbortSignal; camera: Camera | null },
): Promise<FrameSource> {
  if (source === 'mannequin') return openMannequin(assets);
  try {
    return await openSource(source, { camera, signal });
  } catch (cause) {
    if (signal.aborted || cause instanceof FittingError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FittingError('source-unreadable', `The source could not be opened: ${reason}`, { cause });
  }
}

/** Opens the synthetic person, in real time. */
async function openMannequin(assets: string): Promise<FrameSource> {
  const { MannequinSource } = await importModule(import('../synthetic/mannequin-source.ts'), {
    code: 'model-unreachable',
    what: 'The module of the mannequin source',
  });
  return new PacedSource(new MannequinSource({ assets }));
}
