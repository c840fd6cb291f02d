// @ts-check
/**
 * The shapes that travel between the stand-in and the page. Names are those of the Bot API.
 *
 * @typedef {object} Entity
 * @property {string} type
 * @property {number} offset in UTF-16 units, as JavaScript counts
 * @property {number} length
 * @property {string} [url]
 * @property {string} [language]
 *
 * @typedef {object} InlineButton
 * @property {string} text
 * @property {string} [callback_data]
 * @property {string} [url]
 * @property {{text: string}} [copy_text]
 *
 * @typedef {object} ReplyKey
 * @property {string} text
 * @property {boolean} [request_contact]
 * @property {boolean} [request_location]
 *
 * @typedef {object} Keyboard
 * @property {ReplyKey[][]} [keyboard]
 * @property {boolean} [force_reply]
 * @property {boolean} [one_time_keyboard]
 * @property {string} [input_field_placeholder]
 *
 * @typedef {object} FileWire
 * @property {string} file_id
 * @property {number} [file_size]
 * @property {string} [file_name]
 * @property {string} [mime_type]
 * @property {number} [width]
 * @property {number} [height]
 * @property {number} [duration]
 * @property {string} [emoji]
 *
 * @typedef {object} Wire a ``Message`` of the Bot API
 * @property {number} message_id
 * @property {number} date seconds since 1970
 * @property {number} [edit_date]
 * @property {string} [text]
 * @property {Entity[]} [entities]
 * @property {string} [caption]
 * @property {Entity[]} [caption_entities]
 * @property {{inline_keyboard: InlineButton[][]}} [reply_markup]
 * @property {Wire} [reply_to_message]
 * @property {{is_bot: boolean, first_name: string}} [from]
 * @property {{sender_user_name?: string, sender_user?: {first_name: string}}} [forward_origin]
 * @property {boolean} [has_protected_content]
 * @property {FileWire[]} [photo]
 * @property {FileWire} [document]
 * @property {FileWire} [voice]
 * @property {FileWire} [audio]
 * @property {FileWire} [video]
 * @property {FileWire} [video_note]
 * @property {FileWire} [sticker]
 * @property {{latitude: number, longitude: number}} [location]
 * @property {{phone_number: string, first_name: string, last_name?: string}} [contact]
 *
 * @typedef {object} Message
 * @property {number} id
 * @property {boolean} from_bot
 * @property {boolean} deleted
 * @property {Record<string, {emoji?: string}[]>} reactions
 * @property {Wire} wire
 *
 * @typedef {object} Command
 * @property {string} command
 * @property {string} description
 *
 * @typedef {object} InlineResult a card of inline mode
 * @property {string} id
 * @property {string} title
 * @property {string} [description]
 * @property {{text: string, entities: Entity[]}} shown what arrives when it is chosen
 *
 * @typedef {object} Situation what a phone shows beside the messages
 * @property {boolean} opened the person has pressed Start or written
 * @property {boolean} blocked
 * @property {Keyboard | null} keyboard
 * @property {Command[]} commands
 * @property {number[]} pinned
 *
 * @typedef {object} Person
 * @property {number} id
 * @property {string} name
 * @property {string} role „Betrieb“, „Lotse“, „Admin“
 * @property {string} does one line on what this person does
 *
 * @typedef {object} Bot
 * @property {number} id
 * @property {string} name
 * @property {string} username
 * @property {string} description
 *
 * @typedef {object} Call one call of the Bot API
 * @property {number} number
 * @property {string} at
 * @property {string} method
 * @property {Record<string, unknown>} params
 * @property {number} status
 * @property {unknown} answer
 * @property {number} ms
 * @property {string} fault
 * @property {string[]} violations
 *
 * @typedef {object} Guide the words of the guided example, as the bot knows them
 * @property {string} question
 * @property {string} sign the label of a button that only answers have
 * @property {string[]} ask labels of the way to a Lotse
 * @property {string} place
 * @property {string} branch
 * @property {string} consent
 * @property {string} take
 * @property {string} answer
 * @property {string} reply
 * @property {string} take_over the button under what a reload would change
 * @property {string} taken_over what the bot says when the change is in use
 * @property {string} entry the title of the entry that is changed
 * @property {string} folder where the knowledge of this demo lies
 *
 * @typedef {object} Exercise one step of practice, done when a card with one of ``cards`` begins with one of ``states``
 * @property {string} title
 * @property {string} text
 * @property {string[]} cards
 * @property {string[]} states
 *
 * @typedef {object} State
 * @property {Bot} bot
 * @property {Person[]} people
 * @property {Record<string, Situation & {messages: Message[]}>} chats
 * @property {Call[]} calls
 * @property {string[]} violations
 * @property {Guide | null} guide
 * @property {Exercise[]} training empty until it was prepared
 */

export {};
