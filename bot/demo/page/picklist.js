// @ts-check
/** A list above the text field, walked through with the arrow keys while the field keeps the focus. */

import { el } from "./dom.js";

let made = 0;

/** @template T */
export class PickList {
  /** @type {T[]} */
  shown = [];
  at = 0;

  /**
   * @param {object} look
   * @param {string} look.label for screen readers
   * @param {string} look.css
   * @param {string} look.id beginning of the element's id
   * @param {(item: T) => {title: string, text: string}} look.row what a row says
   * @param {(item: T) => void} choose
   */
  constructor({ label, css, id, row }, choose) {
    this.choose = choose;
    this.row = row;
    made += 1;
    this.element = el("ul", { class: css, role: "listbox", id: `${id}-${made}`, "aria-label": label, hidden: true });
    // The text field keeps the focus.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** The id of the chosen row, for the text field. */
  get active() {
    return this.isOpen ? `${this.element.id}-${this.at}` : "";
  }

  /** @param {T[]} items none of them closes the list */
  show(items) {
    this.shown = items;
    this.at = 0;
    this.element.hidden = items.length === 0;
    this.element.replaceChildren(...items.map((item, at) => this.#row(item, at)));
    this.#mark();
  }

  close() {
    this.element.hidden = true;
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was for the list
   */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.at = (this.at + step + this.shown.length) % this.shown.length;
        this.#mark();
        return true;
      }
      case "Enter":
      case "Tab":
        if (event.shiftKey) return false;
        this.choose(this.shown[this.at]);
        return true;
      case "Escape":
        this.close();
        return true;
      default:
        return false;
    }
  }

  /**
   * @param {T} item
   * @param {number} at
   */
  #row(item, at) {
    const { title, text } = this.row(item);
    return el("li", { role: "option", id: `${this.element.id}-${at}`, onclick: () => this.choose(item) }, el("strong", {}, title), el("span", {}, text));
  }

  #mark() {
    [...this.element.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === this.at)));
    this.element.children[this.at]?.scrollIntoView({ block: "nearest" });
  }
}
