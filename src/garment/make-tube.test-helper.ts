/**
 * Simple bodies and garments for tests: tubes around the y axis, in metres.
 *
 * 1. `makeTube` makes the mesh of a tube, `makeJoints` the rest joints of a body.
 * 2. `makeTubeMannequin` makes a mannequin of a tube, `makeTubeGarment` a garment of one or more tubes.
 * 3. `bindTubeGarment` binds the garment to the mannequin, as adoption does.
 */
import { Material } from 'three';
import { bindCloth } from '../adopt/bind-cloth.ts';
import { BONE_COUNT, boneIndex, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { completeBinding } from './complete-binding.ts';
import type { Garment, GarmentPart } from './garment.ts';

/** The mesh of a tube: 41 rings of 48 vertices, or of 49 with a seam, from bottom to top. */
export interface Tube {
  /** 3 × vertices, metres unless the caller of `makeTube` chose another unit. */
  positions: Float32Array;
  /** 3 × vertices, unit length: horizontal, away from the axis, whatever the radius does along the tube. */
  normals: Float32Array;
  /** 3 × triangles, counter-clockwise as seen from outside. */
  indices: Uint16Array;
}

/** Number of vertices around the tube, without the repeated one. */
const SEGMENTS = 48;
/** Number of steps from one ring of vertices to the next. */
const RINGS = 40;

/**
 * Makes an open tube around the y axis (+y up), as simple skin or cloth for tests. All lengths are in one unit: metres
 * for a mannequin or a garment.
 *
 * @param radius a number, or a function of the angle about the y axis (radians, 0..2π: 0 at +z, π/2 at +x) and of y.
 * @param bottom y of the lowest ring.
 * @param top y of the highest ring.
 * @param seam whether each ring repeats its first vertex as its last one, as at the seam of a texture.
 */
export function makeTube(
  radius: number | ((angle: number, y: number) => number),
  bottom: number,
  top: number,
  seam = false,
): Tube {
  const columns = seam ? SEGMENTS + 1 : SEGMENTS;
  const positions: number[] = [];
  const normals: number[] = [];
  const indices: number[] = [];
  for (let ring = 0; ring <= RINGS; ring++) {
    const y = bottom + ((top - bottom) * ring) / RINGS;
    for (let c = 0; c < columns; c++) {
      const angle = (2 * Math.PI * (c % SEGMENTS)) / SEGMENTS;
      const r = typeof radius === 'number' ? radius : radius(angle, y);
      positions.push(r * Math.sin(angle), y, r * Math.cos(angle));
      normals.push(Math.sin(angle), 0, Math.cos(angle));
      if (ring === RINGS || (seam && c === SEGMENTS)) continue;
      const next = seam ? c + 1 : (c + 1) % SEGMENTS;
      const a = ring * columns + c;
      const b = ring * columns + next;
      indices.push(a, b, a + columns, b, b + columns, a + columns);
    }
  }
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    indices: Uint16Array.from(indices),
  };
}

/**
 * Makes rest joints for a tube as a body: 3 × BONE_COUNT, metres, +x to the body's left, +y up, all with z = 0. Hips,
 * chest and neck are on the y axis; shoulders, upper arms and upper legs are beside it. All other joints are at the
 * origin.
 */
export function makeJoints(): Float32Array {
  const joints = new Float32Array(3 * BONE_COUNT);
  const set = (bone: keyof typeof boneIndex, x: number, y: number): void =>
    void joints.set([x, y, 0], 3 * boneIndex[bone]);
  set('hips', 0, 0.9);
  set('chest', 0, 1.2);
  set('neck', 0, 1.5);
  set('leftShoulder', 0.03, 1.45);
  set('leftUpperArm', 0.18, 1.4);
  set('rightShoulder', -0.03, 1.45);
  set('rightUpperArm', -0.18, 1.4);
  set('leftUpperLeg', 0.09, 0.85);
  set('rightUpperLeg', -0.09, 0.85);
  return joints;
}

/** A garment before it is bound to a mannequin. */
export type UnboundGarment = Omit<Garment, 'binding'>;

/**
 * Binds a garment, whose vertices are in metres around the mannequin's rest pose, to the mannequin. The garment counts
 * as made on the mannequin's base shape (`madeOn` null: all morph weights 0). Returns a copy with the binding.
 */
export async function bindTubeGarment(garment: UnboundGarment, mannequin: Mannequin): Promise<Garment> {
  const wearer = { mannequin, madeOn: null };
  const bound = await bindCloth(garment.parts, garment.manifest.kind, wearer);
  return { ...garment, binding: completeBinding(garment.parts, bound, wearer) };
}

/** Makes skin indices and weights, 4 × `vertices` each: every vertex follows the chest bone with weight 1. */
function chestOnly(vertices: number): { skinIndices: Uint16Array; skinWeights: Float32Array } {
  return {
    skinIndices: new Uint16Array(4 * vertices).fill(boneIndex.chest),
    skinWeights: Float32Array.from({ length: 4 * vertices }, (_, i) => (i % 4 === 0 ? 1 : 0)),
  };
}

/**
 * Makes a mannequin whose skin is `tube` (metres), skinned to the chest bone with weight 1. It has the joints of
 * `makeJoints`, no morphs and no landmark sites, and one preset, `none`, with all weights 0.
 */
export function makeTubeMannequin(tube: Tube): Mannequin {
  return {
    ...tube,
    ...chestOnly(tube.positions.length / 3),
    joints: makeJoints(),
    morphs: [],
    sites: [],
    presets: { none: new Float32Array(MORPH_COUNT) },
    statureMetres: 1.7,
  };
}

/**
 * Makes a top of layer 1 that is not bound yet: one part for each tube (metres), skinned to the chest bone with weight
 * 1. Its cloth stretches by 15 per cent and weighs 160 g/m². The manifest lists finished measures of the sizes M, the
 * base size, and L.
 *
 * @param sizes size name → displacement of each vertex from the base size, 3 × vertices, metres. All parts get the same
 * displacements, so all tubes need as many vertices.
 */
export function makeTubeGarment(tubes: Tube[], sizes: Record<string, Float32Array> = {}): UnboundGarment {
  const parts = tubes.map(
    (tube, p): GarmentPart => ({
      name: `part ${p}`,
      ...tube,
      uvs: null,
      ...chestOnly(tube.positions.length / 3),
      sizes,
      material: new Material(),
      variants: {},
    }),
  );
  const manifest = {
    kind: 'top',
    layer: 1,
    sizes: { M: { chest: 100 }, L: { chest: 110 } },
    baseSize: 'M',
    fabric: { stretch: 15, weight: 160 },
  } as const;
  return { url: 'tube.glb', manifest, parts, colors: [], warnings: [], dispose: () => {} };
}
