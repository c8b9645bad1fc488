import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Quaternion, Vector3 } from 'three';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import { findNeighbours } from '../garment/find-neighbours.ts';
import { fitGarment } from '../garment/fit-garment.ts';
import type { Garment, GarmentFit } from '../garment/garment.ts';
import { loadGarment, PREPARE_HINT } from '../garment/load-garment.ts';
import { createClearance, measureClearance } from '../garment/measure-clearance.ts';
import { DIP_METRES } from '../garment/smallest-distance.ts';
import { BONE_COUNT, type BoneName, boneIndex, boneNames } from '../mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { skinVertices } from '../mannequin/skin-vertices.ts';
import { smoothNormals } from '../mannequin/smooth-normals.ts';
import { readCommittedMannequin } from './make-rig.test-helper.ts';
import { prepareGarment } from './prepare-garment.ts';
import { createSurfaceGrid, findNearestPoint } from './surface-grid.ts';

const folder = resolve(process.env.FITTING_DATA ?? '../shared/data', 'garments');
const mannequin = await readCommittedMannequin();
const neighbours = findNeighbours(mannequin.indices, mannequin.positions.length / 3);
vi.stubGlobal('self', globalThis);

const outfits = [
  { name: 'male_casualsuit01', preset: 'male-50', bottom: 'leftFoot' },
  { name: 'male_elegantsuit01', preset: 'male-50', bottom: 'leftFoot' },
  { name: 'female_elegantsuit01', preset: 'female-50', bottom: 'leftLowerLeg' },
] as const;

for (const { name, preset, bottom } of outfits) {
  describe.skipIf(!existsSync(`${folder}/${name}.glb`))(
    `${name}, a MakeHuman outfit (skipped without FITTING_DATA), on ${preset}`,
    () => {
      const shape = shapeMannequin(mannequin, mannequin.presets[preset], createMannequinShape(mannequin));
      let garment: Garment;
      let fit: GarmentFit;
      beforeAll(async () => {
        vi.stubGlobal('fetch', async () => new Response(readFileSync(`${folder}/${name}.glb`)));
        garment = await loadGarment(`${name}.glb`, { mannequin, adopt: prepareGarment });
        fit = fitGarment(garment, shape, 'M', createGarmentFit(garment));
      }, 30_000);
      const joint = (bone: BoneName): number[] =>
        Array.from(shape.joints.subarray(3 * boneIndex[bone], 3 * boneIndex[bone] + 3));
      /** Fitted positions of the vertices whose weights belong mostly to bones with matching names. */
      function* carriedBy(bones: RegExp): Generator<[number, number, number]> {
        for (const [p, { skinIndices, skinWeights }] of garment.parts.entries()) {
          for (let i = 0; 4 * i < skinWeights.length; i++) {
            let share = 0;
            for (let k = 4 * i; k < 4 * i + 4; k++) if (bones.test(boneNames[skinIndices[k]])) share += skinWeights[k];
            if (share > 0.5) yield [...fit.positions[p].subarray(3 * i, 3 * i + 3)] as [number, number, number];
          }
        }
      }

      it("is an outfit, with every limb of its rig on the mannequin's bones", () => {
        expect(garment.manifest.kind).toBe('outfit');
        const used = new Set(
          garment.parts.flatMap(({ skinIndices, skinWeights }) =>
            Array.from(skinIndices).filter((_, k) => skinWeights[k] > 0),
          ),
        );
        for (const bone of [
          'spine',
          'chest',
          'upperChest',
          'neck',
          'leftShoulder',
          'leftUpperArm',
          'leftUpperArmTwist',
          'leftLowerArm',
          'leftLowerArmTwist',
          'rightUpperArm',
          'rightLowerArm',
          'leftUpperLeg',
          'rightUpperLeg',
        ] as const) {
          expect(used, bone).toContain(boneIndex[bone]);
        }
        expect(garment.warnings).toEqual(['no extras.garment: kind and sizes are guessed', PREPARE_HINT]);
      });

      it('does not dip into the skin: under 1 % of its vertices more than 1 mm deeper than allowed', () => {
        const grid = createSurfaceGrid(shape.positions, mannequin.indices);
        const nearest = { triangle: -1, u: 0, v: 0, distance: 0 };
        const clearance = createClearance();
        let inside = 0;
        let total = 0;
        for (const positions of fit.positions) {
          for (let i = 0; i < positions.length; i += 3, total++) {
            const [x, y, z] = positions.subarray(i, i + 3);
            const { triangle } = findNearestPoint(grid, x, y, z, 0.4, nearest);
            if (
              triangle >= 0 &&
              measureClearance(shape, neighbours, mannequin.indices[3 * triangle], x, y, z, clearance).distance <
                -DIP_METRES - 0.001
            )
              inside++;
          }
        }
        expect(inside / total).toBeLessThan(0.01);
      });

      it('covers shoulders and chest with raised arms: under 3 % of vertices more than 5 mm inside the skin', () => {
        const local = new Float32Array(4 * BONE_COUNT);
        for (let b = 0; b < BONE_COUNT; b++) local[4 * b + 3] = 1;
        const turn = (bone: BoneName, degrees: number): void =>
          void new Quaternion()
            .setFromAxisAngle(new Vector3(0, 0, 1), (degrees * Math.PI) / 180)
            .toArray(local, 4 * boneIndex[bone]);
        turn('leftUpperArm', 95);
        turn('rightUpperArm', -95);
        turn('leftShoulder', 15);
        turn('rightShoulder', -15);
        const pose = poseMannequin(
          shape.joints,
          local,
          { translation: [0, 0, 0], rotation: [0, 0, 0, 1] },
          createMannequinPose(),
        );
        const skin = skinVertices(
          { ...mannequin, positions: shape.positions },
          shape.joints,
          pose,
          new Float32Array(shape.positions.length),
        );
        const posed = {
          positions: skin,
          normals: smoothNormals(skin, mannequin.indices, new Float32Array(skin.length)),
        };
        const grid = createSurfaceGrid(skin, mannequin.indices);
        const nearest = { triangle: -1, u: 0, v: 0, distance: 0 };
        const clearance = createClearance();
        const top = joint('upperChest')[1];
        let inside = 0;
        let total = 0;
        garment.parts.forEach(({ skinIndices, skinWeights }, p) => {
          const positions = skinVertices(
            { positions: fit.positions[p], skinIndices, skinWeights },
            shape.joints,
            pose,
            new Float32Array(fit.positions[p].length),
          );
          for (let i = 0; i < positions.length; i += 3) {
            if (positions[i + 1] < top) continue;
            total++;
            const { triangle } = findNearestPoint(grid, positions[i], positions[i + 1], positions[i + 2], 0.2, nearest);
            if (
              triangle >= 0 &&
              measureClearance(
                posed,
                neighbours,
                mannequin.indices[3 * triangle],
                positions[i],
                positions[i + 1],
                positions[i + 2],
                clearance,
              ).distance < -0.005
            )
              inside++;
          }
        });
        expect(inside / total).toBeLessThan(0.03);
      });

      it('ends its sleeves at the wrists, its collar at the neck and its hem at the height that it had', () => {
        for (const side of ['left', 'right'] as const) {
          const elbow = joint(`${side}LowerArm`);
          const hand = joint(`${side}Hand`);
          let end = 0;
          for (const p of carriedBy(new RegExp(`^${side}(LowerArm|Hand)`)))
            end = Math.max(
              end,
              [0, 1, 2].reduce((sum, a) => sum + (p[a] - elbow[a]) * (hand[a] - elbow[a]), 0),
            );
          const forearm = Math.hypot(...hand.map((value, a) => value - elbow[a]));
          // As fractions of the forearm.
          expect(end / forearm ** 2).toBeGreaterThan(0.85);
          expect(end / forearm ** 2).toBeLessThan(1.25);
        }
        const all = fit.positions.flatMap((positions) =>
          Array.from({ length: positions.length / 3 }, (_, i) => positions.subarray(3 * i, 3 * i + 3)),
        );
        const neck = joint('neck');
        const top = Math.max(...all.map((p) => p[1]));
        expect(top - neck[1]).toBeGreaterThan(-0.03);
        expect(top - neck[1]).toBeLessThan(0.1);
        expect(Math.abs(Math.min(...all.map((p) => p[1])) - joint(bottom)[1])).toBeLessThan(
          bottom === 'leftFoot' ? 0.06 : 0.14,
        );
        // Cloth that the upper arms carry hangs at most 25 cm below the shoulder joint.
        for (const p of carriedBy(/UpperArm$/)) expect(p[1]).toBeGreaterThan(joint('leftUpperArm')[1] - 0.25);
      });
    },
  );
}
