"""The branch of trade that an employer types instead of pressing a button: "Bäckerei", "wir sind ein Hotel", "weiß nicht".

Only trades that belong to one chamber everywhere are listed: those of the crafts are from the annexes A and B of the HwO, without
those whose firms are often members of the other chamber (breweries, mills, builders, printers, machine works, car dealers, gardeners). Whoever names
none of them, or trades of two branches, or writes a whole sentence or a question, is asked by buttons.
"""

from functools import cache
from typing import Final

from knowledge.directory import Branch
from knowledge.meaning import meanings
from knowledge.message import read
from knowledge.wordgroups import WordGroups

_TRADES: Final = {
    Branch.HANDWERK: (
        "handwerk* innung meisterbetrieb hwk bäcker* konditor* fleischer* metzger* friseur* frisör* barbier* "
        "maurer* zimmerer* zimmerei* dachdecker* fliesenleger* estrichleger* stuckateur* trockenbauer* steinmetz* "
        "malerbetrieb* maler malermeister* lackierer* lackiererei* gerüstbau* schornsteinfeger* metallbau* schlosser* karosserie* "
        "feinwerkmechanik* zweirad* fahrradwerkstatt kälteanlagen* kfz-werkstatt kfzwerkstatt autowerkstatt landmaschinenmechanik* "
        "klempner* spengler* installateur* heizungsbau* shk sanitär* elektriker* elektrobetrieb elektroinstallat* elektrotechnik* "
        "elektromeister* tischler* schreiner* bootsbau* augenoptik* optiker* hörakustik* orthopädietechnik* orthopädieschuh* "
        "zahntechnik* dentallabor* glaser* glaserei* parkettleger* bodenleger* rollladen* raumausstatt* polsterei* uhrmacher* goldschmied* "
        "änderungsschneider* schneiderei* schuhmacher* schuster* textilreinig* gebäudereinig* kosmetikstudio* kosmetiker* "
        "bestatter* bestattungs* straßenbauer* brunnenbauer* ofenbauer* kachelofen*"
    ),
    Branch.IHK: (
        "ihk industrie* hotel* gastro* restaurant* gasthof gasthaus gaststätte wirtshaus imbiss* pizzeria* kneipe* bistro "
        "catering* einzelhandel* großhandel* onlinehandel =handel supermarkt* spedition* logistik* speditionsbetrieb lagerlogistik "
        "transportunternehmen fuhrunternehmen fabrik* softwarefirma it-firma itfirma it-dienstleister bank sparkasse versicherung* "
        "reisebüro tankstelle* zeitarbeit* sicherheitsdienst* chemiewerk* dienstleist* werbeagentur*"
    ),
    Branch.FREIE: (
        "freiberuf* arztpraxis* zahnarzt* hausarzt* facharzt* tierarzt* praxis kanzlei* rechtsanwalt* rechtsanwält* "
        "anwaltskanzlei* notar* notariat steuerberat* steuerkanzlei* wirtschaftsprüf* architekt* ingenieurbüro* apotheke* physiotherapie*"
    ),
}
_LONGEST: Final = 8  # words: "wir sind eine kleine Bäckerei mit drei Leuten"
_UNKNOWN: Final = ("weiß … nicht", "keine ahnung", "unbekannt")
_NOT_SO: Final = (
    "kein",
    "keine",
    "keinen",
    "nicht",
    "weder",
    "statt",
    "sondern",
    "in der Praxis",
    "gesagt",
    "er",
    "ihn",
    "morgen",
)


@cache
def _words() -> WordGroups:
    """The trades, compiled when the first is typed; a common word ("handelt") is no misspelt trade."""
    groups = {
        **{branch.value: words.split() for branch, words in _TRADES.items()},
        Branch.FREIE.value: (*_TRADES[Branch.FREIE].split(), "freier beruf", "freie berufe"),
        Branch.UNBEKANNT.value: _UNKNOWN,
        "not so": _NOT_SO,
    }
    return WordGroups(groups, known=meanings())


def branch_of(text: str) -> Branch | None:
    """The one branch that ``text`` names; ``None`` when it names none, two, or says what the firm is not."""
    message = read(text)
    if message.question or len(message.words) > _LONGEST:
        return None  # a sentence that tells or asks something
    found = _words().scan(message)
    named = [branch for branch in Branch if found.has(branch.value)]
    if named == [Branch.UNBEKANNT]:
        return Branch.UNBEKANNT
    if found.has("not so") or len(named) != 1:
        return None
    return named[0]
