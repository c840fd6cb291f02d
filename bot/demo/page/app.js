// @ts-check
/** Puts the page together. */

import { byId } from "./dom.js";
import { Drawer } from "./drawer.js";
import { Guide } from "./guide.js";
import { openOnPhone, payloadOf } from "./links.js";
import { Phone } from "./phone.js";
import { Store } from "./store.js";
import { Tabs } from "./tabs.js";
import { Training } from "./training.js";

const LATE = 1500; // ms without a connection before the page says so

const store = new Store();
/** @type {Phone[]} */
const phones = [];
/** @type {Tabs | null} */
let tabs = null;
/** @type {Guide | null} */
let guide = null;
/** @type {Training | null} */
let training = null;
let lateTimer = 0;

new Drawer(store);
store.listen((change) => {
  // The phones built here listen from this very change on.
  if (change.kind === "loaded" && tabs === null) build();
  if (change.kind === "connection") showConnection(change.connected);
});
byId("show-guide").addEventListener("click", () => {
  training?.close();
  guide?.toggle();
});
byId("show-training").addEventListener("click", () => {
  guide?.close();
  training?.toggle();
});
byId("show-keys").addEventListener("click", () => /** @type {HTMLDialogElement} */ (byId("shortcuts")).showModal());
document.addEventListener("keydown", onKey);
store.start();

/** The phones, once it is known who there is. */
function build() {
  const live = byId("live");
  const around = {
    announce: (/** @type {string} */ text) => (live.textContent = text),
    onUnread: () => tabs?.unread(),
    openLink,
  };
  phones.push(...store.state.people.map((person, at) => new Phone(person, store, at + 1, around)));
  tabs = new Tabs(byId("tabs"), byId("phones"), phones);
  guide = new Guide(byId("guide"), store, phones, bring);
  training = new Training(byId("training"), store, phones, bring);
}

/**
 * Let a phone catch the eye.
 *
 * @param {number} at
 */
function bring(at) {
  const phone = phones[at];
  if (!phone) return;
  tabs?.choose(at);
  phone.element.classList.remove("called");
  void phone.element.offsetWidth; // begin the animation again
  phone.element.classList.add("called");
}

/**
 * A link to the bot opens on a phone of this page.
 *
 * @param {string} url
 * @param {HTMLElement} anchor
 */
function openLink(url, anchor) {
  const payload = payloadOf(url, store.state.bot.username);
  if (payload === null) return false;
  openOnPhone(anchor, store.state.people, payload, (person) => bring(store.state.people.indexOf(person)));
  return true;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const at = Number(event.code.replace("Digit", "")) - 1;
  if (!event.altKey || event.ctrlKey || event.metaKey || !phones[at]) return;
  event.preventDefault();
  bring(at);
  phones[at].focus();
}

/** @param {boolean} connected */
function showConnection(connected) {
  clearTimeout(lateTimer);
  if (connected) byId("banner").hidden = true;
  else lateTimer = window.setTimeout(() => (byId("banner").hidden = false), LATE);
}
