import type { Page } from 'playwright/test';
import type { Picture } from './lab/take-pictures.ts';

/** The pictures of this worker process; null until a test needs them. */
let pictures: Promise<Picture[]> | null = null;

/**
 * Returns three small pictures of the mannequin (the project's synthetic person). The first lab page that needs them
 * draws them, and all tests of the process share them: each drawing loads, dresses and shades the mannequin in software,
 * a second and a half of the processor.
 */
export function mannequinPictures(page: Page): Promise<Picture[]> {
  pictures ??= page.evaluate(() => window.lab.takePictures(window.lab.createSmallMannequin(), 3));
  return pictures;
}
