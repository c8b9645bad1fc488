import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A browser engine, and how this machine starts a browser of it. */
export interface Engine {
  name: string;
  /** What a person installs to have it. */
  package: string;
  /** Returns the path of its browser on this machine; null if there is none. */
  find(): string | null;
  /** Whether it needs a display. Without one on this machine a virtual one is started, of the program Xvfb. */
  needsDisplay: boolean;
  /** Query for the page: what the browser can do beside the others (see `engines.html`). */
  query: string;
  /** Variables for the environment of its process. */
  env: Record<string, string>;
  /** Returns its arguments. `profile`: an empty folder for what it keeps; `url`: of the page to open. */
  args(profile: string, url: string): string[];
}

/** Returns the first of these files that there is. */
function firstOf(paths: readonly (string | undefined)[]): string | null {
  return paths.find((path) => path && existsSync(path)) ?? null;
}

/** Preferences of Firefox: WebGL by software, a fake camera and no question for it, no start page, no data sent. */
const FIREFOX_PREFERENCES: Record<string, boolean | string | number> = {
  'webgl.force-enabled': true,
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'app.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'dom.push.connection.enabled': false,
  'services.settings.server': 'http://127.0.0.1:1/',
  'extensions.update.enabled': false,
};

/** The engines of all present browsers. */
export const engines: readonly Engine[] = [
  {
    name: 'chromium',
    package: 'chromium',
    find: () => process.env.CHROME_PATH ?? null,
    needsDisplay: false,
    query: 'camera',
    env: {},
    args: (profile, url) => [
      '--headless=new',
      '--no-sandbox',
      '--no-first-run',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--user-data-dir=${profile}`,
      url,
    ],
  },
  {
    name: 'firefox',
    package: 'firefox-esr',
    find: () => firstOf([process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox']),
    // Without a window it has no WebGL.
    needsDisplay: true,
    query: 'camera',
    env: { LIBGL_ALWAYS_SOFTWARE: '1', MOZ_CRASHREPORTER_DISABLE: '1' },
    args(profile, url) {
      const lines = Object.entries(FIREFOX_PREFERENCES).map(
        ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
      );
      writeFileSync(join(profile, 'user.js'), lines.join('\n'));
      return ['--no-remote', '--profile', profile, url];
    },
  },
  {
    name: 'webkit',
    package: 'webkit2gtk-driver',
    find: () =>
      firstOf([
        process.env.WEBKIT_PATH,
        ...['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-4.1/MiniBrowser`),
      ]),
    needsDisplay: true,
    query: '',
    env: {
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
    args: (_profile, url) => ['--private', url],
  },
];
