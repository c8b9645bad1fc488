/**
 * Script of the shop's product page. It connects the order form (colour, size) with the `<fitting-room>` on the page,
 * by public attributes, properties and events alone:
 *
 * 1. a choice in the form is shown in its texts, in the table of measures and in the room;
 * 2. a choice in the room's own controls (`size-change`, `garment-change`) is copied into the form;
 * 3. buttons start the room with the camera, a photo or the mannequin;
 * 4. a service worker keeps all files, so that the page and the room work without a network (`keepForOffline`).
 */
import type { FittingRoom } from '../src/index.ts';
import { keepForOffline } from './keep-for-offline.ts';

/** Returns the first element of the page that matches the CSS selector; throws when there is none. */
function find<T extends Element>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (element === null) throw new Error(`this page has no ${selector}`);
  return element;
}

const room = find<FittingRoom>('#room');
const garment = find<HTMLElement>('#tee');
const order = find<HTMLFormElement>('#order');
const added = find<HTMLElement>('#added');
const photo = find<HTMLInputElement>('#photo');
const useCamera = find<HTMLButtonElement>('#use-camera');

/** Returns the checked radio button of the group `color` or `size`. */
function chosen(name: string): HTMLInputElement {
  return find(`input[name="${name}"]:checked`);
}

/** Shows the choice of the form in the form's texts, the table of measures and the room. */
function showChoice(): void {
  const color = chosen('color');
  const size = chosen('size');
  find<HTMLOutputElement>('#colour-name').value = color.ariaLabel ?? color.value;
  find<HTMLOutputElement>('#size-name').value = size.value;
  garment.setAttribute('color', color.value);
  room.setAttribute('size', size.value);
  for (const row of document.querySelectorAll<HTMLElement>('#size-table tbody tr')) {
    row.classList.toggle('chosen', row.dataset.size === size.value);
  }
}

/** Checks the radio button for a choice that the shopper made with the room's own controls; ignores unknown values. */
function takeChoice(name: 'color' | 'size', value: string | null | undefined): void {
  const input = document.querySelector<HTMLInputElement>(`input[name="${name}"][value="${CSS.escape(value ?? '')}"]`);
  if (input === null || input.checked) return;
  input.checked = true;
  showChoice();
}

/** Starts the room with a source: `camera`, `mannequin` or a photo. */
function useSource(source: string | Blob): void {
  room.source = source;
  useCamera.hidden = source === 'camera';
  void room.start();
}

order.addEventListener('change', () => {
  added.textContent = '';
  showChoice();
});
order.addEventListener('submit', (event) => {
  event.preventDefault();
  added.textContent = `Added: The Horizon Tee, ${chosen('color').ariaLabel}, size ${chosen('size').value}.`;
});
room.addEventListener('size-change', (event) =>
  takeChoice('size', (event as CustomEvent<{ size: string }>).detail.size),
);
room.addEventListener('garment-change', (event) =>
  takeChoice('color', (event as CustomEvent<{ color: string | null }>).detail.color),
);

find('#use-photo').addEventListener('click', () => photo.click());
photo.addEventListener('change', () => {
  const file = photo.files?.[0];
  if (file) useSource(file);
  photo.value = '';
});
find('#use-mannequin').addEventListener('click', () => useSource('mannequin'));
useCamera.addEventListener('click', () => useSource('camera'));

showChoice();
keepForOffline().catch((cause: unknown) => console.warn('The page will not work without a network.', cause));
