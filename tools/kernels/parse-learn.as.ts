// Learns the colours of the classes, for `parse.as.ts`: see src/parsing/person-parser.ts, `#learn`.
import { exponential } from './exponentials.as';
import { classLogs, counts } from './parse-colors.as';
import { bins, mask, priorColumns, priors, result, width } from './parse-memory.as';
import { takeMemory } from './take-memory.as';

const CLASSES: i32 = 4;
const SKIN: i32 = 1;
/** Bytes of a class's histogram. */
const TABLE_BYTES: i32 = 4 * 16384;

/** By class of a person four floats: pixels at sure places, and then those of them that look like the skin. */
export const tallies: i32 = takeMemory(32);

/** Adds to the weight of a bin in a class. */
@inline
function add(colorClass: i32, bin: i32, weight: f32): void {
  const at = counts + colorClass * TABLE_BYTES + 4 * bin;
  store<f32>(at, load<f32>(at) + weight);
}

/** Learns the background's colours from every `step`-th pixel in both directions that is covered by at most `most`. */
export function learnBackground(height: i32, step: i32, most: i32): void {
  for (let row = 0; row < height; row += step)
    for (let column = 0; column < width; column += step) {
      const pixel = row * width + column;
      if (<i32>load<u8>(mask + pixel) <= most) add(CLASSES, load<u16>(bins + 2 * pixel), <f32>step);
    }
}

/**
 * Learns the colours of hair, skin and clothes in a box, from pixels that are covered by at least `least`.
 *
 * @param hasFound whether the classes of the pixels are known: else all at a sure place are of its class.
 * @param sureHair from which logarithm of the prior on a place is sure of hair; the next three of the other classes.
 * @param skinLike bits by class: 1 where most of its pixels at sure places look like the skin.
 * @param seedWeight least weight of a pixel at a sure place of such a class.
 * @param skinCaution a colour counts as the skin's from 1 / `skinCaution` of its most frequent one on.
 * @param sureByte probability 0..255 above which a pixel at another place is sure, and `foundWeight`, its weight.
 */
export function learnPerson(
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  least: i32,
  hasFound: bool,
  sureHair: f32,
  sureSkin: f32,
  sureUpper: f32,
  sureLower: f32,
  skinLike: i32,
  seedWeight: f32,
  skinCaution: f32,
  sureByte: i32,
  foundWeight: f32,
): void {
  const sure = f32x4(sureHair, sureSkin, sureUpper, sureLower);
  memory.fill(tallies, 0, 32);
  for (let row = top; row < bottom; row++) {
    const priorRow = priors + 16 * (row >> 1) * priorColumns;
    for (let column = left; column < right; column++) {
      const pixel = row * width + column;
      if (<i32>load<u8>(mask + pixel) < least) continue;
      const sureBits = i32x4.bitmask(f32x4.gt(v128.load(priorRow + 16 * (column >> 1)), sure));
      if (sureBits == 0 && !hasFound) continue;
      const bin = <i32>load<u16>(bins + 2 * pixel);
      let likeness: f32 = 0;
      if (hasFound && sureBits != 0)
        likeness = f32x4.extract_lane(exponential(f32x4.splat(load<f32>(classLogs + 16 * bin + 4 * SKIN))), 0);
      for (let c = 0; c < CLASSES; c++) {
        const byte = <i32>load<u8>(result + 4 * pixel + c);
        if ((sureBits & (1 << c)) == 0) {
          if (hasFound && byte > sureByte) add(c, bin, foundWeight);
          continue;
        }
        const probability: f32 = hasFound ? <f32>byte / 255 : 1;
        const tally = tallies + 4 * c;
        store<f32>(tally, load<f32>(tally) + 1);
        if (skinCaution * likeness > 1) store<f32>(tally, load<f32>(tally, 16) + 1, 16);
        let weight = probability;
        if (c != SKIN) {
          if ((skinLike & (1 << c)) == 0) weight *= max<f32>(0, 1 - skinCaution * likeness);
          else weight = seedWeight + (1 - seedWeight) * probability;
        }
        add(c, bin, weight);
      }
    }
  }
}
