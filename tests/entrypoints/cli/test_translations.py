"""What translators write becomes what Django reads."""

import gettext
import os
from pathlib import Path

import pytest

from meldpunt.entrypoints.cli.translations import TranslationDoesNotFit, compile_translations

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "desk" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'{HEAD}msgid "Report"\nmsgstr "Melding"\n\n#, fuzzy\nmsgid "Case"\nmsgstr "Geval"\n')
    return path


def test_translation_is_read_by_gettext(tmp_path: Path, written: Path) -> None:
    (compiled,) = compile_translations(tmp_path)
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Report") == "Melding"


def test_unsure_translation_is_left_out(tmp_path: Path, written: Path) -> None:
    (compiled,) = compile_translations(tmp_path)
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Case") == "Case"


def test_only_what_changed_is_compiled_again(tmp_path: Path, written: Path) -> None:
    (compiled,) = compile_translations(tmp_path)
    assert compile_translations(tmp_path) == ()
    later = compiled.stat().st_mtime_ns + 1
    os.utime(written, ns=(later, later))
    assert compile_translations(tmp_path) == (compiled,)


@pytest.mark.parametrize(
    "entry",
    [
        '#, python-format\nmsgid "%(count)d reports"\nmsgstr "%(aantal)d meldingen"\n',
        '#, python-format\nmsgid "by %s"\nmsgstr "door %d"\n',
        "this is no catalogue\n",
    ],
)
def test_translation_that_would_fail_on_a_page_is_refused(tmp_path: Path, written: Path, entry: str) -> None:
    written.write_text(HEAD + entry)
    with pytest.raises(TranslationDoesNotFit, match=r"django\.po"):
        compile_translations(tmp_path)
    assert not written.with_suffix(".mo").exists()


def test_every_translation_of_the_project_fits(tmp_path: Path) -> None:
    for path in Path(compile_translations.__code__.co_filename).parents[2].rglob("locale/*/LC_MESSAGES/*.po"):
        copy = tmp_path / path.relative_to(path.parents[3])
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        assert compile_translations(tmp_path)
