// @ts-check
/** One person's phone: the chat with the bot. */

import { summary } from "./bubble.js";
import { Composer } from "./composer.js";
import { el, icon, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { gestures } from "./gestures.js";
import { Messages } from "./messages.js";
import { dialog, menu, toast } from "./popup.js";
import * as server from "./server.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").InlineButton} InlineButton */
/** @typedef {import("./types.js").Person} Person */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./store.js").Change} Change */

const FACES = /** @type {const} */ (["firm", "compass", "book"]);
const TYPING = 5000; // ms a chat action is shown, as the Bot API says
const PATIENCE = 15_000; // ms a pressed button waits for the bot

/**
 * @typedef {object} Surroundings what a phone needs of the page around it
 * @property {(text: string) => void} announce for screen readers
 * @property {(person: number) => void} onUnread
 * @property {(url: string, anchor: HTMLElement) => boolean} openLink
 */

export class Phone {
  /** @type {Map<string, number>} pressed buttons that wait, with their timers */
  #waiting = new Map();
  /** @type {Map<number, Set<number>>} */
  #unfolded = new Map();
  #typingTimer = 0;

  /**
   * @param {Person} person
   * @param {Store} store
   * @param {number} number 1 to 3
   * @param {Surroundings} around
   */
  constructor(person, store, number, around) {
    this.person = person;
    this.store = store;
    this.around = around;
    this.messages = new Messages(this.#hands(), () => this.#watched(), () => around.onUnread(person.id));
    this.composer = new Composer(this.#post(), person.name);
    this.status = el("span", {});
    this.botName = el("h3", {});
    this.badge = el("span", { class: "badge", hidden: true });
    this.menuButton = iconButton("more", "Menü dieses Chats", { onclick: () => this.#chatMenu() });
    this.introWords = el("p", {});
    this.intro = el("div", { class: "intro" }, el("strong", {}, "Was kann dieser Bot?"), this.introWords);
    this.pinned = el("button", { type: "button", class: "pinned-bar", hidden: true });
    this.screen = el("div", { class: "screen" }, this.pinned, this.messages.element, this.intro);
    this.element = el(
      "section",
      { class: `phone role-${number}`, id: `phone-${number}`, "aria-label": `${person.role}: ${person.name}` },
      el(
        "div",
        { class: "owner" },
        el("span", { class: "face" }, icon(FACES[number - 1])),
        el("span", { class: "owner-words" }, el("strong", {}, person.role), el("span", {}, `${person.name} · ${person.does}`)),
        this.badge,
      ),
      el(
        "header",
        { class: "chat-head" },
        el("img", { class: "bot-face", src: "/page/bot.svg", alt: "", width: "40", height: "40" }),
        el("div", { class: "chat-words" }, this.botName, el("span", { class: "status" }, this.status, el("span", { class: "whose" }, ` · Handy von ${person.name}`))),
        this.menuButton,
      ),
      this.screen,
      this.composer.element,
    );
    gestures(this.messages.list, {
      find: (id) => store.messages(person.id).find((message) => message.id === id),
      menu: (message, anchor, point) => this.#messageMenu(message, anchor, point),
      reply: (message) => this.composer.reply(message),
      leave: () => this.focus(),
    });
    for (const sign of ["pointerdown", "focusin", "pointerenter"]) {
      this.element.addEventListener(sign, () => this.messages.seen());
    }
    store.listen((change) => this.#onChange(change));
  }

  get unread() {
    return this.messages.unread;
  }

  /** Put the keyboard into this phone. */
  focus() {
    const target = this.composer.bar.hidden ? this.composer.gate : this.composer.field;
    target.focus({ preventScroll: true });
  }

  /** @param {Change} change */
  #onChange(change) {
    if (change.kind === "loaded") {
      this.#fill();
      return;
    }
    if (!("chat" in change) || change.chat !== this.person.id) return;
    switch (change.kind) {
      case "message":
        this.#message(change.message, change.isNew);
        break;
      case "deleted":
        this.messages.remove(change.id);
        break;
      case "situation":
        this.#situation();
        break;
      case "typing":
        this.#typing();
        break;
      case "alert":
        this.#answered(change.message);
        if (change.text && change.big) dialog(this.element, this.store.state.bot.name, change.text);
        else if (change.text) this.#toast(change.text);
        break;
    }
  }

  #fill() {
    this.messages.pinned = new Set(this.store.state.chats[this.person.id]?.pinned ?? []);
    this.messages.fill(this.store.messages(this.person.id));
    this.#situation();
    this.#unread();
  }

  /**
   * @param {Message} message
   * @param {boolean} isNew
   */
  #message(message, isNew) {
    this.messages.put(message);
    if (!isNew || !message.from_bot) return;
    this.#status();
    this.#unread();
    this.around.announce(`${this.person.role}: neue Nachricht. ${summary(message.wire).slice(0, 300)}`);
  }

  #situation() {
    const chat = this.store.state.chats[this.person.id];
    if (!chat) return;
    const { bot } = this.store.state;
    this.botName.textContent = bot.name;
    this.composer.cards.username = bot.username;
    this.introWords.textContent = bot.description;
    this.intro.hidden = chat.opened || bot.description === "";
    this.composer.show(chat);
    const force = chat.keyboard?.force_reply ? this.#lastOf(true) : undefined;
    if (force) this.composer.reply(force);
    const shown = this.store.messages(this.person.id).find(({ id }) => id === chat.pinned.at(-1));
    this.pinned.hidden = shown === undefined;
    if (shown) {
      this.pinned.replaceChildren(el("strong", {}, "Angeheftet"), el("span", {}, summary(shown.wire)));
      this.pinned.onclick = () => this.messages.jump(shown.id);
    }
    this.#status();
  }

  #status() {
    clearTimeout(this.#typingTimer);
    const blocked = this.store.state.chats[this.person.id]?.blocked;
    this.status.textContent = blocked ? "blockiert" : "Bot";
    this.status.classList.remove("types");
  }

  #typing() {
    this.status.textContent = "schreibt …";
    this.status.classList.add("types");
    clearTimeout(this.#typingTimer);
    this.#typingTimer = window.setTimeout(() => this.#status(), TYPING);
  }

  #unread() {
    this.badge.hidden = this.unread === 0;
    this.badge.textContent = `${this.unread} neu`;
    this.around.onUnread(this.person.id);
  }

  /** Whether somebody looks at this phone: the mouse or the keyboard is in it, or it is the only one on the screen. */
  #watched() {
    if (!this.element || document.hidden || this.element.hidden) return false;
    return this.element.matches(":hover, :focus-within") || this.element.parentElement?.dataset.narrow === "true";
  }

  /** @param {string} text */
  #toast(text) {
    toast(this.screen, text);
    this.around.announce(text);
  }

  /**
   * Do something at the stand-in; what is impossible is said in the phone.
   *
   * @param {() => Promise<unknown>} work
   * @returns {Promise<boolean>}
   */
  async #do(work) {
    try {
      await work();
      return true;
    } catch (error) {
      this.#toast(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  /** @param {boolean} fromBot @returns {Message | undefined} */
  #lastOf(fromBot) {
    return this.store.messages(this.person.id).findLast((message) => message.from_bot === fromBot);
  }

  /** @returns {import("./composer.js").Post} */
  #post() {
    const { id } = this.person;
    return {
      say: (text, replyTo) => this.#do(() => server.act(id, "say", { text, reply_to: replyTo })),
      edit: (message, text) => this.#do(() => server.act(id, "edit", { message, text })),
      upload: (kind, files, caption, replyTo) => this.#do(() => server.upload(id, kind, files, { caption, reply_to: replyTo })),
      pressKey: (text) => this.#do(() => server.act(id, "press", { text })),
      start: () => this.#do(() => server.act(id, "start")),
      unblock: () => this.#do(() => server.act(id, "unblock")),
      lastOwn: () => {
        const last = this.#lastOf(false);
        return last?.wire.text === undefined ? undefined : last;
      },
      inline: async (words) => {
        const asked = await server.inline(id, words).catch(() => null);
        return asked?.answer ? { query: asked.query, results: asked.answer.results } : null;
      },
      share: (query, result) => this.#share(query, result),
    };
  }

  /**
   * @param {string} query
   * @param {import("./types.js").InlineResult} result
   */
  async #share(query, result) {
    const done = await this.#do(() => server.act(this.person.id, "choose", { query, result: result.id }));
    if (!done) return;
    const reader = {
      command: () => undefined,
      copy: (/** @type {string} */ text) => void this.#copy(text),
      open: (/** @type {string} */ url, /** @type {HTMLElement} */ anchor) => this.around.openLink(url, anchor),
      unfolded: new Set(),
    };
    const words = el("div", { class: "words" }, formatted(result.shown.text, result.shown.entities, reader));
    dialog(this.element, "So kommt es im anderen Chat an", words);
  }

  /** @returns {import("./bubble.js").Hands} */
  #hands() {
    return {
      press: (message, button) => void this.press(message, button),
      reply: (message) => this.composer.reply(message),
      menu: (message, anchor) => this.#messageMenu(message, anchor),
      jump: (id) => this.messages.jump(id),
      waits: (message, button) => this.#waiting.has(keyOf(message.id, button)),
      reader: (message) => ({
        command: (command) => void this.composer.command(command),
        copy: (text) => void this.#copy(text),
        open: (url, anchor) => this.around.openLink(url, anchor),
        unfolded: this.#unfolded.get(message.id) ?? this.#unfolded.set(message.id, new Set()).get(message.id) ?? new Set(),
      }),
    };
  }

  /**
   * @param {Message} message
   * @param {InlineButton} button
   */
  async press(message, button) {
    if (button.copy_text) {
      await this.#copy(button.copy_text.text);
    } else if (button.url) {
      const anchor = this.messages.item(message.id) ?? this.element;
      if (!this.around.openLink(button.url, anchor)) window.open(button.url, "_blank", "noopener,noreferrer");
    } else if (button.callback_data) {
      await this.#callback(message, button);
    } else {
      this.#toast("Diese Art von Knopf zeigt die Vorführung nur an.");
    }
  }

  /**
   * @param {Message} message
   * @param {InlineButton} button
   */
  async #callback(message, button) {
    const key = keyOf(message.id, button);
    if (this.#waiting.has(key)) return;
    this.#waiting.set(key, window.setTimeout(() => this.#answered(message.id), PATIENCE));
    this.#redraw(message.id);
    const pressed = await this.#do(() => server.act(this.person.id, "press", { data: button.callback_data, message: message.id }));
    if (!pressed) this.#answered(message.id);
  }

  /**
   * The bot has answered the presses on this message.
   *
   * @param {number} id
   */
  #answered(id) {
    let any = false;
    for (const [key, timer] of this.#waiting) {
      if (!key.startsWith(`${id}:`)) continue;
      clearTimeout(timer);
      this.#waiting.delete(key);
      any = true;
    }
    if (any) this.#redraw(id);
  }

  /** @param {number} id */
  #redraw(id) {
    const message = this.store.messages(this.person.id).find((known) => known.id === id);
    if (message) this.messages.put(message);
  }

  /** @param {string} text */
  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.#toast(`Kopiert: ${text}`);
    } catch {
      this.#toast(`Der Browser erlaubt das Kopieren nicht: ${text}`);
    }
  }

  #chatMenu() {
    const { blocked } = this.store.state.chats[this.person.id];
    const { bot } = this.store.state;
    const block = () =>
      dialog(this.element, "Bot blockieren?", `${bot.name} kann ${this.person.name} dann nichts mehr schreiben.`, {
        label: "Blockieren",
        danger: true,
        act: () => void this.#do(() => server.act(this.person.id, "block")),
      });
    menu(
      this.menuButton,
      [
        { icon: "help", label: "Über diesen Bot", act: () => dialog(this.element, bot.name, bot.description || "Der Bot hat noch nichts über sich gesagt.") },
        { icon: "down", label: "Zum Ende", act: () => this.messages.end() },
        blocked
          ? { icon: "check", label: "Blockierung aufheben", act: () => void this.#do(() => server.act(this.person.id, "unblock")) }
          : { icon: "block", label: "Bot blockieren", danger: true, act: block },
      ],
      "Chat",
    );
  }

  /**
   * @param {Message} message
   * @param {HTMLElement} anchor
   * @param {{x: number, y: number}} [point]
   */
  #messageMenu(message, anchor, point) {
    const text = message.wire.text ?? message.wire.caption;
    /** @type {import("./popup.js").Item[]} */
    const items = [{ icon: "reply", label: "Antworten", act: () => this.composer.reply(message) }];
    if (text && !message.wire.has_protected_content) items.push({ icon: "copy", label: "Text kopieren", act: () => void this.#copy(text) });
    if (!message.from_bot && text && !message.wire.forward_origin) {
      items.push({ icon: "edit", label: "Bearbeiten", act: () => this.composer.edit(message) });
    }
    const remove = () => void this.#do(() => server.act(this.person.id, "delete", { message: message.id }));
    items.push({ icon: "trash", label: "Für beide löschen", danger: true, act: remove });
    menu(anchor, items, "Nachricht", point);
  }
}

/**
 * @param {number} id
 * @param {InlineButton} button
 */
function keyOf(id, button) {
  return `${id}:${button.callback_data}`;
}
