"""Printed words and the codes they mean: what is taken, what is left to a person."""

from __future__ import annotations

import pytest

from lienvung.parse.tables.meaning import Meanings, choose
from lienvung.store.packs import load_catalogue
from tests.conftest import PACK


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    return Meanings(load_catalogue(PACK))


@pytest.mark.parametrize(
    ("title", "unit", "code"),
    [
        ("Dân số trung bình phân theo giới tính", "PERSONS_TH", "POP_AVG"),
        ("Tổng sản phẩm trên địa bàn theo giá so sánh 2010", "VND_BN", "GRDP_C2010"),
        ("Tổng sản phẩm trên địa bàn theo giá hiện hành", "VND_BN", "GRDP_CUR"),
        ("Doanh nghiệp đăng ký thành lập mới", "", "ENT_NEW"),
        ("Vốn đăng ký của doanh nghiệp thành lập mới", "VND_BN", "ENT_NEW_CAP"),
        # two things in one title, a sum to date or of a month, a rate or a number: a person says which
        ("Tỷ lệ thất nghiệp và tỷ lệ thiếu việc làm", "PCT", None),
        ("Vốn đầu tư thực hiện từ nguồn ngân sách Nhà nước", "VND_BN", None),
        ("Diện tích, sản lượng một số cây công nghiệp lâu năm", "", None),
        ("Một số chỉ tiêu chủ yếu", "", None),
    ],
)
def test_an_indicator_is_taken_only_where_one_is_clearly_meant(
    meanings: Meanings, title: str, unit: str, code: str | None
) -> None:
    found = choose(meanings.indicators(title, "", unit))
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("printed", "code"),
    [("Tỷ đồng", "VND_BN"), ("1000 người", "PERSONS_TH"), ("Thous. persons", "PERSONS_TH"), ("%", "PCT"),
     ("km²", "KM2"),
     ("km", "KM"), ("Bill. dongs", "VND_BN"), ("Triệu USD", "USD_MN"), ("Triệu đô la Mỹ", "USD_MN"), ("thùng", "")],
)  # fmt: skip
def test_units_as_they_are_printed(meanings: Meanings, printed: str, code: str) -> None:
    assert meanings.unit(printed) == code


def test_totals_areas_and_listed_names(meanings: Meanings) -> None:
    assert meanings.code_of("TỔNG SỐ") == {}
    assert meanings.code_of("Nữ", "Female") == {"breakdown": "SEX_F"}
    assert meanings.code_of("Chợ nổi") is None
    assert meanings.area("TP. Hồ Chí Minh", "2004").startswith("79@")
    assert meanings.area_inside("Dân số tỉnh Bình Dương năm 2016").startswith("74@")
    assert meanings.area_inside("Bình Dương và Đồng Nai") == ""


def test_a_short_name_is_taken_only_where_nothing_is_added(meanings: Meanings) -> None:
    found = meanings.shortened("Kinh doanh bất động sản")
    assert found is not None and found.code == "activity:VSIC_L"
    assert meanings.shortened("Khai khoáng tận thu") is None
