// @ts-check
/** Right click, long touch, double click and keys on messages. */

/** @typedef {import("./types.js").Message} Message */

/**
 * @typedef {object} Gestures
 * @property {(id: number) => Message | undefined} find
 * @property {(message: Message, anchor: HTMLElement, point?: {x: number, y: number}) => void} menu
 * @property {(message: Message) => void} reply
 * @property {() => void} leave back to writing
 */

const HOLD = 500; // ms until a touch is a long one
const MOVED = 10; // px that make a touch a scroll

/**
 * @param {HTMLElement} list
 * @param {Gestures} hands
 */
export function gestures(list, hands) {
  list.addEventListener("contextmenu", (event) => {
    if (elementOf(event).closest("a, img") || selecting()) return;
    const found = messageAt(event, hands);
    if (!found) return;
    event.preventDefault();
    // The key for menus has no place of its own.
    const byKey = event.button !== 2;
    hands.menu(found.message, found.anchor, byKey ? undefined : { x: event.clientX, y: event.clientY });
  });
  list.addEventListener("dblclick", (event) => {
    if (elementOf(event).closest("a, button, .words")) return;
    const found = messageAt(event, hands);
    if (found) hands.reply(found.message);
  });
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hands.leave();
    if (!elementOf(event).matches("li.message") || event.ctrlKey || event.metaKey || event.altKey) return;
    const found = messageAt(event, hands);
    if (!found) return;
    if (event.key === "Enter" || event.key === " ") hands.menu(found.message, found.anchor);
    else if (event.key === "a" || event.key === "r") hands.reply(found.message);
    else return;
    event.preventDefault();
  });
  longTouch(list, hands);
}

/**
 * @param {HTMLElement} list
 * @param {Gestures} hands
 */
function longTouch(list, hands) {
  let timer = 0;
  let start = { x: 0, y: 0 };
  list.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    start = { x: event.clientX, y: event.clientY };
    const found = messageAt(event, hands);
    timer = window.setTimeout(() => found && hands.menu(found.message, found.anchor, start), HOLD);
  });
  list.addEventListener("pointermove", (event) => {
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > MOVED) clearTimeout(timer);
  });
  for (const end of ["pointerup", "pointercancel", "scroll"]) {
    list.addEventListener(end, () => clearTimeout(timer));
  }
}

/**
 * @param {Event} event
 * @param {Gestures} hands
 * @returns {{message: Message, anchor: HTMLElement} | null}
 */
function messageAt(event, hands) {
  const item = elementOf(event).closest("li.message");
  const anchor = item?.querySelector(".bubble");
  if (!(item instanceof HTMLElement) || !(anchor instanceof HTMLElement)) return null;
  const message = hands.find(Number(item.dataset.id));
  return message ? { message, anchor } : null;
}

/** @param {Event} event */
function elementOf(event) {
  return /** @type {HTMLElement} */ (event.target);
}

function selecting() {
  return String(getSelection() ?? "") !== "";
}
