// @ts-check
/** Menus that open beside what was pressed, and questions and notes in front of a phone. */

import { el, icon } from "./dom.js";

/**
 * @typedef {object} Item
 * @property {Parameters<typeof icon>[0]} icon
 * @property {string} label
 * @property {() => void} act
 * @property {boolean} [danger]
 */

const EDGE = 8; // px between a menu and the window's edge
const TOAST = 4000; // ms

/** @type {(() => void) | null} */
let closeOpen = null;

/**
 * Open a menu beside an element; arrow keys move, Escape closes, the focus goes back.
 *
 * @param {HTMLElement} anchor
 * @param {Item[]} items
 * @param {string} label
 * @param {{x: number, y: number}} [point] where it opens instead of beside the element
 */
export function menu(anchor, items, label, point) {
  closeOpen?.();
  const buttons = items.map((item) =>
    el(
      "button",
      { type: "button", role: "menuitem", tabindex: "-1", class: item.danger ? "danger" : null, onclick: () => choose(item) },
      icon(item.icon),
      item.label,
    ),
  );
  const box = el("div", { class: "menu", role: "menu", "aria-label": label }, ...buttons);
  const back = document.activeElement instanceof HTMLElement ? document.activeElement : anchor;
  const close = () => {
    box.remove();
    document.removeEventListener("pointerdown", outside, true);
    closeOpen = null;
  };
  const choose = (/** @type {Item} */ item) => {
    close();
    back.focus({ preventScroll: true });
    item.act();
  };
  const outside = (/** @type {Event} */ event) => {
    if (!box.contains(/** @type {Node} */ (event.target))) close();
  };
  box.addEventListener("keydown", (event) => {
    const now = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next !== undefined) {
      buttons[(next + buttons.length) % buttons.length].focus();
      event.preventDefault();
    } else if (event.key === "Escape" || event.key === "Tab") {
      close();
      back.focus({ preventScroll: true });
      event.preventDefault();
    }
    event.stopPropagation();
  });
  box.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (next instanceof Node && !box.contains(next)) close();
  });
  document.body.append(box);
  place(box, point ? new DOMRect(point.x + box.offsetWidth, point.y, 0, 0) : anchor.getBoundingClientRect());
  buttons[0].focus();
  closeOpen = close;
  document.addEventListener("pointerdown", outside, true);
}

/**
 * @param {HTMLElement} box
 * @param {DOMRect} at
 */
function place(box, at) {
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.min(Math.max(EDGE, at.right - width), innerWidth - width - EDGE);
  const below = at.bottom + 4;
  const top = below + height > innerHeight - EDGE ? Math.max(EDGE, at.top - height - 4) : below;
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

/**
 * A short note in a phone that goes away by itself.
 *
 * @param {HTMLElement} host
 * @param {string} text
 */
export function toast(host, text) {
  host.querySelector(".toast")?.remove();
  const note = el("div", { class: "toast", role: "status" }, text);
  host.append(note);
  setTimeout(() => note.remove(), TOAST);
}

/**
 * A note that has to be closed.
 *
 * @param {HTMLElement} host the phone it belongs to
 * @param {string} title
 * @param {string | HTMLElement} text
 * @param {{label: string, act: () => void, danger?: boolean}} [action] makes it a question
 */
export function dialog(host, title, text, action) {
  const box = el(
    "dialog",
    { class: "note", "aria-label": title },
    el("h3", {}, title),
    typeof text === "string" ? el("p", {}, text) : text,
    el(
      "form",
      { method: "dialog" },
      action && el("button", { value: "no", class: "quiet" }, "Abbrechen"),
      el("button", { value: "yes", class: action?.danger ? "danger" : null, autofocus: true }, action?.label ?? "OK"),
    ),
  );
  box.addEventListener("close", () => {
    if (box.returnValue === "yes") action?.act();
    box.remove();
  });
  host.append(box);
  box.showModal();
  const at = host.getBoundingClientRect();
  box.style.left = `${at.left + (at.width - box.offsetWidth) / 2}px`;
  box.style.top = `${at.top + (at.height - box.offsetHeight) / 2}px`;
}
