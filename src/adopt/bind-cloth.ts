import type { BoundCloth, ClothWearer } from '../garment/complete-binding.ts';
import { findNeighbours } from '../garment/find-neighbours.ts';
import type { GarmentKind, GarmentMesh } from '../garment/garment.ts';
import { ANCHORS } from '../garment/garment-binding.ts';
import { createClearance, measureClearance } from '../garment/measure-clearance.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { correctClearances } from './correct-clearances.ts';
import { findHangings, type Hanging, hangings } from './find-hangings.ts';
import { joinParts } from './join-parts.ts';
import { layerOutfit } from './layer-outfit.ts';
import { measureSag } from './measure-sag.ts';
import { shareAnchors } from './share-anchors.ts';
import { createSurfaceGrid, findNearestPoint, type NearestPoint } from './surface-grid.ts';
import { TimeSlice } from './time-slice.ts';
import { weldVertices } from './weld-vertices.ts';

/** Cloth further from the skin than this, metres, is not bound: the hem of a ball gown never touches the skin. */
const REACH_METRES = 0.4;

/**
 * Binds a garment's cloth to the mannequin (the body model): computes for each welded vertex its distance from the skin
 * and the shares in which the mannequin's joints move it. Changes no argument.
 *
 * 1. Welds the vertices of all meshes: vertices at the same position become one welded vertex.
 * 2. Finds for each welded vertex the nearest vertex of the skin and the signed distance from the skin, metres. This
 *    takes some tenths of a second for a shirt, and seconds for the largest garment with a wide hem. Meanwhile the page
 *    gets time to draw and to handle input.
 * 3. If the garment was modelled on another shape than the base one (`madeOn`), which is then a guess, corrects the
 *    distances (`correctClearances`).
 * 4. If `kind` is `outfit` (several garments in one file), splits the cloth into its garments.
 * 5. Computes the shares of the joints, and for an outfit the order of its garments from the skin outwards; outer ones
 *    keep the distance from those beneath by which coarse cloth sags (`measureSag`).
 *
 * @param meshes Positions, triangles and skin weights, in the mannequin's rest pose, metres, +x to the wearer's left,
 * +y up.
 * @param kind Kind of garment: it tells which joints the cloth hangs from.
 * @param wearer The mannequin, and as `madeOn` the morph weights of the body that the garment was modelled on (null:
 * all 0).
 * @returns The welded vertices (`weld`, `firsts`), and for each: the nearest skin vertex (−1 beyond 0.4 m), the
 * distance from the skin (metres, negative inside; Infinity beyond 0.4 m), the shares of the `ANCHORS` joints from
 * which cloth hangs (in the order of `anchorBones`, with a sum of 1), and, for an outfit, how many of its garments are
 * beneath.
 */
export async function bindCloth(
  meshes: readonly GarmentMesh[],
  kind: GarmentKind,
  { mannequin, madeOn }: ClothWearer,
): Promise<BoundCloth> {
  const skin = findNeighbours(mannequin.indices, mannequin.positions.length / 3);
  const wearer = madeOn ? shapeMannequin(mannequin, madeOn, createMannequinShape(mannequin)) : mannequin;
  await yieldToEventLoop();
  const grid = createSurfaceGrid(wearer.positions, mannequin.indices);
  await yieldToEventLoop();
  const { positions, indices, firsts } = joinParts(meshes);
  const weld = weldVertices(positions, indices);
  const vertices = new Uint32Array(weld.count);
  for (let i = weld.welded.length - 1; i >= 0; i--) vertices[weld.welded[i]] = i;
  await yieldToEventLoop();

  const skinVertices = new Int32Array(weld.count).fill(-1);
  const clearances = new Float32Array(weld.count).fill(Infinity);
  // Not scratch of the module: another garment may be bound in between.
  const nearest: NearestPoint = { triangle: -1, u: 0, v: 0, distance: 0 };
  const clearance = createClearance();
  const slice = new TimeSlice();
  for (let w = 0; w < weld.count; w++) {
    if (slice.isOver()) await slice.next();
    const x = positions[3 * vertices[w]];
    const y = positions[3 * vertices[w] + 1];
    const z = positions[3 * vertices[w] + 2];
    const { triangle, u, v } = findNearestPoint(grid, x, y, z, REACH_METRES, nearest);
    if (triangle < 0) continue;
    const corner = u >= v && u >= 1 - u - v ? 0 : v >= 1 - u - v ? 1 : 2;
    measureClearance(wearer, skin, mannequin.indices[3 * triangle + corner], x, y, z, clearance);
    skinVertices[w] = clearance.vertex;
    clearances[w] = clearance.distance;
  }
  await yieldToEventLoop();
  if (madeOn) correctClearances({ skinVertices, clearances }, skin);

  await yieldToEventLoop();
  const outfit = kind === 'outfit' ? findHangings(positions, indices, weld, vertices, wearer.joints) : null;
  await yieldToEventLoop();
  const anchors = new Float32Array(ANCHORS * weld.count);
  for (const [p, mesh] of meshes.entries()) {
    for (let i = 0; 3 * i < mesh.positions.length; i++) {
      if (slice.isOver()) await slice.next();
      const w = weld.welded[firsts[p] + i];
      if (vertices[w] !== firsts[p] + i) continue;
      const hanging = outfit ? hangings[outfit.hangs[w]] : hangingOf(kind);
      anchors.set(shareAnchors(mesh, i, hanging, wearer.joints), ANCHORS * w);
    }
  }
  await yieldToEventLoop();
  let layers: Uint8Array | null = null;
  if (outfit) {
    const sags = measureSag(positions, vertices, weld);
    const raised = clearances.map((clearance, w) => clearance + sags[w]);
    layers = layerOutfit(outfit.garmentOf, { skinVertices, clearances: raised }, skin);
    // The body lies behind its cloth (`skinSetbacks`), the cloth beneath does not.
    for (let w = 0; w < weld.count; w++) if (layers[w] > 0) clearances[w] = raised[w];
  }
  return { weld, firsts, skinVertices, clearances, anchors, layers };
}

/** Joints from which a single garment of this kind hangs: `hips` for trousers and skirts, else `shoulders`. */
function hangingOf(kind: GarmentKind): Hanging {
  return kind === 'bottom' || kind === 'skirt' ? 'hips' : 'shoulders';
}
