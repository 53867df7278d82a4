"""Handing in and answering complaints and suggestions (投诉建议): a number back at once, an answer in five working days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gongchuang.kernel import clock
from gongchuang.kernel.access import Anyone, Rule, Where
from gongchuang.kernel.desk import Act, ActForm, Desk
from gongchuang.kernel.errors import Conflict
from gongchuang.kernel.history import action
from gongchuang.kernel.models import next_number
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit, holders_of
from gongchuang.people.posts import Holds
from gongchuang.web import after, desklist, shown
from gongchuang.web.models import FEEDBACK, Feedback
from gongchuang.web.spaces.figures import city

SEE = Rule("feedback.see", Holds("city", "auditor", over="unit"))
READ = Rule("feedback.read", Where(state="answered") & Anyone())  # of it, only the answer is shown
ANSWER = Rule("feedback.answer", Holds("city", over="unit"))


class FeedbackForm(ActForm):
    text = forms.CharField(
        label=Text("想说的话", "What you want to say"), min_length=4, max_length=1000, widget=forms.Textarea({"rows": 4})
    )
    contact = forms.CharField(
        label=Text("联系方式", "How to reach you"),
        max_length=80,
        required=False,
        help_text=Text("只有答复的人看得到。", "Only whoever answers sees it."),
    )


class AnswerForm(ActForm):
    answer = forms.CharField(label=Text("答复", "Answer"), min_length=2, max_length=1000, widget=forms.Textarea({"rows": 4}))


@action
def hand_in(unit: Unit, *, text: str, contact: str, by: Person | None, key: str) -> Feedback:
    """Anybody may hand one in; the city's federation is waited for."""
    made = Feedback(no="", unit=unit, text=text, contact=contact, received_on=clock.today())
    made.no = next_number("TS", clock.today().year)
    FEEDBACK.start(made, by=by, key=key, name="hand_in", tell=holders_of(("city",), unit))
    return made


@action
def answer(feedback: Feedback, *, answer: str, by: Person, key: str) -> Feedback:
    """Answer it; the answer stands in the public digest, the complaint's contact does not."""
    ANSWER.require(by, feedback)
    feedback.answer, feedback.answered_on = answer, clock.today()
    FEEDBACK.move(feedback, "answer", by=by, key=key)
    return feedback


DESK = Desk(
    key="feedback",
    label=Text("投诉建议", "Complaints and suggestions"),
    one=Text("投诉建议", "Complaint or suggestion"),
    model=Feedback,
    table=Table(
        [
            Column("no", Text("编号", "No."), kind="code"),
            Column("text", Text("内容", "Text"), link=True),
            Column("received_on", Text("收到", "Received"), kind="date"),
            Column("answered_on", Text("答复", "Answered"), kind="date"),
            Column("state", Text("状态", "State"), kind="state"),
        ],
        joins=("unit",),
    ),
    facts=[
        Column("text", Text("内容", "Text")),
        Column("contact", Text("联系方式", "Contact")),
        Column("answer", Text("答复", "Answer")),
    ],
    see=SEE,
    acts=[Act("answer", Text("答复", "Answer"), answer, ANSWER, AnswerForm, tone="primary", from_states=frozenset({"received"}))],
    spaces=frozenset({"fed"}),
)
desklist.OWN.append(DESK)


def page(request: Any) -> HttpResponse:
    """/feedback/: the form for everybody, and the number it was received under."""
    unit = city()
    if unit is None:
        raise Http404
    key = request.POST.get("key", "")[:64] or str(clock.new_uid())
    form = FeedbackForm(request.POST if request.method == "POST" else None, person=request.person)
    if request.method == "POST" and form.is_valid():
        try:
            made = hand_in(unit, by=request.person, key=key, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
        else:
            after.committed()
            return HttpResponseRedirect(f"/feedback/?no={made.no}")
    number = request.GET.get("no", "")[:24]
    status = 422 if form.is_bound else 200
    context = {"form": form, "key": key, "errors": shown.form_errors(form), "number": number, "answered": answered()}
    return render(request, "public/feedback.html", context, status=status)


def answered(most: int = 10) -> list[Feedback]:
    """The public digest: what was answered last; of what was said only the answer."""
    return list(READ.among(None, Feedback._default_manager.all()).order_by("-answered_on", "-pk")[:most])
