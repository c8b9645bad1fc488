import { svg, type TemplateResult } from 'lit';

/** Wraps SVG shapes in an `<svg>` element; the style sheet sets its size and stroke. */
function icon(paths: TemplateResult): TemplateResult {
  return svg`<svg viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`;
}

/**
 * Templates of line icons by name, in a view box of 24 × 24. Screen readers skip them, because the buttons have labels.
 */
export const icons = {
  close: icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`),
  pause: icon(svg`<path d="M9 6v12M15 6v12"/>`),
  play: icon(svg`<path d="M8 5.5v13l10.5-6.5z"/>`),
  camera: icon(svg`<path d="M4 8.5h3.2L8.8 6h6.4l1.6 2.5H20v10H4z"/><circle cx="12" cy="13" r="3.2"/>`),
  video: icon(svg`<rect x="3.5" y="7" width="11.5" height="10" rx="2"/><path d="M15 10.8l5.5-3v8.4l-5.5-3"/>`),
  flip: icon(svg`<path d="M4 11a8 8 0 0 1 14-4.5L20 9M20 4.5V9h-4.5M20 13a8 8 0 0 1-14 4.5L4 15M4 19.5V15h4.5"/>`),
  lock: icon(svg`<rect x="5.5" y="11" width="13" height="9" rx="2"/><path d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>`),
};

/** A dashed outline of head, shoulders and arms, 3:4, for the shopper to step into; its style is in the style sheet. */
export const outline = svg`<svg class="outline" part="outline" viewBox="0 0 75 100" preserveAspectRatio="xMidYMax meet" aria-hidden="true"><ellipse cx="37.5" cy="19" rx="8" ry="10.5"/><path d="M34 29.5c0 4-1.5 5.5-5 6.8-8 3-12.5 4.5-14 13L9 92h7l6-33 1 14-1 27M41 29.5c0 4 1.5 5.5 5 6.8 8 3 12.5 4.5 14 13L66 92h-7l-6-33-1 14 1 27"/></svg>`;
