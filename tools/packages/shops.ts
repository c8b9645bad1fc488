/** A page of an imaginary shop, in which the package is tried as a guide says. */
export interface Shop {
  name: string;
  /** Name of the guide in `docs/`, without `.md`. */
  guide: string;
  /** Packages of the framework, which are installed from the registry first. */
  packages: readonly string[];
  /** Files that a shop of this kind has before it reads the guide, by path. */
  files?: Readonly<Record<string, string>>;
  /** Commands that such a shop has before it reads the guide: its type check and its build. */
  commands?: readonly string[];
  /** Folder with the built pages, in the shop's folder; or the command that serves them at the port `PORT`. */
  pages: { folder: string } | { command: string };
  /** The policy of the pages: the strict one of the tests, that of the guide's block `text policy`, or none. */
  policy: 'strict' | 'guide' | 'none';
  /** Whether the server's HTML already contains the elements. */
  isServerRendered?: boolean;
  /** Whether the scripts and assets come from another origin than the page. */
  isForeign?: boolean;
  /** Whether the page is cross-origin isolated, so that WebAssembly could use threads. */
  isIsolated?: boolean;
  /** Ends of the addresses of files that the page must load. */
  loads?: readonly string[];
}

const VITE_TYPES = `/// <reference types="vite/client" />\n`;

/** Compiler settings as Vite's templates have them. */
function tsconfig(extra: Record<string, unknown> = {}): string {
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022', 'DOM', 'DOM.Iterable'],
    module: 'ESNext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    ...extra,
  };
  return JSON.stringify({ compilerOptions, include: ['src'] });
}

function page(script: string): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="/icon.svg"></head>
  <body><div id="app"></div><script type="module" src="${script}"></script></body>
</html>
`;
}

/** Files of Vite's template for React. */
const REACT_FILES: Shop['files'] = {
  'tsconfig.json': tsconfig({ jsx: 'react-jsx' }),
  'vite.config.js': `import react from '@vitejs/plugin-react';\nexport default { plugins: [react()] };\n`,
  'index.html': page('/src/main.tsx'),
  'src/vite-env.d.ts': VITE_TYPES,
  'src/main.tsx': `import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { TryOn } from './try-on';

createRoot(document.getElementById('app')!).render(<StrictMode><TryOn /></StrictMode>);
`,
};

/** Builds of the guide for bundlers: their commands stand in it. */
function bundler(name: string, packages: readonly string[]): Shop {
  return { name, guide: 'bundlers', packages, pages: { folder: 'public' }, policy: 'strict' };
}

/** The shops that `npm run packages` opens. */
export const shops: readonly Shop[] = [
  { name: 'plain', guide: 'plain', packages: [], pages: { folder: 'public' }, policy: 'strict' },
  {
    name: 'isolated',
    guide: 'plain',
    packages: [],
    pages: { folder: 'public' },
    policy: 'strict',
    isIsolated: true,
    // Not the build with threads, which is in the extras.
    loads: ['/litert_wasm_trimmed.wasm'],
  },
  {
    name: 'extras',
    guide: 'hosting',
    packages: [],
    files: {
      'public/shop.js': `const room = document.querySelector('fitting-room');
room.addEventListener('status-change', ({ detail }) => (document.querySelector('output').textContent = detail.status));
`,
      'public/index.html': `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Shop</title>
    <link rel="icon" href="/icon.svg">
    <script type="module" src="/fitting-room/define.js"></script>
    <script type="module" src="/shop.js"></script>
  </head>
  <body>
    <fitting-room model="heavy" engine="wasm">
      <fitting-garment id="tee" src="/fitting-room/assets/tee.glb" label="Logo tee"></fitting-garment>
    </fitting-room>
    <output></output>
  </body>
</html>
`,
    },
    pages: { folder: 'public' },
    policy: 'strict',
    isIsolated: true,
    loads: ['/pose_landmark_heavy.tflite', '/litert_wasm_threaded_internal.wasm'],
  },
  { name: 'cdn', guide: 'cdn', packages: [], pages: { folder: 'public' }, policy: 'guide', isForeign: true },
  {
    name: 'vite',
    guide: 'vite',
    packages: ['vite', 'typescript'],
    files: { 'tsconfig.json': tsconfig(), 'src/vite-env.d.ts': VITE_TYPES },
    commands: ['npx tsc', 'npx vite build'],
    pages: { folder: 'dist' },
    policy: 'strict',
  },
  bundler('webpack', ['webpack', 'webpack-cli']),
  bundler('rollup', ['rollup', '@rollup/plugin-node-resolve']),
  bundler('esbuild', ['esbuild']),
  bundler('parcel', ['parcel']),
  {
    name: 'react',
    guide: 'react',
    packages: ['vite', 'react', 'react-dom', '@vitejs/plugin-react', 'typescript', '@types/react', '@types/react-dom'],
    files: REACT_FILES,
    commands: ['npx tsc', 'npx vite build'],
    pages: { folder: 'dist' },
    policy: 'strict',
  },
  {
    name: 'react-18',
    guide: 'react-18',
    packages: [
      'vite',
      'react@18',
      'react-dom@18',
      '@vitejs/plugin-react',
      'typescript',
      '@types/react@18',
      '@types/react-dom@18',
    ],
    files: REACT_FILES,
    commands: ['npx tsc', 'npx vite build'],
    pages: { folder: 'dist' },
    policy: 'strict',
  },
  {
    name: 'next',
    guide: 'next',
    packages: ['next', 'react', 'react-dom', 'typescript', '@types/react', '@types/react-dom', '@types/node'],
    files: {
      'app/layout.tsx': `import type { ReactNode } from 'react';

export default function Layout({ children }: { children: ReactNode }) {
  return <html lang="en"><head><link rel="icon" href="/icon.svg" /></head><body>{children}</body></html>;
}
`,
    },
    commands: ['npx next build'],
    pages: { command: 'npx next start -p PORT' },
    policy: 'none',
    isServerRendered: true,
  },
  {
    name: 'vue',
    guide: 'vue',
    packages: ['vite', 'vue', '@vitejs/plugin-vue', 'vue-tsc', 'typescript'],
    files: {
      'tsconfig.json': tsconfig(),
      'index.html': page('/src/main.ts'),
      'src/vite-env.d.ts': VITE_TYPES,
      'src/main.ts': `import { createApp } from 'vue';\nimport TryOn from './TryOn.vue';\n\ncreateApp(TryOn).mount('#app');\n`,
    },
    commands: ['npx vue-tsc', 'npx vite build'],
    pages: { folder: 'dist' },
    policy: 'strict',
  },
  {
    name: 'svelte',
    guide: 'svelte',
    packages: ['vite', 'svelte', '@sveltejs/vite-plugin-svelte', 'svelte-check', 'typescript'],
    files: {
      'tsconfig.json': tsconfig({ verbatimModuleSyntax: true }),
      'vite.config.js': `import { svelte } from '@sveltejs/vite-plugin-svelte';\nexport default { plugins: [svelte()] };\n`,
      'svelte.config.js': `export default {};\n`,
      'index.html': page('/src/main.ts'),
      'src/vite-env.d.ts': VITE_TYPES,
      'src/main.ts': `import { mount } from 'svelte';\nimport TryOn from './TryOn.svelte';\n\nmount(TryOn, { target: document.getElementById('app')! });\n`,
    },
    commands: ['npx svelte-check', 'npx vite build'],
    pages: { folder: 'dist' },
    policy: 'strict',
  },
];
