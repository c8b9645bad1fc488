import { BodyContacts } from '../cloth/body-contacts.ts';
import { Cloth } from '../cloth/cloth.ts';
import { clothMaterial } from '../cloth/cloth-material.ts';
import { createClothMesh } from '../cloth/create-cloth-mesh.ts';
import { createSizedSheet } from '../cloth/create-sized-sheet.ts';
import type { HangOptions } from '../cloth/hang-options.ts';
import { PosedSkin } from '../cloth/posed-skin.ts';
import type { Neighbours } from '../garment/find-neighbours.ts';
import type { Garment } from '../garment/garment.ts';
import { createClearance, measureClearance } from '../garment/measure-clearance.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose } from '../mannequin/pose-mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { createRandom } from '../math/create-random.ts';

/** 0.5 s in which the cloth falls, and 0.5 s with more damping, in which it comes to rest. */
const FALLING_STEPS = 125;
const RESTING_STEPS = 125;
/** Nothing but contact and a waistband holds the cloth. Cotton on skin holds well. */
const FALLING: HangOptions = {
  step: 0.004,
  gravity: 9.81,
  damping: 6,
  seamCompliance: 0,
  sweep: 'symmetric',
  cling: 0,
  slipMetres: 1,
  lift: 0,
  friction: 1,
  maxPushMetres: 0.01,
};
const RESTING: HangOptions = { ...FALLING, damping: 18 };
/** The contacts are found again after as many steps. */
const CONTACT_STEPS = 5;
/**
 * The cloth begins pressed against the body, since what is too wide must fold: at this share of its distance from the
 * skin, unevenly by this many metres, so that folds have a place to begin.
 */
const PRESSED_SHARE = 0.1;
const UNEVEN_METRES = 0.002;
/**
 * Cloth that falls resists compression as much as tension, and bends more easily than cloth that is worn
 * (`clothMaterial`): what is too wide folds instead of shrinking.
 */
const FOLDING = { pullToPush: 1, bend: 2e-6 };

/**
 * Lets the cloth of a garment fall onto the body in the rest pose: the whole weight pulls, and nothing holds it but the
 * waistband and what it lies on. Returns the places of the vertices of its one part, 3 each, metres.
 *
 * @param garment of one part, cut for this body and bound to it, not draped.
 * @param mannequin the mannequin of which the body is a shape.
 * @param shape the body: rest pose, metres.
 */
export function drapeClothes(garment: Garment, mannequin: Mannequin, shape: MannequinShape): Float32Array {
  const { parts, binding, manifest } = garment;
  const { weld, vertices } = binding;
  const cut = parts[0].positions;
  const mesh = createClothMesh(garment);
  const places = new Float32Array(3 * weld.count);
  for (let w = 0; w < weld.count; w++) places.set(cut.subarray(3 * vertices[w], 3 * vertices[w] + 3), 3 * w);
  const start = Float64Array.from({ length: 3 * mesh.vertices.length }, (_, k) => {
    const i = Math.floor(k / 3);
    return places[3 * mesh.vertices[i] + (k % 3)];
  });
  const material = { ...clothMaterial(manifest.fabric), ...FOLDING };
  const sheet = createSizedSheet(garment, mesh, manifest.baseSize, 1);
  const cloth = new Cloth(sheet, press(start, mesh.skinVertices, shape, binding.skin), material, {
    held: mesh.held,
    closures: mesh.closures,
  });
  const contacts = new BodyContacts(mesh, binding.skin);
  contacts.takeDrape(places, shape);
  const skin = new PosedSkin(mannequin);
  const rest = createMannequinPose();
  rest.positions.set(shape.joints);
  for (let w = 3; w < rest.rotations.length; w += 4) rest.rotations.set([0, 0, 0, 1], w - 3);
  skin.pose(shape, rest);
  const origin = new Float64Array(3);
  for (let n = 0; n < FALLING_STEPS + RESTING_STEPS; n += CONTACT_STEPS) {
    contacts.find(cloth, origin, skin, Infinity);
    cloth.hang(CONTACT_STEPS, n < FALLING_STEPS ? FALLING : RESTING);
  }
  const fallen = cloth.readPositions();
  const { movers, shares } = mesh;
  for (let w = 0; w < weld.count; w++)
    for (let n = 3 * w; n < 3 * w + 3; n++)
      for (let k = 0; k < 3; k++) {
        const moved = 3 * movers[n] + k;
        places[3 * w + k] += shares[n] * (fallen[moved] - start[moved]);
      }
  return cut.map((_, i) => places[3 * weld.welded[Math.floor(i / 3)] + (i % 3)]);
}

/**
 * Returns particles pressed against the skin.
 *
 * @param places 3 × particles, metres.
 * @param skinVertices by particle: the vertex of the skin near it, −1 for none.
 */
function press(
  places: Float64Array,
  skinVertices: Int32Array,
  shape: MannequinShape,
  neighbours: Neighbours,
): Float64Array {
  const random = createRandom(1);
  const clearance = createClearance();
  const pressed = places.slice();
  skinVertices.forEach((vertex, i) => {
    if (vertex < 0) return;
    measureClearance(shape, neighbours, vertex, places[3 * i], places[3 * i + 1], places[3 * i + 2], clearance);
    const inwards = (1 - PRESSED_SHARE) * Math.max(0, clearance.distance) + UNEVEN_METRES * (2 * random() - 1);
    pressed[3 * i] -= inwards * clearance.x;
    pressed[3 * i + 1] -= inwards * clearance.y;
    pressed[3 * i + 2] -= inwards * clearance.z;
  });
  return pressed;
}
