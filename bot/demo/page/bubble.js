// @ts-check
/** One message as an element. */

import { el, icon, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { fileAddress } from "./server.js";
import { length, size, time } from "./when.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Wire} Wire */
/** @typedef {import("./types.js").FileWire} FileWire */
/** @typedef {import("./types.js").InlineButton} InlineButton */

const TALLEST_PHOTO = 300; // px

/**
 * What can be done with a message.
 *
 * @typedef {object} Hands
 * @property {(message: Message, button: InlineButton, row: number, place: number) => void} press
 * @property {(message: Message) => void} reply
 * @property {(message: Message, anchor: HTMLElement) => void} menu
 * @property {(id: number) => void} jump
 * @property {(message: Message) => import("./entities.js").Reader} reader
 * @property {(message: Message, button: InlineButton) => boolean} waits whether the bot still works on this press
 */

/**
 * The list item of a message.
 *
 * @param {Message} message
 * @param {Hands} hands
 * @param {boolean} pinned
 * @returns {HTMLLIElement}
 */
export function bubble(message, hands, pinned) {
  const { wire } = message;
  const body = el(
    "div",
    { class: "bubble" },
    el("span", { class: "unseen" }, message.from_bot ? "Bot: " : "Sie: "),
    wire.forward_origin && el("div", { class: "forwarded" }, `Weitergeleitet von ${origin(wire)}`),
    wire.reply_to_message && answered(wire.reply_to_message, hands),
    ...media(wire),
    words(message, hands),
  );
  const tools = el(
    "div",
    { class: "tools" },
    iconButton("reply", "Antworten", { tabindex: "-1", onclick: () => hands.reply(message) }),
    iconButton("more", "Mehr", { tabindex: "-1", onclick: (/** @type {Event} */ event) => hands.menu(message, /** @type {HTMLElement} */ (event.currentTarget)) }),
  );
  const keys = wire.reply_markup?.inline_keyboard ?? [];
  return el(
    "li",
    {
      class: `message ${message.from_bot ? "theirs" : "mine"}${pinned ? " pinned" : ""}`,
      id: `m-${wire.message_id}`,
      tabindex: "-1",
      "data-id": message.id,
    },
    el("div", { class: "line" }, body, tools),
    keys.length > 0 && keyboard(message, keys, hands),
    reactions(message),
  );
}

/**
 * The words of a message in short, for replies, badges and screen readers.
 *
 * @param {Wire} wire
 * @returns {string}
 */
export function summary(wire) {
  const told = wire.text ?? wire.caption;
  if (told) return told.replace(/\s+/g, " ");
  if (wire.photo) return "Foto";
  if (wire.document) return wire.document.file_name ?? "Dokument";
  if (wire.voice) return "Sprachnachricht";
  if (wire.location) return "Standort";
  if (wire.contact) return "Kontakt";
  if (wire.sticker) return `Sticker ${wire.sticker.emoji ?? ""}`.trim();
  return "Nachricht";
}

/** @param {Wire} wire */
function origin(wire) {
  return wire.forward_origin?.sender_user_name ?? wire.forward_origin?.sender_user?.first_name ?? "jemandem";
}

/**
 * @param {Wire} wire
 * @param {Hands} hands
 */
function answered(wire, hands) {
  return el(
    "button",
    { type: "button", class: "answered", "aria-label": `Antwort auf: ${summary(wire).slice(0, 80)}`, onclick: () => hands.jump(wire.message_id) },
    el("span", { class: "answered-who" }, wire.from?.first_name ?? ""),
    el("span", { class: "answered-words" }, summary(wire).slice(0, 140)),
  );
}

/**
 * @param {Message} message
 * @param {Hands} hands
 */
function words(message, hands) {
  const { wire } = message;
  const text = visible(message);
  const entities = (wire.text === undefined ? wire.caption_entities : wire.entities) ?? [];
  return el("div", { class: text ? "words" : "words none" }, text && formatted(text, entities, hands.reader(message)), foot(message));
}

/**
 * The words on the screen: of a deep link only the command, as phones show it.
 *
 * @param {Message} message
 */
function visible({ wire, from_bot: fromBot }) {
  const text = wire.text ?? wire.caption ?? "";
  return !fromBot && text.startsWith("/start ") ? "/start" : text;
}

/** @param {Message} message */
function foot({ wire, from_bot: fromBot }) {
  const sent = new Date(wire.date * 1000);
  return el(
    "span",
    { class: "foot" },
    !fromBot && wire.edit_date !== undefined && el("span", {}, "bearbeitet "),
    el("time", { datetime: sent.toISOString(), title: sent.toLocaleString("de-DE") }, time(wire.date)),
    !fromBot && el("span", { class: "tick", title: "Gesendet", role: "img", "aria-label": "gesendet" }, icon("check")),
  );
}

/**
 * @param {Message} message
 * @param {InlineButton[][]} rows
 * @param {Hands} hands
 */
function keyboard(message, rows, hands) {
  const buttons = rows.map((row, number) =>
    el("div", { class: "key-row" }, ...row.map((button, place) => key(message, button, number, place, hands))),
  );
  return el("div", { class: "keys", role: "group", "aria-label": "Knöpfe dieser Nachricht" }, ...buttons);
}

/**
 * @param {Message} message
 * @param {InlineButton} button
 * @param {number} row
 * @param {number} place
 * @param {Hands} hands
 */
function key(message, button, row, place, hands) {
  const waits = hands.waits(message, button);
  const mark = button.url ? icon("link") : button.copy_text ? icon("copy") : null;
  return el(
    "button",
    {
      type: "button",
      class: `key${waits ? " waits" : ""}`,
      "aria-busy": waits ? "true" : null,
      "data-key": `${row}.${place}`,
      onclick: () => hands.press(message, button, row, place),
    },
    el("span", { class: "key-words" }, button.text),
    mark,
  );
}

/** @param {Message} message */
function reactions(message) {
  const given = Object.values(message.reactions ?? {}).flat().map(({ emoji }) => emoji ?? "?");
  if (given.length === 0) return null;
  return el("div", { class: "reactions" }, ...given.map((emoji) => el("span", { class: "reaction" }, emoji)));
}

/**
 * @param {Wire} wire
 * @returns {(Node | null)[]}
 */
function media(wire) {
  if (wire.photo) return [photo(wire.photo)];
  if (wire.document) return [file(wire.document)];
  if (wire.voice || wire.audio) return [sound(/** @type {FileWire} */ (wire.voice ?? wire.audio))];
  if (wire.video || wire.video_note) return [video(/** @type {FileWire} */ (wire.video ?? wire.video_note))];
  if (wire.sticker) return [el("div", { class: "sticker" }, wire.sticker.emoji ?? "🏷️")];
  if (wire.location) {
    const { latitude, longitude } = wire.location;
    return [card("place", "Standort", `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`)];
  }
  if (wire.contact) {
    const { first_name: first, last_name: last, phone_number: phone } = wire.contact;
    return [card("contact", [first, last].filter(Boolean).join(" "), phone)];
  }
  if (wire.text === undefined) return [el("div", { class: "unknown" }, "Diese Art von Nachricht zeigt die Vorführung nicht.")];
  return [];
}

/** @param {FileWire[]} sizes */
function photo(sizes) {
  const largest = sizes[sizes.length - 1];
  const address = fileAddress(largest.file_id);
  const { width = 1, height = 1 } = largest;
  const image = el("img", { src: address, alt: "Foto", width, height });
  // The place is kept before the picture is there, so that nothing jumps.
  image.style.width = `${Math.min(width, (TALLEST_PHOTO * width) / height)}px`;
  return el("a", { class: "photo", href: address, target: "_blank", rel: "noopener", title: "Foto öffnen" }, image);
}

/** @param {FileWire} wire */
function file(wire) {
  const name = wire.file_name ?? "Datei";
  const about = wire.file_size === undefined ? "" : size(wire.file_size);
  return el(
    "a",
    { class: "card", href: fileAddress(wire.file_id), download: name },
    el("span", { class: "card-icon" }, icon("file")),
    el("span", { class: "card-words" }, el("strong", {}, name), el("small", {}, `${about} · Herunterladen`)),
  );
}

/** @param {FileWire} wire */
function sound(wire) {
  return el(
    "div",
    { class: "sound" },
    el("audio", { controls: true, preload: "none", src: fileAddress(wire.file_id) }),
    el("small", {}, `Sprachnachricht, ${length(wire.duration ?? 0)}`),
  );
}

/** @param {FileWire} wire */
function video(wire) {
  return el("video", { controls: true, preload: "metadata", class: "video", src: fileAddress(wire.file_id) });
}

/**
 * @param {"place" | "contact"} name
 * @param {string} title
 * @param {string} about
 */
function card(name, title, about) {
  return el(
    "div",
    { class: "card" },
    el("span", { class: "card-icon" }, icon(name)),
    el("span", { class: "card-words" }, el("strong", {}, title), el("small", {}, about)),
  );
}
