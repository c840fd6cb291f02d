// @ts-check
/** Practice for a Lotse: three prepared cases, and what to do with them; each step is ticked off when its card says so. */

import { el, iconButton } from "./dom.js";
import * as server from "./server.js";
import { stepRow } from "./steps.js";

/** @typedef {import("./types.js").Exercise} Exercise */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./phone.js").Phone} Phone */

const LOTSE = 1; // whose phone it happens on, from 0

export class Training {
  /** @type {Exercise[]} */
  #steps = [];
  #busy = false;
  #trouble = "";
  #drawn = "";

  /**
   * @param {HTMLElement} host
   * @param {Store} store
   * @param {Phone[]} phones
   * @param {(at: number) => void} show bring a phone into view
   */
  constructor(host, store, phones, show) {
    this.host = host;
    this.store = store;
    this.phones = phones;
    this.show = show;
    store.listen((change) => {
      if (change.kind === "loaded") this.#begin();
      if (change.kind === "message" || change.kind === "deleted") this.#draw();
    });
  }

  /** Open the card, with fresh cases when there are none; or close it. */
  toggle() {
    this.host.hidden = !this.host.hidden;
    if (this.host.hidden) return;
    this.show(LOTSE);
    if (this.#steps.length === 0) void this.#prepare();
    else this.#draw(true);
  }

  close() {
    this.host.hidden = true;
  }

  #begin() {
    this.#steps = this.store.state.training;
    this.#draw(true);
  }

  async #prepare() {
    if (this.#busy) return;
    this.#busy = true;
    this.#trouble = "";
    this.#draw(true);
    try {
      this.#steps = (await server.prepareTraining()).steps;
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
    this.#busy = false;
    this.show(LOTSE);
    this.#draw(true);
  }

  /**
   * The bot's messages that a step is about.
   *
   * @param {Exercise} step
   * @returns {Message[]}
   */
  #about(step) {
    const chat = this.phones[LOTSE]?.person.id ?? 0;
    return this.store.messages(chat).filter(({ from_bot, wire }) => from_bot && step.cards.some((words) => wire.text?.includes(words)));
  }

  /** @param {Exercise} step */
  #done(step) {
    return this.#about(step).some(({ wire }) => step.states.some((state) => wire.text?.startsWith(state)));
  }

  /** @param {boolean} [anyway] also when nothing was done since */
  #draw(anyway = false) {
    if (this.host.hidden) return;
    const done = this.#steps.map((step) => this.#done(step));
    const now = done.join();
    if (!anyway && now === this.#drawn) return;
    this.#drawn = now;
    const focused = this.host.contains(document.activeElement);
    const current = done.indexOf(false);
    const count = this.#busy ? "Drei Fälle werden vorbereitet …" : current < 0 ? "Geschafft. „Von vorn“ legt drei neue Fälle an." : `Schritt ${current + 1} von ${done.length}`;
    this.host.classList.toggle("over", !this.#busy && current < 0);
    this.host.replaceChildren(
      el(
        "div",
        { class: "guide-head" },
        el("h2", {}, "Üben: drei Fälle auf dem Handy des Lotsen"),
        el("span", { class: "guide-count", role: "status" }, count),
        el("button", { type: "button", class: "do again", disabled: this.#busy, onclick: () => void this.#prepare() }, "Von vorn"),
        iconButton("close", "Übung schließen", { onclick: () => this.close() }),
      ),
      el("ol", { class: "steps" }, ...(this.#busy ? [] : this.#steps.map((step, at) => this.#step(step, at, at === current, done[at] ?? false)))),
      this.#trouble && el("p", { class: "trouble", role: "alert" }, this.#trouble),
    );
    if (focused) /** @type {HTMLElement | null} */ (this.host.querySelector("[aria-current] button, .again"))?.focus({ preventScroll: true });
  }

  /**
   * @param {Exercise} step
   * @param {number} at
   * @param {boolean} current
   * @param {boolean} done
   */
  #step(step, at, current, done) {
    const find = el("button", { type: "button", class: "do", disabled: !current, onclick: () => this.#find(step) }, "Zeigen");
    return stepRow({ ...step, phone: LOTSE }, at, { current, done }, find);
  }

  /** @param {Exercise} step bring its card into view */
  #find(step) {
    this.show(LOTSE);
    const card = this.#about(step).findLast(({ wire }) => wire.text?.includes("Fall "));
    if (card) this.phones[LOTSE]?.element.querySelector(`#m-${card.wire.message_id}`)?.scrollIntoView({ block: "center" });
  }
}
