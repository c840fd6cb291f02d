"""German words that carry no topic: what is left of a message without them says what it is about."""

from knowledge.language import fold

_ARTICLES = """
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines
dieser diese dieses diesen diesem jener jene jenes jeder jede jedes jeden jedem mancher manche solche solcher solchen
""".split()
_PRONOUNS = """
ich du er sie es wir ihr man mich dich ihn uns euch sich mir dir ihm ihnen ihre ihren ihrem ihrer ihres
mein meine meinen meinem meiner meines dein deine deinen deinem deiner sein seine seinen seinem seiner seines
unser unsere unseren unserem unserer unsern unserm euer eure euren eurem eurer selbst selber
jemand jemanden jemandem niemand etwas was nichts alles alle allen aller einige einiges viel viele vielen mehr wenig
dies derjenige diejenige derselbe dieselbe
""".split()
_PREPOSITIONS = """
in im ins an am ans auf aus bei bis durch für gegen hinter mit nach neben ohne seit über um unter von vor
während wegen zu zwischen ab außer innerhalb außerhalb laut trotz per pro je beim zum zur vom fürs aufs
""".split()
_CONJUNCTIONS = """
und oder aber denn sondern doch dass daß weil wenn ob als wie da damit obwohl falls sobald solange sowie sowohl weder
entweder bevor nachdem sofern indem sodass also deshalb deswegen daher darum trotzdem jedoch dann sonst bzw
""".split()
_ADVERBS = """
nicht auch nur noch schon mal einmal eben halt eigentlich vielleicht wohl ja nein etwa genau ganz sehr so zu hier dort da
dahin hin her jetzt nun gerade dann immer wieder gern gerne lieber bitte danke einfach überhaupt bestimmt wirklich
irgendwie irgendwas irgendwo irgendwann irgendjemand dabei dafür dagegen daran darauf daraus darüber dazu davon davor damit
hierzu hierfür hierbei zurzeit derzeit aktuell bereits bald später vorher nachher danach zuerst ungefähr circa ca
besser gut okay ok hallo hi servus moin guten tag
""".split()
_VERBS = """
bin bist ist sind seid sei war waren wäre wären gewesen habe hab hast hat haben habt hatte hatten hätte hätten gehabt
werde wirst wird werden werdet wurde wurden würde würden worden geworden kann kannst können könnt konnte könnte könnten
muss musst müssen müsst musste müsste müssten soll sollst sollen sollt sollte sollten will willst wollen wollt wollte
darf darfst dürfen dürft durfte dürfte dürften möchte möchten möchtest mögen lasse lässt lassen
gibt geben gehen geht gehts macht machen mache tun tut sagen sagt wissen weiß wüsste heißt brauche brauchst braucht
brauchen bräuchte gilt gelten komme kommt kommen gehe nehme nehmen nimmt steht stehen bekomme bekommt bekommen
""".split()
_QUESTIONS = """
wer wen wem wessen was welcher welche welches welchen welchem wann wo wohin woher wie warum wieso weshalb weswegen
womit wofür wozu wodurch wobei woran worauf worüber wovon wieviel wieviele
""".split()

QUESTION_WORDS = frozenset(fold(word) for word in _QUESTIONS)
# Little words that are compared as they are: "eine" and "einer", "falls" and "Fall" say different things.
INVARIABLE = frozenset(
    fold(word) for words in (_ARTICLES, _PRONOUNS, _PREPOSITIONS, _CONJUNCTIONS, _QUESTIONS) for word in words
)
FUNCTION_WORDS = frozenset(
    fold(word)
    for words in (_ARTICLES, _PRONOUNS, _PREPOSITIONS, _CONJUNCTIONS, _ADVERBS, _VERBS, _QUESTIONS)
    for word in words
)
