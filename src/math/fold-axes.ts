/** Number of the axes. */
export const FOLD_AXES = 6;
/** Bytes that hold a vertex's values of all axes: GPUs want attributes to begin at multiples of four. */
export const FOLD_STRIDE = 8;

/**
 * The axes along which folds finer than a garment's mesh are measured and drawn, in the rest pose: the diagonals of the
 * faces of a cube, 3 × FOLD_AXES, each of length √2. However a piece of cloth lies in space, some of them lie in its
 * plane, and between the folds along two neighbouring ones all directions are mixed.
 */
export const foldAxes: readonly number[] = [1, 1, 0, 0, 1, 1, 1, 0, 1, 1, -1, 0, 0, 1, -1, -1, 0, 1];
