import pytest

from cellkg import Graph, UserInputError
from cellkg.vocabulary import STUDY

POSTER = STUDY["ms-intrathecal-msc-poster"].value


def test_nothing_asked_is_everything(curated: Graph) -> None:
    assert curated.select() == (None, "all studies")


def test_a_term_brings_the_studies_of_narrower_ones(curated: Graph) -> None:
    found = curated.select(about=["multiple sclerosis"])
    assert found.studies is not None
    assert POSTER in found.studies
    assert found.words == "studies of multiple sclerosis"


def test_a_question_in_words_brings_the_silent_studies_too(curated: Graph) -> None:
    found = curated.select(question="which intrathecal MSC trials reported fever")
    answer = curated.ask_in_words("which intrathecal MSC trials reported fever")
    assert len(found.studies or ()) == len({row["study"] for row in answer.as_dicts()}) > 1


def test_a_stored_question_takes_several_values(curated: Graph) -> None:
    one = curated.select(question="adverse-event-answers event=fever cellType=MSC route=IT")
    two = curated.select(
        question="adverse-event-answers event=fever event=headache cellType=MSC route=intrathecal"
    )
    assert one.studies == two.studies


def test_what_is_given_narrows_down(curated: Graph) -> None:
    both = curated.select(studies=["ms-intrathecal-msc-poster", "als"], about=["fever"])
    assert both.studies == (POSTER,)
    assert both.words.endswith("; studies of fever")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"studies": ["als"], "about": ["intravenous"]}, "No study fits"),
        ({"question": "sources event"}, "'event' is no value of the question"),
        ({"about": ["fevre"]}, "fever"),
        ({"studies": ["poster"]}, "did you mean"),
    ],
)
def test_what_fits_nothing_is_told(curated: Graph, given: dict[str, object], told: str) -> None:
    with pytest.raises(UserInputError, match=told):
        curated.select(**given)  # type: ignore[arg-type] # keywords of different types
