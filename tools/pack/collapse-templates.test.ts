import { expect, it } from 'vitest';
import { collapseLineBreaks } from './collapse-templates.ts';

it('collapses line breaks in templates of markup and styles, nested ones too, and nowhere else', () => {
  const code = [
    'const a = css`\n  p {\n    color: red;\n  }\n`;',
    `const b = html\`<p>\n  \${x ? html\`<b>\n  c</b>\` : "d"}\n</p>\`;`,
    'const e = `\n  keep`;',
    'other`\n  keep`;',
  ];
  expect(collapseLineBreaks(code.join('\n'))).toBe(
    [
      'const a = css` p { color: red; } `;',
      `const b = html\`<p> \${x ? html\`<b> c</b>\` : "d"} </p>\`;`,
      'const e = `\n  keep`;',
      'other`\n  keep`;',
    ].join('\n'),
  );
});
