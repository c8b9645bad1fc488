import { BufferAttribute, BufferGeometry, type Material, Mesh, Object3D } from 'three';
import type { Garment, GarmentFit, GarmentPart, WornGarment } from '../garment/garment.ts';
import { addSkin } from './body-bones.ts';
import {
  type ClothSupport,
  createClothDepthMaterial,
  createClothDistanceMaterial,
  createClothMaterial,
  createClothShadowMaterial,
} from './cloth-material.ts';
import { computeOutwardFromLegs } from './compute-outward-from-legs.ts';
import type { ContactShade } from './contact-shade.ts';
import { sortFrontFirst } from './sort-front-first.ts';

/**
 * `renderOrder` of the meshes that write depth before fading cloth, and of cloth of layer 0. Cloth of layer n has
 * `CLOTH_ORDER` + n, so that outer garments are drawn after inner ones.
 */
const DEPTH_ORDER = 1;
const CLOTH_ORDER = 2;

/**
 * Holds the meshes of one worn garment, whose vertices (rest pose, metres) the body's bones pose on the GPU. Each part
 * of the garment has three meshes that share one geometry: its colour and its depth for the stage's scene, and its
 * distance from the camera for `ContactShade`.
 *
 * 1. The constructor creates geometries and meshes, without positions.
 * 2. `update` chooses the materials by colour and fading, and copies a new fit to the geometries.
 * 3. `dispose` frees geometries and materials; the textures stay with the garment.
 */
export class GarmentView {
  readonly garment: Garment;
  /** Holds the meshes of colour and depth, for the stage's scene. */
  readonly cloth = new Object3D();
  /** Holds the meshes of distance, for the scene of `ContactShade`. */
  readonly distances = new Object3D();
  readonly #support: ClothSupport;
  /** Meshes of colour and of depth, one per part of the garment, in the order of `garment.parts`. */
  readonly #colourMeshes: Mesh[] = [];
  readonly #depthMeshes: Mesh[] = [];
  readonly #depthMaterial: Material;
  readonly #distanceMaterial: Material;
  readonly #shadowMaterial: Material;
  /** Patched copies of the garment's materials, by the original: for opaque cloth and for cloth that fades. */
  readonly #opaqueMaterials = new Map<Material, Material>();
  readonly #fadingMaterials = new Map<Material, Material>();
  /** The fit whose positions are in the geometries, and its version; null before the first `update`. */
  #fit: GarmentFit | null = null;
  #fitVersion = -1;

  constructor({ garment }: WornGarment, support: ClothSupport, contact: ContactShade) {
    this.garment = garment;
    this.#support = support;
    this.#distanceMaterial = createClothDistanceMaterial(support, contact.uniforms);
    this.#depthMaterial = createClothDepthMaterial(support);
    this.#shadowMaterial = createClothShadowMaterial(support);
    for (const part of garment.parts) {
      const geometry = createGeometry(part);
      const mesh = this.#addToCloth(new Mesh(geometry), CLOTH_ORDER + garment.manifest.layer);
      mesh.castShadow = true;
      mesh.receiveShadow = true;
      mesh.customDepthMaterial = this.#shadowMaterial;
      this.#colourMeshes.push(mesh);
      this.#depthMeshes.push(this.#addToCloth(new Mesh(geometry, this.#depthMaterial), DEPTH_ORDER));
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
   * @param isFading whether cloth on at least one bone is less than opaque; then depth is drawn before colour.
   */
  update({ garment, color, fit }: WornGarment, isFading: boolean): void {
    const isNewFit = fit !== this.#fit || fit.version !== this.#fitVersion;
    for (let p = 0; p < garment.parts.length; p++) {
      const { material, variants } = garment.parts[p];
      const original = color !== null && Object.hasOwn(variants, color) ? variants[color] : material;
      this.#colourMeshes[p].material = this.#getMaterial(original, isFading);
      this.#depthMeshes[p].visible = isFading;
      if (!isNewFit) continue;
      const { position, normal } = this.#colourMeshes[p].geometry.attributes as Record<string, BufferAttribute>;
      position.copyArray(fit.positions[p]).needsUpdate = true;
      normal.copyArray(fit.normals[p]).needsUpdate = true;
    }
    this.#fit = fit;
    this.#fitVersion = fit.version;
  }

  /** Frees geometries and materials. Remove `cloth` and `distances` from their scenes first. */
  dispose(): void {
    for (const mesh of this.#colourMeshes) mesh.geometry.dispose();
    for (const materials of [this.#opaqueMaterials, this.#fadingMaterials])
      for (const material of materials.values()) material.dispose();
    this.#depthMaterial.dispose();
    this.#distanceMaterial.dispose();
    this.#shadowMaterial.dispose();
  }

  #addToCloth(mesh: Mesh, renderOrder: number): Mesh {
    mesh.frustumCulled = false;
    mesh.renderOrder = renderOrder;
    this.cloth.add(mesh);
    return mesh;
  }

  /** Returns the patched copy of a garment's material, which it creates at the first request. */
  #getMaterial(original: Material, isFading: boolean): Material {
    const materials = isFading ? this.#fadingMaterials : this.#opaqueMaterials;
    let material = materials.get(original);
    if (!material) {
      material = createClothMaterial(original, this.#support, isFading);
      materials.set(original, material);
    }
    return material;
  }
}

/**
 * Creates the geometry of a part with its attributes of skin and texture. Positions and normals are 0 until the first
 * fit.
 */
function createGeometry({ positions, normals, uvs, indices, skinIndices, skinWeights }: GarmentPart): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions.length), 3));
  geometry.setAttribute('normal', new BufferAttribute(new Float32Array(normals.length), 3));
  if (uvs) geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
  addSkin(geometry, skinIndices, skinWeights);
  const outwardFromLegs = computeOutwardFromLegs(positions, skinIndices, skinWeights);
  geometry.setAttribute('outwardFromLegs', new BufferAttribute(outwardFromLegs, 3));
  geometry.setIndex(new BufferAttribute(sortFrontFirst(positions, indices), 1));
  return geometry;
}
