import {
  Bone, BufferAttribute, BufferGeometry, CanvasTexture, Color, DirectionalLight, DoubleSide, HemisphereLight, Matrix4, Mesh,
  MeshStandardMaterial, PerspectiveCamera, PlaneGeometry, Scene, Skeleton, SkinnedMesh, SRGBColorSpace, WebGLRenderer,
} from 'three';
import { FittingError } from '../errors.ts';
import { dressPerson, headUvs, type PersonLayer } from './dress-person.ts';
import { BONE_COUNT, boneIndex, type Mannequin } from './mannequin.ts';
import { FACE_HEIGHT, FACE_WIDTH, paintFace } from './paint-face.ts';
import { personColors, type PersonColors } from './person-colors.ts';
import { createMannequinShape, shapeMannequin, type MannequinShape } from './shape-mannequin.ts';

/** The camera that films the mannequin: level, looking at it from the front. */
export interface MannequinCamera {
  /** Full vertical angle, degrees. */
  fovYDegrees: number;
  /** Pixels. */
  width: number;
  height: number;
  /** Metres from the camera to the mannequin's root. */
  distanceMetres: number;
  /** Metres of the camera above the floor. */
  heightMetres: number;
}

/** The mannequin dressed and lit, with the renderer that films it. Bones are set from outside, in camera space. */
export interface MannequinStage {
  canvas: OffscreenCanvas | HTMLCanvasElement;
  renderer: WebGLRenderer;
  scene: Scene;
  camera: PerspectiveCamera;
  mannequin: Mannequin;
  shape: MannequinShape;
  skeleton: Skeleton;
  /** Everything that belongs to the person, by layer. */
  layers: Map<PersonLayer, SkinnedMesh>;
  surroundings: Mesh[];
  textures: CanvasTexture[];
  /** Metres, downwards: what brings the shaped body's soles to the floor. */
  floor: number;
}

/** What the stage is to show. */
export interface MannequinStageOptions {
  shape?: string | ArrayLike<number>;
  background?: string;
  seed?: number;
}

const createCanvas = (width: number, height: number): OffscreenCanvas | HTMLCanvasElement =>
  typeof OffscreenCanvas === 'undefined' ? Object.assign(document.createElement('canvas'), { width, height }) : new OffscreenCanvas(width, height);

/** Throws `FittingError` `unsupported-browser` without WebGL2, `RangeError` for an unknown preset. */
export const createMannequinStage = (mannequin: Mannequin, options: MannequinStageOptions, view: MannequinCamera): MannequinStage => {
  const weights = shapeWeights(mannequin, options.shape ?? 'female-50');
  const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  const colors = personColors(options.seed ?? 1);
  const canvas = createCanvas(view.width, view.height);
  let renderer: WebGLRenderer;
  try {
    renderer = new WebGLRenderer({ canvas, antialias: true });
  } catch (cause) {
    throw new FittingError('unsupported-browser', 'The mannequin needs WebGL2.', { cause });
  }
  renderer.setSize(view.width, view.height, false);
  const scene = new Scene();
  const camera = new PerspectiveCamera(view.fovYDegrees, view.width / view.height, 0.05, 30);
  const surroundings = addStudio(scene, options.background ?? 'studio', view);
  const key = new DirectionalLight('#fff4ea', 2.1);
  key.position.set(-1.6, 2.2, 2.2);
  const fill = new DirectionalLight('#e6efff', 0.6);
  fill.position.set(2.5, 0.6, 1.5);
  scene.add(new HemisphereLight('#ffffff', '#b8aea4', 1.5), key, fill);

  const bones = Array.from({ length: BONE_COUNT }, () => new Bone());
  const inverses = bones.map((_, b) => new Matrix4().makeTranslation(-shape.joints[3 * b]!, -shape.joints[3 * b + 1]!, -shape.joints[3 * b + 2]!));
  const skeleton = new Skeleton(bones, inverses);
  const { layers, textures } = addPerson(scene, mannequin, shape, colors, skeleton);
  let floor = Infinity;
  for (let i = 1; i < shape.positions.length; i += 3) floor = Math.min(floor, shape.positions[i]!);
  return { canvas, renderer, scene, camera, mannequin, shape, skeleton, layers, surroundings, textures, floor };
};

const shapeWeights = (mannequin: Mannequin, shape: string | ArrayLike<number>): ArrayLike<number> => {
  if (typeof shape !== 'string') return shape;
  const preset = mannequin.presets[shape];
  if (!preset) throw new RangeError(`No shape "${shape}": use one of ${Object.keys(mannequin.presets).join(', ')}.`);
  return preset;
};

const addPerson = (
  scene: Scene, mannequin: Mannequin, shape: MannequinShape, colors: PersonColors, skeleton: Skeleton,
): { layers: MannequinStage['layers']; textures: CanvasTexture[] } => {
  const canvas = createCanvas(FACE_WIDTH, FACE_HEIGHT);
  const site = (landmark: number): [number, number, number] => mannequin.sites.find((s) => s.landmark === landmark)!.offset;
  const headZ = mannequin.joints[3 * boneIndex.head + 2]!;
  const degrees = (at: [number, number, number]): number => (Math.atan2(Math.abs(at[0]), at[2] + headZ) * 180) / Math.PI;
  paintFace(canvas.getContext('2d') as OffscreenCanvasRenderingContext2D, colors, {
    eye: { degrees: degrees(site(2)), height: site(2)[1] },
    brow: { height: site(2)[1] + 0.02 },
    mouth: { height: site(9)[1], degrees: degrees(site(9)) },
  });
  const face = new CanvasTexture(canvas as HTMLCanvasElement);
  face.colorSpace = SRGBColorSpace;
  face.anisotropy = 4;
  const uvs = headUvs(mannequin, shape);
  const materials: Record<PersonLayer, MeshStandardMaterial> = {
    body: new MeshStandardMaterial({ map: face, roughness: 0.62 }),
    top: new MeshStandardMaterial({ color: colors.top, roughness: 0.95, side: DoubleSide }),
    shorts: new MeshStandardMaterial({ color: colors.shorts, roughness: 0.9, side: DoubleSide }),
    shoes: new MeshStandardMaterial({ color: colors.shoes, roughness: 0.7, side: DoubleSide }),
    hair: new MeshStandardMaterial({ color: colors.hair, roughness: 0.75, side: DoubleSide }),
  };
  const layers = new Map<PersonLayer, SkinnedMesh>();
  for (const { layer, positions, cover } of dressPerson(mannequin, shape)) {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(positions, 3));
    geometry.setAttribute('normal', new BufferAttribute(shape.normals, 3));
    geometry.setAttribute('skinIndex', new BufferAttribute(mannequin.skinIndices, 4));
    geometry.setAttribute('skinWeight', new BufferAttribute(mannequin.skinWeights, 4));
    geometry.setIndex(new BufferAttribute(mannequin.indices, 1));
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
    scene.add(mesh);
    layers.set(layer, mesh);
  }
  return { layers, textures: [face] };
};

/** A pale room: wall, floor and a soft shade under the feet; or one colour. */
const addStudio = (scene: Scene, background: string, view: MannequinCamera): Mesh[] => {
  if (background !== 'studio') {
    scene.background = new Color(background);
    return [];
  }
  scene.background = new Color('#dcdad6');
  const floor = new Mesh(new PlaneGeometry(12, 5), new MeshStandardMaterial({ color: '#cfcac3', roughness: 1 }));
  floor.rotation.x = -Math.PI / 2;
  floor.position.set(0, -view.heightMetres - 0.004, -view.distanceMetres);
  const wall = new Mesh(new PlaneGeometry(12, 6), new MeshStandardMaterial({ color: '#e6e4e0', roughness: 1 }));
  wall.position.set(0, 1.5 - view.heightMetres, -view.distanceMetres - 1.6);
  scene.add(floor, wall);
  return [floor, wall];
};
