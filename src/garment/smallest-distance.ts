/**
 * Cloth that was modelled on the skin may dip into it by this where the body fills it, metres. Cloth presses into
 * flesh. And a body that is learned from pictures is known to about a centimetre: since cloth is pushed out where the
 * body is too large, but not drawn in where it is too small, it would be too wide on average. (With half of it, the
 * garments of five filmed people were 2 % too wide at the waist.) The drawing needs no air between body and cloth: the
 * body lies behind its cloth, and outer layers in front of inner ones (`skinSetbacks`,
 * `LAYER_FORWARD_METRES` of the cloth).
 */
export const DIP_METRES = 0.006;
/** Cloth that was modelled further out stays further out, by at most this, metres. */
const GAP_METRES = 0.004;
/** Thickness of each layer of cloth beneath, metres: that of jersey. */
const LAYER_METRES = 0.001;
/**
 * Returns the smallest distance, metres, that cloth may have from the skin where it was modelled `modelled` metres from
 * it, over `layersBeneath` layers of other cloth. It rises with `modelled`, so that the inside of a folded hem stays
 * inside. Negative: the cloth may dip into the skin.
 */
export function smallestDistance(modelled: number, layersBeneath: number): number {
  return GAP_METRES * (1 - Math.exp(-Math.max(0, modelled) / GAP_METRES)) - DIP_METRES + LAYER_METRES * layersBeneath;
}
