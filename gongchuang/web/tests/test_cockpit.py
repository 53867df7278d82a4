"""The cockpit: scope and period in the address, numbers that open, and only for the federation."""

from __future__ import annotations

import re

from gongchuang.indicators import tally
from gongchuang.web import menus


def test_only_the_federation_has_it(as_, worker, officer, city_officer):
    assert as_(worker).get("/fed/cockpit/")["Location"] == "/home/"
    assert as_(officer).get("/fed/cockpit/")["Location"] == "/home/"
    assert as_(city_officer).get("/fed/").url == "/fed/cockpit/"


def test_its_numbers_are_those_of_the_figures(propose, as_, city_officer):
    propose()
    tally.catch_up()
    client = as_(city_officer)
    page = client.get("/fed/cockpit/").content.decode()
    shown = re.search(r'data-figure="proposals.made" data-value="(\d+)"', page)[1]
    figure = client.get("/figures/proposals.made/").content.decode()
    assert shown == re.search(r'class="figure-hero" data-figure="proposals.made" data-value="(\d+)"', figure)[1] == "1"


def test_a_district_sees_its_own_scope_whatever_the_address_says(as_, district_officer, other_factory):
    page = as_(district_officer).get("/fed/cockpit/?unit=BWQZ").content.decode()
    assert "北湾曲轴" not in page
    assert "东港区" in page


def test_the_wall_screen_is_one_word_in_the_address(as_, city_officer):
    client = as_(city_officer)
    assert 'data-mode="screen"' in client.get("/fed/cockpit/?screen=1").content.decode()
    assert 'data-mode="screen"' not in client.get("/fed/cockpit/").content.decode()


def test_menus_hold_no_dead_entries(as_, city_officer, officer, worker):
    for person, entries in ((city_officer, menus.FED), (officer, menus.ORG), (worker, menus.WORKER)):
        client = as_(person)
        for entry in menus.marked(entries, "/", frozenset(person.roles())):
            assert client.get(entry.address).status_code in {200, 302}, entry.address
