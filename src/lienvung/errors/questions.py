"""Errors of questions that cannot be answered as put."""

from __future__ import annotations

from lienvung.errors.family import LienVungError


class QuestionError(LienVungError):
    """A question that cannot be answered as it was put."""


class BadPeriod(QuestionError):
    """Not a period that we can read, or a span upside down."""

    vi = "Không hiểu thời kỳ '{period}'."
    en = "The period '{period}' was not understood."
    todo_vi = "Viết 2020, 2020-Q1, 2020-S1, 2020-06, 2020-06-30 hoặc 2021-01-01/P5Y; đầu không sau cuối."
    todo_en = "Write 2020, 2020-Q1, 2020-S1, 2020-06, 2020-06-30 or 2021-01-01/P5Y; the start not after the end."


class BadDate(QuestionError):
    """Not a date."""

    vi = "Không hiểu ngày '{date}'."
    en = "The date '{date}' was not understood."
    todo_vi = "Viết năm-tháng-ngày, ví dụ 2023-12-31 (hoặc 2023-12, 2023)."
    todo_en = "Write year-month-day, for example 2023-12-31 (or 2023-12, 2023)."


class BadValue(QuestionError):
    """A parameter that has another form than allowed."""

    vi = "Giá trị '{value}' của tham số {name} không hợp lệ."
    en = "The value '{value}' of the parameter {name} is not valid."
    todo_vi = "Cho phép: {choices}."
    todo_en = "Allowed: {choices}."


class BoundaryUnknown(QuestionError):
    """A boundary that the pack does not know: before its first one, or of a unit that is no province."""

    vi = "Không có địa giới {boundary}: {reason}."
    en = "There is no boundary {boundary}: {reason}."
    todo_vi = "Các mốc địa giới: {choices}; hoặc 'source' (địa giới của văn bản)."
    todo_en = "The boundaries there are: {choices}; or 'source' (the document's own)."


class NotAdditive(QuestionError):
    """A value of a larger area that no rule can make from its parts."""

    vi = "Không tính được {indicator} cho {place}: {reason}."
    en = "{indicator} cannot be computed for {place}: {reason}."
    todo_vi = "Xem số đã công bố của từng địa bàn, đặt cạnh nhau: {nearest}"
    todo_en = "See the published values of the members side by side: {nearest}"


class NotSupported(QuestionError):
    """Part of a standard that this system does not offer (yet)."""

    vi = "Hệ thống chưa hỗ trợ {what}."
    en = "This system does not support {what} yet."
    todo_vi = "Dùng: {choices}."
    todo_en = "Use: {choices}."


class NotAcceptable(QuestionError):
    """The client accepts none of the formats that there are."""

    vi = "Không có định dạng nào trong số được yêu cầu: {asked}."
    en = "None of the formats asked for is offered: {asked}."
    todo_vi = "Các định dạng có sẵn: {choices}."
    todo_en = "The formats there are: {choices}."


class NotConvertible(QuestionError):
    """A value cannot be told in that unit."""

    vi = "Không đổi được {unit} sang {target}: {reason}."
    en = "{unit} cannot be converted to {target}: {reason}."
    todo_vi = "Chọn đơn vị cùng gốc: {choices}."
    todo_en = "Choose a unit of the same base: {choices}."


class NoExchangeRate(QuestionError):
    """No document gives a rate for that currency and period."""

    vi = "Không có tỷ giá {currency} cho kỳ {period}; hệ thống không lấy tỷ giá của kỳ khác."
    en = "There is no {currency} rate for {period}; one of another period is never taken."
    todo_vi = "Các kỳ có tỷ giá: {choices}. Thêm tỷ giá kèm văn bản vào codelists/exchange_rates.csv của gói."
    todo_en = "Periods with a rate: {choices}. Add one with its document to the pack's codelists/exchange_rates.csv."


class PriceBasisMixed(QuestionError):
    """Two figures are told in the prices of different years."""

    vi = "Không ghép được {first} ({first_basis}) với {second} ({second_basis}): khác loại giá."
    en = "{first} ({first_basis}) and {second} ({second_basis}) cannot be combined: their price bases differ."
    todo_vi = "Dùng chỉ tiêu cùng loại giá, hoặc khai hệ số kèm văn bản trong codelists/price_links.csv của gói."
    todo_en = "Use indicators of one basis, or declare a documented factor in the pack's codelists/price_links.csv."


class ComparisonMixed(QuestionError):
    """Two indices are 100 of different things."""

    vi = "Không ghép được {first} ({first_comparison}) với {second} ({second_comparison}): khác gốc so sánh."
    en = "{first} ({first_comparison}) and {second} ({second_comparison}) cannot be combined: 100 of different things."
    todo_vi = "Dùng các chỉ số có cùng gốc so sánh."
    todo_en = "Use indices with the same comparison."


class NotComputable(QuestionError):
    """A rate of growth, a share or an index does not follow lawfully from this indicator."""

    vi = "Không tính được {what} từ {indicator}: {reason}."
    en = "From {indicator}, {what} cannot be computed: {reason}."
    todo_vi = "Thay vào đó: {choices}."
    todo_en = "Instead: {choices}."
