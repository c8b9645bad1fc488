import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import { checkFile, type FileReport, type Finding } from './check-file.ts';
import { describeFacts } from './garment-facts.ts';
import type { GarmentCommandOptions, Printer } from './printer.ts';

/** How to mend a file that breaks the glTF standard, whatever the fault is. */
const GLTF_REMEDY =
  'the glTF standard is broken by the program that wrote the file: export it again (Blender: File > Export > glTF 2.0, ' +
  'format GLB; CLO, Marvelous Designer: File > Export > glTF 2.0 (GLB)), or open it in Blender and export it from there';

/**
 * Checks garment files for the command line, and prints for each whether a room can wear it, what it holds, and what is
 * wrong with it and how to mend that.
 *
 * Rejects when a file has errors or cannot be read, so that the command ends with exit code 1; all files are checked
 * before.
 *
 * @param args Paths of GLB or `.gltf` files; `--json` prints the reports as JSON, `--strict` counts warnings as errors.
 */
export async function checkFiles(
  args: readonly string[],
  printer: Printer,
  { assetsFolder, folder, usage }: GarmentCommandOptions,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, strict: { type: 'boolean', default: false } },
  });
  if (positionals.length === 0) throw new Error(`which files? ${usage}`);
  const readAsset = async (path: string): Promise<ArrayBuffer> =>
    Uint8Array.from(await readFile(join(assetsFolder, path))).buffer;
  const mannequin = await readMannequin(await readAsset('mannequin.glb'));
  const reports: FileReport[] = [];
  for (const file of positionals.map((path) => resolve(folder, path))) {
    const report = await checkFile(file, { mannequin, readAsset, usage }).catch(
      ({ message }: Error): FileReport => ({
        file,
        errors: [{ by: 'fitting-room', message }],
        warnings: [],
        garment: null,
      }),
    );
    reports.push(report);
    if (!values.json) printReport(report, printer);
  }
  if (values.json) printer.log(JSON.stringify(reports, null, 2));
  const bad = reports.filter(({ errors, warnings }) => errors.length + (values.strict ? warnings.length : 0) > 0);
  if (bad.length > 0) throw new Error(`${bad.length} of ${reports.length} files have faults`);
}

/** Prints one file's report: what it holds, then its faults. */
function printReport({ file, errors, warnings, garment }: FileReport, printer: Printer): void {
  if (garment) printer.log(`${file}: ${describeFacts(garment)}`);
  else printer.log(`${file}: cannot be worn`);
  for (const finding of errors) printer.warn(`  error: ${words(finding)}`);
  for (const finding of warnings) printer.warn(`  warning: ${words(finding)}`);
  if (errors.some(({ by }) => by === 'glTF')) printer.warn(`  ${GLTF_REMEDY}`);
}

function words({ message, where }: Finding): string {
  return where ? `${message} (at ${where})` : message;
}
