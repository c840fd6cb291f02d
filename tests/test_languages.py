"""Languages other than German are recognised; German with foreign names and words stays German."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.languages import Language, recognise
from knowledge.message import read

L = Language
FOREIGN = {
    L.ENGLISH: ("Can I hire a refugee?", "How long does it take to get a work permit?", "what is the 3+2 rule",
                "My apprentice has a Duldung, can he work?", "please help me", "I need information about EQ",
                "Is my employee allowed to work with Aufenthaltsgestattung?"),
    L.TURKISH: ("Merhaba, bir mülteci çalıştırabilir miyim?", "Çalışma izni nasıl alınır?", "Mülteci için çalışma izni lazım mı",
                "teşekkürler", "Almanca kursu var mı?"),
    L.ARABIC: ("هل يمكنني توظيف لاجئ؟", "مرحبا", "ما هو تصريح العمل"),
    L.PERSIAN: ("آیا می‌توانم یک پناهنده استخدام کنم؟",),
    L.UKRAINIAN: ("Чи можу я працювати?", "Добрий день", "Як отримати дозвіл на роботу", "дякую"),
    L.RUSSIAN: ("Можно ли взять на работу беженца?", "Здравствуйте", "Какие документы нужны", "спасибо большое"),
    L.POLISH: ("Czy mogę zatrudnić uchodźcę?", "Dzień dobry", "Jak długo trwa pozwolenie na pracę", "czy on moze pracowac"),
    L.OTHER: ("สวัสดี", "ሰላም", "γειά σου", "你好"),
}  # fmt: skip
ASIDE = {
    L.ENGLISH: ("Do I need permission for an internship?", "what does toleration mean", "Who pays for the language course?",
                "can my trainee stay after the exam", "refugee apprenticeship rules"),
    L.TURKISH: ("İş yerimde mülteci çalıştırmak istiyorum", "bu kadar zaman ne icin gerekli", "Lütfen bana yardım eder misiniz?", "selam nasilsin"),
    L.UKRAINIAN: ("Які документи потрібні для навчання?", "Мій працівник з України"),
    L.RUSSIAN: ("Сколько стоит обучение", "Работник без паспорта"),
    L.POLISH: ("Chcę zatrudnić pracownika z Ukrainy", "ile to kosztuje i czy jest dofinansowanie"),
}  # fmt: skip
GERMAN = (
    "Ayşe Yıldız hat eine Duldung, darf sie arbeiten?",
    "Łukasz kommt aus Polen",
    "Job",
    "Training on the Job",
    "Darf er am Meeting teilnehmen?",
    "Was kostet das?",
    "Hi",
    "Ist der Integrationskurs in der Nähe?",
    "EQ plus",
    "Team",
    "Mein Azubi heißt Şahin",
    "ok",
    "IHK",
    "wann war das",
    "Help",
    "Start",
    "Mein Azubi spricht nur English",
    "Work and Travel Visum",
    "Darf ein Student mit Studentenvisum bei uns im Home Office arbeiten",
    "Der Azubi kommt aus Afghanistan (افغانستان) und heißt أحمد",
    "",
    "123",
    "😊",
    "Azubi Speed Dating",
    "Kurs",
    "Firma",
    "Vize",
)


@pytest.mark.parametrize(
    ("language", "text"), [(k, t) for d in (FOREIGN, ASIDE) for k, ts in d.items() for t in ts]
)
def test_another_language_is_recognised(language: Language, text: str) -> None:
    """Script and little words tell the language."""
    assert recognise(read(text)) is language


@pytest.mark.parametrize("text", GERMAN)
def test_german_is_not_taken_for_another_language(text: str) -> None:
    """Foreign names, borrowed words and very short messages are German."""
    assert recognise(read(text)) is None


@given(st.text(max_size=300))
@example("\U0001d360")  # a counting rod: of a block of letters, but none itself
def test_any_text_can_be_looked_at(text: str) -> None:
    """No text makes the recognition fail."""
    assert recognise(read(text)) in {None, *Language}
