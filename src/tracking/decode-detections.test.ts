import { describe, expect, it } from 'vitest';
import { BOX_VALUES, DETECTION_VALUES, decodeDetections } from './decode-detections.ts';
import { createSsdAnchors } from './ssd-anchors.ts';
import { suppressDetections } from './suppress-detections.ts';

const anchors = createSsdAnchors();

function outputs(): { boxes: Float32Array; scores: Float32Array } {
  return {
    boxes: new Float32Array(2254 * BOX_VALUES),
    scores: new Float32Array(2254).fill(-10),
  };
}

describe('decodeDetections', () => {
  it('adds offsets in pixels of the input to the anchor, and converts the score by the sigmoid', () => {
    const { boxes, scores } = outputs();
    const i = 1000;
    scores[i] = 2;
    boxes.set([22.4, -11.2, 44.8, 89.6, 0, 0, 0, -112, 1, 2, 3, 4], i * BOX_VALUES);
    const target = new Float32Array(10 * DETECTION_VALUES);
    expect(decodeDetections(boxes, scores, anchors, target)).toBe(1);
    const [x, y] = [anchors[2 * i], anchors[2 * i + 1]];
    const wanted = [
      1 / (1 + Math.exp(-2)),
      x,
      y - 0.25,
      x + 0.2,
      y + 0.15,
      x,
      y,
      x,
      y - 0.5,
      x + 1 / 224,
      y + 2 / 224,
      x + 3 / 224,
      y + 4 / 224,
    ];
    wanted.forEach((value, k) => expect(target[k]).toBeCloseTo(value, 6));
    expect(boxes[i * BOX_VALUES]).toBeCloseTo(22.4, 5);
  });

  it('drops scores below 0.5, and writes only as many detections as fit', () => {
    const { boxes, scores } = outputs();
    scores[5] = -0.001;
    expect(decodeDetections(boxes, scores, anchors, new Float32Array(DETECTION_VALUES))).toBe(0);
    scores.fill(200);
    const target = new Float32Array(3 * DETECTION_VALUES);
    expect(decodeDetections(boxes, scores, anchors, target)).toBe(3);
    expect(target[0]).toBe(1);
  });
});

describe('suppressDetections', () => {
  const detection = (score: number, left: number, size: number): number[] => [
    score,
    left,
    left,
    left + size,
    left + size,
    ...[0, 1, 2, 3].flatMap((k) => [left + k, left - k]),
  ];

  it('averages detections that overlap the best by more than 0.3, weighted by score, and keeps others separate', () => {
    const rival = detection(0.8, 5, 1);
    const detections = Float32Array.from([...detection(0.6, 0.1, 1), ...detection(0.9, 0, 1), ...rival]);
    const target = new Float32Array(4 * DETECTION_VALUES);
    expect(suppressDetections(detections, 3, target)).toBe(2);
    expect(target[0]).toBeCloseTo(0.9, 6);
    expect(target[1]).toBeCloseTo((0.6 * 0.1) / 1.5, 6);
    expect(target[3]).toBeCloseTo(1 + (0.6 * 0.1) / 1.5, 6);
    expect(target[7]).toBeCloseTo(1 + (0.6 * 0.1) / 1.5, 6);
    expect([...target.slice(DETECTION_VALUES, 2 * DETECTION_VALUES)]).toEqual(
      rival.map((value) => expect.closeTo(value, 6)),
    );
  });

  it('does not merge detections that overlap by less', () => {
    const target = new Float32Array(2 * DETECTION_VALUES);
    // Shifted by 0.4 of the side: intersection 0.36, union 1.64, ratio 0.22.
    expect(suppressDetections(Float32Array.from([...detection(0.9, 0, 1), ...detection(0.8, 0.4, 1)]), 2, target)).toBe(
      2,
    );
    expect(target[1]).toBe(0);
    expect(target[DETECTION_VALUES + 1]).toBeCloseTo(0.4, 6);
  });

  it('writes only as many people as fit, the best first', () => {
    const target = new Float32Array(DETECTION_VALUES);
    expect(suppressDetections(Float32Array.from([...detection(0.7, 0, 1), ...detection(0.8, 4, 1)]), 2, target)).toBe(
      1,
    );
    expect(target[1]).toBe(4);
  });

  it('returns 0 without detections', () => {
    expect(suppressDetections(new Float32Array(DETECTION_VALUES), 0, new Float32Array(DETECTION_VALUES))).toBe(0);
  });
});
