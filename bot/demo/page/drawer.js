// @ts-check
/** For developers: every call of the Bot API with its JSON, violations in red, and faults to inject. */

import { byId, el } from "./dom.js";
import * as server from "./server.js";

/** @typedef {import("./types.js").Call} Call */
/** @typedef {import("./store.js").Store} Store */

const MOST_ROWS = 300;

/** @type {{label: string, title: string, rule: object}[]} */
const FAULTS = [
  { label: "429", title: "Telegram bremst: die nächste Nachricht erst in 3 Sekunden", rule: { action: "TooManyRequests", with: { retry_after: 3 }, method: "sendMessage" } },
  { label: "403", title: "Die nächste Person, der der Bot schreibt, hat ihn gerade blockiert", rule: { action: "Blocked", method: "sendMessage" } },
  { label: "502", title: "Der Server vor Telegram antwortet zweimal mit einer Fehlerseite", rule: { action: "ServerError", with: { code: 502, html: true }, times: 2 } },
  { label: "Antwort weg", title: "Die nächste Nachricht kommt an, aber der Bot erfährt es nicht", rule: { action: "ResetAfter", method: "sendMessage" } },
];

export class Drawer {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.host = byId("drawer");
    this.toggle = el("button", { type: "button", class: "drawer-toggle", "aria-expanded": "false", "aria-controls": "drawer-body", onclick: () => this.#toggle() });
    this.rows = el("ol", { class: "calls", "aria-label": "Aufrufe, neueste zuerst" });
    this.detail = el("pre", { class: "detail", tabindex: "0", "aria-label": "Der gewählte Aufruf" }, "Einen Aufruf wählen, um Frage und Antwort zu sehen.");
    this.note = el("span", { class: "drawer-note", role: "status" });
    this.violations = el("ul", { class: "violations", "aria-label": "Verstöße" });
    this.body = el(
      "div",
      { id: "drawer-body", hidden: true },
      el("div", { class: "faults" }, el("span", {}, "Störung auslösen:"), ...FAULTS.map((fault) => this.#fault(fault)), this.#restart(), this.#clear(), this.note),
      this.violations,
      el("div", { class: "panes" }, this.rows, this.detail),
    );
    this.host.replaceChildren(this.toggle, this.body);
    store.listen((change) => {
      if (change.kind === "loaded") this.#fill();
      if (change.kind === "call") this.#add(change.call);
    });
  }

  #toggle() {
    this.body.hidden = !this.body.hidden;
    this.toggle.setAttribute("aria-expanded", String(!this.body.hidden));
    if (this.body.hidden) return;
    this.#fill();
    void this.#act(() => this.store.refreshViolations(), "").then(() => this.#count());
  }

  #fill() {
    this.#count();
    if (this.body.hidden) return;
    const calls = this.store.state.calls.filter(isNews);
    this.rows.replaceChildren(...calls.slice(-MOST_ROWS).reverse().map((call) => this.#row(call)));
  }

  /** @param {Call} call */
  #add(call) {
    this.#count();
    if (this.body.hidden) return;
    this.rows.prepend(this.#row(call));
    if (this.rows.children.length > MOST_ROWS) this.rows.lastElementChild?.remove();
  }

  #count() {
    const { violations, calls } = this.store.state;
    const wrong = violations.length === 1 ? "1 Verstoß" : `${violations.length} Verstöße`;
    this.toggle.replaceChildren(
      el("span", {}, "Für Entwicklung"),
      el("span", { class: "drawer-count" }, `${calls.at(-1)?.number ?? 0} Aufrufe`),
      el("span", { class: violations.length > 0 ? "wrong" : "right" }, wrong),
    );
    this.violations.replaceChildren(...violations.slice(-20).map((sentence) => el("li", {}, sentence)));
    this.violations.hidden = violations.length === 0;
  }

  /** @param {Call} call */
  #row(call) {
    const person = this.store.state.people.find(({ id }) => id === call.params.chat_id);
    const wrong = call.violations.length > 0;
    const bad = call.status !== 200;
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: `call${wrong ? " wrong" : ""}${bad ? " bad" : ""}`, onclick: () => this.#show(call) },
        el("span", { class: "call-number" }, String(call.number)),
        el("strong", {}, call.method),
        el("span", { class: "call-who" }, person?.role ?? ""),
        el("span", { class: "call-status" }, call.status === 0 ? "keine Antwort" : String(call.status)),
        el("span", { class: "call-ms" }, `${Math.round(call.ms)} ms`),
        wrong && el("span", { class: "call-wrong" }, call.violations.join(" · ")),
      ),
    );
  }

  /** @param {Call} call */
  #show(call) {
    const { method, params, status, answer, fault, violations } = call;
    const told = { ...(fault ? { fault } : {}), ...(violations.length > 0 ? { violations } : {}) };
    this.detail.textContent = JSON.stringify({ method, params, status, answer, ...told }, null, 2);
    this.detail.scrollTop = 0;
  }

  /** @param {{label: string, title: string, rule: object}} fault */
  #fault({ label, title, rule }) {
    return el("button", { type: "button", class: "fault", title, onclick: () => void this.#act(() => server.addFault(rule), `Bereit: ${title}.`) }, label);
  }

  #restart() {
    const act = () => this.#act(server.restart, "Telegram hat alle Verbindungen getrennt.");
    return el("button", { type: "button", class: "fault", title: "Telegram startet neu: alle Verbindungen brechen ab", onclick: () => void act() }, "Neustart");
  }

  #clear() {
    const act = () => this.#act(server.clearFaults, "Keine Störung mehr.");
    return el("button", { type: "button", class: "fault calm", onclick: () => void act() }, "Alle aufheben");
  }

  /**
   * @param {() => Promise<unknown>} work
   * @param {string} done
   */
  async #act(work, done) {
    try {
      await work();
      this.note.textContent = done;
    } catch (error) {
      this.note.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}

/**
 * Polls that wait or went well are no news.
 *
 * @param {Call} call
 */
function isNews({ method, status, fault }) {
  return method !== "getUpdates" || fault !== "" || (status !== 200 && status !== 0);
}
