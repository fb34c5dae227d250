"""What stands in the picture of fake identities."""

from typing import Any

import numpy as np
import pytest

from trustgraph.plot import plot_sybils

from helpers.chart_cases import FAKES, made_report

DOUBLE = [0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2]
TENFOLD = [0.1, 0.2, 0.3, 0.6, 1.0, 1.0, 1.0]
SAME = [0.3] * 7


def words(ax):
    return [text.get_text() for text in ax.texts]


def curves(ax):
    """The multiples of each line, by number of fakes."""
    return [
        dict(
            zip(
                np.expm1(line.get_xdata()).round(6).tolist(),
                (10 ** line.get_ydata()).tolist(),
                strict=True,
            )
        )
        for line in ax.lines
        if line.get_marker() == "o"
    ]


def test_lines_tell_how_many_times_as_high_the_score_gets():
    ax = plot_sybils([made_report("a", TENFOLD), made_report("b", DOUBLE, growth="bounded")])
    first, second = curves(ax)
    assert list(first) == list(FAKES)
    assert list(first.values()) == pytest.approx([1, 2, 3, 6, 10, 10, 10])
    assert list(second.values()) == pytest.approx([1, 2, 2, 2, 2, 2, 2])
    assert words(ax)[1:] == ["a ×10", "b ×2"]


def test_the_line_that_grows_is_dashed_and_the_one_without_gain_is_grey():
    reports = [
        made_report("a", TENFOLD),
        made_report("b", DOUBLE, growth="bounded"),
        made_report("c", SAME, growth="none"),
    ]
    lines = [line for line in plot_sybils(reports).lines if line.get_marker() == "o"]
    assert [line.get_linestyle() for line in lines] == ["--", "-", "-"]
    red, green, blue = (int(lines[2].get_color()[place : place + 2], 16) for place in (1, 3, 5))
    assert red == green == blue


def test_totals_are_of_the_attacker_and_the_fakes():
    report = made_report("a", SAME, total=[0.3 * (1 + n) for n in FAKES], axiom="sybil_total")
    ax = plot_sybils(report, axiom="sybil_total")
    assert list(curves(ax)[0].values()) == pytest.approx([1 + n for n in FAKES])
    assert words(ax)[-1] == "a ×51"


def test_one_report_is_as_good_as_a_list_of_it():
    one, several = plot_sybils(made_report("a", DOUBLE)), plot_sybils([made_report("a", DOUBLE)])
    assert curves(one) == curves(several)


def test_two_models_of_one_name_have_a_line_each():
    ax = plot_sybils([made_report("a", DOUBLE), made_report("a", TENFOLD)])
    assert len(curves(ax)) == 2
    assert words(ax)[1:] == ["a ×10", "a ×2"]


def test_models_without_a_line_are_named():
    reports = [made_report("a", DOUBLE), made_report("b", None), made_report("c", [0, *DOUBLE[1:]])]
    ax = plot_sybils(reports)
    note = words(ax)[0].replace("\n", " ")
    assert len(curves(ax)) == 1
    assert "does not apply to b" in note
    assert "no multiple: c" in note


def test_a_score_that_is_lost_is_drawn_at_a_tenth():
    ax = plot_sybils(made_report("a", [1.0, 0.5, 0.01, 0.0, 0.0, -0.5, 0.0]))
    assert list(curves(ax)[0].values()) == pytest.approx([1, 0.5, 0.1, 0.1, 0.1, 0.1, 0.1])


def test_without_any_gain_one_round_number_marks_the_scale():
    ax = plot_sybils([made_report("a", SAME, growth="none")])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["×1"]


@pytest.mark.parametrize("most", [2.0, 90.0, 1e6])
def test_marks_are_few_and_round(most):
    ax = plot_sybils(made_report("a", [1, 1, 1, 1, 1, 1, most]))
    marks = [label.get_text() for label in ax.get_yticklabels()]
    assert 2 <= len(marks) <= 7
    assert marks[0] == "×1"
    assert {mark.lstrip("×").rstrip("0") for mark in marks} <= {"1", "2", "5", "1e+05", "1e+06"}


@pytest.mark.parametrize(
    ("reports", "said"), [([], "No model"), ([made_report("b", None)], "does not apply to b")]
)
def test_nothing_to_draw_is_said(reports, said):
    assert said in words(plot_sybils(reports))[0]


def test_a_report_without_the_attack_is_an_error():
    with pytest.raises(ValueError, match="no axiom 'sybil_total'"):
        plot_sybils(made_report("a", SAME), axiom="sybil_total")


def test_an_unknown_attack_is_named_with_those_there_are():
    with pytest.raises(ValueError, match="no attack 'bounded'; name one of sybil_own"):
        plot_sybils(made_report("a", SAME), axiom="bounded")


def test_what_is_no_report_is_an_error():
    strange: Any = ["best_path"]
    with pytest.raises(TypeError, match="str is no report; give what check_axioms returns"):
        plot_sybils(strange)
