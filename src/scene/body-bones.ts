import {
  BufferAttribute,
  type BufferGeometry,
  Matrix4,
  Quaternion,
  Vector3,
  type WebGLProgramParametersWithUniforms,
} from 'three';
import type { PosedBody } from '../body/body.ts';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { bringArmsForward } from './bring-arms-forward.ts';

const position = new Vector3();
const rotation = new Quaternion();
const noScale = new Vector3(1, 1, 1);
const matrix = new Matrix4();

/**
 * The shopper's bones as the vertex shaders take them: for each bone the upper three rows of
 * `position + rotation · (restVertex − restJoint)`. Shared by the body and all garments. Uniforms rather than three.js's
 * `Skeleton`: 28 bones fit, and no vertex has to fetch its bones from a texture, 16 texels at a time.
 */
export class BodyBones {
  readonly rows = { value: new Float32Array(12 * BONE_COUNT) };
  private readonly rest = new Float32Array(3 * BONE_COUNT);
  private readonly nearness = new Float32Array(BONE_COUNT).fill(1);

  /** Takes the rest joints of a shaped body, metres, 3 × BONE_COUNT. */
  setRest(joints: Float32Array): void {
    this.rest.set(joints);
  }

  /** Takes a solved pose, camera space, and draws arms that cross the trunk before it (see `bringArmsForward`). */
  setPose(body: PosedBody): void {
    const { positions, rotations } = body;
    const { elements } = matrix;
    bringArmsForward(body, this.nearness);
    const { value: rows } = this.rows;
    for (let b = 0; b < BONE_COUNT; b++) {
      matrix.compose(position.fromArray(positions, 3 * b), rotation.fromArray(rotations, 4 * b), noScale);
      for (let r = 0; r < 3; r++) {
        const o = 12 * b + 4 * r;
        rows[o] = elements[r];
        rows[o + 1] = elements[4 + r];
        rows[o + 2] = elements[8 + r];
        rows[o + 3] =
          elements[12 + r] -
          rows[o] * this.rest[3 * b] -
          rows[o + 1] * this.rest[3 * b + 1] -
          rows[o + 2] * this.rest[3 * b + 2];
        // Smaller and nearer as seen from the camera: the same in the picture.
        for (let c = 0; c < 4; c++) rows[o + c] *= this.nearness[b];
      }
    }
  }

  /**
   * Makes a three.js vertex shader pose its vertices: called first in `onBeforeCompile`, for geometry that has been through
   * `addSkin`. Lines of GLSL in `rest` run before posing and may move `transformed`, in the rest pose.
   */
  poseIn(shader: WebGLProgramParametersWithUniforms, rest = ''): void {
    shader.uniforms.boneRows = this.rows;
    shader.vertexShader = shader.vertexShader
      .replace(
        '#include <common>',
        `#include <common>
        attribute vec4 boneIndices;
        attribute vec4 boneWeights;
        uniform vec4 boneRows[${3 * BONE_COUNT}];
        void blendBones(out vec4 x, out vec4 y, out vec4 z) {
          ivec4 at = 3 * ivec4(boneIndices);
          vec4 w = boneWeights;
          x = boneRows[at.x] * w.x + boneRows[at.y] * w.y + boneRows[at.z] * w.z + boneRows[at.w] * w.w;
          y = boneRows[at.x + 1] * w.x + boneRows[at.y + 1] * w.y + boneRows[at.z + 1] * w.z + boneRows[at.w + 1] * w.w;
          z = boneRows[at.x + 2] * w.x + boneRows[at.y + 2] * w.y + boneRows[at.z + 2] * w.z + boneRows[at.w + 2] * w.w;
        }`,
      )
      .replace('void main() {', 'void main() {\nvec4 boneX; vec4 boneY; vec4 boneZ; blendBones(boneX, boneY, boneZ);')
      .replace(
        '#include <beginnormal_vertex>',
        '#include <beginnormal_vertex>\nobjectNormal = vec3(dot(boneX.xyz, objectNormal), dot(boneY.xyz, objectNormal), dot(boneZ.xyz, objectNormal));',
      )
      .replace(
        '#include <begin_vertex>',
        `#include <begin_vertex>
        ${rest}
        transformed = vec3(dot(boneX, vec4(transformed, 1.0)), dot(boneY, vec4(transformed, 1.0)), dot(boneZ, vec4(transformed, 1.0)));`,
      );
  }
}

/** Gives geometry the attributes that posing reads: bones by index and weight, 4 × vertices each. */
export function addSkin(geometry: BufferGeometry, skinIndices: Uint16Array, skinWeights: Float32Array): void {
  geometry.setAttribute('boneIndices', new BufferAttribute(Uint8Array.from(skinIndices), 4));
  geometry.setAttribute('boneWeights', new BufferAttribute(skinWeights, 4));
}
