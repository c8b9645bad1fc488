import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The text of the MIT licence, for packages that name it without containing it. */
function mit(holder) {
  return `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
}

const APACHE = 'Apache-2.0';
/** Packages that contain no text of their licence, and the package of the same repository that does. */
const TEXTS_IN = { '@lit-labs/ssr-dom-shim': 'lit' };
/** Line between the notices of two packages. */
const rule = `\n${'='.repeat(80)}\n\n`;

/**
 * Returns name, version and licence of a package, and the texts of its licence and notices. `root`: path of the
 * repository.
 */
async function describePackage(root, name) {
  const folder = join(root, 'node_modules', name);
  const { version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const textFolder = join(root, 'node_modules', TEXTS_IN[name] ?? name);
  const textFiles = (await readdir(textFolder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const texts = await Promise.all(textFiles.map((file) => readFile(join(textFolder, file), 'utf8')));
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);
  if (texts.length === 0 && license === 'MIT') texts.push(mit(holder));
  if (texts.length === 0 && license !== APACHE)
    throw new Error(`${name} is under ${license} but contains no text of that licence`);
  return { name, version, license, texts };
}

/**
 * Writes the file `target` (a path): the packages `names` (a set), which are copied or bundled into `assets/runtime`,
 * with the texts of their licences. `root`: path of the repository. `changes`: files that are not as in their package:
 * `to`, the name, and `changed`, what is changed. Rejects when a text is missing.
 */
export async function writeNotices(root, names, target, changes = []) {
  const packages = await Promise.all([...names].sort().map((name) => describePackage(root, name)));
  const list = packages.map(({ name, version, license }) => `${name} ${version} (${license})`).join('\n');
  const texts = packages.flatMap(({ name, texts }) => texts.map((text) => `${name}\n\n${text.trim()}\n`));
  const license = await readFile(join(root, 'LICENSE'), 'utf8');
  const apache = `Apache-2.0, for every package above that is under it\n\n${license}`;
  const head = `The files of this folder come from these packages, unchanged or bundled:\n\n${list}\n`;
  const changed = changes.map(({ to, changed }) => `${to}: ${changed}`).join('\n');
  const note = changes.length > 0 ? [`Changed by fitting-room:\n\n${changed}\n`] : [];
  await writeFile(target, [head, ...note, ...texts, apache].join(rule));
}
