// @ts-check
/** Inline mode: „@bot Wort“ shows cards; the chosen one goes to another chat. */

import { PickList } from "./picklist.js";

/** @typedef {import("./types.js").InlineResult} InlineResult */
/** @typedef {{query: string, results: InlineResult[]}} Cards */

const REST = 300; // ms without a key before the bot is asked

/** @extends {PickList<InlineResult>} */
export class InlineCards extends PickList {
  username = "";
  #timer = 0;
  /** Answers to older words come too late. */
  #asked = 0;
  #query = "";

  /**
   * @param {(words: string) => Promise<Cards | null>} ask
   * @param {(query: string, result: InlineResult) => void} choose
   */
  constructor(ask, choose) {
    super(
      { label: "Karten", css: "commands cards", id: "cards", row: ({ title, description }) => ({ title, text: description ?? "" }) },
      (result) => choose(this.#query, result),
    );
    this.ask = ask;
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

  /**
   * @param {string} words
   * @param {number} asked
   */
  async #fetch(words, asked) {
    const cards = await this.ask(words);
    if (asked !== this.#asked) return;
    this.#query = cards?.query ?? "";
    this.show(cards?.results ?? []);
  }
}
