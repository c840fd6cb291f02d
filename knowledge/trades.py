"""The branch of trade that an employer types instead of pressing a button: "Bäckerei", "wir sind ein Hotel", "weiß nicht".

Only trades that belong to one chamber everywhere are listed: those of the crafts are from the annexes A and B of the HwO, without
those whose firms are often members of the other chamber (breweries, mills, builders, printers, machine works, car dealers, gardeners). Whoever names
none of them, or trades of two branches, is asked by buttons.
"""

from typing import Final

from knowledge.directory import Branch
from knowledge.message import read
from knowledge.wordgroups import WordGroups

_TRADES: Final = {
    Branch.HANDWERK: (
        "handwerk* innung meisterbetrieb hwk handwerkskammer bäcker* konditor* fleischer* metzger* friseur* frisör* barbier* "
        "maurer* zimmerer* zimmerei* dachdecker* fliesenleger* estrichleger* stuckateur* trockenbauer* steinmetz* "
        "malerbetrieb* maler malermeister* lackierer* lackiererei* gerüstbau* schornsteinfeger* metallbau* schlosser* karosserie* "
        "feinwerkmechanik* zweirad* fahrradwerkstatt kälteanlagen* kfz-werkstatt kfzwerkstatt autowerkstatt werkstatt landmaschinenmechanik* "
        "klempner* spengler* installateur* heizungsbau* shk sanitär* elektriker* elektrobetrieb elektroinstallat* elektrotechnik* "
        "elektromeister* tischler* schreiner* bootsbau* augenoptik* optiker* hörakustik* orthopädietechnik* orthopädieschuh* "
        "zahntechnik* dentallabor* glaser* glaserei* parkettleger* bodenleger* rollladen* raumausstatt* polsterei* uhrmacher* goldschmied* "
        "änderungsschneider* schneiderei* schuhmacher* schuster* textilreinig* gebäudereinig* kosmetikstudio* kosmetiker* "
        "bestatter* bestattungs* straßenbauer* brunnenbauer* ofenbauer* kachelofen*"
    ),
    Branch.IHK: (
        "ihk industrie* hotel* gastro* restaurant* gasthof gasthaus gaststätte wirtshaus imbiss* pizzeria* kneipe* bistro "
        "catering* einzelhandel* großhandel* onlinehandel handel supermarkt* spedition* logistik* speditionsbetrieb lagerlogistik "
        "transportunternehmen fuhrunternehmen fabrik* softwarefirma it-firma itfirma it-dienstleister bank sparkasse versicherung* "
        "reisebüro tankstelle* zeitarbeit* sicherheitsdienst* chemiewerk* dienstleist* werbeagentur*"
    ),
    Branch.FREIE: (
        "freiberuf* arztpraxis* zahnarzt* hausarzt* facharzt* tierarzt* praxis arzt ärztin kanzlei* rechtsanwalt* rechtsanwält* "
        "anwalt* anwält* notar* notariat steuerberat* steuerkanzlei* wirtschaftsprüf* architekt* ingenieurbüro* apotheke* physiotherapie*"
    ),
}
_UNKNOWN: Final = ("weiß … nicht", "keine ahnung", "unsicher", "unbekannt", "egal")
_NOT_SO: Final = ("kein", "keine", "keinen", "nicht", "weder", "statt", "sondern")
_WORDS: Final = WordGroups(
    {
        **{branch.value: words.split() for branch, words in _TRADES.items()},
        Branch.FREIE.value: (*_TRADES[Branch.FREIE].split(), "freier beruf", "freie berufe"),
        Branch.UNBEKANNT.value: _UNKNOWN,
        "not so": _NOT_SO,
    }
)


def branch_of(text: str) -> Branch | None:
    """The one branch that ``text`` names; ``None`` when it names none, two, or says what the firm is not."""
    found = _WORDS.scan(read(text))
    named = [branch for branch in Branch if found.has(branch.value)]
    if named == [Branch.UNBEKANNT]:
        return Branch.UNBEKANNT
    if found.has("not so") or len(named) != 1:
        return None
    return named[0]
