"""What a member tells its ISAC, and what it asks about seats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from meldpunt.constituency.values import IsacId
from meldpunt.entrypoints.web.templatetags.words import active_language
from meldpunt.entrypoints.web.uploads import FilesField
from meldpunt.isacs.values import LONGEST, LONGEST_TITLE, MARKINGS, Post, PostForm, PostId, ThreadId
from meldpunt.isacs.words import PostKind
from meldpunt.vocabulary.markings import PAP, TLP

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_LONGEST_REASON = 2_000
_NOTES = ("agenda", "attendance", "decisions")


def _words(*, label: _StrPromise, rows: int = 4, help_text: str | _StrPromise = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST, widget=area)


class WriteForm(forms.Form):
    """A post, a reply, or the notes of a meeting. What is in the way of it is for the room to say."""

    attribution = forms.ChoiceField(
        label=_("Who do the others see?"),
        choices=(
            ("named", _("Our name. It goes within a minute.")),
            ("unattributed", _("Nobody. It goes with all others of its round, at a fixed hour.")),
        ),
        initial="named",
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=(("post", _("A post")), ("meeting-notes", _("Notes of a meeting"))),
        initial="post",
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    text = _words(
        label=_("What do you want to tell?"), rows=8, help_text=_("Only what your organisation holds itself.")
    )
    agenda = _words(label=_("Agenda"))
    attendance = _words(label=_("Which organisations were there"), help_text=_("Not under the Chatham House Rule."))
    decisions = _words(label=_("Decisions"))
    indicators = _words(
        label=_("Indicators"), help_text=_("One on each line. They are shown so that nobody clicks them.")
    )
    attachments = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("Unattributed: PDF, PNG, JPEG, plain text or CSV, of which only what one sees is kept."),
    )
    tlp = forms.ChoiceField(label=_("How far may it go?"), initial=TLP.AMBER.value)
    pap = forms.ChoiceField(label=_("What may be done with it?"), initial=PAP.AMBER.value)
    chatham_house = forms.BooleanField(
        label=_("Chatham House Rule: to be used, but never with who told it"), required=False
    )
    language = forms.ChoiceField(label=_("In which language is it?"), choices=(("nl", "Nederlands"), ("en", "English")))
    why = _words(label=_("Why it replaces what you told before"), help_text=_("Its readers read this."))

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        thread: ThreadId | None = None,
        replaced: Post | None = None,
    ) -> None:
        super().__init__(data, files, initial=_said_before(replaced) | {"language": active_language()})
        self.thread, self.replaced = thread, replaced
        for name, markings in (("tlp", MARKINGS), ("pap", tuple(PAP))):
            words = [(one.value, f"{one.value}: {one.meaning.in_language(active_language())}") for one in markings]
            self.fields[name].choices = words  # type: ignore[attr-defined]
        if thread or replaced:
            del self.fields["kind"]
        if thread:
            for name in ("title", *_NOTES):
                del self.fields[name]
        if replaced:
            del self.fields["attribution"]
        else:
            del self.fields["why"]

    def post(self, isac: IsacId) -> PostForm:
        """The post in a valid form."""
        given = self.cleaned_data
        kind = PostKind.REPLY if self.thread else PostKind(given.get("kind", "post"))
        return PostForm(
            isac=isac,
            kind=kind,
            title=given.get("title", ""),
            text=given["text"],
            agenda=given.get("agenda", ""),
            attendance=given.get("attendance", ""),
            decisions=given.get("decisions", ""),
            indicators=given["indicators"],
            tlp=TLP(given["tlp"]),
            pap=PAP(given["pap"]),
            chatham_house=given["chatham_house"],
            is_unattributed=given.get("attribution") == "unattributed",
            language=given["language"],
            thread=self.thread,
            replaces=PostId(self.replaced.id) if self.replaced else None,
            why=given.get("why", ""),
        )


def _said_before(replaced: Post | None) -> dict[str, object]:
    if replaced is None:
        return {}
    return {
        "title": replaced.title,
        "text": "\n\n".join(part.text for part in replaced.parts if part.kind != "indicators"),
        "indicators": "\n".join(part.text for part in replaced.parts if part.kind == "indicators"),
        "tlp": replaced.tlp.value,
        "pap": replaced.pap.value,
        "chatham_house": replaced.chatham_house,
    }


class ReasonForm(forms.Form):
    """Why; whether it may be left out is for the room to say."""

    reason = forms.CharField(
        label=_("Reason"), max_length=_LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SeatForm(forms.Form):
    """A seat is asked for under one's own name."""

    words = forms.CharField(
        label=_("Who you are and why you want to sit there"),
        max_length=_LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_hidden = forms.BooleanField(
        label=_("Hidden from the other members. The chair, who admits, and the desk know."), required=False
    )
