"""Errors of what is published, and of addresses that cannot be served."""

from __future__ import annotations

from lienvung.errors.family import LienVungError


class StoreError(LienVungError):
    """What is published cannot be read or written."""


class StoreMissing(StoreError):
    """There is no store in the home folder yet."""

    vi = "Chưa có kho dữ liệu ở {home}."
    en = "There is no store at {home} yet."
    todo_vi = "Chạy 'lienvung init' (hoặc 'make run') một lần."
    todo_en = "Run 'lienvung init' (or 'make run') once."


class StoreBusy(StoreError):
    """Another release was being written each time we tried."""

    vi = "Một đợt công bố khác đang ghi; đã thử {tries} lần."
    en = "Another release was being written; tried {tries} times."
    todo_vi = "Chờ một phút rồi công bố lại; chưa có gì bị ghi dở."
    todo_en = "Wait a minute and publish again; nothing was half written."


class PartsMissing(StoreError):
    """A value could be computed by rule, but what it is made from is not published."""

    vi = "Chưa tính được {indicator} cho {place}: thiếu {missing}."
    en = "{indicator} cannot be computed for {place} yet: {missing} is lacking."
    todo_vi = "Xem số đã công bố của từng địa bàn: {nearest}"
    todo_en = "See the published values of the members: {nearest}"


class NotFound(StoreError):
    """Nothing published answers the question."""

    vi = "Không có số liệu nào đã công bố cho {what}."
    en = "Nothing is published for {what}."
    todo_vi = "Xem các chuỗi hiện có: {choices}."
    todo_en = "See the series there are: {choices}."


class DoorError(LienVungError):
    """A request that no route answers, or that a route failed to answer."""


class NoSuchAddress(DoorError):
    """An address that is none."""

    vi = "Không có địa chỉ {address}."
    en = "There is no address {address}."
    todo_vi = "Xem các địa chỉ ở /api/docs."
    todo_en = "See the addresses at /api/docs."


class WrongMethod(DoorError):
    """A method that the address does not take."""

    vi = "Địa chỉ {address} không nhận phương thức {method}."
    en = "The address {address} does not take the method {method}."
    todo_vi = "Dùng GET; xem /api/docs."
    todo_en = "Use GET; see /api/docs."


class Unexpected(DoorError):
    """A fault of ours."""

    vi = "Hệ thống gặp lỗi khi trả lời; lỗi đã được ghi lại."
    en = "The system failed to answer; the fault has been logged."
    todo_vi = "Thử lại sau; nếu vẫn lỗi, báo cho người quản trị kèm địa chỉ đã gọi."
    todo_en = "Try again later; if it persists, tell the operator the address you called."
