import { describe, expect, it } from 'vitest';
import { bindTubeGarment, makeTube, makeTubeGarment, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { DIP_METRES } from '../garment/smallest-distance.ts';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { createMannequinPose } from '../mannequin/pose-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { BodyContacts } from './body-contacts.ts';
import { type ClothMesh, createClothMesh } from './create-cloth-mesh.ts';
import { PosedSkin } from './posed-skin.ts';

/** A body of 15 cm radius, and a garment that was modelled 2 cm off it. */
const body = makeTube(0.15, 0.8, 1.4);
const mannequin = makeTubeMannequin(body);
const shape = createMannequinShape(mannequin);
shapeMannequin(mannequin, new Float32Array(0), shape);
const skin = new PosedSkin(mannequin);
const pose = createMannequinPose();
for (let b = 0; b < BONE_COUNT; b++) pose.rotations.set([0, 0, 0, 1], 4 * b);
pose.positions.set(shape.joints);
skin.pose(shape, pose);
const garment = await bindTubeGarment(makeTubeGarment([makeTube(0.17, 1, 1.2)]), mannequin);
const mesh = createClothMesh(garment);

/** All particles of the mesh at this distance from the skin, metres: x, y, z and 1 each. */
function placesAt(distance: number, { vertices, sources }: ClothMesh = mesh): Float32Array {
  const factor = (0.15 + distance) / 0.17;
  return Float32Array.from({ length: 4 * vertices.length }, (_, k) => {
    const { part, vertex } = sources[k >> 2];
    if (k % 4 === 3) return 1;
    return garment.parts[part].positions[3 * vertex + (k % 4)] * (k % 4 === 1 ? 1 : factor);
  });
}

/** Contacts after the garment was draped at this distance from the skin, metres. */
function drapedAt(distance: number): BodyContacts {
  const contacts = new BodyContacts(mesh, garment.binding.skin);
  contacts.takeDrape(drapeAt(distance), body);
  return contacts;
}

/** The garment's welded vertices at this distance from the skin, metres. */
function drapeAt(distance: number): Float32Array {
  const drape = new Float32Array(3 * garment.binding.weld.count);
  placesAt(distance).forEach((value, k) => {
    if (k % 4 !== 3) drape[3 * mesh.vertices[k >> 2] + (k % 4)] = value;
  });
  return drape;
}

/** By particle: distance from its plane, metres, negative behind it; 0 where there is no plane. */
function distancesOf(
  contacts: BodyContacts,
  positions: Float32Array,
  { planes, seconds }: { planes: Float32Array; seconds: number } = {
    planes: new Float32Array(positions.length).fill(NaN),
    seconds: Infinity,
  },
): number[] {
  contacts.find({ positions, planes }, new Float64Array(3), skin, seconds);
  return Array.from(mesh.vertices, (_, i) =>
    [0, 1, 2, 3].reduce((sum, k) => sum + planes[4 * i + k] * positions[4 * i + k], 0),
  );
}

/** Smallest and largest distance from the skin at which particles, `from` metres off it, would touch their planes. */
function touchAt(contacts: BodyContacts, from: number): { least: number; most: number } {
  const distances = distancesOf(contacts, placesAt(from)).map((distance) => from - distance);
  return { least: Math.min(...distances), most: Math.max(...distances) };
}

describe('BodyContacts', () => {
  it('its planes are as far from the skin as the particles stay from it', () => {
    const contacts = new BodyContacts(mesh, garment.binding.skin);
    const kept = mesh.clearances[0];
    for (const from of [-0.04, 0, 0.02]) {
      const { least, most } = touchAt(contacts, from);
      expect(least).toBeGreaterThan(kept - 1e-3);
      expect(most).toBeLessThan(kept + 3e-3);
    }
  });

  it('cloth dips into the skin only where the drape dips', () => {
    const deep = mesh.clearances[0];
    expect(deep).toBeLessThan(0);
    expect(touchAt(drapedAt(deep), -0.005).least).toBeLessThan(deep + 5e-4);
    // A drape on the skin stays on it, a drape that is farther off does not dip at all.
    expect(Math.abs(touchAt(drapedAt(0), -0.005).least)).toBeLessThan(5e-4);
    expect(touchAt(drapedAt(0.03), -0.005).least).toBeGreaterThan(deep + DIP_METRES - 5e-4);
  });

  it('a plane gives way within a few frames, not at once, and pushes at once: nothing is pushed to and fro', () => {
    const contacts = drapedAt(0.03);
    const positions = placesAt(0.02);
    const planes = new Float32Array(positions.length);
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const seen = [mean(distancesOf(contacts, positions, { planes, seconds: Infinity }))];
    contacts.takeDrape(drapeAt(mesh.clearances[0]), body);
    for (let frame = 0; frame < 15; frame++) {
      contacts.keep({ positions, planes });
      seen.push(mean(distancesOf(contacts, positions, { planes, seconds: 1 / 30 })));
    }
    const [first, last] = [seen[0], seen[15]];
    expect(last - first).toBeCloseTo(DIP_METRES, 4);
    contacts.takeDrape(drapeAt(0.03), body);
    contacts.keep({ positions, planes });
    expect(mean(distancesOf(contacts, positions, { planes, seconds: 1 / 30 }))).toBeCloseTo(first, 4);
    for (let frame = 1; frame < 4; frame++) {
      const share = (first - seen[frame]) / (first - last);
      expect(share).toBeGreaterThan(0.2 * frame);
      expect(share).toBeLessThan(0.45 * frame);
    }
  });

  it('measures how far the particles are from the skin after they have moved', () => {
    const contacts = drapedAt(0.02);
    distancesOf(contacts, placesAt(0.02));
    contacts.keep({ positions: placesAt(0.05), planes: new Float32Array(4 * mesh.vertices.length) });
    for (const distance of contacts.distances) expect(Math.abs(distance - 0.05)).toBeLessThan(0.004);
  });

  it('finds no planes for particles that no skin is near', () => {
    expect(distancesOf(drapedAt(0), placesAt(0.1))).toEqual(Array.from(mesh.vertices, () => 0));
    const far = new BodyContacts({ ...mesh, skinVertices: mesh.skinVertices.map(() => -1) }, garment.binding.skin);
    expect(distancesOf(far, placesAt(-0.02))).toEqual(Array.from(mesh.vertices, () => 0));
  });
});
