"""Handing in: one proposal a key, and somebody who must answer by a day."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gongchuang.kernel import clock, files
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event, Notice, Waiting
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal
from gongchuang.proposals.tests.conftest import IDEA, PROBLEM


def photo_with_location() -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (37.0, 30.0, 0.0)}
    out = io.BytesIO()
    Image.new("RGB", (3000, 2000), "#446688").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")


def test_the_leader_is_waited_for_and_told(worker, leader, officer, key):
    with clock.frozen("2026-06-05T10:00"):  # a Friday
        proposal = actions.submit(worker.unit, problem=PROBLEM, idea=IDEA, by=worker, key=key)
    assert proposal.no == "JY-2026-00001"
    assert proposal.title == "横杆套上聚氨酯护套"
    waiting = Waiting.objects.get()
    assert (waiting.role, waiting.act, waiting.due_on) == ("leader", "adopt", date(2026, 6, 10))
    assert Notice.objects.get(event__action="proposal.submit").person_uid == leader.uid


def test_make_up_days_count_as_working_days(worker, leader, key):
    with clock.frozen("2026-09-30T10:00"):  # before the National Day week; 10 October 2026 is a working Saturday
        actions.submit(worker.unit, problem=PROBLEM, idea=IDEA, by=worker, key=key)
    assert Waiting.objects.get().due_on == date(2026, 10, 10)


def test_a_leader_s_own_proposal_goes_to_the_officer(leader, officer, factory, key):
    proposal = actions.submit(leader.unit, problem=PROBLEM, idea=IDEA, by=leader, key=key)
    assert (proposal.state, proposal.handler) == ("passed_on", factory)
    assert Waiting.objects.get().role == "officer"
    with pytest.raises(NotYours):
        actions.adopt(proposal, by=leader, key="own")


def test_five_presses_are_one_proposal(worker, leader, key):
    made = [actions.submit(worker.unit, problem=PROBLEM, idea=IDEA, by=worker, key=key) for _ in range(5)]
    assert len({proposal.pk for proposal in made}) == 1
    assert Proposal.objects.count() == Waiting.objects.count() == 1


def test_a_stranger_cannot_hand_in_for_another_enterprise(worker, stranger, key):
    with pytest.raises(NotYours):
        actions.submit(worker.unit, problem=PROBLEM, idea=IDEA, by=stranger, key=key)
    assert not Event.objects.filter(action="proposal.submit").exists()


def test_a_photo_is_shrunk_and_loses_its_location(worker, leader, key, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    proposal = actions.submit(worker.unit, problem=PROBLEM, idea=IDEA, photos=[photo_with_location()], by=worker, key=key)
    attachment = files.of(proposal).get()
    with Image.open(tmp_path / attachment.stored_as) as stored:
        assert max(stored.size) == 1600
        assert not stored.getexif()
    assert attachment.content_type == "image/jpeg"


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00 not a picture", b"<svg onload=alert(1)>"])
def test_what_is_no_picture_or_document_is_refused_and_nothing_is_left(worker, leader, key, content):
    upload = SimpleUploadedFile("photo.jpg", content, "image/jpeg")
    with pytest.raises(Refused):
        actions.submit(worker.unit, problem=PROBLEM, idea=IDEA, photos=[upload], by=worker, key=key)
    assert not Proposal.objects.exists()
