import { Material } from 'three';
import { bindCloth } from '../adopt/bind-cloth.ts';
import { BONE_COUNT, boneIndex, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { completeBinding } from './complete-binding.ts';
import type { Garment, GarmentPart } from './garment.ts';

export interface Tube {
  positions: Float32Array;
  normals: Float32Array;
  indices: Uint16Array;
}

const SEGMENTS = 48;
const RINGS = 40;

/**
 * Makes an open tube around the y axis from `bottom` to `top`, metres. With `seam` the first column of vertices is
 * repeated as the last one, as at a seam of the texture.
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

/** Rest joints of the tube's body: a spine on the axis, shoulders beside it. */
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

export type UnboundGarment = Omit<Garment, 'binding'>;

/** Binds a garment to the mannequin on which it lies. */
export async function bindTubeGarment(garment: UnboundGarment, mannequin: Mannequin): Promise<Garment> {
  const wearer = { mannequin, madeOn: null };
  const bound = await bindCloth(garment.parts, garment.manifest.kind, wearer);
  return { ...garment, binding: completeBinding(garment.parts, bound, wearer) };
}

function chestOnly(vertices: number): { skinIndices: Uint16Array; skinWeights: Float32Array } {
  return {
    skinIndices: new Uint16Array(4 * vertices).fill(boneIndex.chest),
    skinWeights: Float32Array.from({ length: 4 * vertices }, (_, i) => (i % 4 === 0 ? 1 : 0)),
  };
}

/** A mannequin whose skin is a tube. */
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

/** A garment whose parts are tubes, carried by the chest, not bound yet. */
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
    sizes: { M: {}, L: {} },
    baseSize: 'M',
    fabric: { stretch: 15, weight: 160 },
  } as const;
  return { url: 'tube.glb', manifest, parts, colors: [], warnings: [], dispose: () => {} };
}
