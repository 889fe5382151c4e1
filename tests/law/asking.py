"""Facts to ask the law about, in every shape and on the days on which something changes."""

from datetime import date, timedelta

from hypothesis import strategies as st

from meldpunt.law import DUTCH, Condition, DataKind, Facts, GroundKind, Purpose, RecipientKind

ERAS = [date(2013, 12, 12), date(2018, 10, 1), date(2020, 1, 17), date(2026, 11, 23)]
"""A day under each regime of the desk: Wbp, Wgmc, Wbni, Cbw."""

FIRST_DAYS = [regime.valid_from for regime in DUTCH.regimes]
BORDERS = [day + timedelta(days=shift) for day in FIRST_DAYS for shift in (-1, 0)]

PERIODS = sorted({date(1900, 1, 1), *FIRST_DAYS})
"""A day before all law, and the first day of each regime: no other day has a law that none of these has."""

ONES_AND_ALL = [*(frozenset({one}) for one in DataKind), frozenset(DataKind), frozenset()]

facts = st.builds(
    Facts,
    on=st.sampled_from(BORDERS) | st.dates(),
    recipient=st.sampled_from(RecipientKind),
    purpose=st.sampled_from(Purpose),
    data=st.frozensets(st.sampled_from(DataKind)),
    conditions=st.frozensets(st.sampled_from(Condition)),
    kind=st.sampled_from(GroundKind),
)
