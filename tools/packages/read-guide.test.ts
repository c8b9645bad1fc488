import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readGuide } from './read-guide.ts';

describe('readGuide', () => {
  it('finds commands without their comments, those of one shop, and files', () => {
    const { commands, files } = readGuide(
      'Run\n\n```sh\nnpm install fitting-room   # once\n\nnpx x\n```\n```sh parcel\nnpx parcel\n```\n```ts src/a.ts\nlet a = 1;\n```\n```css\na {}\n```\n',
    );
    expect(commands).toEqual([
      { line: 'npm install fitting-room', only: '' },
      { line: 'npx x', only: '' },
      { line: 'npx parcel', only: 'parcel' },
    ]);
    expect([...files]).toEqual([['src/a.ts', 'let a = 1;\n']]);
  });

  it('refuses a file outside the shop', () => {
    expect(() => readGuide('```ts ../a.ts\n```\n')).toThrow("not in the shop's folder");
  });
});

describe('the guides in docs/', () => {
  const guides = readdirSync('docs').filter((name) => name.endsWith('.md'));

  it('exist', () => expect(guides.length).toBeGreaterThan(8));

  it.each(guides)('%s can be read, and its links to files of the repository lead somewhere', (name) => {
    const text = readFileSync(`docs/${name}`, 'utf8');
    expect(() => readGuide(text)).not.toThrow();
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path);
    const broken = links.filter((path) => {
      try {
        return readFileSync(`docs/${path}`, 'utf8').length === 0;
      } catch {
        return true;
      }
    });
    expect(broken).toEqual([]);
  });
});
