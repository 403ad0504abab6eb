"""The words of headings, as the releases of thirteen years print them (folded)."""

from __future__ import annotations

import pytest

from lienvung.parse.releases_words import Words, find_period, read_words


@pytest.mark.parametrize(
    ("heading", "measure", "period", "status", "rest"),
    [
        ("uoc tinh thang 12 nam 2023", "level", "2023-12", "estimate", ""),
        ("thuc hien 11 thang nam 2012", "level", "2012-01-01/P11M", "preliminary", ""),
        ("cong don 12 thang nam 2013", "level", "2013", "", ""),
        ("thuc hien 9 thang nam 2014", "level", "2014-01-01/P9M", "preliminary", ""),
        ("so bo quy iii nam 2024", "level", "2024-Q3", "preliminary", ""),
        ("uoc tinh nam nam 2020", "level", "2020", "estimate", ""),
        ("nam 2023 quy ii", "level", "2023-Q2", "", ""),
        ("nam 2023 ca nam", "level", "2023", "", ""),
        ("uoc tinh thang 12 nam 2020 tri gia", "level", "2020-12", "estimate", "tri gia"),
        ("uoc tinh nam 2012 chia ra mien nam", "level", "2012", "estimate", "chia ra mien nam"),
        ("co cau quy iv nam 2022", "share", "2022-Q4", "", ""),
        ("thang 12 nam 2023 so voi cung ky nam truoc", "same", "2023-12", "", ""),
        ("thang 12 nam 2012 so voi thang 12 nam 2011", "same", "2012-12", "", ""),
        ("so voi cung ky nam truoc quy iii nam 2022", "same", "2022-Q3", "", ""),
        ("so voi cung ky nam truoc ca nam 2020", "same", "2020", "", ""),
        ("chi so tieu thu 11 thang nam 2014 so voi cung ky nam 2013", "same", "2014-01-01/P11M", "", "chi tieu thu"),
        ("nam 2013 so nam 2012", "same", "2013", "", ""),
        ("nam 2017so voi nam 2016", "same", "2017", "", ""),
        ("thang 1 2021 so voi thang truoc", "previous", "2021-01", "", ""),
        ("thang 01 nam 2023 so voi thang 12 nam 2022", "previous", "2023-01", "", ""),
        ("quy iv nam 2015 so voi quy iii nam 2015", "previous", "2015-Q4", "", ""),
        ("chi so ton kho uoc tinh thoi diem 31 12 2023 so voi cung thoi diem nam truoc", "same", "2023-12", "estimate",
         "chi ton kho"),
    ],
)  # fmt: skip
def test_a_heading_says_period_comparison_and_status(
    heading: str, measure: str, period: str, status: str, rest: str
) -> None:  # fmt: skip
    assert read_words(heading) == Words(measure, period, status, rest)


@pytest.mark.parametrize("heading", [
    "thang 01 nam 202", "don vi tinh", "chi so tieu thu thang 11 so voi cung ky 2012", "nam 2023 so voi nam 2024",
    "thang 12 nam 2023 so voi thang 7 nam 2021",
])  # fmt: skip
def test_a_heading_that_names_no_period_or_no_known_comparison_is_not_read(heading: str) -> None:
    assert read_words(heading) is None


def test_a_row_may_be_a_period() -> None:
    found = [find_period(t, "2014") for t in ("quy iv", "nam 2013", "uoc tinh nam 2014", "quy i nam 2020", "nam nu")]
    assert found == ["2014-Q4", "2013", "2014", "2020-Q1", ""]
    assert find_period("quy i") == ""
