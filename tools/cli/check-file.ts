import { validateBytes } from 'gltf-validator';
import { prepareGarment } from '../../src/adopt/prepare-garment.ts';
import { toGarmentInvalid } from '../../src/garment/garment-invalid.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { type GarmentFacts, readFacts } from './garment-facts.ts';
import { readGarmentFile } from './read-garment-file.ts';

/** Something that is wrong with a file. */
export interface Finding {
  /** Who says so: the glTF standard (Khronos validator), or the room. */
  by: 'glTF' | 'fitting-room';
  message: string;
  /** Path in the file's JSON: `/meshes/0/primitives/0`; absent where the whole file is meant. */
  where?: string;
}

/** What `checkFile` finds. */
export interface FileReport {
  file: string;
  /** Why the file cannot be worn, or is no valid glTF. */
  errors: Finding[];
  /** What was changed or guessed, and what is unusual. */
  warnings: Finding[];
  /** Null for a file that cannot be worn. */
  garment: GarmentFacts | null;
}

/** Severity of a glTF error. */
const ERROR = 0;
/** Severity of a glTF warning; greater ones are remarks. */
const WARNING = 1;

/** What the validator warns of and what the room does well without: bones of no weight, and given tangents. */
const HARMLESS = { ACCESSOR_JOINTS_USED_ZERO_WEIGHT: 2, MESH_PRIMITIVE_GENERATED_TANGENT_SPACE: 2 };

/** What `checkFile` reads beside the garment. */
export interface CheckOptions {
  /** The body that garments are bound to. */
  mannequin: Mannequin;
  /** Resolves to the bytes of a file of the room, by its path in the folder `assets`. */
  readAsset: (path: string) => Promise<ArrayBuffer>;
  /** The command as a person writes it, for messages. */
  usage: string;
}

/**
 * Checks a garment's file, of any maker: against the glTF standard, by the Khronos validator, and whether the room can
 * wear it, by preparing it. Nothing is written. Rejects only where the file cannot be read from the disk.
 *
 * @param file Path of a GLB, or of a `.gltf` with its files beside it.
 */
export async function checkFile(file: string, { mannequin, readAsset, usage }: CheckOptions): Promise<FileReport> {
  const { bytes, readBeside } = await readGarmentFile(file, usage);
  const report: FileReport = { file, errors: [], warnings: [], garment: null };
  try {
    const prepared = await prepareGarment(bytes, mannequin, { compress: false, readAsset, readBeside });
    const { facts, warnings } = readFacts(prepared.file, {
      bytes: bytes.byteLength,
      isPrepared: prepared.file === bytes,
    });
    for (const message of [...prepared.warnings, ...warnings]) report.warnings.push({ by: 'fitting-room', message });
    report.garment = facts;
  } catch (error) {
    report.errors.push({ by: 'fitting-room', message: toGarmentInvalid(error).message });
  }
  await validate(report, bytes, readBeside);
  return report;
}

/** Adds what the Khronos validator finds in `bytes`: one finding for each kind of fault at one place of the JSON. */
async function validate(
  { errors, warnings }: FileReport,
  bytes: Uint8Array,
  readBeside: (path: string) => Promise<Uint8Array>,
): Promise<void> {
  // It throws for a file that is no glTF at all: the room has said so.
  const report = await validateBytes(bytes, {
    maxIssues: 0,
    severityOverrides: HARMLESS,
    externalResourceFunction: readBeside,
  }).catch(() => null);
  const found = new Map<string, { finding: Finding; count: number }>();
  for (const { code, message, severity, pointer } of report?.issues.messages ?? []) {
    if (severity > WARNING) continue;
    const key = `${code} ${pointer}`;
    const known = found.get(key);
    if (known) {
      known.count++;
      continue;
    }
    const finding: Finding = { by: 'glTF', message: `${code}: ${message}`, where: pointer };
    found.set(key, { finding, count: 1 });
    (severity === ERROR ? errors : warnings).push(finding);
  }
  for (const { finding, count } of found.values()) if (count > 1) finding.message += ` And ${count - 1} more of these.`;
}
