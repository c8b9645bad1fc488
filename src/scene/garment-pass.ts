import { Group, MathUtils } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Garment, WornGarment } from '../garment/garment.ts';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import type { BodyBones } from './body-bones.ts';
import type { ClothSupport } from './cloth-material.ts';
import type { ContactShade } from './contact-shade.ts';
import { GarmentView } from './garment-view.ts';
import type { Pass } from './pass.ts';

/**
 * Confidences of a bone (`PosedBody.confidence`, 0..1) above which cloth on the bone is opaque, and below which it is
 * invisible. Between them it fades.
 */
const OPAQUE_CONFIDENCE = 0.5;
const HIDDEN_CONFIDENCE = 0.2;

/**
 * The pass that draws the worn garments. Input: the garments with their fits, and the confidence 0..1 of each bone of
 * the posed body. Output: the meshes of cloth in `group`, and their distances from the camera in `ContactShade.scene`.
 *
 * It creates a `GarmentView` when a garment is first worn, and disposes of the view when the garment is taken off.
 * Cloth fades on bones of low confidence.
 */
export class GarmentPass implements Pass {
  readonly layers = ['scene', 'garment'] as const;
  readonly needsBody = true;
  readonly group = new Group();
  readonly #support: ClothSupport;
  readonly #contact: ContactShade;
  readonly #views: GarmentView[] = [];
  /** Whether cloth is less than opaque on at least one bone. */
  #isFading = false;

  /**
   * @param bones the pass whose uniform holds the matrices of the posed bones.
   * @param contact the pass that draws the same cloth once more, to learn its distances from the camera.
   */
  constructor(bones: BodyBones, contact: ContactShade) {
    this.#support = { bones, boneVisibility: { value: new Float32Array(BONE_COUNT) } };
    this.#contact = contact;
  }

  takeBody({ confidence }: PosedBody): void {
    const { value: visibility } = this.#support.boneVisibility;
    this.#isFading = false;
    for (let b = 0; b < BONE_COUNT; b++) {
      visibility[b] = MathUtils.smoothstep(confidence[b], HIDDEN_CONFIDENCE, OPAQUE_CONFIDENCE);
      if (visibility[b] < 1) this.#isFading = true;
    }
  }

  takeGarments(worn: readonly WornGarment[]): void {
    for (let v = this.#views.length - 1; v >= 0; v--)
      if (!isWorn(this.#views[v].garment, worn)) this.#remove(this.#views[v]);
    for (const wearing of worn) this.#viewOf(wearing).update(wearing, this.#isFading);
  }

  release(): void {
    while (this.#views.length > 0) this.#remove(this.#views[0]);
  }

  #viewOf(wearing: WornGarment): GarmentView {
    for (const view of this.#views) if (view.garment === wearing.garment) return view;
    const view = new GarmentView(wearing, this.#support, this.#contact);
    this.#views.push(view);
    this.group.add(view.cloth);
    this.#contact.scene.add(view.distances);
    return view;
  }

  #remove(view: GarmentView): void {
    this.#views.splice(this.#views.indexOf(view), 1);
    this.group.remove(view.cloth);
    this.#contact.scene.remove(view.distances);
    view.dispose();
  }
}

function isWorn(garment: Garment, worn: readonly WornGarment[]): boolean {
  for (const wearing of worn) if (wearing.garment === garment) return true;
  return false;
}
