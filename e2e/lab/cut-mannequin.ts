// Films of the mannequin (the project's synthetic person) of which only a part of the picture is kept, as of a person
// who stands too near or lies.
// 1. `cutMannequin` loads the mannequin twice: naked for the pictures, dressed for the masks of its garments.
// 2. `film` starts a film of a cut: its source cuts, and may turn, each picture.
// 3. The film's tracker finds the exact landmarks inside the cut, and invents those of legs outside it.
import { landmarkIndex } from '../../src/body/landmark-index.ts';
import { type FrameSource, MannequinSource, type PersonMask, type Tracker } from '../../src/index.ts';
import { loadMannequin } from '../../src/mannequin/load-mannequin.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { createRandom } from '../../src/math/create-random.ts';
import { LANDMARK_VALUES } from '../../src/math/landmark-layout.ts';
import { createMannequinTruth, type MannequinSourceOptions } from '../../src/synthetic/mannequin-source.ts';
import { writeTrueLandmarks } from '../../src/synthetic/write-true-landmarks.ts';

/** The part of a picture that is kept, as shares of its width and height from the top left. */
interface Cut {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Whether the part is turned by a quarter clockwise, so that a standing person lies in a landscape picture. */
  isLying?: boolean;
}

/** A film of the mannequin of which each picture is cut, with a tracker that knows the truth. */
interface CutFilm {
  /** Begins with the first picture. Only `close` of the `Cutter` frees what it holds. */
  source: FrameSource;
  /**
   * Finds the exact landmarks. It invents those of legs outside the cut picture, as a network does: up to 0.8 m away
   * from the truth along each axis, differently in each frame, with a low visibility.
   */
  tracker: Tracker;
  /** The true pixels of the first garment at a time of the film, coverage 0..255, cut likewise. */
  garmentMask(timeMs: number): PersonMask;
}

/** Films the mannequin again and again and cuts the pictures of each film. Loading and compiling it takes seconds. */
export interface Cutter {
  /**
   * Starts a film from the mannequin's first frame on, which ends the film before. `seed`: of what its tracker invents.
   */
  film(cut: Cut, seed: number): CutFilm;
  /** Frees the mannequins. */
  close(): void;
}

/** Largest distance of an invented landmark from the truth along each axis, metres, and its visibility. */
const INVENTED_METRES = 0.8;
const INVENTED_VISIBILITY = 0.05;

/** Cuts a picture of `width` × `height` pixels, and turns it if the cut is `isLying`. */
function cutPicture(picture: CanvasImageSource, width: number, height: number, cut: Cut): OffscreenCanvas {
  const size = [Math.round(cut.width * width), Math.round(cut.height * height)];
  const canvas = cut.isLying ? new OffscreenCanvas(size[1], size[0]) : new OffscreenCanvas(size[0], size[1]);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2D canvas to cut pictures on');
  if (cut.isLying) {
    context.translate(size[1], 0);
    context.rotate(Math.PI / 2);
  }
  context.drawImage(picture, -Math.round(cut.left * width), -Math.round(cut.top * height));
  return canvas;
}

/** Cuts a mask (coverage 0..255, rows from the top), and turns it if the cut is `isLying`. */
function cutMask({ width, height, data }: PersonMask, cut: Cut): PersonMask {
  const whole = new OffscreenCanvas(width, height);
  const pixels = new ImageData(width, height);
  for (let i = 0; i < data.length; i++) pixels.data.set([data[i], data[i], data[i], 255], 4 * i);
  whole.getContext('2d')?.putImageData(pixels, 0, 0);
  const canvas = cutPicture(whole, width, height, cut);
  const rgba = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
  const grey = Uint8ClampedArray.from({ length: canvas.width * canvas.height }, (_, i) => rgba[4 * i]);
  return { width: canvas.width, height: canvas.height, data: grey };
}

/**
 * Loads the mannequin of `scene` (body, motion, camera, garments), which wears its garments in the masks only. The
 * caller closes the result.
 */
export async function cutMannequin(scene: Omit<MannequinSourceOptions, 'assets'>): Promise<Cutter> {
  const mannequin = await loadMannequin('/assets/mannequin.glb');
  const naked = new MannequinSource({ ...scene, assets: '/assets/', garments: [] });
  const dressed = new MannequinSource({ ...scene, assets: '/assets/' });
  await Promise.all([naked.ready(), dressed.ready()]);
  return {
    film: (cut, seed) => {
      naked.seek(0);
      return cutFilm({ mannequin, naked, dressed }, cut, seed);
    },
    close() {
      naked.close();
      dressed.close();
    },
  };
}

/** Starts a film of `cut`: see `Cutter`. */
function cutFilm(
  { mannequin, naked, dressed }: { mannequin: Mannequin; naked: MannequinSource; dressed: MannequinSource },
  cut: Cut,
  seed: number,
): CutFilm {
  const { width, height } = naked;
  const truth = createMannequinTruth();
  const random = createRandom(seed);
  const invent = (): number => INVENTED_METRES * (2 * random() - 1);
  /** Metres that the height of the picture spans at the body. */
  const spanMetres = 2 * naked.camera.distanceMetres * Math.tan((naked.camera.fovYDegrees * Math.PI) / 360);

  const tracker: Tracker = {
    engine: 'wasm',
    model: 'full',
    measuresDepth: true,
    async load() {},
    async track({ timeMs }, target) {
      const { landmarks, worldLandmarks } = target;
      writeTrueLandmarks(mannequin, naked.truth(timeMs, truth), target);
      for (let start = 0; start < landmarks.length; start += LANDMARK_VALUES) {
        let u = (landmarks[start] - cut.left) / cut.width;
        let v = (landmarks[start + 1] - cut.top) / cut.height;
        const isInside = u >= 0 && u <= 1 && v >= 0 && v <= 1;
        let visibility = 1;
        if (start >= LANDMARK_VALUES * landmarkIndex.leftKnee && !isInside) {
          const [x, y, z] = [invent(), invent(), invent()];
          [x, y, z].forEach((metres, axis) => (worldLandmarks[start + axis] += metres));
          u += ((x / spanMetres) * (height / width)) / cut.width;
          v += y / spanMetres / cut.height;
          visibility = INVENTED_VISIBILITY;
        }
        const [x, y, z] = worldLandmarks.subarray(start);
        landmarks.set(cut.isLying ? [1 - v, u, 0, visibility] : [u, v, 0, visibility], start);
        worldLandmarks.set(cut.isLying ? [-y, x, z, visibility] : [x, y, z, visibility], start);
      }
      target.mask = truth.personMask && cutMask(truth.personMask, cut);
      target.score = 1;
      return 'tracked';
    },
    reset() {},
    close() {},
  };

  return {
    tracker,
    source: {
      live: false,
      get width() {
        return Math.round(cut.isLying ? cut.height * height : cut.width * width);
      },
      get height() {
        return Math.round(cut.isLying ? cut.width * width : cut.height * height);
      },
      async next(target) {
        const frame = await naked.next(target);
        if (!frame?.image) return null;
        const canvas = cutPicture(frame.image as ImageBitmap, width, height, cut);
        frame.image.close();
        frame.image = canvas.transferToImageBitmap();
        frame.width = canvas.width;
        frame.height = canvas.height;
        return frame;
      },
      close() {},
    },
    garmentMask(timeMs) {
      const { garmentMasks } = dressed.truth(timeMs, { ...createMannequinTruth(), garmentMasks: [] as PersonMask[] });
      return cutMask(garmentMasks![0], cut);
    },
  };
}
