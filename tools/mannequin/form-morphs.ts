import type { MorphName } from '../../src/mannequin/mannequin.ts';
import { shoulderMorphs } from './move-shoulders.ts';
import { trunkBreadths } from './widen-trunk.ts';

/**
 * The morphs of the form of shoulders and trunk: they change no part of the body and move the skin alone. The survey of
 * bodies (ANSUR II) does not determine them, so they are 0 in the base and in the presets, and independent of all
 * others in the population.
 */
export const formMorphs: readonly MorphName[] = [...shoulderMorphs, ...trunkBreadths];
