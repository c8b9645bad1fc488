/** What a file is that is no glTF, and what to do with it. */
interface ForeignFormat {
  /** Words that complete “the file is not a GLB (binary glTF) but …”. */
  name: string;
  remedy: string;
}

const OPEN_IN_BLENDER = 'open it in Blender, and export as glTF 2.0, binary (.glb)';
const WEB_PAGE = {
  name: 'a web page or XML',
  remedy: 'check that this address answers with the garment, not with a page',
};

/**
 * Formats by the text with which their files begin (each letter one byte). Sources: RFC 1952 (gzip), PKWARE's
 * APPNOTE (ZIP, which USDZ is), the files themselves (FBX, USD, Blender, OBJ).
 */
const formats: readonly (ForeignFormat & { starts: readonly (string | RegExp)[] })[] = [
  {
    starts: ['\x1f\x8b'],
    name: 'packed with gzip',
    remedy:
      'unpack it (rename it to NAME.glb.gz, then gunzip NAME.glb.gz), or let the server say "Content-Encoding: gzip"',
  },
  {
    starts: ['PK\x03\x04'],
    name: 'a ZIP archive or USDZ',
    remedy: `unpack a ZIP and take the .glb in it; for a USDZ: ${OPEN_IN_BLENDER}`,
  },
  { starts: ['Kaydara FBX', '; FBX'], name: 'FBX', remedy: OPEN_IN_BLENDER },
  { starts: ['PXR-USDC', '#usda'], name: 'USD', remedy: OPEN_IN_BLENDER },
  { starts: ['BLENDER'], name: 'a Blender file', remedy: OPEN_IN_BLENDER },
  { starts: [/^(?:#[^\n]*\n\s*)*(?:mtllib|o|g|v) \S/], name: 'OBJ', remedy: OPEN_IN_BLENDER },
  { starts: [/^\s*</], ...WEB_PAGE },
  { starts: [/^$/], name: 'empty', remedy: 'upload it again' },
];

/** So many bytes of a file are looked at: OBJ may begin with some lines of remarks. */
const START_BYTES = 1024;

/** Returns what a file is that is no glTF, by its first bytes; null for what nobody knows. */
export function nameFormat(file: Uint8Array): ForeignFormat | null {
  const start = String.fromCharCode(...file.subarray(0, START_BYTES)).replace(/^\u00ef\u00bb\u00bf/, '');
  const fits = (known: string | RegExp): boolean =>
    typeof known === 'string' ? start.startsWith(known) : known.test(start);
  return formats.find(({ starts }) => starts.some(fits)) ?? null;
}
