import {
  Bone,
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  DoubleSide,
  type Material,
  Matrix4,
  MeshStandardMaterial,
  type Scene,
  Skeleton,
  SkinnedMesh,
  SRGBColorSpace,
} from 'three';
import { BONE_COUNT, boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose, type MannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { createMannequinShape, type MannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { createCanvas } from './create-canvas.ts';
import { type Clothes, dressPerson, headUvs, type PersonLayer } from './dress-person.ts';
import type { FigureGarment, GarmentLayer, WornLayers } from './garment-layer.ts';
import { createMotionPose, type Motion, type MotionPose } from './motion-pose.ts';
import { type MotionName, motions } from './motions.ts';
import { FACE_HEIGHT, FACE_WIDTH, paintFace } from './paint-face.ts';
import { type PersonColors, personColors, type SkinName } from './person-colors.ts';
import { createWander, type Wander } from './wander.ts';

/** Who is to be seen and what they do. */
export interface FigureOptions {
  /** A motion's name, or one of the caller's own (`readBvh`). */
  motion?: MotionName | Motion;
  /** A preset's name (`female-50`) or MORPH_COUNT weights. */
  shape?: string | ArrayLike<number>;
  /** Which person: hair, skin and clothes. */
  seed?: number;
  /** `light`, `medium`, `dark` or a CSS colour; by default the seed's. */
  skin?: SkinName | (string & {});
  /** What is worn on the skin. */
  clothes?: Clothes;
  /** Real garments over the clothes, innermost first. */
  garments?: readonly FigureGarment[];
  /** How far the figure wanders while it moves, metres, as a standing person does: 0.002. */
  swayMetres?: number;
}

/** A dressed mannequin in a scene. Bones lie in camera space. */
export interface Figure {
  motion: Motion;
  shape: MannequinShape;
  /** MORPH_COUNT weights. */
  weights: ArrayLike<number>;
  skeleton: Skeleton;
  layers: Map<PersonLayer, SkinnedMesh<BufferGeometry, MeshStandardMaterial>>;
  /** The meshes of each garment worn. */
  garments: SkinnedMesh[][];
  worn: WornLayers | null;
  wander: Wander;
  face: CanvasTexture;
  /** Metres, downwards: what brings the shaped body's soles to the floor. */
  floor: number;
  motionPose: MotionPose;
  /** Where the bones are since the last `moveFigure`. */
  pose: MannequinPose;
}

/** Throws `RangeError` for an unknown preset. */
export function createFigure(
  scene: Scene,
  mannequin: Mannequin,
  options: FigureOptions,
  worn: WornLayers | null = null,
): Figure {
  const { motion = 'sway', seed = 1, skin, clothes = 'everyday', swayMetres = 0 } = options;
  const weights = shapeWeights(mannequin, options.shape);
  const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  const bones = Array.from({ length: BONE_COUNT }, () => new Bone());
  const inverses = bones.map((_, b) =>
    new Matrix4().makeTranslation(-shape.joints[3 * b]!, -shape.joints[3 * b + 1]!, -shape.joints[3 * b + 2]!),
  );
  const skeleton = new Skeleton(bones, inverses);
  const colors = personColors(seed, skin);
  const face = createFace(mannequin, colors);
  const layers = dress(mannequin, shape, colors, face, skeleton, clothes, worn?.cover ?? null);
  const garments = (worn?.garments ?? []).map((parts) => parts.map((part) => wearLayer(part, skeleton)));
  const hasShadow = worn !== null || clothes !== 'everyday';
  for (const mesh of [...layers.values(), ...garments.flat()]) {
    mesh.castShadow = mesh.receiveShadow = hasShadow;
    scene.add(mesh);
  }
  let floor = Infinity;
  for (let i = 1; i < shape.positions.length; i += 3) floor = Math.min(floor, shape.positions[i]!);
  return {
    motion: typeof motion === 'function' ? motion : motions[motion],
    shape,
    weights,
    skeleton,
    layers,
    garments,
    worn,
    face,
    floor,
    wander: createWander(swayMetres, seed),
    motionPose: createMotionPose(),
    pose: createMannequinPose(),
  };
}

/** Poses the bones for a moment of the figure's motion, played around the point (x, y, z) of the floor in camera space. */
export function moveFigure(figure: Figure, timeMs: number, x: number, y: number, z: number): void {
  const { root, localRotations } = figure.motionPose;
  figure.motion(timeMs, figure.motionPose);
  figure.wander(timeMs, root.translation);
  root.translation[0]! += x;
  root.translation[1]! += y - figure.floor;
  root.translation[2]! += z;
  const { positions, rotations } = poseMannequin(figure.shape.joints, localRotations, root, figure.pose);
  figure.skeleton.bones.forEach((bone, b) => {
    bone.position.fromArray(positions, 3 * b);
    bone.quaternion.fromArray(rotations, 4 * b);
    bone.updateMatrixWorld(true);
  });
}

export function disposeFigure(figure: Figure): void {
  for (const mesh of figure.layers.values()) {
    mesh.geometry.dispose();
    mesh.material.dispose();
  }
  for (const mesh of figure.garments.flat()) {
    mesh.geometry.dispose();
    (mesh.material as Material).dispose();
  }
  figure.worn?.dispose();
  figure.face.dispose();
  figure.skeleton.dispose();
}

/** The weights of a preset, or those given. Throws `RangeError` for an unknown preset. */
export function shapeWeights(mannequin: Mannequin, shape: string | ArrayLike<number> = 'female-50'): ArrayLike<number> {
  if (typeof shape !== 'string') return shape;
  const preset = mannequin.presets[shape];
  if (!preset) throw new RangeError(`No shape "${shape}": use one of ${Object.keys(mannequin.presets).join(', ')}.`);
  return preset;
}

function createFace(mannequin: Mannequin, colors: PersonColors): CanvasTexture {
  const canvas = createCanvas(FACE_WIDTH, FACE_HEIGHT);
  const site = (landmark: number): [number, number, number] =>
    mannequin.sites.find((s) => s.landmark === landmark)!.offset;
  const headZ = mannequin.joints[3 * boneIndex.head + 2]!;
  const degrees = (at: [number, number, number]): number =>
    (Math.atan2(Math.abs(at[0]), at[2] + headZ) * 180) / Math.PI;
  // In main memory: what a GPU holds is lost with it, and is painted once only.
  paintFace(canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D, colors, {
    eye: { degrees: degrees(site(2)), height: site(2)[1] },
    brow: { height: site(2)[1] + 0.02 },
    mouth: { height: site(9)[1], degrees: degrees(site(9)) },
  });
  const face = new CanvasTexture(canvas as HTMLCanvasElement);
  face.colorSpace = SRGBColorSpace;
  face.anisotropy = 4;
  return face;
}

function dress(
  mannequin: Mannequin,
  shape: MannequinShape,
  colors: PersonColors,
  face: CanvasTexture,
  skeleton: Skeleton,
  clothes: Clothes,
  covered: Float32Array | null,
): Figure['layers'] {
  const uvs = headUvs(mannequin, shape);
  const materials: Record<PersonLayer, MeshStandardMaterial> = {
    body: new MeshStandardMaterial({ map: face, roughness: 0.62 }),
    top: new MeshStandardMaterial({ color: colors.top, roughness: 0.95, side: DoubleSide }),
    shorts: new MeshStandardMaterial({ color: colors.shorts, roughness: 0.9, side: DoubleSide }),
    shoes: new MeshStandardMaterial({ color: colors.shoes, roughness: 0.7, side: DoubleSide }),
    hair: new MeshStandardMaterial({ color: colors.hair, roughness: 0.75, side: DoubleSide }),
  };
  const layers = new Map<PersonLayer, SkinnedMesh<BufferGeometry, MeshStandardMaterial>>();
  for (const { layer, positions, normals, cover } of dressPerson(mannequin, shape, clothes, covered)) {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(positions, 3));
    geometry.setAttribute('normal', new BufferAttribute(normals, 3));
    geometry.setAttribute('skinIndex', new BufferAttribute(mannequin.skinIndices, 4));
    geometry.setAttribute('skinWeight', new BufferAttribute(mannequin.skinWeights, 4));
    geometry.setIndex(new BufferAttribute(coveredTriangles(mannequin.indices, cover), 1));
    const material = materials[layer];
    if (layer === 'body') geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
    else {
      // White with the coverage as alpha: the alpha test cuts the edge smoothly within triangles.
      const rgba = new Float32Array(4 * cover.length).fill(1);
      cover.forEach((c, v) => {
        rgba[4 * v + 3] = c;
      });
      geometry.setAttribute('color', new BufferAttribute(rgba, 4));
      material.vertexColors = true;
      material.alphaTest = 0.5;
    }
    const mesh = new SkinnedMesh(geometry, material);
    mesh.bind(skeleton, new Matrix4());
    mesh.frustumCulled = false;
    layers.set(layer, mesh);
  }
  return layers;
}

/** The triangles of which something is drawn: each layer has all the body's vertices and covers few of them. */
function coveredTriangles(indices: Mannequin['indices'], cover: Float32Array): Uint16Array | Uint32Array {
  return indices.filter((_, i) => {
    const first = i - (i % 3);
    return [0, 1, 2].some((k) => cover[indices[first + k]!]! > 0.5);
  });
}

/** A garment's mesh on the figure's bones, with a material of its own: whatever the file says, cloth is seen from both sides. */
function wearLayer(
  { positions, normals, uvs, indices, skinIndices, skinWeights, material }: GarmentLayer,
  skeleton: Skeleton,
): SkinnedMesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setAttribute('normal', new BufferAttribute(normals, 3));
  if (uvs) geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
  geometry.setAttribute('skinIndex', new BufferAttribute(skinIndices, 4));
  geometry.setAttribute('skinWeight', new BufferAttribute(skinWeights, 4));
  geometry.setIndex(new BufferAttribute(indices, 1));
  const own = material.clone();
  own.side = DoubleSide;
  const mesh = new SkinnedMesh(geometry, own);
  mesh.bind(skeleton, new Matrix4());
  mesh.frustumCulled = false;
  return mesh;
}
