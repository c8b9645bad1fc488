/** How the mannequin is dressed when it plays a person: linear-light colours are three's business, these are sRGB. */
export interface PersonColors {
  skin: string;
  lips: string;
  hair: string;
  eyes: string;
  top: string;
  shorts: string;
  shoes: string;
}

const people: readonly PersonColors[] = [
  { skin: '#d9a98a', lips: '#b0655a', hair: '#3a2a20', eyes: '#4a3424', top: '#8f979f', shorts: '#2c3340', shoes: '#e4e2de' },
  { skin: '#8d5a3c', lips: '#7a4038', hair: '#17120f', eyes: '#2a1b12', top: '#c9c3b8', shorts: '#3b3f38', shoes: '#45423f' },
  { skin: '#e8c2a6', lips: '#c07a6e', hair: '#8a6238', eyes: '#4f6474', top: '#5d6b74', shorts: '#1f2328', shoes: '#d8d4cc' },
];

/** One of a few people, by seed (1 is the first). */
export const personColors = (seed: number): PersonColors => people[Math.abs(Math.trunc(seed) - 1) % people.length]!;
