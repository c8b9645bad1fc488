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
import type { ContactShade } from './contact-shade.ts';
import { legsOutward } from './legs-outward.ts';
import { sortFrontFirst } from './sort-front-first.ts';

/**
 * `renderOrder` of the depth that goes before faded cloth, and of cloth of layer 0; each layer is drawn after those
 * below it.
 */
const DEPTH_ORDER = 1;
const CLOTH_ORDER = 2;

/** The meshes of one worn garment: colour and depth for the stage's scene, distances for `ContactShade`. */
export class GarmentView {
  readonly garment: Garment;
  /** For the stage's scene. */
  readonly cloth = new Object3D();
  /** The same cloth for the scene of `ContactShade`. */
  readonly distances = new Object3D();
  readonly #support: ClothSupport;
  /** One per part of the garment. */
  readonly #meshes: Mesh[] = [];
  readonly #depths: Mesh[] = [];
  readonly #depthMaterial: Material;
  readonly #distanceMaterial: Material;
  readonly #shadowMaterial: Material;
  /** The stage's copies of the garment's materials, for cloth that is seen whole and for cloth that fades. */
  readonly #wholeMaterials = new Map<Material, Material>();
  readonly #fadingMaterials = new Map<Material, Material>();
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
      const mesh = this.#add(new Mesh(geometry), CLOTH_ORDER + garment.manifest.layer);
      mesh.castShadow = true;
      mesh.receiveShadow = true;
      mesh.customDepthMaterial = this.#shadowMaterial;
      this.#meshes.push(mesh);
      this.#depths.push(this.#add(new Mesh(geometry, this.#depthMaterial), DEPTH_ORDER));
      const distance = new Mesh(geometry, this.#distanceMaterial);
      distance.frustumCulled = false;
      this.distances.add(distance);
    }
  }

  /**
   * Takes colour and fit as they are now; uploads the fit only if it changed.
   *
   * @param isFading whether some of the body was guessed rather than seen.
   */
  update({ garment, color, fit }: WornGarment, isFading: boolean): void {
    const isNewFit = fit !== this.#fit || fit.version !== this.#fitVersion;
    for (let p = 0; p < garment.parts.length; p++) {
      const { material, variants } = garment.parts[p];
      const source = color !== null && Object.hasOwn(variants, color) ? variants[color] : material;
      this.#meshes[p].material = this.#materialOf(source, isFading);
      this.#depths[p].visible = isFading;
      if (!isNewFit) continue;
      const { position, normal } = this.#meshes[p].geometry.attributes as Record<string, BufferAttribute>;
      position.copyArray(fit.positions[p]).needsUpdate = true;
      normal.copyArray(fit.normals[p]).needsUpdate = true;
    }
    this.#fit = fit;
    this.#fitVersion = fit.version;
  }

  dispose(): void {
    for (const mesh of this.#meshes) mesh.geometry.dispose();
    for (const materials of [this.#wholeMaterials, this.#fadingMaterials])
      for (const material of materials.values()) material.dispose();
    this.#depthMaterial.dispose();
    this.#distanceMaterial.dispose();
    this.#shadowMaterial.dispose();
  }

  #add(mesh: Mesh, renderOrder: number): Mesh {
    mesh.frustumCulled = false;
    mesh.renderOrder = renderOrder;
    this.cloth.add(mesh);
    return mesh;
  }

  #materialOf(source: Material, isFading: boolean): Material {
    const materials = isFading ? this.#fadingMaterials : this.#wholeMaterials;
    let material = materials.get(source);
    if (!material) {
      material = createClothMaterial(source, this.#support, isFading);
      materials.set(source, material);
    }
    return material;
  }
}

/** Geometry of a part; positions and normals are zero until the first fit. */
function createGeometry({ positions, normals, uvs, indices, skinIndices, skinWeights }: GarmentPart): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions.length), 3));
  geometry.setAttribute('normal', new BufferAttribute(new Float32Array(normals.length), 3));
  if (uvs) geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
  addSkin(geometry, skinIndices, skinWeights);
  geometry.setAttribute('legsOutward', new BufferAttribute(legsOutward(positions, skinIndices, skinWeights), 3));
  geometry.setIndex(new BufferAttribute(sortFrontFirst(positions, indices), 1));
  return geometry;
}
