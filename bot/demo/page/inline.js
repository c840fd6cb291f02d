// @ts-check
/** Inline mode: „@bot Wort“ shows cards; the chosen one goes to another chat. */

import { el } from "./dom.js";

/** @typedef {import("./types.js").InlineResult} InlineResult */
/** @typedef {{query: string, results: InlineResult[]}} Cards */

const REST = 300; // ms without a key before the bot is asked

let made = 0;

export class InlineCards {
  #timer = 0;
  /** Answers to older words come too late. */
  #asked = 0;
  #query = "";

  /**
   * @param {(words: string) => Promise<Cards | null>} ask
   * @param {(query: string, result: InlineResult) => void} choose
   */
  constructor(ask, choose) {
    this.ask = ask;
    this.choose = choose;
    this.username = "";
    /** @type {InlineResult[]} */
    this.shown = [];
    this.at = 0;
    made += 1;
    this.element = el("ul", { class: "commands cards", role: "listbox", id: `cards-${made}`, "aria-label": "Karten", hidden: true });
    // The text field keeps the focus.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** The id of the chosen card, for the text field. */
  get active() {
    return this.isOpen ? `${this.element.id}-${this.at}` : "";
  }

  /**
   * Ask the bot when its name and a space stand in front.
   *
   * @param {string} typed
   */
  typed(typed) {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const name = `@${this.username} `.toLowerCase();
    if (this.username === "" || !typed.toLowerCase().startsWith(name)) {
      this.close();
      return;
    }
    const asked = this.#asked;
    this.#timer = window.setTimeout(() => void this.#fetch(typed.slice(name.length), asked), REST);
  }

  close() {
    this.element.hidden = true;
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was for the cards
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
        this.choose(this.#query, this.shown[this.at]);
        return true;
      case "Escape":
        this.close();
        return true;
      default:
        return false;
    }
  }

  /**
   * @param {string} words
   * @param {number} asked
   */
  async #fetch(words, asked) {
    const cards = await this.ask(words);
    if (asked !== this.#asked) return;
    this.#query = cards?.query ?? "";
    this.shown = cards?.results ?? [];
    this.at = 0;
    this.element.hidden = this.shown.length === 0;
    this.element.replaceChildren(...this.shown.map((result, at) => this.#row(result, at)));
    this.#mark();
  }

  /**
   * @param {InlineResult} result
   * @param {number} at
   */
  #row(result, at) {
    return el(
      "li",
      { role: "option", id: `${this.element.id}-${at}`, onclick: () => this.choose(this.#query, result) },
      el("strong", {}, result.title),
      el("span", {}, result.description ?? ""),
    );
  }

  #mark() {
    [...this.element.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === this.at)));
    this.element.children[this.at]?.scrollIntoView({ block: "nearest" });
  }
}
