"""Files that reporters send along: refused before a byte is read when they are too many, and never trusted."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from meldpunt.intake.values import Attached

_Given = ParamSpec("_Given")

MOST_FILES = 20
"""Files with one report. Who has more sends an archive."""
_FORM_AROUND_FILES = 2 * 1024 * 1024
"""Bytes that the words of a form and the multipart boundaries may take beside the files."""


def takes_files(
    view: Callable[Concatenate[HttpRequest, _Given], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, _Given], HttpResponseBase]:
    """Let a view take files up to `EVIDENCE_LIMIT` together; a larger request is answered 413, unread.

    The check of the CSRF token would read the whole body first, so it comes after the size and not in the
    middleware.
    """
    protected = csrf_protect(view)

    @functools.wraps(view)
    def measured(request: HttpRequest, /, *args: _Given.args, **kwargs: _Given.kwargs) -> HttpResponseBase:
        if _length_of(request) > settings.EVIDENCE_LIMIT + _FORM_AROUND_FILES:
            return render(request, "web/too_large.html", {"limit": settings.EVIDENCE_LIMIT}, status=413)
        return protected(request, *args, **kwargs)

    return csrf_exempt(measured)


def _length_of(request: HttpRequest) -> int:
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return int(stated) if stated.isdecimal() else 0


class FilesInput(forms.ClearableFileInput):
    """A file input for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files up to `MOST_FILES`, together no more than `EVIDENCE_LIMIT`; cleans to a tuple."""

    widget = FilesInput

    def clean(self, data: object, initial: object = None) -> tuple[UploadedFile[bytes], ...]:
        """Each file by Django's own rules, then all of them together. Raises ValidationError."""
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        files = tuple(super(FilesField, self).clean(one, initial) for one in given)
        if len(files) > MOST_FILES:
            raise ValidationError(gettext("At most %(count)d files. Put more in one archive.") % {"count": MOST_FILES})
        if sum(one.size or 0 for one in files) > settings.EVIDENCE_LIMIT:
            limit = filesizeformat(settings.EVIDENCE_LIMIT)
            raise ValidationError(gettext("Together the files are larger than %(limit)s.") % {"limit": limit})
        return files


def attached_of(files: Sequence[UploadedFile[bytes]]) -> tuple[Attached, ...]:
    """The files as a report takes them; what the browser says about their type is kept, not believed."""
    return tuple(Attached(one.name or "", one.content_type or "", one.read()) for one in files)
