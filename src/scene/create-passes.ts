import { Texture } from 'three';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { ArmLayer } from './arm-layer.ts';
import { BareLimbs } from './bare-limbs.ts';
import { BodyBones } from './body-bones.ts';
import { BodyOpenness } from './body-openness.ts';
import { BodySurface } from './body-surface.ts';
import { BoneShifts } from './bone-shifts.ts';
import { CameraGrain } from './camera-grain.ts';
import { ClassTexture } from './class-texture.ts';
import { ContactShade } from './contact-shade.ts';
import { ForearmSight } from './forearm-sight.ts';
import { FrameLayer } from './frame-layer.ts';
import { GarmentPass } from './garment-pass.ts';
import { HairLayer } from './hair-layer.ts';
import { ObstacleSight } from './obstacle-sight.ts';
import { Occluder } from './occluder.ts';
import { OwnClothes } from './own-clothes.ts';
import type { Pass } from './pass.ts';
import { PersonOutline } from './person-outline.ts';
import { PersonTexture } from './person-texture.ts';
import { RoomLight } from './room-light.ts';
import { SeenLight } from './seen-light.ts';
import { SharpClasses } from './sharp-classes.ts';

/**
 * Creates the twenty-one passes of a stage and returns them in the order in which the stage calls and draws them. It
 * draws each frame of the video, and on it the garments; a pass is one step of that. In this order: bone matrices,
 * body's openness, person's mask, sight of objects in front of the garments, sight of the forearms, camera's grain,
 * light, contact shade, frame's image, classes of pixels, their sharp edges, body's surface, seen light, own clothes,
 * body (occluder), arms, hair, person's outline, places of bare limbs, fit of
 * the garments' outline, garments. A pass that reads uniforms of other
 * passes is placed after them. Each stage needs passes of its own.
 *
 * @param mannequin mesh and skin weights of the body that the occluder draws (rest pose, metres).
 * @returns new passes, which have not yet been given a frame, a body or garments. The stage gives them these for each
 * frame (`Pass`) and calls `release` on each in the end, which frees its GPU resources.
 */
export function createPasses(mannequin: Mannequin): readonly Pass[] {
  const bones = new BodyBones();
  const openness = new BodyOpenness();
  const person = new PersonTexture();
  const obstacles = new ObstacleSight(person.uniform);
  const forearms = new ForearmSight();
  const grain = new CameraGrain();
  const light = new RoomLight(mannequin, grain.uniforms.cameraGrain);
  const contact = new ContactShade(light.direction);
  const classes = new ClassTexture();
  const surface = new BodySurface(mannequin, bones);
  const cleaned: { value: Texture } = { value: new Texture() };
  const picture = new FrameLayer(cleaned, grain.uniforms);
  const sharp = new SharpClasses({ picture: picture.picture, classes: classes.uniform });
  const seenLight = new SeenLight({ picture: picture.picture, classes: classes.uniform, surface, light });
  const ownClothes = new OwnClothes(cleaned, {
    picture: picture.picture,
    classes: sharp.uniform,
    coarseClasses: classes.uniform,
    surface,
    clothDistance: contact.uniforms.clothDistance,
    light: light.uniforms,
    seenLight: seenLight.uniform,
  });
  const occluder = new Occluder(mannequin, bones, {
    picture: picture.picture,
    cleaned,
    grain: grain.uniforms,
    classes: sharp,
    person: person.uniform,
    contact: contact.uniforms,
    forearms: forearms.uniforms,
  });
  const arms = new ArmLayer({ picture: picture.picture, classes: sharp, contact: contact.uniforms });
  const hair = new HairLayer({ picture: picture.picture, classes: sharp });
  const outline = new PersonOutline({ sharp, coarse: classes, person });
  const limbs = new BareLimbs();
  const shifts = new BoneShifts(mannequin);
  const garments = new GarmentPass(
    {
      bones,
      obstacles,
      grain,
      outline: { ...outline.uniforms, ...limbs.uniforms, ...shifts.uniforms, backdrop: ownClothes.backdrop },
      openness,
      seenLight: seenLight.uniform,
      skinNormals: mannequin.normals,
    },
    contact,
  );
  return [
    bones,
    openness,
    person,
    obstacles,
    forearms,
    grain,
    light,
    contact,
    picture,
    classes,
    sharp,
    surface,
    seenLight,
    ownClothes,
    occluder,
    arms,
    hair,
    outline,
    limbs,
    shifts,
    garments,
  ];
}
