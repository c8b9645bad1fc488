/**
 * Writes the contact sheets of `npm run bench -- cloth --sheet`: e2e/output/cloth-NAME.png. In each, the first row shows
 * the garments only skinned, the second as they hang.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import type { Garment } from '../../../src/garment/garment.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { smoothNormals } from '../../../src/mannequin/smooth-normals.ts';
import { createRaster, encodePng } from '../../../tools/raster/encode-png.ts';
import type { ClothMotion } from './cloth-motions.ts';
import { playCloth } from './cloth-stage.ts';
import type { GarmentName } from './create-wardrobe.ts';
import { CELL, type ClothView, drawCloth } from './draw-cloth.ts';

const FOLDER = 'e2e/output';

/** One picture of a sheet. */
interface Cell extends ClothView {
  body: string;
  motion: ClothMotion;
  frame: number;
  worn: readonly (readonly [GarmentName, size: string])[];
}

/** The trunk with the arms, and the whole body. */
const TRUNK = { degrees: 20, middle: 1.15, span: 1.2 };
const BODY = { degrees: 20, middle: 0.85, span: 1.8 };
const TEE = [['tee', 'M']] as const;
const SKIRT = [['skirt', 'M']] as const;
const LONG_SLEEVE = [['long-sleeve', 'M']] as const;
const FOUR = [
  ['tee', 'M'],
  ['skirt', 'M'],
  ['long-sleeve', 'M'],
  ['outer', 'XL'],
] as const;

/** The sheets by name. The turn is fastest at frame 42 and ends at frame 60. */
const sheets: Record<string, readonly Cell[]> = {
  sizes: (['still', 'arms'] as const).flatMap((motion) =>
    ['S', 'M', 'XXL'].map((size) => ({
      ...TRUNK,
      body: 'female-50',
      motion,
      frame: 60,
      worn: [['tee', size] as const],
    })),
  ),
  turn: [24, 34, 42, 50, 58, 62, 68, 90].map((frame) => ({
    ...BODY,
    degrees: 0,
    body: 'female-50',
    motion: 'turn',
    frame,
    worn: SKIRT,
  })),
  arms: [0, 40, 75].flatMap((frame) =>
    [TEE, LONG_SLEEVE].map((worn) => ({ ...TRUNK, body: 'female-50', motion: 'arms' as const, frame, worn })),
  ),
  squat: [0, 30, 60].flatMap((frame) =>
    [TEE, SKIRT].map((worn) => ({ ...BODY, degrees: 50, body: 'female-50', motion: 'squat' as const, frame, worn })),
  ),
  jump: [26, 32, 36, 40, 44, 50].map((frame) => ({ ...BODY, body: 'female-50', motion: 'jump', frame, worn: SKIRT })),
  layers: (['still', 'arms', 'walk', 'squat'] as const).flatMap((motion) =>
    [20, 200].map((degrees) => ({ ...BODY, degrees, body: 'female-50', motion, frame: 60, worn: FOUR })),
  ),
  bodies: ['female-5', 'female-50', 'male-95'].flatMap((body) =>
    [TEE, LONG_SLEEVE, FOUR].map((worn) => ({ ...BODY, body, motion: 'still' as const, frame: 45, worn })),
  ),
};

/** Colours of the skin and of the garments. */
const SKIN = [215, 165, 140] as const;
const colors: Record<GarmentName, readonly [number, number, number]> = {
  tee: [235, 235, 240],
  skirt: [150, 60, 80],
  'long-sleeve': [120, 140, 190],
  outer: [190, 150, 100],
};
/** How far the body lies behind its cloth, and each further garment before the last, metres. */
const SETBACK_METRES = 0.012;
const LAYER_METRES = 0.006;

/** Draws all sheets, writes them and prints their names. */
export async function drawClothSheets(mannequin: Mannequin, wardrobe: Record<GarmentName, Garment>): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const { width, height } = CELL;
  for (const [name, cells] of Object.entries(sheets)) {
    const sheet = createRaster(width * cells.length, 2 * height, 3);
    cells.forEach((cell, column) => {
      [false, true].forEach((hangs, row) => {
        const { data } = drawCell(mannequin, wardrobe, cell, hangs);
        for (let y = 0; y < height; y++)
          sheet.data.set(
            data.subarray(3 * y * width, 3 * (y + 1) * width),
            3 * ((row * height + y) * sheet.width + column * width),
          );
      });
    });
    const file = `${FOLDER}/cloth-${name}.png`;
    await writeFile(file, encodePng(sheet));
    console.log(file);
  }
}

/** Plays a cell's motion until its frame and draws what is worn then. */
function drawCell(
  mannequin: Mannequin,
  wardrobe: Record<GarmentName, Garment>,
  cell: Cell,
  hangs: boolean,
): ReturnType<typeof drawCloth> {
  const worn = cell.worn.map(([name, size]) => ({ garment: wardrobe[name], size }));
  const { motion, frame } = cell;
  const weights = mannequin.presets[cell.body];
  for (const { frame: now, places, skin } of playCloth(mannequin, {
    weights,
    worn,
    motion,
    frames: frame + 1,
    hangs,
  })) {
    if (now < frame) continue;
    return drawCloth(
      [
        { ...skin, indices: mannequin.indices, color: SKIN, setbackMetres: SETBACK_METRES },
        ...places.map((positions, i) => {
          const indices = worn[i].garment.binding.triangles;
          const normals = smoothNormals(positions, indices, new Float32Array(positions.length));
          const setbackMetres = -LAYER_METRES * (worn[i].garment.manifest.layer - 1);
          return { positions, normals, indices, color: colors[cell.worn[i][0]], setbackMetres };
        }),
      ],
      cell,
    );
  }
  throw new Error(`no frame ${frame} of ${motion} was played`);
}
