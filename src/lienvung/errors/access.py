"""Errors of signing in, of accounts, and of forms that are not ours."""

from __future__ import annotations

from lienvung.errors.office import AccessError


class SignInFailed(AccessError):
    """Login, password or code is wrong; it is not said which."""

    vi = "Tên đăng nhập, mật khẩu hoặc mã xác thực không đúng."
    en = "The login, the password or the code is wrong."
    todo_vi = "Thử lại; nếu quên mật khẩu, nhờ người quản trị đặt lại."
    todo_en = "Try again; if the password is forgotten, ask an administrator to reset it."


class SignOnFailed(AccessError):
    """Signing in through the agency's own provider did not succeed."""

    vi = "Không đăng nhập được qua hệ thống định danh của cơ quan: {reason}."
    en = "Signing in through the agency's identity provider did not succeed: {reason}."
    todo_vi = "Bắt đầu lại từ trang đăng nhập; nếu vẫn không được, báo người quản trị."
    todo_en = "Start again from the sign-in page; if it fails again, tell an administrator."


class TooManyAttempts(AccessError):
    """Too many failures; a pause is due."""

    vi = "Đã sai nhiều lần. Chờ {seconds} giây rồi thử lại."
    en = "Too many failures. Wait {seconds} seconds and try again."
    todo_vi = "Nếu không phải bạn vừa thử, hãy báo người quản trị."
    todo_en = "If it was not you who tried, tell an administrator."


class FormForged(AccessError):
    """The form was not sent by a page made for this visitor."""

    vi = "Biểu mẫu này không phải do trang của bạn gửi, hoặc phiên đã đổi; không có gì được thực hiện."
    en = "This form was not sent by a page of yours, or the session has changed; nothing was done."
    todo_vi = "Mở lại trang rồi gửi lại."
    todo_en = "Open the page again and send it from there."


class CodeNotValid(AccessError):
    """A one-time code is unknown, used or out of date."""

    vi = "Mã dùng một lần không đúng, đã dùng hoặc đã hết hạn."
    en = "The one-time code is wrong, used or out of date."
    todo_vi = "Nhờ người quản trị cấp mã mới: lienvung user reset TÊN."
    todo_en = "Ask an administrator for a new one: lienvung user reset LOGIN."


class WeakPassword(AccessError):
    """A password that would soon be guessed."""

    vi = "Mật khẩu này không dùng được: {reason}."
    en = "This password cannot be used: {reason}."
    todo_vi = "Chọn một cụm nhiều từ mà người khác không đoán được, từ 12 ký tự trở lên."
    todo_en = "Choose a phrase of several words that others would not guess, of 12 characters or more."


class UnknownAccount(AccessError):
    """No account of this login or number."""

    vi = "Không có tài khoản '{account}'."
    en = "There is no account '{account}'."
    todo_vi = "Danh sách tài khoản: lienvung user list."
    todo_en = "List the accounts: lienvung user list."


class AccountRefused(AccessError):
    """Something that cannot be done with an account as it stands."""

    vi = "Không thực hiện được: {reason}."
    en = "This cannot be done: {reason}."
    todo_vi = "Xem trạng thái tài khoản: lienvung user list."
    todo_en = "See how the accounts stand: lienvung user list."
