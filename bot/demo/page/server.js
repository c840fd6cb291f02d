// @ts-check
/** The only module that talks to the stand-in: acts of people, what is on their screens, and the stream of changes. */

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Situation} Situation */
/** @typedef {import("./types.js").Message} Message */

/** Something no phone could do, or the stand-in is gone. */
export class ServerError extends Error {}

const GONE = "Die Vorführung antwortet nicht. Läuft „lotsenbot demo“ noch?";

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<any>}
 */
async function request(path, init) {
  let answer;
  try {
    answer = await fetch(path, init);
  } catch {
    throw new ServerError(GONE);
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ServerError(body.error ?? `Fehler ${answer.status}`);
  return body;
}

/**
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
function post(path, body = {}) {
  return request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/**
 * Everything the page shows, as it is now.
 *
 * @returns {Promise<State>}
 */
export async function state() {
  const [setup, about, calls, violations] = await Promise.all([
    request("/page/setup.json"),
    request("/_fake/users"),
    request("/_fake/calls"),
    request("/_fake/violations"),
  ]);
  const chats = await Promise.all(setup.people.map((/** @type {{id: number}} */ { id }) => chat(id)));
  return {
    bot: { ...about.bot, name: about.bot.first_name },
    people: setup.people,
    guide: setup.guide,
    training: setup.training,
    chats: Object.fromEntries(setup.people.map((/** @type {{id: number}} */ { id }, /** @type {number} */ at) => [id, chats[at]])),
    calls: calls.calls,
    violations: violations.violations,
  };
}

/**
 * One screen.
 *
 * @param {number} id
 * @returns {Promise<Situation & {messages: Message[]}>}
 */
export async function chat(id) {
  const shown = await request(`/_fake/transcript?chat=${id}`);
  return {
    opened: shown.user.opened,
    blocked: shown.user.blocked,
    keyboard: shown.keyboard,
    commands: shown.commands,
    pinned: shown.pinned,
    messages: shown.messages,
  };
}

/** @returns {Promise<string[]>} */
export async function violations() {
  return (await request("/_fake/violations")).violations;
}

/**
 * What a person does.
 *
 * @param {number} person
 * @param {"start" | "say" | "press" | "edit" | "delete" | "contact" | "location" | "block" | "unblock" | "choose"} what
 * @param {object} [values]
 * @returns {Promise<any>}
 */
export function act(person, what, values = {}) {
  return post(`/_fake/${what}`, { chat: person, ...values });
}

/**
 * A person types the bot's name and these words in some chat.
 *
 * @param {number} person
 * @param {string} words
 * @returns {Promise<{query: string, answer: {results: import("./types.js").InlineResult[]} | null}>}
 */
export function inline(person, words) {
  return post("/_fake/inline", { chat: person, query: words });
}

/**
 * @param {number} person
 * @param {"photo" | "document"} kind
 * @param {File[]} files
 * @param {{caption?: string, reply_to?: number}} more
 * @returns {Promise<any>}
 */
export function upload(person, kind, files, more) {
  const form = new FormData();
  form.append("chat", String(person));
  form.append("kind", kind);
  if (more.caption) form.append("caption", more.caption);
  if (more.reply_to) form.append("reply_to", String(more.reply_to));
  for (const file of files) form.append("file", file, file.name);
  return request("/_fake/upload", { method: "POST", body: form });
}

/**
 * @param {string} id
 * @returns {string} where the browser finds a file
 */
export function fileAddress(id) {
  return `/_fake/file?id=${encodeURIComponent(id)}`;
}

/**
 * @param {object} rule
 * @returns {Promise<any>}
 */
export function addFault(rule) {
  return post("/_fake/faults", rule);
}

/** @returns {Promise<any>} */
export function clearFaults() {
  return request("/_fake/faults", { method: "DELETE" });
}

/** @returns {Promise<any>} */
export function restart() {
  return post("/_fake/restart");
}

/**
 * An editor's change to the knowledge of this demo, so that a reload has something to find.
 *
 * @returns {Promise<{title: string, file: string}>}
 */
export function editKnowledge() {
  return post("/page/edit");
}

/**
 * Three cases for the Lotse to practise on; earlier ones are erased.
 *
 * @returns {Promise<{steps: import("./types.js").Exercise[]}>}
 */
export function prepareTraining() {
  return post("/page/training");
}

const KINDS = ["message", "edit", "delete", "reaction", "pin", "typing", "alert", "block", "call", "profile", "user", "reset"];

/**
 * Follow everything that happens; the browser connects again by itself after an interruption.
 *
 * @param {(kind: string, payload: any) => void} onEvent
 * @param {(connected: boolean) => void} onConnection ``true`` also after every new connection: fetch the state then
 */
export function follow(onEvent, onConnection) {
  const source = new EventSource("/_fake/events");
  source.addEventListener("hello", () => onConnection(true));
  source.addEventListener("error", () => onConnection(false));
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => onEvent(kind, JSON.parse(event.data)));
  }
}
