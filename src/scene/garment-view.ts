import {
  BufferAttribute,
  BufferGeometry,
  InterleavedBuffer,
  InterleavedBufferAttribute,
  type Material,
  Mesh,
  Object3D,
  OneFactor,
  SrcAlphaFactor,
} from 'three';
import type { Garment, GarmentFit, GarmentPart, WornGarment } from '../garment/garment.ts';
import { addLooks } from '../math/add-looks.ts';
import { FOLD_STRIDE } from '../math/fold-axes.ts';
import { addSkin } from './body-bones.ts';
import { clothSetbacks } from './body-setback.ts';
import {
  type ClothSupport,
  createClothDistanceMaterial,
  createClothMaterial,
  createClothShadowMaterial,
} from './cloth-material.ts';
import { computeOutward } from './compute-outward.ts';
import type { ContactShade } from './contact-shade.ts';
import { measureHems } from './measure-hems.ts';
import { sortFrontFirst } from './sort-front-first.ts';

/**
 * Holds the meshes of one worn garment, whose vertices (rest pose, metres) the body's bones pose on the GPU. Each part
 * of the garment has two meshes that share one geometry: its colour for the stage's scene, and its distance from the
 * camera for `ContactShade` (the shade of cloth on the body).
 *
 * 1. The constructor creates geometries and meshes, without positions.
 * 2. `update` chooses the materials by colour, and copies a new fit to the geometries.
 * 3. `dispose` frees geometries and materials; the textures stay with the garment.
 */
export class GarmentView {
  readonly garment: Garment;
  /** Holds the meshes of colour, for the stage's scene. */
  readonly cloth = new Object3D();
  /** Holds the meshes of distance, for the scene of `ContactShade`. */
  readonly distances = new Object3D();
  readonly #support: ClothSupport;
  /** Meshes of colour, one per part of the garment, in the order of `garment.parts`. */
  readonly #colourMeshes: Mesh[] = [];
  readonly #distanceMaterial: Material;
  readonly #shadowMaterial: Material;
  /** Patched copies of the garment's materials, by the original. */
  readonly #colourMaterials = new Map<Material, Material>();
  /** The fit whose positions are in the geometries, and its version; null before the first `update`. */
  #fit: GarmentFit | null = null;
  #fitVersion = -1;

  /**
   * @param wearing the garment to show; its meshes, materials, binding and layer are read.
   * @param support the passes that pose the cloth and leave it out behind objects.
   * @param contact the pass that draws the distances.
   */
  constructor({ garment }: WornGarment, support: ClothSupport, contact: ContactShade) {
    this.garment = garment;
    this.#support = support;
    this.#distanceMaterial = createClothDistanceMaterial(support.bones, contact.uniforms);
    this.#shadowMaterial = createClothShadowMaterial(support.bones);
    const outward = garment.parts.map((_, p) => computeOutward(garment, p, support.skinNormals));
    const hems = measureHems(garment, outward);
    for (let p = 0; p < garment.parts.length; p++) {
      const geometry = createGeometry(garment.parts[p]);
      geometry.setAttribute('layersBeneath', new BufferAttribute(countLayersBeneath(garment, p), 1));
      geometry.setAttribute('outward', new BufferAttribute(outward[p], 3));
      geometry.setAttribute('hemMetres', new BufferAttribute(hems[p], 1));
      const mesh = new Mesh(geometry);
      mesh.frustumCulled = false;
      // Outer garments are drawn after inner ones.
      mesh.renderOrder = garment.manifest.layer;
      mesh.castShadow = true;
      mesh.receiveShadow = true;
      mesh.customDepthMaterial = this.#shadowMaterial;
      this.cloth.add(mesh);
      this.#colourMeshes.push(mesh);
      const distance = new Mesh(geometry, this.#distanceMaterial);
      distance.frustumCulled = false;
      this.distances.add(distance);
    }
  }

  /**
   * Sets what the meshes show. Call it before each drawing.
   *
   * @param wearing the garment of this view, the name of its colour (null or unknown: the garment's first material),
   * and its fit. The fit's positions (rest pose, metres) and normals are copied only if the fit or its version has
   * changed.
   */
  update({ garment, color, fit }: WornGarment): void {
    const isNewFit = fit !== this.#fit || fit.version !== this.#fitVersion;
    for (let p = 0; p < garment.parts.length; p++) {
      const { material, variants } = garment.parts[p];
      const original = color !== null && Object.hasOwn(variants, color) ? variants[color] : material;
      this.#colourMeshes[p].material = this.#getMaterial(original);
      if (!isNewFit) continue;
      const { position, normal, corePlace, clearanceMetres, foldsA } = this.#colourMeshes[p].geometry
        .attributes as Record<string, BufferAttribute>;
      position.copyArray(fit.positions[p]).needsUpdate = true;
      normal.copyArray(fit.normals[p]).needsUpdate = true;
      const { data: folds } = foldsA as unknown as InterleavedBufferAttribute;
      folds.array.set(fit.folds[p]);
      folds.needsUpdate = true;
      this.#support.obstacles.placeOnCore(fit.positions[p], garment.parts[p], corePlace.array as Float32Array);
      corePlace.needsUpdate = true;
      clearanceMetres.copyArray(fit.clearances[p]).needsUpdate = true;
    }
    this.#fit = fit;
    this.#fitVersion = fit.version;
  }

  /**
   * Sets whether the cloth is drawn on nothing, where a picture stores its colours multiplied by alpha. On a frame's
   * image the samples that cloth covers show its colours alone.
   */
  setAlone(isAlone: boolean): void {
    for (const material of this.#colourMaterials.values()) material.blendSrc = isAlone ? SrcAlphaFactor : OneFactor;
  }

  /** Frees geometries and materials. Remove `cloth` and `distances` from their scenes first. */
  dispose(): void {
    for (const mesh of this.#colourMeshes) mesh.geometry.dispose();
    for (const material of this.#colourMaterials.values()) material.dispose();
    this.#distanceMaterial.dispose();
    this.#shadowMaterial.dispose();
  }

  /** Returns the patched copy of a garment's material, which it creates at the first request. */
  #getMaterial(original: Material): Material {
    let material = this.#colourMaterials.get(original);
    if (!material) {
      material = createClothMaterial(original, this.#support, this.garment.manifest.fabric);
      this.#colourMaterials.set(original, material);
    }
    return material;
  }
}

/**
 * Returns for each vertex of part `p` how many layers of cloth are worn under it: the garments on lower layers, and in
 * an outfit those of its own garments that are nearer to the skin.
 */
function countLayersBeneath({ parts, binding, manifest }: Garment, p: number): Float32Array {
  const { layers, weld, firsts } = binding;
  return Float32Array.from(
    { length: parts[p].positions.length / 3 },
    (_, i) => manifest.layer - 1 + (layers?.[weld.welded[firsts[p] + i]] ?? 0),
  );
}

/**
 * Creates the geometry of a part with its attributes of skin and texture. Positions, normals and places on the
 * core are 0 until the first fit.
 */
function createGeometry(part: GarmentPart): BufferGeometry {
  const { positions, normals, indices, skinIndices, skinWeights } = part;
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions.length), 3));
  geometry.setAttribute('normal', new BufferAttribute(new Float32Array(normals.length), 3));
  const folds = new InterleavedBuffer(new Uint8Array((FOLD_STRIDE * positions.length) / 3), FOLD_STRIDE);
  geometry.setAttribute('foldsA', new InterleavedBufferAttribute(folds, 3, 0, true));
  geometry.setAttribute('foldsB', new InterleavedBufferAttribute(folds, 3, 3, true));
  geometry.setAttribute('modelledPlace', new BufferAttribute(positions, 3));
  addLooks(geometry, part);
  addSkin(geometry, skinIndices, skinWeights);
  geometry.setAttribute('setbackMetres', new BufferAttribute(clothSetbacks(skinIndices, skinWeights), 1));
  geometry.setAttribute('corePlace', new BufferAttribute(new Float32Array(positions.length / 3), 1));
  geometry.setAttribute('clearanceMetres', new BufferAttribute(new Float32Array(positions.length / 3), 1));
  geometry.setIndex(new BufferAttribute(sortFrontFirst(positions, indices), 1));
  return geometry;
}
