"""Every answer fits into one message of Telegram, on any day: what the lint reckons against what is rendered."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editions import packaged
from handlers import render
from knowledge import lint, markup, source
from knowledge.entry import Knowledge, Link, Variant
from knowledge.schema import LAENDER
from tests.plain_entry import plain_entry

SHORT = st.text("aä<&> \n", max_size=12)
VARIANTS = st.builds(
    Variant, land=st.sampled_from(sorted(LAENDER)), text=st.sampled_from(["In <b>Bayern</b>", "a &amp; b"])
)


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(
        {
            "title": SHORT,
            "answer": st.sampled_from(["<b>Ja.</b>\nZeile", "x" * 900]),
            "details": st.sampled_from(["", "• <i>a</i>\n• b", "y" * 2000]),
            "legal_basis": st.lists(SHORT, max_size=30).map(tuple),
            "programme": SHORT,
            "sources": st.lists(st.builds(Link, name=SHORT, url=st.just("https://www.bamf.de/")), max_size=3).map(tuple),
            "unverified": SHORT,
            "variants": st.lists(VARIANTS, max_size=16).map(tuple),
        }
    )
)  # fmt: skip
def test_no_answer_is_longer_than_the_lint_reckons(fields: dict[str, object]) -> None:
    """Overdue, unverified, with all variants and a note before it: the rendered answer is at most as long."""
    one = plain_entry("a", **fields)  # type: ignore[arg-type]  # fields by name, from a strategy
    for land in ("", *LAENDER):
        shown = render.answer(one, Knowledge(()), date(2099, 1, 1), before="n" * 600, land=land)

        assert len(markup.visible(shown.html)) <= lint.longest(one)


def test_no_shipped_answer_is_too_long() -> None:
    """Rendered on its worst day, every answer fits into one message, and the reckoning is not far off."""
    shipped = source.load(packaged())
    for one in shipped.entries.values():
        texts = [render.answer(one, shipped, date(2099, 1, 1), land=land).html for land in ("", *LAENDER)]
        longest = max(len(markup.visible(text)) for text in texts)
        assert longest <= lint.longest(one) <= lint.MAX_MESSAGE
        assert lint.longest(one) - longest < 1000
