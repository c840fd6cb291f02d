// @ts-check
/** Where a person writes: text, replies, edits, files, commands, the keys of the reply keyboard. */

import { CommandMenu } from "./commands.js";
import { summary } from "./bubble.js";
import { InlineCards } from "./inline.js";
import { calm, el, icon, iconButton, pause } from "./dom.js";
import { menu } from "./popup.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Situation} Situation */

/**
 * @typedef {object} Post
 * @property {(text: string, replyTo: number | undefined) => Promise<boolean>} say
 * @property {(id: number, text: string) => Promise<boolean>} edit
 * @property {(kind: "photo" | "document", files: File[], caption: string, replyTo: number | undefined) => Promise<boolean>} upload
 * @property {(text: string) => Promise<boolean>} pressKey
 * @property {() => Promise<boolean>} start
 * @property {() => Promise<boolean>} unblock
 * @property {() => Message | undefined} lastOwn
 * @property {(words: string) => Promise<import("./inline.js").Cards | null>} inline
 * @property {(query: string, result: import("./types.js").InlineResult) => Promise<void>} share
 */

const MOST_LINES = 7;
const LETTER = 18; // ms a letter when the guide types
const LONGEST_TYPING = 1200; // ms

export class Composer {
  /** @type {{kind: "reply" | "edit", message: Message} | null} */
  #about = null;
  /** @type {Situation | null} */
  #situation = null;
  /** @type {Situation["keyboard"]} the keyboard shown last; the situation itself changes in place */
  #keyboard = null;

  /**
   * @param {Post} post
   * @param {string} who
   */
  constructor(post, who) {
    this.post = post;
    this.commands = new CommandMenu((command) => void this.command(command));
    this.cards = new InlineCards((words) => this.post.inline(words), (query, result) => this.#share(query, result));
    this.field = el("textarea", {
      rows: "1",
      placeholder: "Nachricht",
      "aria-label": `Nachricht von ${who}`,
      "aria-controls": this.commands.element.id,
      "aria-autocomplete": "list",
      maxlength: "4096",
      enterkeyhint: "send",
      oninput: () => this.#typed(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#keys(event),
      onblur: () => {
        this.commands.close();
        this.cards.close();
      },
      onpaste: (/** @type {ClipboardEvent} */ event) => this.#pasted(event),
    });
    this.menuButton = el("button", { type: "button", class: "menu-button", onclick: () => this.#openCommands() }, icon("commands"), el("span", {}, "Menü"));
    this.keysButton = iconButton("keyboard", "Tasten zeigen", { hidden: true, "aria-expanded": "true", onclick: () => this.#toggleKeys() });
    this.attachButton = iconButton("attach", "Datei anhängen", { onclick: () => this.#attach() });
    this.sendButton = iconButton("send", "Senden", { class: "icon-button send", onclick: () => void this.send() });
    this.context = el("div", { class: "about", hidden: true });
    this.bar = el("div", { class: "bar" }, this.menuButton, this.attachButton, this.field, this.keysButton, this.sendButton);
    this.keys = el("div", { class: "reply-keys", role: "group", "aria-label": "Tasten des Bots", hidden: true });
    this.gate = el("button", { type: "button", class: "gate", hidden: true, onclick: () => void this.#pass() });
    this.element = el("div", { class: "composer" }, this.commands.element, this.cards.element, this.context, this.bar, this.gate, this.keys);
    this.#grow();
  }

  /** @param {Situation} situation */
  show(situation) {
    const keyboard = situation.keyboard;
    const changed = keyboard !== this.#keyboard;
    this.#keyboard = keyboard;
    this.#situation = situation;
    this.commands.commands = situation.commands;
    this.menuButton.hidden = situation.commands.length === 0;
    const closed = situation.blocked || !situation.opened;
    const refocus = closed !== this.bar.hidden && this.element.contains(document.activeElement);
    this.bar.hidden = closed;
    this.context.hidden = closed || this.#about === null;
    this.gate.hidden = !closed;
    this.gate.textContent = situation.blocked ? "Blockierung aufheben" : "Starten";
    if (refocus) (closed ? this.gate : this.field).focus({ preventScroll: true });
    const rows = keyboard?.keyboard ?? [];
    this.keysButton.hidden = rows.length === 0;
    if (changed) this.#showKeys(rows.length > 0);
    this.keys.replaceChildren(
      ...rows.map((row) =>
        el("div", { class: "key-row" }, ...row.map(({ text }) => el("button", { type: "button", class: "reply-key", onclick: () => void this.#pressed(text) }, text))),
      ),
    );
    this.field.placeholder = keyboard?.input_field_placeholder ?? "Nachricht";
  }

  /** @param {Message} message */
  reply(message) {
    this.#about = { kind: "reply", message };
    this.#showAbout("Antwort", message);
  }

  /** @param {Message} message */
  edit(message) {
    this.#about = { kind: "edit", message };
    this.field.value = message.wire.text ?? message.wire.caption ?? "";
    this.#showAbout("Bearbeiten", message);
    this.#grow();
  }

  /**
   * Let the guide type a text letter by letter and send it.
   *
   * @param {string} text
   */
  async type(text) {
    const step = calm() ? text.length : Math.max(1, Math.ceil((text.length * LETTER) / LONGEST_TYPING));
    for (let end = step; end < text.length + step; end += step) {
      this.field.value = text.slice(0, end);
      this.#grow();
      await pause(LETTER);
    }
    await this.send();
  }

  /** @param {string} text */
  async command(text) {
    this.commands.close();
    this.field.value = "";
    this.#grow();
    await this.post.say(text, undefined);
  }

  /** Send what is written; the field is free at once, and what could not be sent comes back. */
  async send() {
    const text = this.field.value.trim();
    if (!text) return;
    const about = this.#about;
    const replyTo = this.#replyTo();
    this.commands.close();
    this.cards.typed("");
    this.field.value = "";
    this.#leave();
    this.#grow();
    const done = await (about?.kind === "edit" ? this.post.edit(about.message.id, text) : this.post.say(text, replyTo));
    if (done || this.field.value !== "") return;
    this.field.value = text;
    this.#grow();
  }

  /** @returns {number | undefined} */
  #replyTo() {
    return this.#about?.kind === "reply" ? this.#about.message.id : undefined;
  }

  /**
   * @param {string} title
   * @param {Message} message
   */
  #showAbout(title, message) {
    const mark = this.#about?.kind === "edit" ? "edit" : "reply";
    const words = el("span", { class: "about-words" }, el("strong", {}, title), el("span", {}, summary(message.wire)));
    this.context.replaceChildren(icon(mark), words, iconButton("close", "Doch nicht", { onclick: () => this.#cancel() }));
    this.context.hidden = false;
    this.field.focus();
  }

  #cancel() {
    if (this.#about?.kind === "edit") this.field.value = "";
    this.#leave();
    this.#grow();
    this.field.focus();
  }

  #leave() {
    this.#about = null;
    this.context.hidden = true;
  }

  #typed() {
    this.#grow();
    this.commands.filter(this.field.value);
    this.cards.typed(this.field.value);
    this.#active();
  }

  /**
   * A card was chosen: it goes to another chat, and the field is free again.
   *
   * @param {string} query
   * @param {import("./types.js").InlineResult} result
   */
  #share(query, result) {
    this.field.value = "";
    this.cards.typed("");
    this.#grow();
    void this.post.share(query, result);
  }

  #active() {
    this.field.setAttribute("aria-activedescendant", this.commands.active || this.cards.active);
  }

  #grow() {
    const { field } = this;
    this.sendButton.disabled = field.value.trim() === "";
    if (CSS.supports("field-sizing", "content")) return; // then the style sheet lets it grow
    field.rows = Math.min(MOST_LINES, field.value.split("\n").length);
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (this.commands.key(event) || this.cards.key(event)) {
      event.preventDefault();
      event.stopPropagation();
      this.#active();
      return;
    }
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void this.send();
    } else if (event.key === "Escape" && this.#about) {
      event.stopPropagation();
      this.#cancel();
    } else if (event.key === "ArrowUp" && this.field.value === "" && !this.#about) {
      const last = this.post.lastOwn();
      if (!last) return;
      event.preventDefault();
      this.edit(last);
    }
  }

  #openCommands() {
    if (this.commands.isOpen) {
      this.commands.close();
      return;
    }
    this.field.focus();
    this.commands.filter("/");
    this.#active();
  }

  #attach() {
    menu(
      this.attachButton,
      [
        { icon: "photo", label: "Foto", act: () => this.#pick("photo", "image/*") },
        { icon: "file", label: "Dokument", act: () => this.#pick("document", "") },
      ],
      "Anhängen",
    );
  }

  /**
   * @param {"photo" | "document"} kind
   * @param {string} accept
   */
  #pick(kind, accept) {
    const input = el("input", { type: "file", accept: accept || null, multiple: true });
    input.addEventListener("change", () => void this.#upload(kind, [...(input.files ?? [])]));
    input.click();
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const images = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
    if (images.length === 0) return;
    event.preventDefault();
    void this.#upload("photo", images);
  }

  /**
   * @param {"photo" | "document"} kind
   * @param {File[]} files
   */
  async #upload(kind, files) {
    if (files.length === 0) return;
    const done = await this.post.upload(kind, files, this.field.value.trim(), this.#replyTo());
    if (!done) return;
    this.field.value = "";
    this.#leave();
    this.#grow();
  }

  #toggleKeys() {
    this.#showKeys(this.keys.hidden !== false);
  }

  /** @param {boolean} shown */
  #showKeys(shown) {
    this.keys.hidden = !shown;
    this.keysButton.setAttribute("aria-expanded", String(shown));
  }

  /** @param {string} text */
  async #pressed(text) {
    if (this.#situation?.keyboard?.one_time_keyboard) this.#showKeys(false);
    await this.post.pressKey(text);
  }

  async #pass() {
    await (this.#situation?.blocked ? this.post.unblock() : this.post.start());
  }
}
