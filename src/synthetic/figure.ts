/**
 * A figure: a mannequin that is shaped, dressed as a person, added to a three.js scene, and posed by a motion.
 *
 * 1. `createFigure` makes a skeleton for the shaped body, meshes for skin, hair and clothes, and meshes for the
 *    garments worn over them, and adds all meshes to the scene.
 * 2. `moveFigure` poses the skeleton as the motion says for a time, and lets the cloth of the garments hang on it, in
 *    camera space: metres, +x to the right of the picture, +y up, −z away from the camera.
 * 3. `disposeFigure` frees what `createFigure` made, and the garments.
 */
import { Bone, type CanvasTexture, type Material, Matrix4, type Scene, Skeleton, type SkinnedMesh } from 'three';
import { BONE_COUNT, type Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose, type MannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { createFaceTexture } from './create-face-texture.ts';
import { createGarmentMesh } from './create-garment-mesh.ts';
import { createPersonMeshes, type PersonMesh } from './create-person-meshes.ts';
import { type Clothes, dressPerson, type PersonLayer } from './dress-person.ts';
import type { FigureGarment, WornLayers } from './garment-layer.ts';
import { createMotionPose, type Motion, type MotionPose } from './motion-pose.ts';
import { type MotionName, motions } from './motions.ts';
import { personColors, type SkinName } from './person-colors.ts';
import type { FigureBody } from './shape-figure.ts';
import { createWander, type Wander } from './wander.ts';

/** What a figure looks like, what it wears and how it moves. */
export interface FigureOptions {
  /** The name of a built-in motion, or a function (`readBvh` makes them from files). Default `sway`. */
  motion?: MotionName | Motion;
  /**
   * The body: the name of a preset (`female-50`), MORPH_COUNT morph weights in the order of `morphNames`, or `random`,
   * an adult that `seed` draws from the population. Default `female-50`.
   */
  shape?: string | ArrayLike<number>;
  /**
   * An integer that selects hair, skin, colours of the clothes, the phases of the sway, and a `random` body. Default 1.
   */
  seed?: number;
  /** `light`, `medium`, `dark` or a CSS colour; by default the skin that `seed` selects. */
  skin?: SkinName | (string & {});
  /**
   * What is worn on the skin: `everyday`, `none`, `tight`, or `loose`, which is cloth that hangs. Default `everyday`.
   */
  clothes?: Clothes;
  /** Garment files worn over the clothes, innermost first. Default: none. */
  garments?: readonly FigureGarment[];
  /**
   * Distance by which the figure sways over the floor, along x and along z, root mean square, metres: at least 0 and
   * less than 1, 0.002 for a standing person. Default 0.
   */
  swayMetres?: number;
}

/** A figure's body and the cloth that is fitted to it: the input of `createFigure`. */
export interface DressedBody {
  /** Morph weights, and the mannequin in their shape (rest pose, metres). */
  body: FigureBody;
  /** The fitted loose clothes and garments; null without any. */
  worn: WornLayers | null;
}

/** A dressed mannequin in a scene. */
export interface Figure extends DressedBody {
  /** Gives the pose for a time in milliseconds. */
  motion: Motion;
  /** Bones in the order of `boneNames`, in camera space. */
  skeleton: Skeleton;
  /** The meshes of skin, hair and clothes that are layers of the skin. */
  layers: Map<PersonLayer, PersonMesh>;
  /** The meshes of the loose clothes. */
  clothes: SkinnedMesh[];
  /** The meshes of each garment worn, in the order of the options. */
  garments: SkinnedMesh[][];
  /** Adds the sway of `swayMetres`. */
  wander: Wander;
  /** Texture of skin and face. */
  face: CanvasTexture;
  /** y of the shaped body's lowest vertex in model space, metres. `moveFigure` lowers the body by it onto the floor. */
  soleMetres: number;
  /** The motion's result of the last `moveFigure`. */
  motionPose: MotionPose;
  /** The joints (metres) and bone rotations of the last `moveFigure`, in camera space. */
  pose: MannequinPose;
}

/**
 * Dresses a body as `options` say and adds its meshes to `scene`. Call `moveFigure` before the scene is drawn, and
 * `disposeFigure` at the end. It ignores `options.shape` and `options.garments`: `body` is the mannequin in that shape
 * already, and `worn` holds the loose clothes and those garments, fitted. `mannequin` is the mean body, with the skin weights and landmark
 * sites that all shapes share.
 */
export function createFigure(
  scene: Scene,
  mannequin: Mannequin,
  options: FigureOptions,
  { body, worn }: DressedBody,
): Figure {
  const { motion = 'sway', seed = 1, skin, clothes = 'everyday', swayMetres = 0 } = options;
  const { positions, joints } = body.shape;
  const bones = Array.from({ length: BONE_COUNT }, () => new Bone());
  const inverseBindMatrices = bones.map((_, b) =>
    new Matrix4().makeTranslation(-joints[3 * b], -joints[3 * b + 1], -joints[3 * b + 2]),
  );
  const skeleton = new Skeleton(bones, inverseBindMatrices);
  const colors = personColors(seed, skin);
  const face = createFaceTexture(mannequin, colors);
  const layers = createPersonMeshes(mannequin, dressPerson(mannequin, body.shape, clothes, worn?.cover ?? null), {
    colors,
    face,
    skeleton,
  });
  const hanging = (worn?.clothes ?? []).map((part) => createGarmentMesh(part, skeleton));
  const garments = (worn?.garments ?? []).map((parts) => parts.map((part) => createGarmentMesh(part, skeleton)));
  const hasShadow = worn !== null || clothes !== 'everyday';
  for (const mesh of [...layers.values(), ...hanging, ...garments.flat()]) {
    mesh.castShadow = mesh.receiveShadow = hasShadow;
    scene.add(mesh);
  }
  let soleMetres = Infinity;
  for (let i = 1; i < positions.length; i += 3) soleMetres = Math.min(soleMetres, positions[i]);
  return {
    motion: typeof motion === 'function' ? motion : motions[motion],
    body,
    skeleton,
    layers,
    clothes: hanging,
    garments,
    worn,
    face,
    soleMetres,
    wander: createWander(swayMetres, seed),
    motionPose: createMotionPose(),
    pose: createMannequinPose(),
  };
}

/**
 * Poses the figure as its motion says for `timeMs`. The motion's origin is the point (x, y, z) of the floor: camera
 * space, metres. Updates the bones and `figure.pose`.
 */
export function moveFigure(figure: Figure, timeMs: number, x: number, y: number, z: number): void {
  const { root, localRotations } = figure.motionPose;
  figure.motion(timeMs, figure.motionPose);
  figure.wander(timeMs, root.translation);
  root.translation[0] += x;
  root.translation[1] += y - figure.soleMetres;
  root.translation[2] += z;
  const { positions, rotations } = poseMannequin(figure.body.shape.joints, localRotations, root, figure.pose);
  figure.skeleton.bones.forEach((bone, b) => {
    bone.position.fromArray(positions, 3 * b);
    bone.quaternion.fromArray(rotations, 4 * b);
    bone.updateMatrixWorld(true);
  });
  figure.worn?.hang(figure.pose, timeMs);
  for (const { geometry } of [...figure.clothes, ...figure.garments.flat()])
    geometry.attributes.position.needsUpdate = geometry.attributes.normal.needsUpdate = true;
}

/** Frees the figure's geometries, materials, textures and garments. Its meshes stay in the scene. */
export function disposeFigure({ layers, clothes, garments, worn, face, skeleton }: Figure): void {
  for (const mesh of [...layers.values(), ...clothes, ...garments.flat()]) {
    mesh.geometry.dispose();
    (mesh.material as Material).dispose();
  }
  worn?.dispose();
  face.dispose();
  skeleton.dispose();
}
