import { Group } from 'three';
import type { Garment, WornGarment } from '../garment/garment.ts';
import type { ClothSupport } from './cloth-material.ts';
import type { ContactShade } from './contact-shade.ts';
import { GarmentView } from './garment-view.ts';
import type { DrawContext, Pass } from './pass.ts';

/**
 * The pass (a step of the stage's drawing) that draws the worn garments. Input: the garments with their fits (vertices
 * in the rest pose, metres). Output: the meshes of cloth in `group`, and in `ContactShade.scene` meshes that show their
 * distances from the camera, for the shade of cloth on the body.
 *
 * It creates a `GarmentView` when a garment is first worn, and disposes of the view when the garment is taken off.
 */
export class GarmentPass implements Pass {
  readonly layers = ['scene', 'garment'] as const;
  readonly needsBody = true;
  readonly group = new Group();
  readonly #support: ClothSupport;
  readonly #contact: ContactShade;
  readonly #views: GarmentView[] = [];

  /**
   * @param support the passes whose uniforms pose the cloth and leave it out behind objects.
   * @param contact the pass that draws the same cloth once more, to learn its distances from the camera.
   */
  constructor(support: ClothSupport, contact: ContactShade) {
    this.#support = support;
    this.#contact = contact;
  }

  /** Shows these garments, with their colours and fits, and removes the views of all others. */
  takeGarments(worn: readonly WornGarment[]): void {
    for (let v = this.#views.length - 1; v >= 0; v--)
      if (!isWorn(this.#views[v].garment, worn)) this.#remove(this.#views[v]);
    for (const wearing of worn) this.#viewOf(wearing).update(wearing);
  }

  prepare({ layers }: Pick<DrawContext, 'layers'>): void {
    for (const view of this.#views) view.setAlone(layers === 'garment');
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

/** Whether `garment` is among the worn garments. */
function isWorn(garment: Garment, worn: readonly WornGarment[]): boolean {
  for (const wearing of worn) if (wearing.garment === garment) return true;
  return false;
}
