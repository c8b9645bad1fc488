import { createRegion, type Region } from './region.ts';

/** Where a person was last seen, and how fast they moved: centre and size as `Region` has them, frame pixels. */
interface Person {
  place: Region;
  /** Frame pixels a millisecond. */
  speedX: number;
  speedY: number;
  seenMs: number;
}

/** Others remembered at a time: the nearest ones are those that matter. */
const MAX_OTHERS = 4;
/** Frames and milliseconds between two looks around: alone, and in company. A look is a run of the detector: no small part of a frame. */
const ALONE = { frames: 6, ms: 330 } as const;
const COMPANY = { frames: 2, ms: 100 } as const;
/** Others not seen for so long are gone. */
const FORGET_MS = 1500;
/** The first person not seen for so long, while others are: then anyone will do. Longer when someone stands before them. */
const PATIENCE_MS = 1000;
const HIDDEN_PATIENCE_MS = 4000;
/** How far ahead a speed is trusted: people stop and turn. */
const MAX_COAST_MS = 400;
/** Two places are one person's when they differ by less (see `difference`). */
const SAME = 0.35;
/** Within this difference two people are in touch, and what is followed may be either. */
const TOUCH = 0.6;
/** In touch, the first person's place is believed to change only so fast: time constant, milliseconds. */
const TOUCH_FOLLOW_MS = 300;
/** How much worse than another's place the first person's may explain a pose before that is the other's. */
const DOUBT = 0.05;
/** Weight of a new speed. */
const SPEED_FACTOR = 0.5;
/** The detector and the pose agree on a person's turn within this, radians; a phone turned by 90° is far beyond. */
const SAME_TURN = Math.PI / 3;

function createPerson(): Person {
  return { place: createRegion(), speedX: 0, speedY: 0, seenMs: -Infinity };
}

/** How much two places differ: the distance in sizes, plus the ratio of the sizes as a logarithm. */
function difference(a: Region, b: Region): number {
  return Math.hypot(a.x - b.x, a.y - b.y) / Math.max(a.size, b.size) + Math.abs(Math.log(a.size / b.size));
}

const expected = createRegion();
const believed = createRegion();

/** Where `person` should be at `timeMs`; written to a scratch region. */
function expect({ place, speedX, speedY, seenMs }: Person, timeMs: number): Region {
  const coast = Math.min(timeMs - seenMs, MAX_COAST_MS);
  expected.x = place.x + speedX * coast;
  expected.y = place.y + speedY * coast;
  expected.size = place.size;
  expected.rotation = place.rotation;
  return expected;
}

function isThere(other: Person, timeMs: number): boolean {
  return timeMs - other.seenMs <= FORGET_MS;
}

function copy(from: Region, to: Region): void {
  to.x = from.x;
  to.y = from.y;
  to.size = from.size;
  to.rotation = from.rotation;
}

function move(person: Person, place: Region, timeMs: number): void {
  const interval = timeMs - person.seenMs;
  if (interval > 0 && interval < FORGET_MS) {
    person.speedX += SPEED_FACTOR * ((place.x - person.place.x) / interval - person.speedX);
    person.speedY += SPEED_FACTOR * ((place.y - person.place.y) / interval - person.speedY);
  } else {
    person.speedX = person.speedY = 0;
  }
  copy(place, person.place);
  person.seenMs = timeMs;
}

/**
 * Keeps the track with the person it began with. The landmark model reads whoever stands in its region: someone who walks
 * past in front takes the region along. So the detector looks around now and then, others are remembered by place, size
 * and speed, and a pose that fits another's better than the first person's is refused. Whoever is alone is never doubted.
 */
export class Bystanders {
  readonly #first = createPerson();
  readonly #others = Array.from({ length: MAX_OTHERS }, createPerson);
  #framesSinceLook = 0;
  #lookedMs = -Infinity;

  /** Anyone may be the first person from now on. */
  reset(): void {
    this.#first.seenMs = -Infinity;
    for (const other of this.#others) other.seenMs = -Infinity;
    this.#framesSinceLook = 0;
    this.#lookedMs = -Infinity;
  }

  /** Whether to look around after this frame: to be asked once a frame. */
  isLookDue(timeMs: number): boolean {
    const { frames, ms } = this.#hasCompany(timeMs) ? COMPANY : ALONE;
    return ++this.#framesSinceLook >= frames && timeMs - this.#lookedMs >= ms;
  }

  /** Whether a pose at `place` is the first person's; if so, that is where they are now. */
  accept(place: Region, timeMs: number): boolean {
    const first = this.#first;
    if (!this.#isRemembered(timeMs)) {
      move(first, place, timeMs);
      return true;
    }
    const asFirst = difference(place, expect(first, timeMs));
    let asOther = Infinity;
    for (const other of this.#others)
      if (isThere(other, timeMs)) asOther = Math.min(asOther, difference(place, expect(other, timeMs)));
    if (asOther < Math.min(SAME, asFirst - DOUBT)) return false;
    const share = this.#isTouched(timeMs) ? 1 - Math.exp(-(timeMs - first.seenMs) / TOUCH_FOLLOW_MS) : 1;
    believed.x = first.place.x + share * (place.x - first.place.x);
    believed.y = first.place.y + share * (place.y - first.place.y);
    believed.size = first.place.size + share * (place.size - first.place.size);
    believed.rotation = place.rotation;
    move(first, believed, timeMs);
    return true;
  }

  /**
   * Takes note of everybody whom the detector sees (the first `count` of `people`, best first) and returns the index of the
   * first person, or -1 when only others are there.
   */
  look(people: readonly Region[], count: number, timeMs: number): number {
    const isRemembered = this.#isRemembered(timeMs);
    if (!isRemembered) this.reset();
    this.#framesSinceLook = 0;
    this.#lookedMs = timeMs;
    let chosen = count > 0 && !isRemembered ? 0 : -1;
    let least = Infinity;
    for (let i = 0; i < count && isRemembered; i++) {
      const asFirst = difference(people[i], expect(this.#first, timeMs));
      if (asFirst >= least || this.#nearest(people[i], timeMs, asFirst - DOUBT)) continue;
      least = asFirst;
      chosen = i;
    }
    for (let i = 0; i < count; i++) if (i !== chosen) this.#note(people[i], timeMs);
    return chosen;
  }

  /** Whether the detector's view of a person agrees with the pose that is followed. */
  agrees(seen: Region, followed: Region): boolean {
    const turn = Math.abs(seen.rotation - followed.rotation) % (2 * Math.PI);
    return Math.min(turn, 2 * Math.PI - turn) < SAME_TURN && difference(seen, followed) < TOUCH;
  }

  #hasCompany(timeMs: number): boolean {
    for (const other of this.#others) if (isThere(other, timeMs)) return true;
    return false;
  }

  #isRemembered(timeMs: number): boolean {
    const unseenMs = timeMs - this.#first.seenMs;
    // Who looks smaller stands behind, and hides nobody.
    return (
      unseenMs <= PATIENCE_MS || (unseenMs <= HIDDEN_PATIENCE_MS && this.#isTouched(timeMs, this.#first.place.size))
    );
  }

  /** Whether someone of at least `minSize` is in touch with where the first person was last seen. */
  #isTouched(timeMs: number, minSize = 0): boolean {
    for (const other of this.#others) {
      if (
        isThere(other, timeMs) &&
        other.place.size >= minSize &&
        difference(this.#first.place, expect(other, timeMs)) < TOUCH
      )
        return true;
    }
    return false;
  }

  /** The other person whose place differs least from `place`, and by less than `limit`. */
  #nearest(place: Region, timeMs: number, limit: number): Person | null {
    let nearest: Person | null = null;
    let least = Math.min(SAME, limit);
    for (const other of this.#others) {
      if (!isThere(other, timeMs)) continue;
      const asOther = difference(place, expect(other, timeMs));
      if (asOther >= least) continue;
      least = asOther;
      nearest = other;
    }
    return nearest;
  }

  /** Moves the other person that `place` belongs to, or remembers a new one in place of the one longest gone. */
  #note(place: Region, timeMs: number): void {
    const known = this.#nearest(place, timeMs, Infinity);
    if (known) {
      move(known, place, timeMs);
      return;
    }
    let oldest = this.#others[0];
    for (const other of this.#others) if (other.seenMs < oldest.seenMs) oldest = other;
    oldest.seenMs = -Infinity;
    move(oldest, place, timeMs);
  }
}
