import { Quaternion, Vector3 } from 'three';
import { expect, it } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { createSkinMatrices, SKIN_MATRIX_VALUES } from '../mannequin/skin-matrices.ts';
import { createRandom } from '../math/create-random.ts';
import type { Cloth } from './cloth.ts';
import { ClothCarrier } from './cloth-carrier.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';

const random = createRandom(6);
const vector = (length: number): Vector3 =>
  new Vector3(random() - 0.5, random() - 0.5, random() - 0.5).multiplyScalar(length);
/** Two particles, each on a bone of its own, and how that bone turns in each of two frames. */
const bones = [boneIndex.chest, boneIndex.leftLowerArm];
const turns = bones.map(() => [0, 1].map(() => new Quaternion().setFromAxisAngle(vector(1).normalize(), random())));

/** The bones' matrices after the turns of the first frame, and of both frames. */
function matricesAfter(frames: number): Float64Array {
  const matrices = createSkinMatrices();
  bones.forEach((bone, i) => {
    const turn = new Quaternion();
    for (let frame = 0; frame < frames; frame++) turn.premultiply(turns[i][frame]);
    [new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)].forEach((axis, column) => {
      const turned = axis.applyQuaternion(turn).toArray();
      for (let row = 0; row < 3; row++) matrices[SKIN_MATRIX_VALUES * bone + 4 * row + column] = turned[row];
    });
  });
  return matrices;
}

it('moves particles as their places move and turns what stands off them; inertia holds loose cloth back (seed 6)', () => {
  const mesh = {
    vertices: Uint32Array.of(0, 1),
    skinIndices: Uint16Array.from(bones.flatMap((bone) => [0, bone, 0, 0])),
    skinWeights: Float32Array.of(0.2, 0.8, 0, 0, 0.2, 0.8, 0, 0),
  } as unknown as ClothMesh;
  const carrier = new ClothCarrier(mesh);
  const four = (values: readonly Vector3[], last: number): Float32Array =>
    Float32Array.from(values.flatMap((value) => [...value.toArray(), last]));
  const places = [0, 1, 2].map(() => bones.map(() => vector(1)));
  const positions = places[0].map((place) => place.clone().add(vector(0.1)));
  const velocities = bones.map(() => vector(1));
  const normals = bones.map(() => vector(1).normalize());
  const cloth = {
    positions: four(positions, 1),
    velocities: four(velocities, 0),
    places: four(places[0], 1),
    planes: four(normals, 0.25),
  } as unknown as Cloth;
  carrier.keep(cloth, matricesAfter(0));
  const looseness = Float64Array.of(0, 1);
  const moves: Vector3[][] = [];
  for (const frame of [0, 1]) {
    cloth.places.set(four(places[frame + 1], 1));
    carrier.carry(cloth, matricesAfter(frame + 1), 0.04, frame === 0 ? null : looseness);
    carrier.keep(cloth, matricesAfter(frame + 1));
    moves.push(
      positions.map((position, i) => {
        const carried = position.clone().sub(places[frame][i]).applyQuaternion(turns[i][frame]);
        carried.add(places[frame + 1][i]);
        const moved = carried.clone().sub(position);
        position.copy(carried);
        velocities[i].applyQuaternion(turns[i][frame]);
        normals[i].applyQuaternion(turns[i][frame]);
        // Firm cloth has 0.3 of its inertia.
        if (frame === 1) velocities[i].addScaledVector(moved.clone().sub(moves[0][i]), -(i === 0 ? 0.3 : 1) / 0.04);
        return moved;
      }),
    );
    for (const [values, expected] of [
      [cloth.positions, four(positions, 1)],
      [cloth.velocities, four(velocities, 0)],
      [cloth.planes, four(normals, 0.25)],
    ])
      values.forEach((value, k) => void expect(value).toBeCloseTo(expected[k], 4));
  }
});
