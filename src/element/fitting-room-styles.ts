import { css } from 'lit';

/**
 * Styles of the shadow root of `<fitting-room>`. Pages change them by custom properties (`--fitting-room-*`) and by
 * `::part()`. Properties with `--_` are private. In order:
 *
 * 1. the element itself;
 * 2. the picture (`.stage`: whole, mirrored, standing for paused) and the page's poster;
 * 3. the controls in `.layer`: round buttons, status line (`.quiet`: for screen readers only), cards, loading bar, and
 *    the dock of garments, colours and sizes;
 * 4. changes for narrow rooms and for the shopper's preferences (motion, transparency, forced colours).
 */
export const fittingRoomStyles = css`
  :host {
    --_ink: var(--fitting-room-ink, #1d1d1f);
    --_paper: var(--fitting-room-paper, #fff);
    --_soft: var(--fitting-room-soft, color-mix(in srgb, var(--_ink) 76%, var(--_paper)));
    --_ground: var(--fitting-room-ground, #ecebe8);
    --_accent: var(--fitting-room-accent, var(--_ink));
    --_on-accent: var(--fitting-room-on-accent, var(--_paper));
    --_radius: var(--fitting-room-radius, 14px);
    --_gap: clamp(8px, 2.5cqi, 16px);
    position: relative;
    display: block;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 320px;
    aspect-ratio: 3 / 4;
    overflow: hidden;
    container-type: inline-size;
    background: var(--_ground);
    color: var(--_ink);
    font: 400 15px/1.4 var(--fitting-room-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif);
    -webkit-tap-highlight-color: transparent;
  }
  :host([hidden]) { display: none; }
  *, ::before, ::after { box-sizing: border-box; }
  [hidden] { display: none !important; }

  .stage, .poster { position: absolute; inset: 0; }
  .stage canvas, .stage video {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: var(--fitting-room-fit, cover);
  }
  .stage.whole canvas { object-fit: var(--fitting-room-fit, contain); }
  .stage.mirrored canvas, .stage.mirrored video { transform: scaleX(-1); }
  .stage.standing canvas { filter: saturate(0.6) brightness(0.92); }
  .outline {
    position: absolute;
    inset: 6% 0 0;
    inline-size: 100%;
    block-size: 94%;
    stroke: #fff;
    stroke-width: 1.2;
    stroke-dasharray: 3 4;
    opacity: 0.75;
    filter: drop-shadow(0 0 2px rgb(0 0 0 / 60%));
    pointer-events: none;
  }
  .poster { transition: opacity 0.3s; }
  .poster ::slotted(*), .poster slot > * {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .poster.veiled::after {
    content: '';
    position: absolute;
    inset: 0;
    background: color-mix(in srgb, var(--_ground) 55%, transparent);
  }

  /* All controls lie in one layer over the picture; pointer events elsewhere in it pass through. */
  .layer {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    gap: var(--_gap);
    padding: var(--_gap);
    pointer-events: none;
  }
  .layer > * { pointer-events: auto; }
  .top { display: flex; align-items: flex-start; gap: 8px; }
  .space { flex: 1; pointer-events: none; min-inline-size: 0; }

  button {
    font: inherit;
    color: inherit;
    border: 0;
    margin: 0;
    cursor: pointer;
    background: none;
    touch-action: manipulation;
  }
  button:focus-visible { outline: 2px solid var(--_ink); outline-offset: 2px; box-shadow: 0 0 0 2px var(--_paper); }

  .glass {
    background: color-mix(in srgb, var(--_paper) 88%, transparent);
    -webkit-backdrop-filter: blur(18px) saturate(1.4);
    backdrop-filter: blur(18px) saturate(1.4);
    border-radius: var(--_radius);
    box-shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 8px 28px rgb(0 0 0 / 10%);
  }

  .tool {
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    display: grid;
    place-items: center;
    border-radius: 50%;
    flex: none;
  }
  .tool svg { inline-size: 20px; block-size: 20px; display: block; }
  svg { fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }

  .status {
    inline-size: fit-content;
    margin: 0 auto;
    max-inline-size: 100%;
    padding: 11px 16px;
    border-radius: 22px;
    font-size: 14px;
    text-align: center;
    text-wrap: balance;
  }
  .quiet {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .card {
    align-self: center;
    inline-size: min(100%, 400px);
    padding: 16px;
    display: flex;
    flex-direction: column;
    gap: 10px;
    text-align: center;
  }
  .card p { margin: 0; }
  .card p, .status, .chip { unicode-bidi: plaintext; }
  .card .title { font-size: 17px; font-weight: 600; letter-spacing: -0.01em; text-wrap: balance; }
  .card .advice { color: var(--_soft); text-wrap: pretty; }
  .privacy {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    color: var(--_soft);
    font-size: 13px;
  }
  button.privacy { min-block-size: 44px; align-self: center; text-decoration: underline; text-underline-offset: 0.25em; }
  .privacy svg { inline-size: 14px; block-size: 14px; flex: none; }

  /* Below the shopper's own picture, of which it hides little. */
  .slim { display: grid; grid-template-columns: 1fr auto; align-items: center; gap: 4px 10px; padding: 10px 16px; text-align: start; }
  .slim > :nth-child(-n + 2), .slim .privacy { grid-column: 1 / -1; }
  .slim .title { font-size: 15px; }
  .slim .privacy { order: 1; }

  .primary, .plain {
    min-block-size: 48px;
    padding: 10px 22px;
    border-radius: 24px;
    font-weight: 550;
  }
  .primary { background: var(--_accent); color: var(--_on-accent); }
  .primary:hover { background: color-mix(in srgb, var(--_accent) 86%, var(--_on-accent)); }
  .plain { min-block-size: 44px; padding: 8px 12px; font-size: 14px; font-weight: 450; }
  .plain:hover { text-decoration: underline; text-underline-offset: 0.25em; text-decoration-thickness: 1px; }
  .row { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 4px; margin-block: -2px -6px; }

  progress {
    -webkit-appearance: none;
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 3px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    background: color-mix(in srgb, var(--_ink) 14%, transparent);
  }
  progress::-webkit-progress-bar { background: transparent; }
  progress::-webkit-progress-value { background: var(--_ink); border-radius: 2px; transition: inline-size 0.25s; }
  progress::-moz-progress-bar { background: var(--_ink); }

  .dock {
    align-self: center;
    max-inline-size: 100%;
    padding: 6px;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 2px 14px;
  }
  .group { display: flex; flex-wrap: wrap; justify-content: center; min-inline-size: 0; }
  .group.garments { flex-basis: 100%; flex-wrap: nowrap; justify-content: safe center; overflow-x: auto; scrollbar-width: none; }
  .chip {
    min-inline-size: 44px;
    min-block-size: 44px;
    padding: 0 10px;
    border-radius: 22px;
    font-size: 14px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    color: var(--_soft);
  }
  .chip:hover { color: var(--_ink); }
  .chip[aria-pressed='true'] { background: var(--_accent); color: var(--_on-accent); }
  .swatch { inline-size: 44px; block-size: 44px; padding: 0; display: grid; place-items: center; border-radius: 50%; }
  .swatch svg { inline-size: 32px; block-size: 32px; }
  .swatch .cloth { stroke: color-mix(in srgb, var(--_ink) 45%, transparent); stroke-width: 1; }
  .swatch .ring { stroke: transparent; stroke-width: 1.5; }
  .swatch:hover .ring { stroke: color-mix(in srgb, var(--_ink) 35%, transparent); }
  .swatch[aria-pressed='true'] .ring { stroke: var(--_ink); }

  /* In a narrow room the status line is below the buttons. */
  @container (inline-size < 520px) {
    .top { flex-wrap: wrap; }
    .top > :first-child { margin-inline-end: auto; }
    .top > .space { order: 1; flex: 0 0 100%; }
    .top > .space:empty { display: none; }
  }
  @container (inline-size < 360px) {
    .chip { padding: 0 6px; }
    .card { padding: 10px; gap: 6px; }
    .privacy { font-size: 12px; }
    .dock { padding: 3px; gap: 0; }
  }
  @media (prefers-reduced-motion: reduce) {
    * { transition: none !important; animation: none !important; }
  }
  @media (prefers-reduced-transparency: reduce) {
    .glass { background: var(--_paper); backdrop-filter: none; -webkit-backdrop-filter: none; }
  }
  @media (forced-colors: active) {
    .chip[aria-pressed='true'], .swatch[aria-pressed='true'], .glass { border: 1px solid; }
  }
`;
