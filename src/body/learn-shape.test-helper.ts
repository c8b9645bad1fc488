import { Quaternion, Vector3 } from 'three';
import { BONE_COUNT, boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { placeSite } from '../mannequin/place-site.ts';
import { createMannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { createTrackedFrame } from '../tracking/create-tracked-frame.ts';
import type { PersonMask, TrackedFrame } from '../tracking/tracker.ts';
import { createPosedBody } from './create-posed-body.ts';
import { drawSilhouette } from './draw-silhouette.test-helper.ts';
import { estimateCamera } from './estimate-camera.ts';

/** Size of the picture, pixels. */
const WIDTH = 480;
const HEIGHT = 640;

/** A person who stands before a level camera. */
export interface StandingPerson {
  /** Morph weights of the mannequin (the body model), MORPH_COUNT. */
  weights: ArrayLike<number>;
  /** Angle of the arms below the rest pose's, radians: 0.2 holds them away from the trunk, 0.7 lets them hang at it. */
  armAngle: number;
  /** Turn about the vertical, radians; 0 by default: facing the camera. */
  turn?: number;
  /** Height of the camera over the soles, metres; 0.9 by default. */
  cameraHeight?: number;
  /** Distance of the person from the camera, metres; 2.4 by default. */
  distance?: number;
  /** Changes the exact silhouette in place; `pixelsPerMetre`: mask pixels to a metre at the person's distance. */
  changeMask?: (mask: PersonMask, pixelsPerMetre: number) => void;
}

/**
 * Returns what a perfect tracker finds of a standing person in a picture of 480 × 640 px: exact landmarks, world
 * landmarks, and the silhouette as a mask of 192 × 256 px. Landmarks outside the picture have a visibility of 0.1.
 */
export function trackStandingPerson(mannequin: Mannequin, person: StandingPerson): TrackedFrame {
  const { weights, armAngle, turn = 0, cameraHeight = 0.9, distance = 2.4 } = person;
  const { joints } = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  const local = new Float32Array(4 * BONE_COUNT);
  for (let bone = 0; bone < BONE_COUNT; bone++) local[4 * bone + 3] = 1;
  const forwards = new Vector3(0, 0, 1);
  new Quaternion().setFromAxisAngle(forwards, -armAngle).toArray(local, 4 * boneIndex.leftUpperArm);
  new Quaternion().setFromAxisAngle(forwards, armAngle).toArray(local, 4 * boneIndex.rightUpperArm);
  const { x, y, z, w } = new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), turn);
  const root = { translation: [0, -cameraHeight, -distance], rotation: [x, y, z, w] } as const;
  const pose = poseMannequin(
    joints,
    local,
    { translation: [...root.translation], rotation: [...root.rotation] },
    createMannequinPose(),
  );
  const { fovYDegrees } = estimateCamera(WIDTH, HEIGHT, createPosedBody().camera);
  const halfHeight = halfHeightAtUnitDistance(fovYDegrees);
  const halfWidth = (halfHeight * WIDTH) / HEIGHT;
  const sites = mannequin.sites.map((site) => placeSite(site, pose, new Vector3()));
  const middle = sites[23].clone().add(sites[24]).multiplyScalar(0.5);
  const tracked = createTrackedFrame();
  sites.forEach((site, i) => {
    const u = (1 + site.x / -site.z / halfWidth) / 2;
    const v = (1 - site.y / -site.z / halfHeight) / 2;
    const isInside = u > 0 && u < 1 && v > 0 && v < 1;
    tracked.landmarks.set([u, v, 0, isInside ? 1 : 0.1], LANDMARK_VALUES * i);
    site.sub(middle);
    tracked.worldLandmarks.set([site.x, -site.y, -site.z, isInside ? 1 : 0.1], LANDMARK_VALUES * i);
  });
  const mask = drawSilhouette(mannequin, weights, pose, { width: 192, height: 256, fovYDegrees });
  person.changeMask?.(mask, 256 / (2 * halfHeight * distance));
  return Object.assign(tracked, { timeMs: 0, width: WIDTH, height: HEIGHT, score: 1, mask });
}
