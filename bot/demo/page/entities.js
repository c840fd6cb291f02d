// @ts-check
/** Text and entities of the Bot API → nodes. */

import { el, icon } from "./dom.js";

/** @typedef {import("./types.js").Entity} Entity */

/**
 * What a reader can do inside a text.
 *
 * @typedef {object} Reader
 * @property {(command: string) => void} command
 * @property {(text: string) => void} copy
 * @property {(url: string, anchor: HTMLElement) => boolean} open true when the phone opened the link by itself
 * @property {Set<number>} unfolded offsets of the quotes that are open
 */

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const SCHEMES = /^(https?|mailto|tel|tg):/i;

/**
 * The nodes of a formatted text.
 *
 * @param {string} text
 * @param {readonly Entity[]} entities
 * @param {Reader} reader
 * @returns {DocumentFragment}
 */
export function formatted(text, entities, reader) {
  const outer = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...nodes(text, 0, text.length, outer, reader));
  return fragment;
}

/**
 * The nodes of ``text`` from ``start`` to ``end``; of two entities on the same words the first one is outside.
 *
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {Entity[]} entities sorted by offset, longer ones first
 * @param {Reader} reader
 * @returns {Node[]}
 */
function nodes(text, start, end, entities, reader) {
  /** @type {Node[]} */
  const made = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const last = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || entity.offset >= end || last <= entity.offset) continue;
    const block = BLOCKS.has(entity.type);
    // The line break beside a block belongs to the block.
    const before = text.slice(at, entity.offset);
    if (before) made.push(document.createTextNode(block ? before.replace(/\n$/, "") : before));
    const inner = entities.slice(index + 1).filter((other) => other.offset < last);
    made.push(node(text, entity, last, inner, reader));
    at = block && text[last] === "\n" ? last + 1 : last;
  }
  if (at < end) made.push(document.createTextNode(text.slice(at, end)));
  return made;
}

/**
 * One entity with what is inside it.
 *
 * @param {string} text
 * @param {Entity} entity
 * @param {number} end
 * @param {Entity[]} inner
 * @param {Reader} reader
 * @returns {Node}
 */
function node(text, entity, end, inner, reader) {
  const words = text.slice(entity.offset, end);
  const content = () => nodes(text, entity.offset, end, inner, reader);
  switch (entity.type) {
    case "bold":
      return el("strong", {}, ...content());
    case "italic":
      return el("em", {}, ...content());
    case "underline":
      return el("u", {}, ...content());
    case "strikethrough":
      return el("s", {}, ...content());
    case "spoiler":
      return spoiler(content());
    case "code":
      return code(words, reader);
    case "pre":
      return el("pre", { "data-language": entity.language }, el("code", {}, words));
    case "blockquote":
      return el("blockquote", { class: "quote" }, ...content());
    case "expandable_blockquote":
      return foldable(entity.offset, content(), reader);
    case "bot_command":
      return el("button", { type: "button", class: "inline-command", onclick: () => reader.command(words) }, words);
    case "text_link":
      return link(entity.url ?? "", content(), reader);
    case "url":
      return link(/^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`, content(), reader);
    case "email":
      return link(`mailto:${words}`, content(), reader);
    case "phone_number":
      return link(`tel:${words.replace(/[^+\d]/g, "")}`, content(), reader);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "mention" }, ...content());
    default:
      return el("span", {}, ...content());
  }
}

/**
 * A link that leaves the page in a tab of its own; addresses of other schemes stay plain words.
 *
 * @param {string} url
 * @param {Node[]} content
 * @param {Reader} reader
 * @returns {Node}
 */
function link(url, content, reader) {
  if (!SCHEMES.test(url)) return el("span", {}, ...content);
  const onclick = (/** @type {MouseEvent} */ event) => {
    if (reader.open(url, /** @type {HTMLElement} */ (event.currentTarget))) event.preventDefault();
  };
  return el("a", { href: url, title: url, target: "_blank", rel: "noopener noreferrer", onclick }, ...content);
}

/**
 * @param {string} words
 * @param {Reader} reader
 * @returns {HTMLElement}
 */
function code(words, reader) {
  const label = `${words}, kopieren`;
  return el("button", { type: "button", class: "code", title: "Kopieren", "aria-label": label, onclick: () => reader.copy(words) }, words);
}

/**
 * @param {Node[]} content
 * @returns {HTMLElement}
 */
function spoiler(content) {
  const hidden = el("button", { type: "button", class: "spoiler", "aria-label": "Verdeckten Text zeigen" }, el("span", {}, ...content));
  hidden.addEventListener("click", () => hidden.replaceWith(el("span", { class: "revealed" }, ...content)));
  return hidden;
}

/**
 * A quote that shows three lines until it is unfolded. Whether it has more is known only on the screen: ``measure``.
 *
 * @param {number} offset
 * @param {Node[]} content
 * @param {Reader} reader
 * @returns {HTMLElement}
 */
function foldable(offset, content, reader) {
  const words = el("div", { class: "quote-words" }, ...content);
  const toggle = el("button", { type: "button", class: "quote-toggle" }, icon("chevron"));
  const quote = el("blockquote", { class: "quote foldable" }, words, toggle);
  const show = (/** @type {boolean} */ open) => {
    quote.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", open ? "Weniger anzeigen" : "Mehr anzeigen");
    if (open) reader.unfolded.add(offset);
    else reader.unfolded.delete(offset);
  };
  show(reader.unfolded.has(offset));
  quote.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const inner = target.closest("a, button");
    const selecting = String(getSelection() ?? "") !== "";
    if ((inner && inner !== toggle) || (selecting && inner !== toggle) || quote.classList.contains("short")) return;
    show(!quote.classList.contains("open"));
  });
  return quote;
}

/**
 * Take the toggle off quotes that fit into three lines anyway.
 *
 * @param {HTMLElement} root
 */
export function measure(root) {
  for (const quote of root.querySelectorAll(".foldable")) {
    const words = /** @type {HTMLElement} */ (quote.firstElementChild);
    const open = quote.classList.contains("open");
    quote.classList.toggle("short", !open && words.scrollHeight <= words.clientHeight + 1);
  }
}
