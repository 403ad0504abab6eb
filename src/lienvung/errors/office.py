"""Errors of who must do what, who may, and who is asking."""

from __future__ import annotations

from lienvung.errors.family import LienVungError


class WorkflowError(LienVungError):
    """A step that the state of a submission does not allow."""


class AlreadySubmitted(WorkflowError):
    """The same bytes were handed in before."""

    vi = "Tệp {file} đã được nộp ngày {when} (hồ sơ {submission}, {state})."
    en = "The file {file} was already submitted on {when} (submission {submission}, {state})."
    todo_vi = "Xem lại: lienvung submit --show {submission}. Nếu số liệu đã sửa, nộp tệp đã sửa."
    todo_en = "Look at it: lienvung submit --show {submission}. If figures were mended, submit the mended file."


class UnknownSubmission(WorkflowError):
    """No submission has this number."""

    vi = "Không có hồ sơ nộp '{submission}'."
    en = "There is no submission '{submission}'."
    todo_vi = "Danh sách hồ sơ: lienvung submit --list."
    todo_en = "List them: lienvung submit --list."


class UnknownFinding(WorkflowError):
    """No finding of this number stands, or none that the step can be taken on."""

    vi = "Không có phát hiện '{finding}' ở trạng thái phù hợp: số liệu có thể đã đổi, hoặc chưa được chấp nhận."
    en = "There is no finding '{finding}' to do this to: its figures may have changed, or it was never accepted."
    todo_vi = "Xem danh sách hiện tại: lienvung check (thêm --accepted để xem cả điểm đã chấp nhận)."
    todo_en = "See the present list: lienvung check (with --accepted for what was accepted)."


class ReasonMissing(WorkflowError):
    """A decision without a reason."""

    vi = "Quyết định phải có lý do."
    en = "A decision needs a reason."
    todo_vi = 'Thêm --reason "…" nêu căn cứ (văn bản, người xác nhận).'
    todo_en = 'Add --reason "…" with its grounds (a document, who confirmed it).'


class WrongState(WorkflowError):
    """The submission is not in the state that this step starts from."""

    vi = "Hồ sơ {submission} đang ở trạng thái '{state}', không thể {step}."
    en = "Submission {submission} is '{state}', so it cannot be {step}."
    todo_vi = "Bước tiếp theo của hồ sơ này: {next_step}."
    todo_en = "The next step of this submission: {next_step}."


class HasErrors(WorkflowError):
    """A submission with errors cannot go on."""

    vi = "Hồ sơ {submission} còn {errors} lỗi, chưa thể {step}."
    en = "Submission {submission} still has {errors} errors, so it cannot be {step}."
    todo_vi = "Sửa các ô bị báo lỗi trong tệp rồi nộp lại."
    todo_en = "Mend the cells that are named and submit the file again."


class SubmissionChanged(WorkflowError):
    """What was approved or looked at is no longer what lies there."""

    vi = "Hồ sơ {submission} đã thay đổi: {found}."
    en = "Submission {submission} has changed: {found}."
    todo_vi = "Không bước nào được thực hiện. Xem lại hồ sơ (lienvung submit --show {submission}), rồi duyệt lại."
    todo_en = "No step was taken. Look at it again (lienvung submit --show {submission}), then approve it anew."


class EmbargoPast(WorkflowError):
    """A release is to be scheduled for a moment that has passed."""

    vi = "Thời điểm công bố {moment} không ở tương lai: hệ thống đã ghi nhận {seen}."
    en = "The moment of release {moment} is not in the future: the system has already seen {seen}."
    todo_vi = "Chọn một thời điểm sau đó, hoặc công bố ngay (bỏ --at)."
    todo_en = "Choose a later moment, or publish at once (without --at)."


class AccessError(WorkflowError):
    """Who asks may not do this, or is not known."""


class NotSignedIn(AccessError):
    """The step needs a signed-in person."""

    vi = "Cần đăng nhập để làm việc này."
    en = "Sign in to do this."
    todo_vi = "Đăng nhập trên cổng, hoặc đặt LIENVUNG_TOKEN cho dòng lệnh và API."
    todo_en = "Sign in on the portal, or set LIENVUNG_TOKEN for the command line and the API."


class NotAllowed(AccessError):
    """The account does not hold the right."""

    vi = "Tài khoản '{actor}' không có quyền '{right}' đối với việc này."
    en = "The account '{actor}' does not hold the right '{right}' for this."
    todo_vi = "Nhờ người quản trị cấp vai trò phù hợp, trong phạm vi cơ quan và địa bàn của việc này."
    todo_en = "Ask an administrator for a fitting role, within the agency and areas concerned."


class OwnSubmission(AccessError):
    """Nobody decides on what they handed in."""

    vi = "Hồ sơ {submission} do chính '{actor}' nộp, nên '{actor}' không được duyệt."
    en = "Submission {submission} was handed in by '{actor}', who therefore cannot approve it."
    todo_vi = "Người khác có vai trò biên tập số liệu sẽ duyệt."
    todo_en = "Another person with the steward's role approves it."
