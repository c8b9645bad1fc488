import type { PosedBody } from '../body/body.ts';
import { BONE_COUNT, boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { type BodyRegion, regions } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { PixelClasses } from '../tracking/tracker.ts';

/**
 * Looks up the colours that the posed body has in a small copy of the picture, with the normals of the places where it
 * looks. Light is estimated from these: on one material, brightness differs with the normal only.
 *
 * 1. The constructor chooses about `MAX_SAMPLES` vertices of face, neck, hands, trunk, arms and legs.
 * 2. `take` poses these vertices, and keeps those that face the camera, lie on the person's mask and are not hidden by
 *    another limb.
 * 3. It reads their colours, linear. Where pixels' classes are known, they tell the material: bare arms are skin, and
 *    sleeves are the same cloth as the trunk.
 */

/**
 * Materials that are told apart, one number for each sample. Bare skin is `SKIN_GROUP`: face, neck and hands. All other
 * groups may be cloth or skin of an unknown colour, the same in the whole group.
 */
export const SKIN_GROUP = 0;
/** Groups of own clothes, where pixels' classes tell what is cloth. */
export const UPPER_GROUP = 1;
export const LOWER_GROUP = 4;
/** Group of each region that is sampled. */
const groupByRegion: Partial<Record<BodyRegion, number>> = {
  head: SKIN_GROUP,
  neck: SKIN_GROUP,
  hand: SKIN_GROUP,
  trunk: UPPER_GROUP,
  upperArm: 2,
  forearm: 3,
  thigh: LOWER_GROUP,
  calf: 5,
};
/** Number of groups. */
export const GROUP_COUNT = 6;

/** Number of vertices that are chosen in each group: enough for a mean over folds and prints. */
const VERTICES_PER_GROUP = 64;
/** Vertices at most. */
export const MAX_SAMPLES = GROUP_COUNT * VERTICES_PER_GROUP;
/** Cosine between normal and line of sight from which a sample counts: nearer to the outline it may show what is behind. */
const MIN_FACING = 0.3;
/** Coverage by the person, 0..255, from which a pixel counts. */
const MIN_COVERAGE = 200;
/** A sample that lies this far behind the nearest one in the same cell is hidden by another limb, metres. */
const HIDDEN_METRES = 0.07;
/** Side of a cell in which samples hide each other, px of the small copy. */
const CELL_PIXELS = 3;
/** Share by which a skin weight may be spread over other bones: at creases between limbs normals are blended. */
const MIN_BONE_WEIGHT = 0.6;
/** Probability of a class, 0..255, from which a pixel is of that class. */
const SURE_CLASS = 170;
/** Channel value of 8 bits above which it may be clipped. */
const MAX_UNCLIPPED = 252;

/** Linear value, 0..1, of each sRGB value of 8 bits (IEC 61966-2-1). */
export const linearBySrgb: Readonly<Float32Array> = Float32Array.from({ length: 256 }, (_, i) =>
  i <= 10.31475 ? i / 255 / 12.92 : ((i / 255 + 0.055) / 1.055) ** 2.4,
);

/** A small copy of a picture: RGBA values, 8 bits sRGB, row by row from the top. */
export type SmallPicture = Pick<ImageData, 'data' | 'width' | 'height'>;

/** Colours on the body and where they lie; arrays have space for `MAX_SAMPLES`, of which `count` are set. */
export interface LightSamples {
  count: number;
  /** 3 × (x, y, z): the surface's normal in camera space, length 1. */
  normals: Float32Array;
  /** 3 × (red, green, blue): the picture's colour, linear 0..1. */
  colours: Float32Array;
  /** Group of each sample, 0 to below `GROUP_COUNT`. */
  groups: Uint8Array;
  /** 1 where a channel may be clipped, so that the place is as bright as this or brighter. */
  clipped: Uint8Array;
}

/** Creates samples of which none is set. */
export function createLightSamples(): LightSamples {
  return {
    count: 0,
    normals: new Float32Array(3 * MAX_SAMPLES),
    colours: new Float32Array(3 * MAX_SAMPLES),
    groups: new Uint8Array(MAX_SAMPLES),
    clipped: new Uint8Array(MAX_SAMPLES),
  };
}

/** Chooses vertices of one mannequin and samples pictures where they are. */
export class LightSampler {
  /** The chosen vertices, the bone that moves each, and its group. */
  readonly #vertices: Uint16Array;
  readonly #bones: Uint8Array;
  readonly #groups: Uint8Array;
  /** Positions and normals of these vertices, rest pose, metres, and the rest joints. */
  readonly #positions: Float32Array;
  readonly #normals: Float32Array;
  readonly #joints = new Float32Array(3 * BONE_COUNT);
  /** Scratch of `take`: pixel (−1: not seen) and depth of each vertex, its posed normal, and the nearest depth by cell. */
  readonly #pixels: Int32Array;
  readonly #depths: Float32Array;
  readonly #posed: Float32Array;
  #nearest = new Float32Array(0);

  /** `mannequin`: the body of which all shapes are made; rest pose, metres. */
  constructor(mannequin: Mannequin) {
    const chosen = chooseVertices(mannequin);
    this.#vertices = Uint16Array.from(chosen, ({ vertex }) => vertex);
    this.#bones = Uint8Array.from(chosen, ({ bone }) => bone);
    this.#groups = Uint8Array.from(chosen, ({ group }) => group);
    this.#positions = new Float32Array(3 * chosen.length);
    this.#normals = new Float32Array(3 * chosen.length);
    this.#pixels = new Int32Array(chosen.length);
    this.#depths = new Float32Array(chosen.length);
    this.#posed = new Float32Array(3 * chosen.length);
    this.takeShape(mannequin);
  }

  /** Copies the shaped body: vertices, normals and joints of the rest pose, metres. */
  takeShape({ positions, normals, joints }: MannequinShape): void {
    for (let i = 0; i < this.#vertices.length; i++) {
      const v = 3 * this.#vertices[i];
      for (let k = 0; k < 3; k++) {
        this.#positions[3 * i + k] = positions[v + k];
        this.#normals[3 * i + k] = normals[v + k];
      }
    }
    this.#joints.set(joints);
  }

  /**
   * Writes the colours of the posed body in `picture` into `target`, and returns `target`.
   *
   * @param picture the whole frame, made small.
   * @param person coverage of the same pixels by the person, 0..255; null if it is unknown.
   * @param classes what the frame's pixels show; null if it is unknown.
   */
  take(
    body: PosedBody,
    picture: SmallPicture,
    { person, classes }: { person: Uint8Array | null; classes: PixelClasses | null },
    target: LightSamples,
  ): LightSamples {
    this.#project(body, picture);
    this.#hide(picture);
    const { data } = picture;
    target.count = 0;
    for (let i = 0; i < this.#vertices.length; i++) {
      const pixel = this.#pixels[i];
      if (pixel < 0 || (person && person[pixel] < MIN_COVERAGE)) continue;
      const group = classes ? groupAt(classes, picture, pixel) : this.#groups[i];
      if (group < 0) continue;
      const t = 3 * target.count;
      for (let k = 0; k < 3; k++) {
        target.normals[t + k] = this.#posed[3 * i + k];
        target.colours[t + k] = linearBySrgb[data[4 * pixel + k]];
      }
      const brightest = Math.max(data[4 * pixel], data[4 * pixel + 1], data[4 * pixel + 2]);
      target.clipped[target.count] = brightest > MAX_UNCLIPPED ? 1 : 0;
      target.groups[target.count++] = group;
    }
    return target;
  }

  /** Poses the vertices by their bones; finds pixel and depth of those that face the camera. */
  #project({ positions, rotations, camera }: PosedBody, { width, height }: SmallPicture): void {
    const perMetre = height / 2 / halfHeightAtUnitDistance(camera.fovYDegrees);
    const aspect = (width / height) * (camera.height / camera.width);
    for (let i = 0; i < this.#vertices.length; i++) {
      const b = this.#bones[i];
      this.#pixels[i] = -1;
      for (let k = 0; k < 3; k++) {
        point[k] = this.#positions[3 * i + k] - this.#joints[3 * b + k];
        normal[k] = this.#normals[3 * i + k];
      }
      rotate(point, rotations, 4 * b);
      rotate(normal, rotations, 4 * b);
      for (let k = 0; k < 3; k++) point[k] += positions[3 * b + k];
      const facing = -(normal[0] * point[0] + normal[1] * point[1] + normal[2] * point[2]) / Math.hypot(...point);
      if (facing < MIN_FACING || point[2] > -0.05) continue;
      const x = Math.floor(width / 2 - (perMetre * aspect * point[0]) / point[2]);
      const y = Math.floor(height / 2 + (perMetre * point[1]) / point[2]);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      this.#pixels[i] = y * width + x;
      this.#depths[i] = -point[2];
      this.#posed.set(normal, 3 * i);
    }
  }

  /** Takes away samples that lie behind others. */
  #hide({ width, height }: SmallPicture): void {
    const columns = Math.ceil(width / CELL_PIXELS);
    const cells = columns * Math.ceil(height / CELL_PIXELS);
    if (this.#nearest.length !== cells) this.#nearest = new Float32Array(cells);
    this.#nearest.fill(Infinity);
    const cellOf = (pixel: number): number =>
      Math.floor(Math.floor(pixel / width) / CELL_PIXELS) * columns + Math.floor((pixel % width) / CELL_PIXELS);
    for (let i = 0; i < this.#pixels.length; i++) {
      if (this.#pixels[i] < 0) continue;
      const cell = cellOf(this.#pixels[i]);
      this.#nearest[cell] = Math.min(this.#nearest[cell], this.#depths[i]);
    }
    for (let i = 0; i < this.#pixels.length; i++)
      if (this.#pixels[i] >= 0 && this.#depths[i] > this.#nearest[cellOf(this.#pixels[i])] + HIDDEN_METRES)
        this.#pixels[i] = -1;
  }
}

/** Returns the group of a pixel of `picture` by its class; −1 where the class is not sure. */
function groupAt(classes: PixelClasses, { width, height }: SmallPicture, pixel: number): number {
  const x = Math.floor((((pixel % width) + 0.5) / width) * classes.width);
  const y = Math.floor(((Math.floor(pixel / width) + 0.5) / height) * classes.height);
  const first = 4 * (y * classes.width + x);
  if (classes.data[first + 1] >= SURE_CLASS) return SKIN_GROUP;
  if (classes.data[first + 2] >= SURE_CLASS) return UPPER_GROUP;
  return classes.data[first + 3] >= SURE_CLASS ? LOWER_GROUP : -1;
}

/** Scratch of `#project`. */
const point: [number, number, number] = [0, 0, 0];
const normal: [number, number, number] = [0, 0, 0];

/** Rotates `v` in place by the unit quaternion x, y, z, w at `start` of `q`. */
function rotate(v: [number, number, number], q: Float32Array, start: number): void {
  const [x, y, z, w] = [q[start], q[start + 1], q[start + 2], q[start + 3]];
  const tx = 2 * (y * v[2] - z * v[1]);
  const ty = 2 * (z * v[0] - x * v[2]);
  const tz = 2 * (x * v[1] - y * v[0]);
  v[0] += w * tx + y * tz - z * ty;
  v[1] += w * ty + z * tx - x * tz;
  v[2] += w * tz + x * ty - y * tx;
}

interface ChosenVertex {
  vertex: number;
  bone: number;
  group: number;
}

/** Chooses at most `VERTICES_PER_GROUP` vertices of each group, spread over the group's own vertices. */
function chooseVertices(mannequin: Mannequin): ChosenVertex[] {
  const byGroup: ChosenVertex[][] = Array.from({ length: GROUP_COUNT }, () => []);
  const isFace = createFaceTest(mannequin);
  for (let vertex = 0; vertex < mannequin.positions.length / 3; vertex++) {
    let heaviest = 4 * vertex;
    for (let k = 4 * vertex; k < 4 * vertex + 4; k++)
      if (mannequin.skinWeights[k] > mannequin.skinWeights[heaviest]) heaviest = k;
    if (mannequin.skinWeights[heaviest] < MIN_BONE_WEIGHT) continue;
    const bone = mannequin.skinIndices[heaviest];
    const group = groupByRegion[regions[bone].region];
    if (group === undefined || (regions[bone].region === 'head' && !isFace(vertex))) continue;
    byGroup[group].push({ vertex, bone, group });
  }
  return byGroup.flatMap((all) => {
    const step = Math.max(1, all.length / VERTICES_PER_GROUP);
    return Array.from({ length: Math.min(all.length, VERTICES_PER_GROUP) }, (_, i) => all[Math.floor(i * step)]);
  });
}

/** Height above the eyes up to which the forehead is bare, metres: higher there may be hair. */
const FOREHEAD_METRES = 0.02;
/** Cosine between the normal of a vertex and straight ahead from which it lies on the face. */
const FACE_COSINE = 0.25;

/** Returns a function that tells whether a vertex of the head lies on the face below the forehead. */
function createFaceTest({ positions, normals, joints, sites }: Mannequin): (vertex: number) => boolean {
  const eye = sites.find(({ landmark }) => landmark === 2);
  const top = eye ? joints[3 * eye.bone + 1] + eye.offset[1] + FOREHEAD_METRES : joints[3 * boneIndex.head + 1];
  return (vertex) => normals[3 * vertex + 2] > FACE_COSINE && positions[3 * vertex + 1] < top;
}
