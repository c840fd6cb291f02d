"""A Lotse's answer becomes a phrasing or a draft of the FAQ: without names, through the editors, with a word back."""

from handlers.buttons import CheckEntry, EntryOfGap, ProposeFaq, ShowProposal, encode
from tests.case_at_hand import open_case
from tests.conftest import HWK_KOELN, Bot
from tests.gate_at_hand import answer, command, folder_of, press
from tests.test_dialogue_gaps import add_key, three_ask

QUESTION = "Zahlt das Amt dem Azubi Yusuf den Führerschein?"
ANSWER = "Guten Tag Frau Amiri,\nbis zu 276 Euro im Monat zahlt die Agentur. Ruf 0171 2345678 an."
STRIPPED = "bis zu 276 Euro im Monat zahlt die Agentur."
PROPOSE = "💡 Als FAQ vorschlagen"


async def answered(bot: Bot, question: str = QUESTION, words: str = ANSWER) -> None:
    """The Lotse has answered a case, and reads that it was sent."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await open_case(bot, question)
    await press(bot, "Übernehmen", bot.lotse)
    await bot.lotse.says(words, reply_to=bot.lotse.last.id)
    await bot.quiet()
    assert bot.lotse.last.labels[-1] == PROPOSE


async def fills_in(bot: Bot, *changes: tuple[str, str]) -> str:
    """The form that was shown, filled in and sent back."""
    form = bot.admin.last.text
    form = form[form.index("Titel: ") : form.index("\n\nThemen: ")]
    for old, new in changes:
        assert old in form, (old, form)
        form = form.replace(old, new, 1)
    return await command(bot, form)


async def test_a_phrasing(bot: Bot) -> None:
    """Preview without names; the editor changes the wording, takes over; the Lotse reads what became of it."""
    await answered(bot)
    preview = await press(bot, PROPOSE, bot.lotse)
    assert "Zahlt das Amt dem Azubi … den Führerschein?" in preview
    assert STRIPPED in preview
    for private in ("Yusuf", "Amiri", "0171"):
        assert private not in preview
    assert bot.lotse.last.labels == ["➕ Neue Formulierung dafür", "🆕 Neuer Eintrag", "Doch nicht"]
    assert (await press(bot, "➕ Neue Formulierung dafür", bot.lotse)).startswith("💡 Danke.")

    assert "Vorschlag für die FAQ" in bot.admin.last.text
    shown = await press(bot, "Ansehen")
    assert "neue Formulierung für „" in shown
    assert STRIPPED in shown
    assert "Bitte erst ändern" in await press(bot, add_key(bot))
    await bot.admin.presses("✏️ Wortlaut ändern", message=bot.admin.received[-2])
    await bot.quiet()
    assert "Ihr Wortlaut: führerschein vom amt" in await command(bot, "führerschein vom amt")
    await press(bot, add_key(bot))
    before = {path: path.read_text() for path in folder_of(bot).rglob("*.yaml")}
    await press(bot, "Übernehmen")
    [(path, text)] = [(path, path.read_text()) for path in before if path.read_text() != before[path]]
    assert text.replace("  - führerschein vom amt\n", "") == before[path]
    assert "Ihr Vorschlag ist aufgenommen" in bot.lotse.last.text
    assert "als Formulierung für" in bot.lotse.last.text
    assert (await command(bot, "/vorschlaege")).startswith("Keine offenen Vorschläge.")


async def test_a_new_entry_is_a_draft(bot: Bot) -> None:
    """The form is filled in with question and answer; what is missing makes it unverified; the Lotse is told."""
    await answered(bot, "Zahlt das Amt den Führerschein?", "Das Jobcenter kann < 276 Euro zahlen.")
    await press(bot, PROPOSE, bot.lotse)
    await press(bot, "🆕 Neuer Eintrag", bot.lotse)
    await press(bot, "Ansehen")
    form = await press(bot, "🆕 Neuer Eintrag")
    assert "Titel: Zahlt das Amt den Führerschein?" in form
    assert "Frage: Zahlt das Amt den Führerschein?" in form
    assert "Antwort: Das Jobcenter kann &lt; 276 Euro zahlen." in form
    assert "Stand: \n" in form

    assert "Thema: eins von T01" in await fills_in(bot, ("Thema: T", "Thema: X"))
    await bot.admin.says("Titel: nix")
    await bot.quiet()
    assert "Das passt noch nicht" in bot.admin.last.text
    await command(bot, "/vorschlaege")
    await press(bot, bot.admin.last.labels[0])
    await press(bot, "🆕 Neuer Eintrag")
    preview = await fills_in(bot, ("Frage: ", "Frage: führerschein jobcenter\nFrage: "))
    assert "Wird ein Entwurf" in preview
    assert "mindestens 8 Fragen" in preview
    report = await press(bot, "Prüfen und eintragen")
    assert "Neu (1): zahlt-das-amt-den-fuhrerschein" in report
    await press(bot, "Übernehmen")

    told = bot.lotse.last.text
    assert "als neuer Eintrag „Zahlt das Amt den Führerschein?“" in told
    bot.clock.wind(minutes=30)
    said = await command(bot, "/frage führerschein jobcenter", bot.employer)
    assert "Das Jobcenter kann < 276 Euro zahlen." in said
    assert "Bitte vor Ort prüfen: Entwurf aus dem Chat" in said
    assert bot.employer.last.labels[0] == "👤 Das mit dem Lotsen klären"
    written = "".join(path.read_text() for path in folder_of(bot).rglob("*.yaml"))
    assert "  entwurf: true\n" in written
    assert "zahlt-das-amt-den-fuhrerschein" in await command(bot, "/faellig")
    await bot.admin.forges_press(encode(CheckEntry()), bot.admin.last)
    await bot.quiet()
    assert "wartet nicht mehr" in "".join(seen.text for seen in bot.admin.received)


async def test_a_new_entry_of_a_gap(bot: Bot) -> None:
    """The wordings without holes are its phrasings; the whole form makes no draft; the gap is gone then."""
    await bot.admin.starts()
    await three_ask(bot)
    await command(bot, "/luecken")
    form = await press(bot, "🆕 Neuer Eintrag")
    assert "Frage: führerschein bezahlen" in form
    questions = "".join(f"\nFrage: führerschein frage {number}" for number in range(8))
    title = next(line for line in form.splitlines() if line.startswith("Titel: "))
    preview = await fills_in(
        bot,
        (title, "Titel: Zahlt jemand den Führerschein?"),
        ("Frage: führerschein bezahlen", f"Frage: führerschein bezahlen{questions}"),
        ("Antwort: ", "Antwort: Manchmal zahlt die <b>Agentur für Arbeit</b>."),
        ("Grundlage: ", "Grundlage: § 44 SGB III"),
        ("Quelle: ", "Quelle: § 44 SGB III | https://www.gesetze-im-internet.de/sgb_3/__44.html"),
        ("Stand: ", "Stand: 08/2026"),
        ("Prüfen bis: ", "Prüfen bis: 31.05.2027"),
    )
    assert "Vollständig" in preview
    await press(bot, "Prüfen und eintragen")
    await press(bot, "Übernehmen")
    said = await answer(bot, "führerschein frage 3")
    assert "Manchmal zahlt die Agentur für Arbeit." in said
    assert "Bitte vor Ort prüfen" not in said
    assert (await command(bot, "/luecken")).startswith("Keine Lücken.")


async def test_the_gate_refuses_a_form(bot: Bot) -> None:
    """Marks that are not allowed: refused with a reason, no file changed, the form can be sent once more."""
    await bot.admin.starts()
    await three_ask(bot)
    await command(bot, "/luecken")
    await press(bot, "🆕 Neuer Eintrag")
    before = {path: path.read_bytes() for path in folder_of(bot).rglob("*.yaml")}
    title = next(line for line in bot.admin.last.text.splitlines() if line.startswith("Titel: "))
    await fills_in(
        bot,
        (title, "Titel: Zahlt jemand das?"),
        ("Antwort: ", "Antwort: Das ist <table>verboten</table>, leider."),
    )
    assert (await press(bot, "Prüfen und eintragen")).startswith("Nichts geändert.")
    assert {path: path.read_bytes() for path in before} == before
    form = bot.admin.received[-2]
    await bot.admin.presses("Prüfen und eintragen", message=form)
    await bot.quiet()
    assert bot.admin.last.text.startswith("Nichts geändert.")


async def test_declined(bot: Bot) -> None:
    """The Lotse is told; other editors' buttons say that it is decided; proposing the same twice is one proposal."""
    await answered(bot)
    await press(bot, PROPOSE, bot.lotse)
    preview = bot.lotse.last
    await press(bot, "🆕 Neuer Eintrag", bot.lotse)
    await press(bot, "Ansehen")
    await press(bot, "✖️ Ablehnen")
    assert "nicht aufgenommen" in bot.lotse.last.text
    await bot.admin.forges_press(encode(ShowProposal(1)), bot.admin.last)
    await bot.quiet()
    assert "abgelehnt" in bot.admin.last.text
    await bot.lotse.forges_press(preview.rows[1][0].data, preview)
    await bot.quiet()
    assert any("schon vorgeschlagen" in seen.text for seen in bot.lotse.received)
    assert (await command(bot, "/vorschlaege")).startswith("Keine offenen Vorschläge.")


async def test_words_with_a_photo(bot: Bot) -> None:
    """A caption is the Lotse's words too; nothing of the photo goes along. Without words there is nothing to propose."""
    await answered(bot)
    card = next(seen for seen in bot.lotse.received if seen.protected)
    await bot.lotse.sends_photo(reply_to=card.id)
    await bot.quiet()
    assert PROPOSE not in bot.lotse.last.labels
    await bot.lotse.sends_photo("Den Antrag stellt der Betrieb, so wie hier bei Yusuf.", reply_to=card.id)
    await bot.quiet()
    assert bot.lotse.last.labels == [PROPOSE]
    preview = await press(bot, PROPOSE, bot.lotse)
    assert "Den Antrag stellt der Betrieb, so wie hier bei …." in preview
    await press(bot, "🆕 Neuer Eintrag", bot.lotse)
    [proposal] = await bot.app.linking._store.read.all("SELECT * FROM proposals")
    assert "Den Antrag stellt der Betrieb" in await press(bot, "Ansehen")
    assert proposal["state"] == "open"


async def test_what_is_the_faqs_already_is_not_proposed(bot: Bot) -> None:
    """A draft that is sent unchanged is an entry."""
    await bot.link(HWK_KOELN, bot.lotse)
    await bot.employer.starts()
    await open_case(bot, "Wie lange dauert eine EQ?")
    await press(bot, "Übernehmen", bot.lotse)
    await press(bot, next(label for label in _all_labels(bot) if label.startswith("💡")), bot.lotse)
    await press(bot, "Unverändert senden", bot.lotse)
    assert PROPOSE not in bot.lotse.last.labels


def _all_labels(bot: Bot) -> list[str]:
    """The buttons under the Lotse's card."""
    return next(seen.labels for seen in bot.lotse.received if seen.protected)


async def test_what_is_not_the_lotses_words(bot: Bot) -> None:
    """The button forged under another message, or by the employer: nothing is proposed."""
    await answered(bot)
    for person in (bot.lotse, bot.employer):
        await person.forges_press(encode(ProposeFaq(1)), person.received[0])
        await bot.quiet()
    assert "nicht mehr zu lesen" in bot.lotse.alerts[-1]
    assert bot.employer.alerts
    for person in (bot.lotse, bot.employer):
        assert "vorbehalten" in await command(bot, "/vorschlaege", person)
        await person.forges_press(encode(EntryOfGap(1)), person.last)
        await bot.quiet()
        assert "vorbehalten" in person.alerts[-1]
    assert (await bot.app.linking._store.read.all("SELECT * FROM proposals")) == ()
