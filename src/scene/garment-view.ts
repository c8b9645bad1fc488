import { BufferAttribute, BufferGeometry, Group, type Material, Mesh } from 'three';
import type { GarmentFit, GarmentPart, WornGarment } from '../garment/garment.ts';
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

/** One worn garment in the scene. Uploads a fit only when it changed. */
export class GarmentView {
  readonly group = new Group();
  /** The same cloth for `ContactShade`, in its scene. */
  readonly distances = new Group();
  private readonly support: ClothSupport;
  private readonly meshes: Mesh[] = [];
  private readonly depths: Mesh[] = [];
  private readonly depthMaterial: Material;
  private readonly distanceMaterial: Material;
  private readonly shadowMaterial: Material;
  /** Stage's own material for a garment's, whole and fading. */
  private readonly whole = new Map<Material, Material>();
  private readonly fading = new Map<Material, Material>();
  private fit: GarmentFit | null = null;
  private version = -1;

  constructor({ garment }: WornGarment, support: ClothSupport, contact: ContactShade) {
    this.support = support;
    this.distanceMaterial = createClothDistanceMaterial(support, contact.uniforms);
    this.depthMaterial = createClothDepthMaterial(support);
    this.shadowMaterial = createClothShadowMaterial(support);
    for (const part of garment.parts) {
      const geometry = createGeometry(part);
      const mesh = this.add(new Mesh(geometry), 2 + garment.manifest.layer);
      mesh.castShadow = true;
      mesh.receiveShadow = true;
      mesh.customDepthMaterial = this.shadowMaterial;
      this.meshes.push(mesh);
      this.depths.push(this.add(new Mesh(geometry, this.depthMaterial), 1));
      const distance = new Mesh(geometry, this.distanceMaterial);
      distance.frustumCulled = false;
      this.distances.add(distance);
    }
  }

  private add(mesh: Mesh, order: number): Mesh {
    mesh.frustumCulled = false;
    mesh.renderOrder = order;
    this.group.add(mesh);
    return mesh;
  }

  /** Takes colour and fit as they are now; `faded` when some of the body was not fully seen. */
  update({ garment, color, fit }: WornGarment, faded: boolean): void {
    const isNew = fit !== this.fit || fit.version !== this.version;
    for (let p = 0; p < garment.parts.length; p++) {
      const { material, variants } = garment.parts[p];
      this.meshes[p].material = this.cloth(
        color !== null && Object.hasOwn(variants, color) ? variants[color] : material,
        faded,
      );
      this.depths[p].visible = faded;
      if (!isNew) continue;
      const { position, normal } = this.meshes[p].geometry.attributes as Record<string, BufferAttribute>;
      position.copyArray(fit.positions[p]).needsUpdate = true;
      normal.copyArray(fit.normals[p]).needsUpdate = true;
    }
    this.fit = fit;
    this.version = fit.version;
  }

  private cloth(source: Material, fading: boolean): Material {
    const cloths = fading ? this.fading : this.whole;
    let cloth = cloths.get(source);
    if (!cloth) cloths.set(source, (cloth = createClothMaterial(source, this.support, fading)));
    return cloth;
  }

  dispose(): void {
    for (const mesh of this.meshes) mesh.geometry.dispose();
    for (const cloths of [this.whole, this.fading]) for (const cloth of cloths.values()) cloth.dispose();
    this.depthMaterial.dispose();
    this.distanceMaterial.dispose();
    this.shadowMaterial.dispose();
  }
}

function createGeometry({ positions, normals, uvs, indices, skinIndices, skinWeights }: GarmentPart): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions.length), 3));
  geometry.setAttribute('normal', new BufferAttribute(new Float32Array(normals.length), 3));
  if (uvs) geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
  addSkin(geometry, skinIndices, skinWeights);
  geometry.setAttribute('legsOutward', new BufferAttribute(legsOutward(positions, skinIndices, skinWeights), 3));
  geometry.setIndex(new BufferAttribute(frontFirst(positions, indices), 1));
  return geometry;
}

/**
 * The triangles with the garment's front before its back, otherwise in their order: a shopper mostly faces the camera,
 * and then the inside of the back is hidden before it is shaded.
 */
function frontFirst(positions: Float32Array, indices: Uint16Array | Uint32Array): Uint16Array | Uint32Array {
  let middle = 0;
  for (let i = 2; i < positions.length; i += 3) middle += positions[i];
  middle /= positions.length / 3;
  const sorted = indices.slice();
  let next = 0;
  for (const front of [true, false]) {
    for (let t = 0; t < indices.length; t += 3) {
      const z =
        (positions[3 * indices[t] + 2] + positions[3 * indices[t + 1] + 2] + positions[3 * indices[t + 2] + 2]) / 3;
      if (z >= middle !== front) continue;
      sorted[next++] = indices[t];
      sorted[next++] = indices[t + 1];
      sorted[next++] = indices[t + 2];
    }
  }
  return sorted;
}
