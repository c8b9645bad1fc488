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
 * Bone confidences (`PosedBody.confidence`) from which the cloth on a bone is drawn whole, and below which it is not
 * drawn; in between it fades.
 */
const WHOLE_CONFIDENCE = 0.5;
const HIDDEN_CONFIDENCE = 0.2;

/**
 * The pass of the worn garments: one view for each, made when it is first worn and disposed of when it is taken off.
 */
export class GarmentPass implements Pass {
  readonly layers = ['scene', 'garment'] as const;
  readonly needsBody = true;
  readonly group = new Group();
  readonly #support: ClothSupport;
  readonly #contact: ContactShade;
  readonly #views: GarmentView[] = [];
  /** Whether cloth fades on at least one bone. */
  #isFading = false;

  /** @param contact the pass that needs the same cloth once more, for its distances. */
  constructor(bones: BodyBones, contact: ContactShade) {
    this.#support = { bones, boneSeen: { value: new Float32Array(BONE_COUNT) } };
    this.#contact = contact;
  }

  takeBody({ confidence }: PosedBody): void {
    const { value: seen } = this.#support.boneSeen;
    this.#isFading = false;
    for (let b = 0; b < BONE_COUNT; b++) {
      seen[b] = MathUtils.smoothstep(confidence[b], HIDDEN_CONFIDENCE, WHOLE_CONFIDENCE);
      if (seen[b] < 1) this.#isFading = true;
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
