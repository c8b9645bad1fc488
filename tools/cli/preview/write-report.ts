import type { PicturePlan } from './plan-pictures.ts';

/** Text as HTML. */
function toHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What a preview's page says beside its pictures. */
export interface ReportText {
  /** The garment's file. */
  file: string;
  /** What the file holds, in one line. */
  facts: string;
  /** What was changed or guessed. */
  warnings: readonly string[];
}

/** Returns a page (HTML, without scripts) that shows the pictures, which stand beside it, with what is known. */
export function writeReport({ file, facts, warnings }: ReportText, pictures: readonly PicturePlan[]): string {
  const title = toHtml(file);
  const figures = pictures.map(
    ({ name, title }) =>
      `<figure><figcaption>${toHtml(title)}</figcaption><img src="${name}.webp" alt="${toHtml(title)}"></figure>`,
  );
  const list = warnings.length > 0 ? `<ul>${warnings.map((text) => `<li>${toHtml(text)}</li>`).join('')}</ul>` : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; background: #f6f3ec; color: #222; }
figure { margin: 2rem 0; }
figcaption { font-weight: 600; margin-bottom: .5rem; }
img { max-width: 100%; }
</style>
</head>
<body>
<h1>${title}</h1>
<p>${toHtml(facts)}</p>
${list}
${figures.join('\n')}
</body>
</html>
`;
}
