import {
  Bone, BufferAttribute, BufferGeometry, CanvasTexture, DoubleSide, Matrix4, MeshStandardMaterial, type Scene, Skeleton, SkinnedMesh, SRGBColorSpace,
} from 'three';
import { createCanvas } from './create-canvas.ts';
import { dressPerson, headUvs, type PersonLayer } from './dress-person.ts';
import { BONE_COUNT, boneIndex, type Mannequin } from './mannequin.ts';
import { createMotionPose, type MotionPose } from './motion-pose.ts';
import { motions, type MotionName } from './motions.ts';
import { FACE_HEIGHT, FACE_WIDTH, paintFace } from './paint-face.ts';
import { personColors, type PersonColors } from './person-colors.ts';
import { createMannequinPose, poseMannequin, type MannequinPose } from './pose-mannequin.ts';
import { createMannequinShape, shapeMannequin, type MannequinShape } from './shape-mannequin.ts';

/** Who is to be seen and what they do. */
export interface FigureOptions {
  motion?: MotionName;
  /** A preset's name (`female-50`) or MORPH_COUNT weights. */
  shape?: string | ArrayLike<number>;
  /** Which person: hair, skin and clothes. */
  seed?: number;
}

/** A dressed mannequin in a scene. Bones lie in camera space. */
export interface Figure {
  motion: MotionName;
  shape: MannequinShape;
  skeleton: Skeleton;
  layers: Map<PersonLayer, SkinnedMesh<BufferGeometry, MeshStandardMaterial>>;
  face: CanvasTexture;
  /** Metres, downwards: what brings the shaped body's soles to the floor. */
  floor: number;
  motionPose: MotionPose;
  /** Where the bones are since the last `moveFigure`. */
  pose: MannequinPose;
}

/** Throws `RangeError` for an unknown preset. */
export const createFigure = (scene: Scene, mannequin: Mannequin, { motion = 'sway', shape: wanted = 'female-50', seed = 1 }: FigureOptions): Figure => {
  const shape = shapeMannequin(mannequin, shapeWeights(mannequin, wanted), createMannequinShape(mannequin));
  const bones = Array.from({ length: BONE_COUNT }, () => new Bone());
  const inverses = bones.map((_, b) => new Matrix4().makeTranslation(-shape.joints[3 * b]!, -shape.joints[3 * b + 1]!, -shape.joints[3 * b + 2]!));
  const skeleton = new Skeleton(bones, inverses);
  const colors = personColors(seed);
  const face = createFace(mannequin, colors);
  const layers = dress(mannequin, shape, colors, face, skeleton);
  for (const mesh of layers.values()) scene.add(mesh);
  let floor = Infinity;
  for (let i = 1; i < shape.positions.length; i += 3) floor = Math.min(floor, shape.positions[i]!);
  return { motion, shape, skeleton, layers, face, floor, motionPose: createMotionPose(), pose: createMannequinPose() };
};

/** Poses the bones for a moment of the figure's motion, played around the point (x, y, z) of the floor in camera space. */
export const moveFigure = (figure: Figure, timeMs: number, x: number, y: number, z: number): void => {
  const { root, localRotations } = figure.motionPose;
  motions[figure.motion](timeMs, figure.motionPose);
  root.translation[0]! += x;
  root.translation[1]! += y - figure.floor;
  root.translation[2]! += z;
  const { positions, rotations } = poseMannequin(figure.shape.joints, localRotations, root, figure.pose);
  figure.skeleton.bones.forEach((bone, b) => {
    bone.position.fromArray(positions, 3 * b);
    bone.quaternion.fromArray(rotations, 4 * b);
    bone.updateMatrixWorld(true);
  });
};

export const disposeFigure = (figure: Figure): void => {
  for (const mesh of figure.layers.values()) {
    mesh.geometry.dispose();
    mesh.material.dispose();
  }
  figure.face.dispose();
  figure.skeleton.dispose();
};

const shapeWeights = (mannequin: Mannequin, shape: string | ArrayLike<number>): ArrayLike<number> => {
  if (typeof shape !== 'string') return shape;
  const preset = mannequin.presets[shape];
  if (!preset) throw new RangeError(`No shape "${shape}": use one of ${Object.keys(mannequin.presets).join(', ')}.`);
  return preset;
};

const createFace = (mannequin: Mannequin, colors: PersonColors): CanvasTexture => {
  const canvas = createCanvas(FACE_WIDTH, FACE_HEIGHT);
  const site = (landmark: number): [number, number, number] => mannequin.sites.find((s) => s.landmark === landmark)!.offset;
  const headZ = mannequin.joints[3 * boneIndex.head + 2]!;
  const degrees = (at: [number, number, number]): number => (Math.atan2(Math.abs(at[0]), at[2] + headZ) * 180) / Math.PI;
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
};

const dress = (mannequin: Mannequin, shape: MannequinShape, colors: PersonColors, face: CanvasTexture, skeleton: Skeleton): Figure['layers'] => {
  const uvs = headUvs(mannequin, shape);
  const materials: Record<PersonLayer, MeshStandardMaterial> = {
    body: new MeshStandardMaterial({ map: face, roughness: 0.62 }),
    top: new MeshStandardMaterial({ color: colors.top, roughness: 0.95, side: DoubleSide }),
    shorts: new MeshStandardMaterial({ color: colors.shorts, roughness: 0.9, side: DoubleSide }),
    shoes: new MeshStandardMaterial({ color: colors.shoes, roughness: 0.7, side: DoubleSide }),
    hair: new MeshStandardMaterial({ color: colors.hair, roughness: 0.75, side: DoubleSide }),
  };
  const layers = new Map<PersonLayer, SkinnedMesh<BufferGeometry, MeshStandardMaterial>>();
  for (const { layer, positions, cover } of dressPerson(mannequin, shape)) {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(positions, 3));
    geometry.setAttribute('normal', new BufferAttribute(shape.normals, 3));
    geometry.setAttribute('skinIndex', new BufferAttribute(mannequin.skinIndices, 4));
    geometry.setAttribute('skinWeight', new BufferAttribute(mannequin.skinWeights, 4));
    geometry.setIndex(new BufferAttribute(coveredTriangles(mannequin.indices, cover), 1));
    const material = materials[layer];
    if (layer === 'body') geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
    else {
      // White with the coverage as alpha: the alpha test cuts the edge smoothly within triangles.
      const rgba = new Float32Array(4 * cover.length).fill(1);
      cover.forEach((c, v) => { rgba[4 * v + 3] = c; });
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
};

/** The triangles of which something is drawn: each layer has all the body's vertices and covers few of them. */
const coveredTriangles = (indices: Mannequin['indices'], cover: Float32Array): Uint16Array | Uint32Array =>
  indices.filter((_, i) => {
    const first = i - (i % 3);
    return [0, 1, 2].some((k) => cover[indices[first + k]!]! > 0.5);
  });
