"""A program: acts in some order, each a function of who the victim is."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st
from tests.noninterference.acts import (
    answering,
    asking,
    consulting,
    delivering,
    looking,
    reading,
    reporting,
    sharing,
    telling,
    working,
)
from tests.noninterference.worlds import Act

ACTS: Final[tuple[Act, ...]] = (
    reporting.by_portal,
    reporting.by_form,
    reporting.by_mail,
    reporting.by_telephone,
    reporting.by_feed,
    reporting.by_another_system,
    reporting.a_next_stage,
    working.triage,
    working.accept,
    working.fear_the_worst,
    working.accept_another,
    working.decline,
    working.keep_minutes,
    telling.consult_without_identity,
    telling.consult_with_consent,
    telling.consult_in_vain,
    telling.write_to_who_reported,
    telling.advise,
    telling.escalate,
    telling.write_to_the_isac,
    telling.write_late_to_the_service,
    telling.warn_everybody_in_vain,
    telling.withdraw,
    telling.supersede,
    telling.respond_together,
    looking.disclose_indicators,
    looking.see_it,
    looking.warn_in_a_campaign,
    reading.fetch_by_machine,
    reading.bring_a_key,
    reading.take_the_key_back,
    sharing.say_unattributed,
    sharing.answer_unattributed,
    sharing.replace_post,
    sharing.withdraw_post,
    sharing.take_post_away,
    sharing.leave_waiting,
    sharing.ask_in_vain,
    sharing.say_under_name,
    sharing.be_removed,
    asking.ask_the_supervisor,
    asking.be_answered,
    asking.remind,
    asking.stop_asking,
    asking.reply_to_the_supervisor,
    asking.tell_the_service_nothing,
    delivering.tell_of_a_service,
    delivering.lean_on_somebody,
    delivering.count_anew,
    consulting.ask_two_at_once,
    consulting.answer_in_confidence,
    consulting.be_asked_back,
    consulting.be_asked_back_by_the_supervisor,
    consulting.take_a_question_back,
    consulting.suppose_worse,
    answering.answer_a_request,
    answering.publish_figures,
)

BESIDE_THE_SERVICE: Final[tuple[tuple[Act, ...], tuple[Act, ...]]] = (
    (
        consulting.ask_two_at_once,
        consulting.answer_in_confidence,
        consulting.be_asked_back,
        consulting.be_asked_back_by_the_supervisor,
        consulting.take_a_question_back,
    ),
    (
        consulting.ask_the_ministry_instead,
        consulting.answer_little,
        consulting.be_asked_back,
        consulting.be_asked_back_by_the_ministry,
        consulting.take_the_ministrys_question_back,
    ),
)
"""Two programs that differ in who is asked beside the service, and in what that one says."""

PROGRAMS: Final = st.lists(st.sampled_from(ACTS), min_size=2, max_size=6, unique=True)
"""Each act does first what it needs, so every order is a program."""

SEALED_ACTS: Final = tuple(act for act in ACTS if act not in (reporting.by_feed, looking.warn_in_a_campaign))
"""Those that the desk reads through the seal. A feed is about many: its rows are masked, and the file itself is for
every analyst to open (decision record 0007)."""

SEALED_PROGRAMS: Final = st.lists(st.sampled_from(SEALED_ACTS), min_size=2, max_size=6, unique=True)
