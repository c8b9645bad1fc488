import { describe, expect, it } from 'vitest';
import { bindTubeGarment, makeTube, makeTubeGarment, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { DIP_METRES } from '../garment/smallest-distance.ts';
import { BodyContacts } from './body-contacts.ts';
import { type ClothMesh, createClothMesh } from './create-cloth-mesh.ts';

/** A body of 15 cm radius, and a garment that was modelled 2 cm off it. */
const body = makeTube(0.15, 0.8, 1.4);
const garment = await bindTubeGarment(makeTubeGarment([makeTube(0.17, 1, 1.2)]), makeTubeMannequin(body));
const mesh = createClothMesh(garment);

/** All particles of the mesh at this distance from the skin, metres: 3 each. */
function placesAt(distance: number, { vertices, sources }: ClothMesh = mesh): Float64Array {
  const factor = (0.15 + distance) / 0.17;
  return Float64Array.from({ length: 3 * vertices.length }, (_, k) => {
    const { part, vertex } = sources[Math.floor(k / 3)];
    return garment.parts[part].positions[3 * vertex + (k % 3)] * (k % 3 === 1 ? 1 : factor);
  });
}

/** Contacts after the garment was draped at this distance from the skin, metres. */
function drapedAt(distance: number): BodyContacts {
  const contacts = new BodyContacts(mesh, garment.binding.skin);
  const drape = new Float32Array(3 * garment.binding.weld.count);
  placesAt(distance).forEach((value, k) => (drape[3 * mesh.vertices[Math.floor(k / 3)] + (k % 3)] = value));
  contacts.takeDrape(drape, body);
  return contacts;
}

/** Smallest and largest distance from the skin after particles, first `from` metres off it, were pushed out. */
function pushedOut(contacts: BodyContacts, from: number): { least: number; most: number } {
  const positions = placesAt(from);
  for (let n = 0; n < 10; n++) {
    contacts.find(positions, body);
    contacts.collide(positions, positions.slice());
  }
  const distances = Array.from(mesh.vertices, (_, i) => Math.hypot(positions[3 * i], positions[3 * i + 2]) - 0.15);
  return { least: Math.min(...distances), most: Math.max(...distances) };
}

describe('BodyContacts', () => {
  it('lets no particle be nearer than its distance, however deep it was, and moves none that is farther', () => {
    const contacts = new BodyContacts(mesh, garment.binding.skin);
    const kept = mesh.clearances[0];
    const { least, most } = pushedOut(contacts, -0.04);
    expect(least).toBeGreaterThan(kept - 5e-4);
    expect(most).toBeLessThan(kept + 3e-3);
    const free = placesAt(0.02);
    contacts.find(free, body);
    contacts.collide(free, free.slice());
    expect(free).toEqual(placesAt(0.02));
  });

  it('cloth dips into the skin only where the drape dips', () => {
    const deep = mesh.clearances[0];
    expect(deep).toBeLessThan(0);
    expect(pushedOut(drapedAt(deep), -0.02).least).toBeLessThan(deep + 5e-4);
    // A drape on the skin stays on it, one that is farther off does not dip at all.
    expect(Math.abs(pushedOut(drapedAt(0), -0.02).least)).toBeLessThan(5e-4);
    expect(pushedOut(drapedAt(0.03), -0.02).least).toBeGreaterThan(deep + DIP_METRES - 5e-4);
  });

  it('friction holds a particle that presses more than it slides, and brakes one that slides more', () => {
    const contacts = drapedAt(0);
    const before = placesAt(0);
    /** Movement along y, metres, that is left of `slide` when the particle presses `depth` into the body. */
    const left = (depth: number, slide: number): number => {
      const positions = placesAt(-depth).map((value, k) => (k % 3 === 1 ? value + slide : value));
      contacts.find(before, body);
      contacts.collide(positions, before.slice());
      return Math.max(...positions.map((value, k) => (k % 3 === 1 ? Math.abs(value - before[k]) : 0)));
    };
    expect(left(0.003, 0.001)).toBeLessThan(2e-4);
    expect(left(0.001, 0.005)).toBeGreaterThan(0.003);
    expect(left(0.001, 0.005)).toBeLessThan(0.0048);
  });

  it('coming out of the body gives no velocity', () => {
    const contacts = drapedAt(0);
    const positions = placesAt(-0.005);
    const before = positions.slice();
    contacts.find(positions, body);
    contacts.collide(positions, before);
    // The velocity is the difference from `before`.
    expect(positions).not.toEqual(placesAt(-0.005));
    expect(Math.max(...positions.map((value, k) => Math.abs(value - before[k])))).toBeLessThan(1e-4);
  });

  it('lets particles through that no skin is near', () => {
    const far = new BodyContacts({ ...mesh, skinVertices: mesh.skinVertices.map(() => -1) }, garment.binding.skin);
    const positions = placesAt(-0.02);
    far.find(positions, body);
    far.collide(positions, positions.slice());
    expect(positions).toEqual(placesAt(-0.02));
  });
});
