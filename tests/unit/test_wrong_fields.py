"""What pydantic finds wrong: said to programs as ever, and to people in plain words of their language."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from dashboard.api.fields import Body, Query
from dashboard.api.requests import OrderGiven, PeriodAsked, Step
from dashboard.api.wrong import PLAIN, Unusable, wrong_fields
from layouts.states import refusal_text
from layouts.words import Words

PLACE = '{"lat": 60.17, "lon": 24.94}'
FRENCH = Words("fr")


def order(more: str) -> str:
    """An order with something else."""
    return f'{{"pickup": {PLACE}, "dropoff": {PLACE}, {more}}}'


def found(model: type[Body | Query], document: str) -> Unusable:
    """What is wrong with it."""
    with pytest.raises(ValidationError) as error:
        model.model_validate_json(document)
    return Unusable(wrong_fields(error.value))


WRONG: dict[str, tuple[type[Body | Query], str, str]] = {
    "missing": (OrderGiven, f'{{"pickup": {PLACE}}}', "livraison\u00a0: C’est nécessaire"),
    "too long": (OrderGiven, order(f'"note": "{"x" * 201}"'), "Ce texte dépasse 200 caractères"),
    "a list": (OrderGiven, order(f'"tags": [{", ".join(f'"{n}"' for n in range(21))}]'), "plus de 20"),
    "a line of a list": (OrderGiven, order('"items": [{"name": "Soup", "quantity": 0}]'), "articles 1 quantité"),
    "a number": (OrderGiven, order('"weight_g": "heavy"'), "nombre entier"),
    "an id": (OrderGiven, order('"restaurant": "no such/place"'), "Lettres, chiffres"),
    "a choice": (OrderGiven, order('"kind": "letter"'), "choisissez"),
    "a window": (
        OrderGiven, f'{{"pickup": {PLACE}, "dropoff": {{"lat": 60.1, "lon": 24.9, "after": "2026-11-24T12:00:00Z", '
        '"before": "2026-11-24T11:00:00Z"}}', "se ferme"),
    "control characters": (OrderGiven, order('"note": "\\u0007"'), "caractères de contrôle"),
    "our own refusal": (OrderGiven, order('"tags": [" "]'), "étiquette"),
    "a field too many": (Step, '{"colour": "red"}', "rechargez la page"),
    "a day": (PeriodAsked, '{"from": "yesterday"}', "2026-06-01"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_it_is_said_plainly_in_french(what: str) -> None:
    """Each kind with its field, as people call it, and what to do; nothing of pydantic's own English."""
    model, document, told = WRONG[what]
    refusal = found(model, document)
    said = refusal_text(refusal, FRENCH, {})
    assert told in said
    for one in refusal.fields:
        assert one.detail not in said


def test_programs_are_told_as_ever() -> None:
    """In English, by the names of the fields on the wire."""
    refusal = found(OrderGiven, order(f'"note": "{"x" * 201}", "colour": "red"'))
    assert str(refusal) == (
        "This cannot be used: note: String should have at most 200 characters; colour: there is no such field"
    )


def test_every_plain_text_is_translated() -> None:
    """None of the table's texts is its own translation."""
    assert [text for text in PLAIN.values() if FRENCH(text, most=1) == text.replace("{most}", "1")] == []
