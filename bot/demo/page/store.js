// @ts-check
/** What all screens show, kept true by the stream of changes. Components listen; nothing here touches the document. */

import * as server from "./server.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Situation} Situation */
/** @typedef {import("./types.js").Call} Call */

/**
 * @typedef {{kind: "loaded"}
 *   | {kind: "message", chat: number, message: Message, isNew: boolean}
 *   | {kind: "deleted", chat: number, id: number}
 *   | {kind: "situation", chat: number}
 *   | {kind: "typing", chat: number, action: string}
 *   | {kind: "alert", chat: number, message: number, text: string, big: boolean}
 *   | {kind: "call", call: Call}
 *   | {kind: "connection", connected: boolean}} Change
 */

const PROFILE_PAUSE = 80; // ms: a bot sets texts and menus in a burst
const MOST_CALLS = 500;

export class Store {
  /** @type {State} */
  state = { bot: { id: 0, name: "", username: "", description: "" }, people: [], chats: {}, calls: [], violations: [], guide: null, training: [] };
  connected = false;
  /** @type {((change: Change) => void)[]} */
  #listeners = [];
  #profileTimer = 0;
  /** @type {[string, any][] | null} events that came while the state was being fetched */
  #held = null;

  /** @param {(change: Change) => void} listener */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** Connect and stay connected. */
  start() {
    server.follow(
      (kind, payload) => (this.#held ? this.#held.push([kind, payload]) : this.#receive(kind, payload)),
      (connected) => void this.#connection(connected),
    );
  }

  /** @param {number} chat @returns {Message[]} oldest first */
  messages(chat) {
    return this.state.chats[chat]?.messages ?? [];
  }

  /** Violations without a call of their own (the stand-in's, the missing answers) are only found by asking. */
  async refreshViolations() {
    this.state.violations = await server.violations();
  }

  /** @param {Change} change */
  #tell(change) {
    for (const listener of this.#listeners) listener(change);
  }

  /** @param {boolean} connected */
  async #connection(connected) {
    this.connected = connected;
    if (connected) {
      await this.#load();
    }
    this.#tell({ kind: "connection", connected: this.connected });
  }

  async #load() {
    this.#held = [];
    try {
      this.state = await server.state();
    } catch {
      this.#held = null;
      this.connected = false;
      return;
    }
    for (const chat of Object.values(this.state.chats)) {
      chat.messages = chat.messages.filter((message) => !message.deleted);
    }
    const held = this.#held ?? [];
    this.#held = null;
    this.#tell({ kind: "loaded" });
    for (const [kind, payload] of held) this.#receive(kind, payload);
  }

  /**
   * @param {string} kind
   * @param {any} payload
   */
  #receive(kind, payload) {
    const chat = this.state.chats[payload.chat];
    switch (kind) {
      case "call":
        this.#call(payload);
        return;
      case "profile":
      case "user":
        clearTimeout(this.#profileTimer);
        this.#profileTimer = window.setTimeout(() => void this.#situations(), PROFILE_PAUSE);
        return;
      case "reset":
        void this.#load();
        return;
    }
    if (!chat) return;
    switch (kind) {
      case "message":
      case "edit":
      case "reaction":
      case "pin":
        this.#message(payload.chat, payload.message);
        this.#beside(payload.chat, payload.keyboard, payload.pinned);
        break;
      case "delete":
        chat.messages = chat.messages.filter((message) => message.id !== payload.message.id);
        this.#tell({ kind: "deleted", chat: payload.chat, id: payload.message.id });
        break;
      case "typing":
        this.#tell({ kind: "typing", chat: payload.chat, action: payload.action });
        break;
      case "alert":
        this.#tell({ kind: "alert", chat: payload.chat, message: payload.message_id, text: payload.text, big: payload.show_alert });
        break;
      case "block":
        chat.blocked = payload.blocked;
        this.#tell({ kind: "situation", chat: payload.chat });
        break;
    }
  }

  /**
   * @param {number} id
   * @param {Message} message
   */
  #message(id, message) {
    const chat = this.state.chats[id];
    const at = chat.messages.findIndex((known) => known.id === message.id);
    if (at >= 0) chat.messages[at] = message;
    else chat.messages.push(message);
    if (!message.from_bot && !chat.opened) {
      chat.opened = true;
      this.#tell({ kind: "situation", chat: id });
    }
    this.#tell({ kind: "message", chat: id, message, isNew: at < 0 });
  }

  /**
   * The reply keyboard and the pinned messages travel with every message.
   *
   * @param {number} id
   * @param {Situation["keyboard"]} keyboard
   * @param {number[]} pinned
   */
  #beside(id, keyboard, pinned) {
    const chat = this.state.chats[id];
    if (JSON.stringify([chat.keyboard, chat.pinned]) === JSON.stringify([keyboard, pinned])) return;
    Object.assign(chat, { keyboard, pinned });
    this.#tell({ kind: "situation", chat: id });
  }

  /** @param {Call} call */
  #call(call) {
    this.state.calls.push(call);
    if (this.state.calls.length > MOST_CALLS) this.state.calls.shift();
    this.state.violations.push(...call.violations.map((sentence) => `${call.method} #${call.number}: ${sentence}`));
    this.#tell({ kind: "call", call });
  }

  async #situations() {
    await Promise.all(this.state.people.map(({ id }) => this.#situation(id)));
  }

  /** @param {number} id */
  async #situation(id) {
    const known = this.state.chats[id];
    if (!known) return;
    try {
      const { messages: _, ...now } = await server.chat(id);
      Object.assign(known, now);
    } catch {
      return; // the connection is gone; everything is fetched when it is back
    }
    this.#tell({ kind: "situation", chat: id });
  }
}
