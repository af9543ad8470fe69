"""A kind file with a fault is refused, and the message names the key path; several faults come together."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from board.kinds import load
from board.rules.kind_file import KindError, at_level, parse

Break = Callable[[dict[str, Any]], object]


CHAIN = {"due": "amount", "paid": "amount", "returned": "amount"}


BROKEN: list[tuple[Break, str]] = [
    (lambda kind: kind.pop("name"), "name is missing"),
    (lambda kind: kind["name"].pop("en"), "name.en is missing"),
    (lambda kind: kind["name"].update(zh=" "), "name.zh is empty"),
    (lambda kind: kind["name"].update(zh=3), "name.zh is not a string"),
    (lambda kind: kind["rows"].pop("en"), "rows.en is missing"),
    (lambda kind: kind["name"].update(fr="Terres"), "name.fr is not a known key"),
    (lambda kind: kind.update(name="耕地"), "name is not a table"),
    (lambda kind: kind["facts"][3]["label"].pop("en"), "facts[3].label.en is missing"),
    (lambda kind: kind["facts"][0]["hint"].pop("zh"), "facts[0].hint.zh is missing"),
    (lambda kind: kind["facts"][0].update(type="number"), "facts[0].type is unknown: 'number'; known: text, long, date"),
    (lambda kind: kind["facts"][0].update(requird=True), "facts[0].requird is not a known key"),
    (lambda kind: kind["facts"][0].update(required=1), "facts[0].required is not true or false"),
    (lambda kind: kind["facts"][0].update(id="Basis"), "facts[0].id is not a word of a-z, 0-9 and _: 'Basis'"),
    (lambda kind: kind["facts"][0].update(block="top"), "facts[0].block is unknown: 'top'; known: policy, money"),
    (lambda kind: kind["facts"][0].update(levels=["moon"]), "facts[0].levels[0] is unknown: 'moon'; known: city, county"),
    (lambda kind: kind["facts"][0].update(levels=["city"]), "facts[0].levels names 'city', which does not publish this kind"),
    (lambda kind: kind["facts"][1].update(id="basis_document"), "facts[1].id is there twice: 'basis_document'"),
    (lambda kind: kind["facts"][0].update(type="choice"), "facts[0].choices must be given for the type choice, and for no other"),
    (lambda kind: kind["facts"][0].update(explains="name"), "facts[0].explains names no column of figures that readers see: 'name'"),
    (lambda kind: kind["facts"].pop(-1), "facts must have report_phone, required at every level: every notice says whom to ask"),
    (lambda kind: kind.update(facts={}), "facts is not a list"),
    (lambda kind: kind.update(position="1"), "position is not a whole number"),
    (lambda kind: kind.update(position=0), "position is less than 1"),
    (lambda kind: kind.update(position=True), "position is not a whole number"),
    (lambda kind: kind.update(at={"moon": {}}), "at.moon is not a level that publishes it"),
    (lambda kind: kind.update(at={"village": {"name": "x"}}), "at.village may say after, audience, keep_months, names and nothing else"),
    (lambda kind: kind.update(at={"village": {"names": "sensitive"}}), "at.village: after must be withdraw: the names are sensitive"),
    (lambda kind: kind.update(colour="red"), "colour is not a known key"),
    (lambda kind: kind.update(levels=[]), "levels is empty: nobody could publish it"),
    (lambda kind: kind.update(levels=["village", "village"]), "levels[1] is there twice: 'village'"),
    (lambda kind: kind.pop("places"), "places must be given if there is a column of type place, and only then"),
    (lambda kind: kind.pop("display"), "display is missing"),
    (lambda kind: kind["display"].update(days=0), "display.days is less than 1"),
    (lambda kind: kind["display"].pop("first_day_counts"), "display.first_day_counts is missing"),
    (lambda kind: kind["display"].update(unit="days"), "display.unit is unknown: 'days'; known: calendar, working"),
    (lambda kind: kind.pop("keep_months"), "keep_months is missing"),
    (lambda kind: kind.update(after="withdraw"), "keep_months is given, but the roster is withdrawn when the period ends"),
    (lambda kind: kind.update(names="sensitive"), "after must be withdraw: the names are sensitive"),
    (lambda kind: kind.update(names="none"), "names must be none if no column shows names, and only then"),
    (lambda kind: kind["columns"][2].update(show="public"), "columns[2].show is public: a name is masked or staff"),
    (lambda kind: kind["columns"][3].update(show="masked"), "columns[3].show is masked, which is for names only"),
    (lambda kind: kind["columns"][3].update(type="acre"), "columns[3].type is unknown: 'acre'"),
    (lambda kind: kind["columns"][3].update(choices=[{"id": "a", "label": {"zh": "甲", "en": "A"}}]), "columns[3].choices are for columns"),
    (lambda kind: kind["columns"][3].update(unit="元"), "columns[3].unit is unknown: '元'; known: 亩, 万亩, 公顷, 平方米"),
    (lambda kind: kind["columns"][3].update(synonyms=["面积(亩)"]), "columns[3].synonyms: '面积(亩)' never matches; headers are"),
    (lambda kind: kind["columns"][3]["synonyms"].append("村"), "columns[3]: the header '村' also means village"),
    (lambda kind: kind["checks"][0].update(result="sum"), "checks[0].result names a column that does not exist: 'sum'"),
    (lambda kind: kind["checks"][0].update(of=["area", "prize"]), "checks[0].of[1] names a column that does not exist: 'prize'"),
    (lambda kind: kind["checks"][0].update(of=["area", "name"]), "checks[0].of[1] names a column without figures: 'name'"),
    (lambda kind: kind["checks"][0].update(of=["area"]), "checks[0].of must name two columns or more"),
    (lambda kind: kind["checks"][0].update(tolerance="some"), "checks[0].tolerance is not a number: 'some'"),
    (lambda kind: kind["checks"][0].update(type="difference"), "checks[0].type is unknown: 'difference'; known: product, sum, running"),
    (lambda kind: kind["facts"][3].update(term={"zh": "补贴对象"}), "facts[3].term.en is missing"),
    (lambda kind: kind.update(term={"zh": "", "en": "a"}), "term.zh is empty"),
    (lambda kind: kind.update(chain={"due": "amount", "paid": "amount"}), "chain.returned is missing"),
    (lambda kind: kind.update(chain=CHAIN | {"paid": "area"}), "chain.paid names no public column of money: 'area'"),
    (lambda kind: kind.update(chain=CHAIN | {"granted": "standard"}), "chain.granted names no fact of money: 'standard'"),
    (lambda kind: kind.update(chain=CHAIN | {"back": "amount"}), "chain.back is not a known key"),
    (lambda kind: kind["sentence"].update(en="{sum}"), "sentence.en has an unknown placeholder {sum}; known: amount, area,"),
    (lambda kind: kind["sentence"].update(en="{rows!r}"), "sentence.en may name things in braces, but not format them"),
    (lambda kind: kind["sentence"].update(en="{rows"), "sentence.en has a brace without its pair"),
    (lambda kind: kind["sentence"].update(en="{rate}"), "sentence.en has an unknown placeholder {rate}"),  # not every sheet has it
]


def cropland() -> dict[str, Any]:
    return copy.deepcopy(load()["cropland-subsidy"].source)


@pytest.mark.parametrize(("spoil", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_a_fault_is_refused_by_its_key_path(spoil: Break, message: str):
    data = cropland()
    spoil(data)

    with pytest.raises(KindError) as refused:
        parse("cropland-subsidy", data)

    assert len(refused.value.faults) == 1
    assert refused.value.faults[0].startswith(f"cropland-subsidy: {message}")


def test_a_level_has_its_own_audience_and_end():
    kind = load()["cropland-subsidy"]
    own = parse(kind.id, kind.source | {"at": {"village": {"audience": "members", "after": "withdraw"}}})
    village, township = at_level(own, "village"), at_level(own, "township")
    assert (village.audience, village.after, village.keep_months) == ("members", "withdraw", 0)
    assert (township.audience, township.after, township.keep_months) == ("everyone", "keep", kind.keep_months)
    assert "at" not in village.source, "a version is frozen with what holds for its publisher"
    assert at_level(kind, "village") is kind


def test_all_faults_come_at_once():
    data = cropland()
    del data["name"]["en"]
    data["facts"][3]["label"]["en"] = ""
    data["checks"][0]["of"] = ["area", "prize"]

    with pytest.raises(KindError) as refused:
        parse("cropland-subsidy", data)

    assert [fault.split()[1] for fault in refused.value.faults] == ["checks[0].of[1]", "facts[3].label.en", "name.en"]
    assert str(refused.value).count("\n") == 2


def test_an_empty_file_is_told_all_that_it_lacks():
    with pytest.raises(KindError) as refused:
        parse("new-kind", {})

    assert {"new-kind: name is missing", "new-kind: display is missing", "new-kind: sentence is missing"} <= set(refused.value.faults)


@pytest.mark.parametrize("id", ["Cropland", "cropland_subsidy", "cropland-", ""])
def test_a_file_name_that_is_no_address_is_refused(id: str):
    with pytest.raises(KindError, match="file name"):
        parse(id, cropland())
