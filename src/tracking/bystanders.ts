import { createRegion, type Region } from './region.ts';

/** A person's last known region and velocity; the region's `size` is the person's own, without margin. */
interface Person {
  region: Region;
  /** Frame pixels a millisecond. */
  velocityX: number;
  velocityY: number;
  seenMs: number;
}

/** Bystanders remembered at a time; only those near the followed person matter. */
const MAX_BYSTANDERS = 4;
/** Least frames and milliseconds between two runs of the detector, which costs a large part of a frame. */
const INTERVAL_ALONE = { frames: 6, ms: 330 } as const;
const INTERVAL_IN_COMPANY = { frames: 2, ms: 100 } as const;
/** A bystander who was not seen for this time, milliseconds, is gone. */
const FORGET_MS = 1500;
/** If the followed person is not seen for this time while others are, any person may be followed. */
const PATIENCE_MS = 1000;
/** The same while a nearer bystander may be hiding the followed person. */
const HIDDEN_PATIENCE_MS = 4000;
/** A velocity predicts at most this far ahead: people stop and turn. */
const MAX_PREDICTION_MS = 400;
/** Two regions may belong to the same person up to this difference (see `differenceOf`). */
const MAX_SAME_DIFFERENCE = 0.35;
/** Up to this difference two people overlap, and a pose may belong to either. */
const MAX_OVERLAP_DIFFERENCE = 0.6;
/** While people overlap, the followed person's region follows poses with this time constant, milliseconds. */
const OVERLAP_FOLLOW_MS = 300;
/** A pose belongs to a bystander if it fits the bystander better than the followed person by this difference. */
const MIN_ADVANTAGE = 0.05;
/** Weight of a new velocity in its running mean. */
const VELOCITY_FACTOR = 0.5;
/** Detector and pose agree on a person's rotation up to this angle, radians; a phone turned by 90° is far beyond it. */
const MAX_ROTATION_DIFFERENCE = Math.PI / 3;

function createPerson(): Person {
  return { region: createRegion(), velocityX: 0, velocityY: 0, seenMs: -Infinity };
}

/** How much two regions differ: the distance in sizes, plus the logarithm of the ratio of the sizes. */
function differenceOf(a: Region, b: Region): number {
  return Math.hypot(a.x - b.x, a.y - b.y) / Math.max(a.size, b.size) + Math.abs(Math.log(a.size / b.size));
}

const predicted = createRegion();
const smoothed = createRegion();

/** Where `person` should be at `timeMs`. The result is scratch: the next call overwrites it. */
function predict({ region, velocityX, velocityY, seenMs }: Person, timeMs: number): Region {
  const intervalMs = Math.min(timeMs - seenMs, MAX_PREDICTION_MS);
  predicted.x = region.x + velocityX * intervalMs;
  predicted.y = region.y + velocityY * intervalMs;
  predicted.size = region.size;
  predicted.rotation = region.rotation;
  return predicted;
}

function isPresent(bystander: Person, timeMs: number): boolean {
  return timeMs - bystander.seenMs <= FORGET_MS;
}

function copyRegion(from: Region, to: Region): void {
  to.x = from.x;
  to.y = from.y;
  to.size = from.size;
  to.rotation = from.rotation;
}

/** Sets where `person` was seen at `timeMs`, and learns the velocity. */
function move(person: Person, region: Region, timeMs: number): void {
  const intervalMs = timeMs - person.seenMs;
  if (intervalMs > 0 && intervalMs < FORGET_MS) {
    person.velocityX += VELOCITY_FACTOR * ((region.x - person.region.x) / intervalMs - person.velocityX);
    person.velocityY += VELOCITY_FACTOR * ((region.y - person.region.y) / intervalMs - person.velocityY);
  } else {
    person.velocityX = person.velocityY = 0;
  }
  copyRegion(region, person.region);
  person.seenMs = timeMs;
}

/**
 * Keeps the track with the person it began with. The landmark model gives the pose of any person in its region, so
 * somebody who walks past in front of the shopper takes the region along. Regions are in frame pixels, times in
 * milliseconds of the source's clock.
 *
 * 1. `isDetectionDue` says when to run the detector on the whole frame: rarely while the followed person is alone, more
 *    often in company.
 * 2. `choose` takes all detected people, finds the followed person among them, and remembers the others with region,
 *    size and velocity.
 * 3. `accept` refuses a pose that fits a remembered bystander better than the followed person. Without bystanders it
 *    accepts every pose.
 * 4. `agrees` says whether a detection supports the pose that is followed.
 */
export class Bystanders {
  readonly #followed = createPerson();
  readonly #bystanders = Array.from({ length: MAX_BYSTANDERS }, createPerson);
  #framesSinceDetection = 0;
  #detectionMs = -Infinity;

  /** Forgets everybody: the next person that is seen is followed. */
  reset(): void {
    this.#followed.seenMs = -Infinity;
    for (const bystander of this.#bystanders) bystander.seenMs = -Infinity;
    this.#framesSinceDetection = 0;
    this.#detectionMs = -Infinity;
  }

  /** Whether to run the detector after this frame. Counts frames, so call it once a frame. */
  isDetectionDue(timeMs: number): boolean {
    const { frames, ms } = this.#hasCompany(timeMs) ? INTERVAL_IN_COMPANY : INTERVAL_ALONE;
    return ++this.#framesSinceDetection >= frames && timeMs - this.#detectionMs >= ms;
  }

  /** Whether a pose in `region` belongs to the followed person; if so, remembers the region as theirs. */
  accept(region: Region, timeMs: number): boolean {
    const followed = this.#followed;
    if (!this.#isRemembered(timeMs)) {
      move(followed, region, timeMs);
      return true;
    }
    const asFollowed = differenceOf(region, predict(followed, timeMs));
    let asBystander = Infinity;
    for (const bystander of this.#bystanders)
      if (isPresent(bystander, timeMs))
        asBystander = Math.min(asBystander, differenceOf(region, predict(bystander, timeMs)));
    if (asBystander < Math.min(MAX_SAME_DIFFERENCE, asFollowed - MIN_ADVANTAGE)) return false;
    const share = this.#isOverlapped(timeMs) ? 1 - Math.exp(-(timeMs - followed.seenMs) / OVERLAP_FOLLOW_MS) : 1;
    smoothed.x = followed.region.x + share * (region.x - followed.region.x);
    smoothed.y = followed.region.y + share * (region.y - followed.region.y);
    smoothed.size = followed.region.size + share * (region.size - followed.region.size);
    smoothed.rotation = region.rotation;
    move(followed, smoothed, timeMs);
    return true;
  }

  /**
   * Remembers everybody that the detector found: the first `count` of `detected`, the best detection first. Returns the
   * index of the followed person, or -1 if there are only bystanders.
   */
  choose(detected: readonly Region[], count: number, timeMs: number): number {
    const isRemembered = this.#isRemembered(timeMs);
    if (!isRemembered) this.reset();
    this.#framesSinceDetection = 0;
    this.#detectionMs = timeMs;
    let chosen = count > 0 && !isRemembered ? 0 : -1;
    let smallest = Infinity;
    for (let i = 0; i < count && isRemembered; i++) {
      const asFollowed = differenceOf(detected[i], predict(this.#followed, timeMs));
      if (asFollowed >= smallest || this.#findBystander(detected[i], timeMs, asFollowed - MIN_ADVANTAGE)) continue;
      smallest = asFollowed;
      chosen = i;
    }
    for (let i = 0; i < count; i++) if (i !== chosen) this.#remember(detected[i], timeMs);
    return chosen;
  }

  /**
   * Whether the detected region of a person and the region of the followed pose agree in position, size and rotation.
   */
  agrees(detected: Region, followed: Region): boolean {
    const angle = Math.abs(detected.rotation - followed.rotation) % (2 * Math.PI);
    return (
      Math.min(angle, 2 * Math.PI - angle) < MAX_ROTATION_DIFFERENCE &&
      differenceOf(detected, followed) < MAX_OVERLAP_DIFFERENCE
    );
  }

  #hasCompany(timeMs: number): boolean {
    for (const bystander of this.#bystanders) if (isPresent(bystander, timeMs)) return true;
    return false;
  }

  /** Whether to wait for the followed person. A bystander who looks smaller stands behind and hides nobody. */
  #isRemembered(timeMs: number): boolean {
    const unseenMs = timeMs - this.#followed.seenMs;
    return (
      unseenMs <= PATIENCE_MS ||
      (unseenMs <= HIDDEN_PATIENCE_MS && this.#isOverlapped(timeMs, this.#followed.region.size))
    );
  }

  /** Whether a bystander of at least `minSize` overlaps the last region of the followed person. */
  #isOverlapped(timeMs: number, minSize = 0): boolean {
    for (const bystander of this.#bystanders) {
      if (
        isPresent(bystander, timeMs) &&
        bystander.region.size >= minSize &&
        differenceOf(this.#followed.region, predict(bystander, timeMs)) < MAX_OVERLAP_DIFFERENCE
      )
        return true;
    }
    return false;
  }

  /**
   * The bystander whose predicted region differs least from `region`, and by less than `limit`; null if there is none.
   */
  #findBystander(region: Region, timeMs: number, limit: number): Person | null {
    let nearest: Person | null = null;
    let smallest = Math.min(MAX_SAME_DIFFERENCE, limit);
    for (const bystander of this.#bystanders) {
      if (!isPresent(bystander, timeMs)) continue;
      const difference = differenceOf(region, predict(bystander, timeMs));
      if (difference >= smallest) continue;
      smallest = difference;
      nearest = bystander;
    }
    return nearest;
  }

  /** Moves the bystander that `region` belongs to. A new bystander replaces the one that was seen longest ago. */
  #remember(region: Region, timeMs: number): void {
    const known = this.#findBystander(region, timeMs, Infinity);
    if (known) {
      move(known, region, timeMs);
      return;
    }
    let oldest = this.#bystanders[0];
    for (const bystander of this.#bystanders) if (bystander.seenMs < oldest.seenMs) oldest = bystander;
    oldest.seenMs = -Infinity;
    move(oldest, region, timeMs);
  }
}
