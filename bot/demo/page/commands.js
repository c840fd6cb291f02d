// @ts-check
/** The command menu: opened by „/“ or its button, walked through with the arrow keys. */

import { el } from "./dom.js";

/** @typedef {import("./types.js").Command} Command */

let made = 0;

export class CommandMenu {
  /** @param {(command: string) => void} choose */
  constructor(choose) {
    this.choose = choose;
    /** @type {Command[]} */
    this.commands = [];
    /** @type {Command[]} */
    this.shown = [];
    this.at = 0;
    made += 1;
    this.element = el("ul", { class: "commands", role: "listbox", id: `commands-${made}`, "aria-label": "Befehle", hidden: true });
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

  /**
   * Show the commands that begin with what was typed.
   *
   * @param {string} typed „/“ and perhaps some letters; anything else closes the menu
   */
  filter(typed) {
    const found = /^\/([a-z0-9_]*)$/i.exec(typed);
    this.shown = found ? this.commands.filter(({ command }) => command.startsWith(found[1].toLowerCase())) : [];
    this.at = 0;
    this.element.hidden = this.shown.length === 0;
    this.element.replaceChildren(...this.shown.map((command, at) => this.#row(command, at)));
    this.#mark();
  }

  close() {
    this.element.hidden = true;
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was for the menu
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
        this.choose(`/${this.shown[this.at].command}`);
        return true;
      case "Escape":
        this.close();
        return true;
      default:
        return false;
    }
  }

  /**
   * @param {Command} command
   * @param {number} at
   */
  #row(command, at) {
    return el(
      "li",
      { role: "option", id: `${this.element.id}-${at}`, onclick: () => this.choose(`/${command.command}`) },
      el("strong", {}, `/${command.command}`),
      el("span", {}, command.description),
    );
  }

  #mark() {
    [...this.element.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === this.at)));
    this.element.children[this.at]?.scrollIntoView({ block: "nearest" });
  }
}
