// @ts-check
/** Links to the bot itself open inside the page, on the phone one chooses; all others in a new tab. */

import { menu } from "./popup.js";
import * as server from "./server.js";

/** @typedef {import("./types.js").Person} Person */

/**
 * @param {string} url
 * @param {string} username of the bot
 * @returns {string | null} the payload of a deep link to this bot, or null for any other address
 */
export function payloadOf(url, username) {
  let address;
  try {
    address = new URL(url);
  } catch {
    return null;
  }
  const toBot = address.host === "t.me" && address.pathname.slice(1).toLowerCase() === username.toLowerCase();
  return toBot ? (address.searchParams.get("start") ?? "") : null;
}

/**
 * Ask on whose phone a link to the bot is opened.
 *
 * @param {HTMLElement} anchor
 * @param {readonly Person[]} people
 * @param {string} payload
 * @param {(person: Person) => void} onOpened
 */
export function openOnPhone(anchor, people, payload, onOpened) {
  const open = async (/** @type {Person} */ person) => {
    await server.act(person.id, "start", { payload }).catch(() => undefined);
    onOpened(person);
  };
  menu(
    anchor,
    people.map((person) => ({ icon: "link", label: `Öffnen bei ${person.name} (${person.role})`, act: () => void open(person) })),
    "Link öffnen",
  );
}
