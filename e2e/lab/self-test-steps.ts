// The claims that must hold in every browser, in the order in which the page checks them: what the browser has; the
// mannequin, dressed; sizes; snapshots; a photo; the browser's own camera; a camera that shows a person; errors; the
// end; and no complaint.
import type { FittingErrorCode, FittingRoom } from '../../src/index.ts';
import { MannequinSource } from '../../src/index.ts';
import { createMannequinTruth } from '../../src/synthetic/mannequin-source.ts';
import { comparePerson } from './compare-person.ts';
import { garmentCoverage } from './garment-coverage.ts';
import { PHOTO_SIZE, photographMannequin } from './photograph-mannequin.ts';
import { check, Skipped, type Step } from './self-test.ts';
import { cameraOf, refusingCamera, replaceCamera } from './stand-in-camera.ts';

/** Share of the torso that a worn T-shirt covers at least: arms and the neckline may hide the rest. */
const MIN_TORSO_COVERED = 0.6;
/** Largest error of a shoulder or hip, as a share of the torso's length: a wrong mirroring or rotation exceeds it. */
const MAX_TORSO_ERROR = 0.25;
/** Smallest overlap of the found with the true mask; 0.9 is usual for the model `lite` on so small a picture. */
const MIN_MASK_IOU = 0.75;

/** Time between two pictures of the stand-in camera, milliseconds: software tracks no faster. */
const CAMERA_FRAME_MS = 100;

/** Resolves when `condition` holds, which is tried every 50 ms; the page's limit of a step ends the waiting. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Resolves when `room` has the status; throws when it is in error instead. */
async function untilStatus(room: FittingRoom, status: string): Promise<void> {
  await until(() => room.state.status === status || room.state.status === 'error');
  const { error } = room.state;
  check(room.state.status === status, `error ${error?.code}: ${error?.message}; cause: ${String(error?.cause)}`);
}

/** Resolves when `room` has drawn its next tracked frame. */
function nextTrack(room: FittingRoom): Promise<unknown> {
  return new Promise((resolve) => room.addEventListener('track', resolve, { once: true }));
}

/** Checks that the garment is drawn on the person's torso in the frame that is shown. Returns the shares. */
async function checkDressed(room: FittingRoom): Promise<string> {
  await until(() => room.state.size !== null);
  await nextTrack(room);
  const landmarks = structuredClone(room.tracked?.landmarks ?? []);
  const { area, torsoCovered, centreOnTorso } = await garmentCoverage(
    await room.snapshot({ layers: 'garment' }),
    landmarks,
  );
  check(centreOnTorso && torsoCovered > MIN_TORSO_COVERED, `the garment covers ${torsoCovered} of the torso`);
  return `torso covered ${torsoCovered.toFixed(2)}, garment ${area.toFixed(3)} of the picture`;
}

/** Starts `room` and checks that it ends in the error `code`, with words for it. */
async function checkError(room: FittingRoom, code: FittingErrorCode): Promise<void> {
  void room.start();
  await until(() => room.state.error !== null);
  await room.updateComplete;
  check(
    room.state.error?.code === code,
    `${code} expected, not ${room.state.error?.code}: ${room.state.error?.message}`,
  );
  const words = room.shadowRoot?.querySelector('[role="alert"]')?.textContent?.trim() ?? '';
  check(words.length > 20 && !words.includes(code), `no words for ${code}: "${words}"`);
}

/** Mean colour of a picture file, 0..255 each. */
async function readPixels(picture: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(picture);
  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** Share of the pixels in which two pictures of one size differ by more than a tenth of the range in some channel. */
function differing(a: ImageData, b: ImageData): number {
  let count = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if ([0, 1, 2].some((channel) => Math.abs(a.data[i + channel] - b.data[i + channel]) > 25)) count++;
  }
  return (4 * count) / a.data.length;
}

export const selfTestSteps: Record<string, Step> = {
  async 'tells what it has'() {
    const has = (name: string, does: unknown): string => `${name} ${does ? 'yes' : 'no'}`;
    const offscreen = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1);
    const offscreenGl = offscreen?.getContext('webgl2');
    offscreenGl?.getExtension('WEBGL_lose_context')?.loseContext();
    return [
      has('WebGPU', 'gpu' in navigator),
      has('OffscreenCanvas', offscreen),
      has('OffscreenCanvas with WebGL 2', offscreenGl),
      has('VideoFrame', typeof VideoFrame !== 'undefined'),
      has('requestVideoFrameCallback', 'requestVideoFrameCallback' in HTMLVideoElement.prototype),
      has('requestIdleCallback', typeof requestIdleCallback !== 'undefined'),
      navigator.userAgent,
    ].join(', ');
  },

  async 'finds and dresses the mannequin'({ room, keep }) {
    const source = new MannequinSource({ assets: '/assets/', camera: PHOTO_SIZE });
    room.source = source;
    await room.start();
    await untilStatus(room, 'tracking');
    await nextTrack(room);
    const { torso, maskIoU } = comparePerson(room, source.truth(room.tracked?.timeMs ?? 0, createMannequinTruth()));
    check(Math.max(...torso) < MAX_TORSO_ERROR, `shoulders and hips are ${torso} of the torso off`);
    check(maskIoU > MIN_MASK_IOU, `the mask's IoU is ${maskIoU}`);
    const dressed = await checkDressed(room);
    await keep('mannequin', await room.snapshot());
    return `${room.state.engine}, torso error ${Math.max(...torso).toFixed(3)}, mask IoU ${maskIoU.toFixed(3)}, ${dressed}`;
  },

  async 'wears the size and colour that is chosen'({ room }) {
    const areas: number[] = [];
    for (const size of ['S', 'XXL']) {
      room.size = size;
      await until(() => room.state.size === size);
      await nextTrack(room);
      await nextTrack(room);
      const landmarks = structuredClone(room.tracked?.landmarks ?? []);
      areas.push((await garmentCoverage(await room.snapshot({ layers: 'garment' }), landmarks)).area);
    }
    check(areas[1] > areas[0], `XXL covers ${areas[1]} of the picture, S ${areas[0]}`);
    const chips = [...(room.shadowRoot?.querySelectorAll<HTMLElement>('[part~="size"]') ?? [])];
    check(chips.length > 1, 'no sizes to choose');
    chips[0].click();
    await until(() => room.state.size === chips[0].textContent?.trim());
    return `S covers ${areas[0].toFixed(3)} of the picture, XXL ${areas[1].toFixed(3)}`;
  },

  async 'takes snapshots of each layer'({ room }) {
    room.pause();
    await until(() => room.state.status === 'paused');
    const [frame, scene, garment, jpeg] = [
      await room.snapshot({ layers: 'frame' }),
      await room.snapshot(),
      await room.snapshot({ layers: 'garment' }),
      await room.snapshot({ type: 'image/jpeg', quality: 0.9 }),
    ];
    check(frame.type === 'image/png' && jpeg.type === 'image/jpeg', `types ${frame.type}, ${jpeg.type}`);
    const [framePixels, scenePixels, garmentPixels] = [
      await readPixels(frame),
      await readPixels(scene),
      await readPixels(garment),
    ];
    const size = `${scenePixels.width} × ${scenePixels.height}`;
    check(scenePixels.width === PHOTO_SIZE.width && scenePixels.height === PHOTO_SIZE.height, `a snapshot of ${size}`);
    const changed = differing(framePixels, scenePixels);
    check(changed > 0.02 && changed < 0.5, `the garment changes ${changed} of the picture`);
    const corner = garmentPixels.data[3];
    check(corner === 0, `the garment's layer has alpha ${corner} in the corner`);
    await room.start();
    return `${size}, the garment changes ${changed.toFixed(3)} of the picture`;
  },

  async 'dresses a photo'({ room, keep }) {
    const { photo } = await photographMannequin();
    room.source = photo;
    await room.start();
    await untilStatus(room, 'tracking');
    await until(() => room.state.size !== null);
    await keep('photo', await room.snapshot());
    const { data } = await readPixels(await room.snapshot({ layers: 'garment' }));
    const covered = data.filter((value, i) => i % 4 === 3 && value > 128).length / (data.length / 4);
    check(covered > 0.03, `the garment covers ${covered} of the photo`);
    return `the garment covers ${covered.toFixed(3)} of the photo`;
  },

  async 'plays the browser’s own camera'({ room, hasFakeCamera }) {
    if (!hasFakeCamera) throw new Skipped('this browser has no fake camera');
    room.source = 'camera';
    await room.start();
    await until(() => room.tracked !== null || room.state.status === 'error');
    check(room.state.error === null, `error ${room.state.error?.code}: ${room.state.error?.message}`);
    const { frame, width, height } = room.tracked ?? { frame: 0, width: 0, height: 0 };
    await until(() => (room.tracked?.frame ?? 0) > frame + 1 || room.state.status === 'error');
    check(room.state.error === null, `error ${room.state.error?.code}: ${room.state.error?.message}`);
    room.stop();
    return `${width} × ${height}`;
  },

  async 'dresses the person before a camera, pauses, and gives the camera back'({ room, keep }) {
    const { photo } = await photographMannequin();
    const camera = await cameraOf(photo, CAMERA_FRAME_MS);
    replaceCamera(camera.open);
    room.source = 'camera';
    await room.start();
    await untilStatus(room, 'tracking');
    const dressed = await checkDressed(room);
    await keep('camera', await room.snapshot());
    const mirrored = room.shadowRoot?.querySelector('[part="stage"]')?.classList.contains('mirrored');
    check(mirrored === true, 'the picture is not mirrored');
    room.pause();
    await until(() => room.state.status === 'paused');
    check(camera.tracks[0]?.readyState === 'live', 'the paused room has given the camera back');
    void room.start();
    await untilStatus(room, 'tracking');
    await nextTrack(room);
    room.stop();
    check(
      camera.tracks.every(({ readyState }) => readyState === 'ended'),
      'the camera is still on after stop()',
    );
    check(room.state.status === 'idle', `${room.state.status} after stop()`);
    camera.close();
    return dressed;
  },

  async 'says what is wrong with the camera'({ room }) {
    room.source = 'camera';
    for (const [name, code] of [
      ['NotAllowedError', 'camera-denied'],
      ['NotFoundError', 'camera-missing'],
      ['NotReadableError', 'camera-busy'],
    ] as const) {
      replaceCamera(refusingCamera(name));
      await checkError(room, code);
    }
    replaceCamera(null);
    await checkError(room, 'insecure-context');
    const { photo } = await photographMannequin();
    const camera = await cameraOf(photo, CAMERA_FRAME_MS);
    replaceCamera(camera.open);
    await room.start();
    await untilStatus(room, 'tracking');
    const isLost = camera.lose();
    if (isLost) await until(() => room.state.error?.code === 'camera-lost');
    room.stop();
    camera.close();
    return `denied, missing, busy, insecure${isLost ? ', lost' : ''}`;
  },

  async 'says what is wrong with sources, garments and models'({ room }) {
    room.source = new Blob(['no picture'], { type: 'image/png' });
    await checkError(room, 'source-unreadable');
    room.querySelector('fitting-garment')?.setAttribute('src', '/assets/no-such-garment.glb');
    room.source = (await photographMannequin()).photo;
    await room.start();
    await until(() => room.state.error?.code === 'garment-unreachable');
    check(room.state.status === 'tracking', `a missing garment ends the room: ${room.state.status}`);
    room.querySelector('fitting-garment')?.setAttribute('src', '/demo/shop.css');
    await until(() => room.state.error?.code === 'garment-invalid');
    room.stop();
    room.remove();
    const other = document.createElement('fitting-room');
    other.assets = '/demo/';
    other.source = 'mannequin';
    document.querySelector('main')?.append(other);
    await checkError(other, 'model-unreachable');
    other.remove();
    return 'unreadable, unreachable, invalid';
  },

  async 'complains of nothing and asks no other server'({ complaints }) {
    const foreign = performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name))
      .filter(({ origin }) => origin !== location.origin && origin !== 'null');
    check(foreign.length === 0, `requests to ${foreign.join(', ')}`);
    check(complaints.length === 0, complaints.join(' | '));
    return `${performance.getEntriesByType('resource').length} requests`;
  },
};
