import { createRegion, type Region } from './region.ts';

/**
 * Decides which person in the frame is followed, so that the track stays with the person it began with. The landmark
 * model gives the pose of any person in its region; if a passer-by walks through the region, the track would follow the
 * passer-by. The other people are called bystanders. Input: times in ms on the source's clock, and regions of people,
 * as detector or pose give them: squares in frame pixels (centre, side, rotation in radians) around the whole body,
 * without the margin of 25 % that the landmark model adds.
 *
 * 1. `isDetectionDue` says when to run the detector on the whole frame: rarely while the followed person is alone, more
 *    often in company.
 * 2. `choose` finds the followed person among all detected people, and remembers the others with region and velocity.
 * 3. `accept` refuses a pose that fits a remembered bystander better than the followed person. It accepts every pose
 *    while no bystander is remembered, and when the followed person was unseen for too long (PATIENCE_MS).
 * 4. `agrees` says whether a detection supports the pose that is followed.
 * 5. `remember` adds a detection that `choose` took for the followed person to the bystanders, if the caller finds that
 *    it is another person.
 */

/** A person's last known region, velocity, and time of the sighting. */
interface Person {
  region: Region;
  /** Velocity of the region's centre, frame pixels per ms. */
  velocityX: number;
  velocityY: number;
  /** Time of the sighting, ms on the source's clock; −Infinity if the person is not known. */
  seenMs: number;
}

/** Number of bystanders that are remembered at a time; only those near the followed person matter. */
const MAX_BYSTANDERS = 4;
/**
 * Minimum number of frames, and of milliseconds, between two runs of the detector, which costs a large part of a frame.
 */
const INTERVAL_ALONE = { frames: 6, ms: 330 } as const;
const INTERVAL_IN_COMPANY = { frames: 2, ms: 100 } as const;
/** Time without a sighting after which a bystander is forgotten, ms. */
const FORGET_MS = 1500;
/** Time without a sighting of the followed person after which any person may be followed, ms. */
const PATIENCE_MS = 1000;
/** The same time while a nearer bystander may be hiding the followed person, ms. */
const HIDDEN_PATIENCE_MS = 4000;
/** Longest time over which a velocity predicts a position, ms: people stop and turn. */
const MAX_PREDICTION_MS = 400;
/** Difference (`differenceOf`, unitless) up to which two regions may belong to the same person. */
const MAX_SAME_DIFFERENCE = 0.35;
/**
 * Difference up to which two people overlap, so that a pose may belong to either; and up to which detector and pose
 * agree on a person's position and size.
 */
const MAX_OVERLAP_DIFFERENCE = 0.6;
/** Time constant with which the followed person's region follows poses while people overlap, ms. */
const OVERLAP_FOLLOW_MS = 300;
/**
 * A pose belongs to a bystander if its difference from the bystander is smaller than from the followed person by this.
 */
const MIN_ADVANTAGE = 0.05;
/** Weight of a new velocity in its running mean. */
const VELOCITY_FACTOR = 0.5;
/** Detector and pose agree on a person's rotation up to this angle, radians; a phone turned by 90° is far beyond it. */
const MAX_ROTATION_DIFFERENCE = Math.PI / 3;

/** Creates a person who is not known yet. */
function createPerson(): Person {
  return { region: createRegion(), velocityX: 0, velocityY: 0, seenMs: -Infinity };
}

/**
 * Returns how much two regions differ, 0 if they are equal: the distance of their centres as a multiple of the larger
 * size, plus the absolute natural logarithm of the ratio of their sizes. Unitless.
 */
function differenceOf(a: Region, b: Region): number {
  return Math.hypot(a.x - b.x, a.y - b.y) / Math.max(a.size, b.size) + Math.abs(Math.log(a.size / b.size));
}

// Scratch of `predict` and `accept`.
const predicted = createRegion();
const smoothed = createRegion();

/** Predicts the region of `person` at `timeMs` from position and velocity. The next call overwrites the result. */
function predict({ region, velocityX, velocityY, seenMs }: Person, timeMs: number): Region {
  const intervalMs = Math.min(timeMs - seenMs, MAX_PREDICTION_MS);
  predicted.x = region.x + velocityX * intervalMs;
  predicted.y = region.y + velocityY * intervalMs;
  predicted.size = region.size;
  predicted.rotation = region.rotation;
  return predicted;
}

/** Whether a bystander was seen within the last FORGET_MS. */
function isPresent(bystander: Person, timeMs: number): boolean {
  return timeMs - bystander.seenMs <= FORGET_MS;
}

/** Copies all values of `from` to `to`. */
function copyRegion(from: Region, to: Region): void {
  to.x = from.x;
  to.y = from.y;
  to.size = from.size;
  to.rotation = from.rotation;
}

/** Sets the region in which `person` was seen at `timeMs`, and updates the running mean of the velocity. */
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

/** Remembers the people of a sequence of frames, and says which of them is followed. One object per tracker. */
export class Bystanders {
  readonly #followed = createPerson();
  readonly #bystanders = Array.from({ length: MAX_BYSTANDERS }, createPerson);
  #framesSinceDetection = 0;
  #detectionMs = -Infinity;

  /** Forgets all people: the next person that is seen is followed. */
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

  /**
   * Whether a pose belongs to the followed person; if so, sets the followed person's region from it. Accepts any pose
   * as the first after `reset`, and after the followed person was unseen for PATIENCE_MS (HIDDEN_PATIENCE_MS behind a
   * nearer bystander).
   *
   * @param region the person's region by the pose.
   */
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
   * Finds the followed person among the detected people, and remembers all others as bystanders. If no person is
   * followed at present, the best detection is.
   *
   * @param detected regions of the people, the best detection first; the first `count` are valid.
   * @returns the index of the followed person in `detected`, or −1 if it holds bystanders only or `count` is 0.
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
    for (let i = 0; i < count; i++) if (i !== chosen) this.remember(detected[i], timeMs);
    return chosen;
  }

  /**
   * Whether the detected region of a person and the region of the followed pose agree in position, size and rotation
   * (less than 60° apart).
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

  /**
   * Whether the followed person is still waited for. A smaller bystander is farther away and cannot hide the person.
   */
  #isRemembered(timeMs: number): boolean {
    const unseenMs = timeMs - this.#followed.seenMs;
    return (
      unseenMs <= PATIENCE_MS ||
      (unseenMs <= HIDDEN_PATIENCE_MS && this.#isOverlapped(timeMs, this.#followed.region.size))
    );
  }

  /** Whether a bystander of at least `minSize` frame pixels overlaps the last region of the followed person. */
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

  /** Returns the bystander whose predicted region differs least from `region`, and by less than `limit`, or null. */
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

  /**
   * Remembers a person who is not followed: moves the bystander to whom `region` belongs. If there is none, replaces
   * the bystander that was seen longest ago.
   */
  remember(region: Region, timeMs: number): void {
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
