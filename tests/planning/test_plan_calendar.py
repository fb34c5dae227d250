"""On which day each ask is put."""

from trustgraph.planning import PlanRules
from trustgraph.planning._calendar import Slot, days_of, slots_left


def spread(asks, *, under_way=(), put=(), today=0, horizon=30, **rules):
    slots = [Slot(target, person) for target, person in asks]
    return days_of(slots, under_way, put, today=today, horizon=horizon, rules=PlanRules(**rules))


def test_slots_are_counted_to_the_last_day():
    assert [slots_left(day, 30, 14) for day in (0, 2, 3, 17, 30, 31)] == [3, 3, 2, 1, 1, 0]
    assert slots_left(0, 5, 0) == 6


def test_early_means_at_once_but_for_one_open_ask_a_target():
    asks = [(0, 1), (1, 2), (0, 3), (0, 4)]
    assert spread(asks, pace="early", wait_days=10) == [0, 0, 10, 20]
    assert spread(asks, pace="early", wait_days=10, open_per_target=2) == [0, 0, 0, 10]


def test_steady_spreads_over_the_horizon():
    asks = [(place, place) for place in range(6)]
    assert spread(asks, wait_days=14, pace="steady") == [0, 0, 14, 14, 28, 28]


def test_people_rest_between_asks():
    assert spread([(0, 1), (1, 1)], pace="early", rest_days=9) == [0, 9]
    put = [Slot(5, 1, 3)]
    assert spread([(0, 1)], put=put, today=4, pace="early", rest_days=9) == [12]


def test_what_is_open_blocks_its_target():
    open_ = [Slot(0, 9, 2)]
    assert spread([(0, 1), (1, 2)], under_way=open_, put=open_, today=5, pace="early") == [16, 5]


def test_what_does_not_fit_has_no_day_and_pace_gives_way_before_that():
    assert spread([(0, 1), (0, 2)], horizon=9, wait_days=10) == [0, None]
    assert spread([(0, 1)], today=31) == [None]
    # Three asks for one target need all three waves: a steady pace alone would leave one out.
    asks = [(1, 4), (0, 1), (0, 2), (0, 3)]
    assert None not in spread(asks, wait_days=15, pace="steady")
