import { type Object3D, type Skeleton, SkinnedMesh } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { FittingError } from '../errors.ts';
import { normalizeVectors } from '../math/normalize-vectors.ts';
import { BONE_COUNT, type BoneName, boneIndex, type Mannequin, type MorphName, morphNames } from './mannequin.ts';

/**
 * Content of `extras.mannequin` of the file's mesh. Bones have names here; units and spaces are those of `Mannequin`
 * (metres, model space).
 */
interface MannequinExtras {
  statureMetres: number;
  morphs: { name: MorphName; cmPerUnit: number; joints: number[] }[];
  sites: { landmark: number; bone: BoneName; offset: [number, number, number]; turnsWith: BoneName; follows: number }[];
  presets: Record<string, number[]>;
}

/**
 * Reads the mannequin, its mesh, skin, joints, morphs, landmark sites and presets, from the bytes of its GLB
 * (`assets/mannequin.glb`, written by `tools/make-mannequin.ts`). Rejects with `FittingError` `model-unreachable` if
 * the bytes are not a GLB, or if its bones, morphs or attributes are not those of the mannequin.
 */
export async function readMannequin(bytes: ArrayBuffer): Promise<Mannequin> {
  try {
    const { scene } = await new GLTFLoader().parseAsync(bytes, '');
    return convertMesh(findSkinnedMesh(scene));
  } catch (cause) {
    throw new FittingError(
      'model-unreachable',
      'The file mannequin.glb of the assets is none of this version: copy the assets again ("npx fitting-room assets DIR").',
      { cause },
    );
  }
}

function findSkinnedMesh(scene: Object3D): SkinnedMesh {
  let found: SkinnedMesh | null = null;
  scene.traverse((object) => {
    if (object instanceof SkinnedMesh) found = object;
  });
  if (found === null) throw new TypeError('no skinned mesh');
  return found;
}

function convertMesh({ geometry, skeleton, userData }: SkinnedMesh): Mannequin {
  const extras = userData.mannequin as MannequinExtras;
  const positions = readFloats(geometry.getAttribute('position'));
  const normals = readFloats(geometry.getAttribute('normal'));
  if (skeleton.bones.length !== BONE_COUNT) throw new TypeError('unexpected bones');
  if (extras.morphs.map(({ name }) => name).join() !== morphNames.join()) throw new TypeError('unexpected morphs');
  const morphs = extras.morphs.map(({ name, cmPerUnit, joints }, m) => ({
    name,
    cmPerUnit,
    joints: Float32Array.from(joints),
    positions: readFloats(geometry.morphAttributes.position![m]),
  }));
  for (const morph of morphs) {
    if (morph.joints.length !== 3 * BONE_COUNT || morph.positions.length !== positions.length)
      throw new TypeError(`the morph ${morph.name} displaces another number of joints or vertices than the body has`);
  }
  return {
    positions,
    normals: normalizeVectors(normals, normals.length / 3),
    indices: Uint16Array.from(geometry.index!.array),
    skinIndices: Uint16Array.from(geometry.getAttribute('skinIndex').array),
    // The loader has scaled each vertex's weights to a sum of 1.
    skinWeights: readFloats(geometry.getAttribute('skinWeight')),
    joints: readJoints(skeleton),
    morphs,
    sites: extras.sites.map(({ landmark, bone, offset, turnsWith, follows }) => ({
      landmark,
      bone: boneIndex[bone],
      offset,
      turnsWith: boneIndex[turnsWith],
      follows,
    })),
    presets: Object.fromEntries(
      Object.entries(extras.presets).map(([name, weights]) => [name, Float32Array.from(weights)]),
    ),
    statureMetres: extras.statureMetres,
  };
}

/**
 * Reads the rest joints, 3 × BONE_COUNT, metres. Every bone's rest rotation is the identity, so its inverse bind matrix
 * is a translation by minus the joint.
 */
function readJoints({ boneInverses }: Skeleton): Float32Array {
  const joints = new Float32Array(3 * BONE_COUNT);
  boneInverses.forEach(({ elements }, bone) => {
    for (let k = 0; k < 3; k++) joints[3 * bone + k] = -elements[12 + k];
  });
  return joints;
}

/** Returns the attribute's array, not a copy. Throws `TypeError` for integer components, which would need scaling. */
function readFloats({ array }: { array: ArrayLike<number> }): Float32Array {
  if (!(array instanceof Float32Array)) throw new TypeError('an attribute is not made of floats');
  return array;
}
