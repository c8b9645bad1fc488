import type { Mannequin } from '../mannequin/mannequin.ts';
import { BodyBones } from './body-bones.ts';
import { ContactShade } from './contact-shade.ts';
import { ForearmSight } from './forearm-sight.ts';
import { FrameLayer } from './frame-layer.ts';
import { GarmentPass } from './garment-pass.ts';
import { Occluder } from './occluder.ts';
import type { Pass } from './pass.ts';
import { PersonTexture } from './person-texture.ts';
import { RoomLight } from './room-light.ts';

/**
 * Creates the passes of a stage, in the order in which the stage calls and draws them. A pass that reads values of
 * other passes comes after them.
 *
 * @param mannequin the mannequin that the occluder draws.
 */
export function createPasses(mannequin: Mannequin): readonly Pass[] {
  const bones = new BodyBones();
  const person = new PersonTexture();
  const forearms = new ForearmSight();
  const light = new RoomLight();
  const contact = new ContactShade(light.direction);
  const picture = new FrameLayer();
  const occluder = new Occluder(mannequin, bones, {
    picture: picture.picture,
    person: person.uniform,
    contact: contact.uniforms,
    forearms: forearms.uniforms,
  });
  const garments = new GarmentPass(bones, contact);
  return [bones, person, forearms, light, contact, picture, occluder, garments];
}
