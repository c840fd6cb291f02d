// @ts-check
/** The guided example: five steps, each done by its button or by hand, each ticked off when it has happened. */

import { calm, el, iconButton, pause } from "./dom.js";
import * as server from "./server.js";
import { stepRow } from "./steps.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").InlineButton} InlineButton */
/** @typedef {import("./types.js").Guide} Script */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./phone.js").Phone} Phone */

/**
 * @typedef {object} Step
 * @property {number} phone whose phone it happens on, from 0
 * @property {string} title
 * @property {string} text
 * @property {string} label
 * @property {() => boolean} happened
 * @property {() => Promise<void>} act
 */

const BREATH = 900; // ms between two acts, so that one can follow
const PATIENCE = 120_000; // ms for the bot; a check of the knowledge takes up to a minute
const DISMISSED = "lotsenbot-anleitung-zu";

export class Guide {
  /** @type {Set<number>} */
  #done = new Set();
  /** @type {Step[]} */
  #plan = [];
  #running = -1;
  #trouble = "";

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
      if (change.kind === "message") this.#look();
    });
  }

  /** Open or close the card. */
  toggle() {
    this.host.hidden = !this.host.hidden;
    sessionStorage.setItem(DISMISSED, this.host.hidden ? "1" : "");
    if (!this.host.hidden) this.#draw();
  }

  close() {
    if (!this.host.hidden) this.toggle();
  }

  #begin() {
    this.host.hidden = this.store.state.guide === null || sessionStorage.getItem(DISMISSED) === "1";
    this.#plan = this.store.state.guide ? this.#steps(this.store.state.guide) : [];
    this.#look();
    this.#draw();
  }

  #look() {
    let changed = false;
    this.#plan.forEach((step, at) => {
      if (!this.#done.has(at) && (at === 0 || this.#done.has(at - 1)) && step.happened()) {
        this.#done.add(at);
        changed = true;
      }
    });
    if (changed) this.#draw();
  }

  /**
   * @param {Script} script
   * @returns {Step[]}
   */
  #steps(script) {
    const [employer, lotse, admin] = this.phones;
    const names = this.phones.map(({ person }) => person.name.split(" ")[0]);
    return [
      {
        phone: 0,
        title: "Eine Frage stellen",
        text: `${names[0]} hat einen Betrieb und schreibt, wie man eben schreibt.`,
        label: `Für ${names[0]} fragen`,
        happened: () => this.#bot(employer).some((message) => has(message, [script.sign])),
        act: async () => {
          if (!this.store.state.chats[employer.person.id].opened) {
            await server.act(employer.person.id, "start");
            await pause(BREATH);
          }
          await employer.composer.type(script.question);
        },
      },
      {
        phone: 0,
        title: "Den Lotsen holen",
        text: `Postleitzahl ${script.place}, Handwerk, Einverständnis.`,
        label: "An den Lotsen geben",
        happened: () => this.#bot(lotse).some((message) => has(message, [script.take, script.answer])),
        act: async () => {
          await this.#press(employer, script.ask);
          await this.#next(employer, (message) => !has(message, script.ask));
          await employer.composer.type(script.place);
          await this.#press(employer, [script.branch]);
          await this.#press(employer, [script.consent]);
        },
      },
      {
        phone: 1,
        title: "Den Fall übernehmen",
        text: `${names[1]} sieht eine Karte. Ein Tipp genügt.`,
        label: `Für ${names[1]} übernehmen`,
        happened: () => this.#bot(lotse).some((message) => has(message, [script.answer])),
        act: () => this.#press(lotse, [script.take]),
      },
      {
        phone: 1,
        title: "Antworten",
        text: `Auf die Karte antworten: ${names[0]} liest es in ihrem Chat.`,
        label: "Antwort schicken",
        happened: () => this.#passedOn(lotse, employer),
        act: async () => {
          const card = this.#bot(lotse).findLast((message) => has(message, [script.answer]));
          if (card) lotse.composer.reply(card);
          await pause(this.#breath());
          await lotse.composer.type(script.reply);
        },
      },
      {
        phone: 2,
        title: "Wissen ändern",
        text: `${names[2]} ändert die Antwort. Der Bot prüft, zeigt die Änderung und fragt.`,
        label: "Ändern und übernehmen",
        happened: () => this.#bot(admin).some(({ wire }) => wire.text?.includes(script.taken_over)),
        act: async () => {
          await server.editKnowledge();
          await admin.composer.type("/reload");
          await this.#press(admin, [script.take_over]);
        },
      },
    ];
  }

  /** @param {Phone} phone */
  #bot(phone) {
    return this.store.messages(phone.person.id).filter((message) => message.from_bot);
  }

  /**
   * Words that the Lotse wrote have come to the employer.
   *
   * @param {Phone} from
   * @param {Phone} to
   */
  #passedOn(from, to) {
    const written = this.store.messages(from.person.id).filter((message) => !message.from_bot && message.wire.text && !message.wire.text.startsWith("/"));
    return this.#bot(to).some(({ wire }) => written.some((own) => wire.text?.includes(own.wire.text ?? "")));
  }

  #breath() {
    return calm() ? BREATH / 3 : BREATH;
  }

  /**
   * Press the newest button with one of these labels, as soon as it is there.
   *
   * @param {Phone} phone
   * @param {string[]} labels
   */
  async #press(phone, labels) {
    const message = await this.#next(phone, (shown) => has(shown, labels));
    await pause(this.#breath());
    const button = keys(message).find(({ text }) => labels.includes(text));
    if (button) await phone.press(message, button);
  }

  /**
   * The bot's newest message, as soon as it is one that is wanted.
   *
   * @param {Phone} phone
   * @param {(message: Message) => boolean} wanted
   * @returns {Promise<Message>}
   */
  async #next(phone, wanted) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const message = this.#bot(phone).findLast(wanted);
      const newest = this.#bot(phone).at(-1);
      if (message && (message === newest || keys(message).length > 0)) return message;
      if (Date.now() > end) throw new Error("Der Bot hat anders geantwortet als erwartet. Bitte machen Sie den Schritt von Hand.");
      await pause(50);
    }
  }

  /** @param {number} at */
  async #run(at) {
    const step = this.#plan[at];
    if (!step || this.#running >= 0) return;
    this.#running = at;
    this.#trouble = "";
    this.show(step.phone);
    this.#draw();
    try {
      await step.act();
      const end = Date.now() + PATIENCE;
      while (!this.#done.has(at) && Date.now() < end) await pause(50);
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
    this.#running = -1;
    this.#draw();
  }

  #draw() {
    const steps = this.#plan;
    if (this.host.hidden || steps.length === 0) return;
    const focused = this.host.contains(document.activeElement);
    const current = steps.findIndex((_, at) => !this.#done.has(at));
    const over = current < 0;
    this.host.classList.toggle("over", over);
    this.host.replaceChildren(
      el(
        "div",
        { class: "guide-head" },
        el("h2", {}, "So sehen Sie in zwei Minuten, was der Bot kann"),
        el("span", { class: "guide-count", role: "status", title: over ? `Das Wissen zum Ändern: ${this.store.state.guide?.folder}` : null }, over ? "Alles gesehen. Jetzt Sie: Schreiben Sie in die drei Handys." : `Schritt ${current + 1} von ${steps.length}`),
        iconButton("close", "Anleitung schließen", { onclick: () => this.toggle() }),
      ),
      el("ol", { class: "steps" }, ...steps.map((step, at) => this.#card(step, at, current))),
      this.#trouble && el("p", { class: "trouble", role: "alert" }, this.#trouble),
    );
    if (focused) /** @type {HTMLElement | null} */ (this.host.querySelector("[aria-current] button"))?.focus({ preventScroll: true });
  }

  /**
   * @param {Step} step
   * @param {number} at
   * @param {number} current
   */
  #card(step, at, current) {
    const done = this.#done.has(at);
    const running = this.#running === at;
    const button = el(
      "button",
      { type: "button", class: "do", disabled: at !== current || (this.#running >= 0 && !running), "aria-busy": running ? "true" : null, onclick: () => void this.#run(at) },
      running ? "läuft …" : step.label,
    );
    return stepRow(step, at, { current: at === current, done }, button);
  }
}

/** @param {Message} message @returns {InlineButton[]} */
function keys(message) {
  return message.wire.reply_markup?.inline_keyboard.flat() ?? [];
}

/**
 * @param {Message} message
 * @param {string[]} labels
 */
function has(message, labels) {
  return keys(message).some(({ text }) => labels.includes(text));
}
