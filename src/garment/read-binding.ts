import { MAX_VERTICES } from './check-glb.ts';
import { type ClothWearer, completeBinding } from './complete-binding.ts';
import { findNeighbours } from './find-neighbours.ts';
import { ANCHORS, type GarmentBinding } from './garment-binding.ts';
import { garmentInvalid } from './garment-invalid.ts';
import { bindingAttributes, PREPARE_ANEW } from './prepared-format.ts';
import type { Attribute, ReadPart } from './read-parts.ts';

/** Most garments of an outfit: each has at least 2 % of the outfit's vertices. */
const MAX_LAYERS = 50;

/**
 * Reads a prepared garment's binding to the mannequin (the body model) from the vertex attributes of its meshes.
 *
 * 1. Reads the number of each vertex's welded vertex, and finds the neighbours of each welded vertex.
 * 2. Reads for each welded vertex, from the first of its vertices: nearest skin vertex (−1: none), distance from the
 *    skin (millimetres in the file, metres in the result), shares of the anchors and layer. Layers are null unless all
 *    meshes have them.
 * 3. Computes the values that the file does not store (`completeBinding`).
 *
 * Throws `FittingError` `garment-invalid` when an attribute is missing, has the wrong length or is out of range.
 *
 * @param read The meshes, in metres in the mannequin's rest pose; at least one.
 * @param wearer The mannequin, and as `madeOn` the morph weights of the body that the garment was modelled on (null:
 * all are 0).
 */
export function readBinding(read: readonly ReadPart[], { mannequin, madeOn }: ClothWearer): GarmentBinding {
  const { firsts, weld } = readWeld(read);
  const { count } = weld;
  const isRead = new Uint8Array(count);
  const skinVertices = new Int32Array(count);
  const clearances = new Float32Array(count);
  const anchors = new Float32Array(ANCHORS * count);
  const isOutfit = read.every(({ mesh }) => mesh.geometry.hasAttribute(bindingAttributes.layer.toLowerCase()));
  const layers = isOutfit ? new Uint8Array(count) : null;

  for (const [p, each] of read.entries()) {
    const first = firsts[p];
    const skinVertex = attributeOf(each, bindingAttributes.skinVertex);
    const clearance = attributeOf(each, bindingAttributes.clearance);
    const [anchors0, anchors1] = bindingAttributes.anchors.map((name) => attributeOf(each, name, 4));
    const layer = layers && attributeOf(each, bindingAttributes.layer);
    for (let i = 0; i < skinVertex.count; i++) {
      const w = weld.welded[first + i];
      if (isRead[w] === 1) continue;
      isRead[w] = 1;
      skinVertices[w] = inRange(each, skinVertex.getX(i), -1, mannequin.positions.length / 3 - 1);
      clearances[w] = skinVertices[w] < 0 ? Infinity : clearance.getX(i) / 1000;
      if (layers && layer) layers[w] = inRange(each, layer.getX(i), 0, MAX_LAYERS - 1);
      for (let k = 0; k < ANCHORS; k++)
        anchors[ANCHORS * w + k] = k < 4 ? anchors0.getComponent(i, k) : anchors1.getComponent(i, k - 4);
    }
  }
  if (clearances.some(Number.isNaN) || !anchors.every(Number.isFinite))
    throw garmentInvalid('the binding of the garment has values that are not numbers', PREPARE_ANEW);
  const parts = read.map(({ part }) => part);
  return completeBinding(parts, { firsts, weld, skinVertices, clearances, anchors, layers }, { mannequin, madeOn });
}

/** Step 1. */
function readWeld(read: readonly ReadPart[]): Pick<GarmentBinding, 'firsts' | 'weld'> {
  const firsts: number[] = [];
  const welded = new Uint32Array(read.reduce((sum, { part }) => sum + part.positions.length / 3, 0));
  const indices = new Uint32Array(read.reduce((sum, { part }) => sum + part.indices.length, 0));
  let vertex = 0;
  let corner = 0;
  let count = 0;
  for (const each of read) {
    const numbers = attributeOf(each, bindingAttributes.weld);
    firsts.push(vertex);
    for (let i = 0; i < numbers.count; i++) {
      const w = inRange(each, numbers.getX(i), 0, MAX_VERTICES - 1);
      welded[vertex + i] = w;
      count = Math.max(count, w + 1);
    }
    for (const index of each.part.indices) indices[corner++] = welded[vertex + index];
    vertex += numbers.count;
  }
  return { firsts, weld: { welded, count, ...findNeighbours(indices, count) } };
}

/** Returns the attribute `name`, after a check that it has `itemSize` values for each vertex. */
function attributeOf({ mesh, part }: ReadPart, name: string, itemSize = 1): Attribute {
  // GLTFLoader changes the names of custom attributes to lower case.
  const attribute = mesh.geometry.attributes[name.toLowerCase()] as Attribute | undefined;
  if (attribute?.count !== part.positions.length / 3 || attribute.itemSize !== itemSize)
    throw garmentInvalid(`mesh ${part.name} is not bound: it has no usable ${name}`, PREPARE_ANEW);
  return attribute;
}

/**
 * Returns `value`, which a tool that quantises may have changed a little, rounded to a whole number. Throws unless that
 * is from `low` to `high`.
 */
function inRange({ part }: ReadPart, value: number, low: number, high: number): number {
  const whole = Math.round(value);
  if (!(whole >= low && whole <= high))
    throw garmentInvalid(`mesh ${part.name} is bound to number ${value} of at most ${high}`, PREPARE_ANEW);
  return whole;
}
