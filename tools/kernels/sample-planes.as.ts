// Samples a square crop out of a picture, four samples at a time (SIMD). AssemblyScript, compiled by
// `node tools/run.mjs tools/make-kernels.ts`. Picture and crop are in the kernel's own memory, given by their
// addresses; src/tracking/planes-kernel.ts calls the functions in this order:
//
// 1. `setPlanes()` describes a picture with planes of brightness and colour (I420, NV12), or `setPixels()` a picture of
//    four bytes a pixel (RGBX, BGRX).
// 2. `setColors()`, for planes, sets the conversion to red, green and blue.
// 3. `setTarget()` sets the rectangle outside of which the crop is black, and the range of the values.
// 4. `sample()` writes the crop as floats: red, green and blue of each sample, rows from the top.

/** Coordinates are fixed-point, in 1/2048 of a pixel: a byte multiplied by two fractions just fits 31 bits. */
const FRACTION_BITS: i32 = 11;
const ONE: i32 = 1 << FRACTION_BITS;
const FRACTION: i32 = ONE - 1;
/** The colour difference of grey, 128, in the units of `mix`. */
const GREY: i32 = 128 << (2 * FRACTION_BITS);
/**
 * A colour sample is in the middle of four pixels, as in JPEG: a quarter of its spacing from the centre of the first
 * pixel. MPEG's shift to the left makes no visible difference at this scale.
 */
const CHROMA_SHIFT: i32 = ONE >> 2;

// Addresses of the planes and lengths of their rows, bytes. Colour is interleaved (NV12) or in two planes (I420).
let lumaAt: i32 = 0;
let lumaStride: i32 = 0;
let cbAt: i32 = 0;
let crAt: i32 = 0;
let chromaStride: i32 = 0;
let interleaved: bool = false;
// Largest coordinates of a sample, fixed-point: just below the centre of the last pixel and of the last colour sample,
// which have no right or lower neighbour.
let lastX: i32 = 0;
let lastY: i32 = 0;
let lastU: i32 = 0;
let lastV: i32 = 0;

/**
 * Describes a picture with planes of one byte a sample. `luma`, `cb`, `cr`: addresses of brightness, blue difference
 * and red difference. `lumaRow`, `chromaRow`: lengths of their rows, bytes. `together`: Cb and Cr are interleaved
 * (NV12, `cr` is `cb` + 1), else two planes (I420). `width` and `height`: pixels, both even; the colour planes have
 * half of each.
 */
export function setPlanes(
  luma: i32,
  lumaRow: i32,
  cb: i32,
  cr: i32,
  chromaRow: i32,
  together: bool,
  width: i32,
  height: i32,
): void {
  packed = false;
  lumaAt = luma;
  lumaStride = lumaRow;
  cbAt = cb;
  crAt = cr;
  chromaStride = chromaRow;
  interleaved = together;
  lastX = (width - 1) * ONE - 1;
  lastY = (height - 1) * ONE - 1;
  lastU = ((width >> 1) - 1) * ONE - 1;
  lastV = ((height >> 1) - 1) * ONE - 1;
}

// Whether the picture has four bytes a pixel, and whether they begin with blue or with red.
let packed: bool = false;
let blueFirst: bool = false;

/**
 * Describes a picture of four bytes a pixel: its address, the length of a row in bytes, its size in pixels.
 * `isBlueFirst`: the bytes are blue, green, red and one that is ignored; else red, green, blue and one that is ignored.
 */
export function setPixels(start: i32, row: i32, isBlueFirst: bool, width: i32, height: i32): void {
  packed = true;
  lumaAt = start;
  lumaStride = row;
  blueFirst = isBlueFirst;
  lastX = (width - 1) * ONE - 1;
  lastY = (height - 1) * ONE - 1;
}

// red = luma × Y + redCr × Cr + darkest, and so on, in the units of `mix`.
let luma: f32 = 0;
let darkest: f32 = 0;
let redCr: f32 = 0;
let greenCb: f32 = 0;
let greenCr: f32 = 0;
let blueCb: f32 = 0;

/**
 * Sets the conversion of planes to colour. `black`: the brightness byte of black (0 or 16). With Y = byte − `black`,
 * and Cb and Cr as bytes − 128: red = `brightness` × Y + `rCr` × Cr, green = `brightness` × Y − `gCb` × Cb − `gCr` ×
 * Cr, blue = `brightness` × Y + `bCb` × Cb.
 */
export function setColors(black: f32, brightness: f32, rCr: f32, gCb: f32, gCr: f32, bCb: f32): void {
  const unit: f32 = 1 / f32(ONE * ONE);
  darkest = -black * brightness;
  luma = brightness * unit;
  redCr = rCr * unit;
  greenCb = gCb * unit;
  greenCr = gCr * unit;
  blueCb = bCb * unit;
}

/** Limits four fixed-point coordinates to 0..`last`, so that samples outside the picture repeat its edge. */
@inline
function clamp(value: v128, last: i32): v128 {
  return i32x4.max_s(i32x4.min_s(value, i32x4.splat(last)), i32x4.splat(0));
}

/**
 * Interpolates bilinearly at four points. `pairs`: for each point the byte of its pixel and of the right neighbour,
 * then for each the same two of the row below. `x`, `y`: fixed-point coordinates, of which only the fractions count.
 * Returns four i32: bytes 0..255, times ONE².
 */
@inline
function mix(pairs: v128, x: v128, y: v128): v128 {
  const fx = v128.and(x, i32x4.splat(FRACTION));
  const fy = v128.and(y, i32x4.splat(FRACTION));
  const weights = v128.or(i32x4.sub(i32x4.splat(ONE), fx), i32x4.shl(fx, 16));
  const upper = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(pairs), weights);
  const lower = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(pairs), weights);
  return i32x4.add(i32x4.shl(upper, FRACTION_BITS), i32x4.mul(i32x4.sub(lower, upper), fy));
}

/**
 * Addresses of the pixels at four points, whose fixed-point coordinates are `x` and `y`. `start`: address of the plane;
 * `stride`: bytes of a row; `step`: bytes of a pixel.
 */
@inline
function locate(start: i32, stride: i32, step: i32, x: v128, y: v128): v128 {
  const column = i32x4.mul(i32x4.shr_s(x, FRACTION_BITS), i32x4.splat(step));
  const row = i32x4.mul(i32x4.shr_s(y, FRACTION_BITS), i32x4.splat(stride));
  return i32x4.add(i32x4.add(row, column), i32x4.splat(start));
}

/** Loads the `pairs` of `mix` from a plane of one byte a sample. `further`, bytes, is added to the four addresses. */
@inline
function loadPairs(addresses: v128, further: i32, stride: i32): v128 {
  const a = i32x4.extract_lane(addresses, 0) + further;
  const b = i32x4.extract_lane(addresses, 1) + further;
  const c = i32x4.extract_lane(addresses, 2) + further;
  const d = i32x4.extract_lane(addresses, 3) + further;
  let upper = v128.load_zero<u32>(a);
  upper = v128.load_lane<u16>(b, upper, 1);
  upper = v128.load_lane<u16>(c, upper, 2);
  upper = v128.load_lane<u16>(d, upper, 3);
  let lower = v128.load_zero<u32>(a + stride);
  lower = v128.load_lane<u16>(b + stride, lower, 1);
  lower = v128.load_lane<u16>(c + stride, lower, 2);
  lower = v128.load_lane<u16>(d + stride, lower, 3);
  return v128.shuffle<u64>(upper, lower, 0, 2);
}

/** Loads four bytes at each of four addresses. `further`, bytes, is added to each. */
@inline
function loadWords(addresses: v128, further: i32): v128 {
  let words = v128.load_zero<u32>(i32x4.extract_lane(addresses, 0) + further);
  words = v128.load_lane<u32>(i32x4.extract_lane(addresses, 1) + further, words, 1);
  words = v128.load_lane<u32>(i32x4.extract_lane(addresses, 2) + further, words, 2);
  return v128.load_lane<u32>(i32x4.extract_lane(addresses, 3) + further, words, 3);
}

// The rectangle outside of which samples are black, fixed-point; and the range of the values: byte × scale + offset.
let left: i32 = 0;
let top: i32 = 0;
let right: i32 = 0;
let bottom: i32 = 0;
let scale: f32 = 0;
let offset: f32 = 0;

/**
 * Sets the rectangle outside of which samples are black, in 1/`ONE` pixel from the centre of the picture's first pixel;
 * within it, samples outside the picture repeat its edge. Each value of the crop is a byte 0..255 × `factor` + `zero`.
 */
export function setTarget(fromX: i32, fromY: i32, toX: i32, toY: i32, factor: f32, zero: f32): void {
  left = fromX;
  top = fromY;
  right = toX;
  bottom = toY;
  scale = factor;
  offset = zero;
}

/** Converts results of `mix` to floats 0..255. */
@inline
function toBytes(mixes: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(mixes), f32x4.splat(1 / <f32>(ONE * ONE)));
}

/** Converts four colours, limited to 0..255, to values of the crop. */
@inline
function toValue(color: v128): v128 {
  const byte = f32x4.pmin(f32x4.pmax(color, f32x4.splat(0)), f32x4.splat(255));
  return f32x4.add(f32x4.mul(byte, f32x4.splat(scale)), f32x4.splat(offset));
}

/**
 * Writes `size`² samples to the address `out`, three floats each (red, green, blue). `size` is a multiple of 4. The
 * first sample is at (`x`, `y`), in 1/`ONE` pixel from the centre of the picture's first pixel. (`cos`, `sin`), in the
 * same unit, is the step to the next sample of a row, (−`sin`, `cos`) the step to the next row. The kernel reads
 * up to 16 bytes beyond the last byte of the picture, so memory must extend there.
 */
export function sample(x: f32, y: f32, cos: f32, sin: f32, size: i32, out: i32): void {
  const alongX = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(f32x4(0, 1, 2, 3), f32x4.splat(cos))));
  const alongY = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(f32x4(0, 1, 2, 3), f32x4.splat(sin))));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column += 4) {
      const sampleX = i32x4.add(i32x4.splat(<i32>nearest(x + cos * <f32>column - sin * <f32>row)), alongX);
      const sampleY = i32x4.add(i32x4.splat(<i32>nearest(y + sin * <f32>column + cos * <f32>row)), alongY);
      const px = clamp(sampleX, lastX);
      const py = clamp(sampleY, lastY);
      let red: v128;
      let green: v128;
      let blue: v128;
      if (packed) {
        const addresses = locate(lumaAt, lumaStride, 4, px, py);
        const here = loadWords(addresses, 0);
        const beside = loadWords(addresses, 4);
        const below = loadWords(addresses, lumaStride);
        const belowBeside = loadWords(addresses, lumaStride + 4);
        // The `pairs` of `mix` for each of the first three bytes.
        const first = v128.shuffle<u64>(
          v128.shuffle<u8>(here, beside, 0, 16, 4, 20, 8, 24, 12, 28, 0, 0, 0, 0, 0, 0, 0, 0),
          v128.shuffle<u8>(below, belowBeside, 0, 16, 4, 20, 8, 24, 12, 28, 0, 0, 0, 0, 0, 0, 0, 0),
          0,
          2,
        );
        const second = v128.shuffle<u64>(
          v128.shuffle<u8>(here, beside, 1, 17, 5, 21, 9, 25, 13, 29, 0, 0, 0, 0, 0, 0, 0, 0),
          v128.shuffle<u8>(below, belowBeside, 1, 17, 5, 21, 9, 25, 13, 29, 0, 0, 0, 0, 0, 0, 0, 0),
          0,
          2,
        );
        const third = v128.shuffle<u64>(
          v128.shuffle<u8>(here, beside, 2, 18, 6, 22, 10, 26, 14, 30, 0, 0, 0, 0, 0, 0, 0, 0),
          v128.shuffle<u8>(below, belowBeside, 2, 18, 6, 22, 10, 26, 14, 30, 0, 0, 0, 0, 0, 0, 0, 0),
          0,
          2,
        );
        red = toBytes(mix(blueFirst ? third : first, px, py));
        green = toBytes(mix(second, px, py));
        blue = toBytes(mix(blueFirst ? first : third, px, py));
      } else {
        const lumaPairs = loadPairs(locate(lumaAt, lumaStride, 1, px, py), 0, lumaStride);
        const bright = f32x4.mul(f32x4.convert_i32x4_s(mix(lumaPairs, px, py)), f32x4.splat(luma));
        const u = clamp(i32x4.sub(i32x4.shr_s(px, 1), i32x4.splat(CHROMA_SHIFT)), lastU);
        const v = clamp(i32x4.sub(i32x4.shr_s(py, 1), i32x4.splat(CHROMA_SHIFT)), lastV);
        let cbPairs: v128;
        let crPairs: v128;
        if (interleaved) {
          const addresses = locate(cbAt, chromaStride, 2, u, v);
          const upper = loadWords(addresses, 0);
          const lower = loadWords(addresses, chromaStride);
          cbPairs = v128.shuffle<u8>(upper, lower, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
          crPairs = v128.shuffle<u8>(upper, lower, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
        } else {
          const addresses = locate(cbAt, chromaStride, 1, u, v);
          cbPairs = loadPairs(addresses, 0, chromaStride);
          crPairs = loadPairs(addresses, crAt - cbAt, chromaStride);
        }
        const cb = f32x4.convert_i32x4_s(i32x4.sub(mix(cbPairs, u, v), i32x4.splat(GREY)));
        const cr = f32x4.convert_i32x4_s(i32x4.sub(mix(crPairs, u, v), i32x4.splat(GREY)));
        const grey = f32x4.add(bright, f32x4.splat(darkest));
        red = f32x4.add(grey, f32x4.mul(cr, f32x4.splat(redCr)));
        green = f32x4.sub(grey, f32x4.add(f32x4.mul(cb, f32x4.splat(greenCb)), f32x4.mul(cr, f32x4.splat(greenCr))));
        blue = f32x4.add(grey, f32x4.mul(cb, f32x4.splat(blueCb)));
      }
      const across = v128.and(i32x4.ge_s(sampleX, i32x4.splat(left)), i32x4.le_s(sampleX, i32x4.splat(right)));
      const down = v128.and(i32x4.ge_s(sampleY, i32x4.splat(top)), i32x4.le_s(sampleY, i32x4.splat(bottom)));
      const inside = v128.and(across, down);
      const r = toValue(v128.and(red, inside));
      const g = toValue(v128.and(green, inside));
      const b = toValue(v128.and(blue, inside));
      const rg = v128.shuffle<f32>(r, g, 0, 4, 1, 5);
      const br = v128.shuffle<f32>(b, r, 0, 5, 2, 7);
      const gb = v128.shuffle<f32>(g, b, 1, 5, 3, 7);
      v128.store(out, v128.shuffle<f32>(rg, br, 0, 1, 4, 5));
      v128.store(out + 16, v128.shuffle<f32>(gb, v128.shuffle<f32>(r, g, 2, 6, 3, 7), 0, 1, 4, 5));
      v128.store(out + 32, v128.shuffle<f32>(br, gb, 2, 3, 6, 7));
      out += 48;
    }
  }
}
