/** The code of a guide in `docs/`: what it tells a shop's engineer to run, and the files that it tells to write. */
export interface Guide {
  /** Command lines in the order of the page; `only` names the one shop that they are for, or is empty. */
  commands: { line: string; only: string }[];
  /** Text of each file by its path in the shop's folder. */
  files: Map<string, string>;
}

/**
 * Reads the code blocks of a guide, Markdown text. The words behind the three backticks say what a block is:
 *
 * - `sh`: commands, one a line, which are run in the shop's folder;
 * - `sh webpack`: commands for the shop `webpack` alone;
 * - `html public/index.html`, or any other language and a path: the text of that file;
 * - a language alone: an excerpt that is only read.
 *
 * Markdown shows the first word only as the language, and hides the second, so a guide also says in words which file it
 * shows. Throws if a path leaves the shop's folder.
 */
export function readGuide(markdown: string): Guide {
  const commands: Guide['commands'] = [];
  const files: Guide['files'] = new Map();
  for (const [, language, word = '', text] of markdown.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)) {
    if (language === 'sh') {
      const lines = text.split('\n').map((line) => line.replace(/\s+#.*$/, '').trim());
      commands.push(...lines.filter(Boolean).map((line) => ({ line, only: word })));
    } else if (word) {
      if (word.startsWith('/') || word.split('/').includes('..'))
        throw new Error(`${word} is not in the shop's folder`);
      files.set(word, text);
    }
  }
  return { commands, files };
}
