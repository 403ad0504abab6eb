"""One error family. Each message says what happened, where, and what to do next, in Vietnamese and English.

LienVungError
├── SourceError                 getting the bytes
│   ├── FileMissing
│   ├── FileTooLarge
│   ├── WrongFileType
│   ├── EncryptedFile
│   └── DamagedFile
├── ParseError                  understanding the layout
│   ├── UnknownRecipe
│   ├── RecipeInvalid
│   └── LayoutNotRecognised
├── CatalogueError              codes and the pack
│   ├── UnknownIndicator
│   ├── UnknownArea
│   ├── AmbiguousArea
│   ├── UnknownRegion
│   ├── UnknownDataflow
│   ├── UnknownCode
│   ├── CrosswalkInvalid
│   └── PackInvalid
├── QuestionError               a question that cannot be answered as put
│   ├── BadPeriod
│   ├── BadDate
│   ├── BadValue
│   ├── BoundaryUnknown
│   ├── NotAdditive
│   ├── NotSupported
│   ├── NotConvertible
│   ├── NoExchangeRate
│   ├── PriceBasisMixed
│   ├── ComparisonMixed
│   ├── NotComputable
│   └── NotAcceptable
├── WorkflowError               who must do what
│   ├── AlreadySubmitted
│   ├── UnknownSubmission
│   ├── UnknownFinding
│   ├── ReasonMissing
│   ├── WrongState
│   └── HasErrors
├── StoreError                  what is published
│   ├── StoreMissing
│   ├── StoreBusy
│   ├── PartsMissing
│   └── NotFound
└── DoorError                   an address that cannot be served
    ├── NoSuchAddress
    ├── WrongMethod
    └── Unexpected

``EXIT_CODES`` and ``HTTP_STATUSES`` at the foot give every class its place at the doors;
a test checks that none is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Both:
    """A fact of an error that reads differently in the two languages."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en


class LienVungError(Exception):
    """Something that a reader can be told about, in his own language.

    Subclasses set the four sentences; ``facts`` fill their ``{names}``. Values are shown as given, so pass text
    that is already fit to print (a file name, ``Sheet1!B4``, a list of choices); a fact in words is ``Both``.
    """

    vi: ClassVar[str] = "Đã xảy ra lỗi."
    en: ClassVar[str] = "Something went wrong."
    todo_vi: ClassVar[str] = ""
    todo_en: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message("en"))

    def _fill(self, template: str, lang: str) -> str:
        spoken = {
            k: getattr(v, "vi" if lang == "vi" else "en") if isinstance(v, Both) else v for k, v in self.facts.items()
        }
        try:
            return template.format(**spoken)
        except (KeyError, IndexError):
            return template

    def message(self, lang: str = "vi") -> str:
        """What happened and where, in ``vi`` or ``en``."""
        return self._fill(self.vi if lang == "vi" else self.en, lang)

    def suggestion(self, lang: str = "vi") -> str:
        """What to do next, in ``vi`` or ``en``; may be empty."""
        return self._fill(self.todo_vi if lang == "vi" else self.todo_en, lang)

    @property
    def code(self) -> str:
        """The stable name of this kind of error, for scripts."""
        return type(self).__name__


class SourceError(LienVungError):
    """The bytes of a file could not be had or are not what they claim."""


class FileMissing(SourceError):
    """No such file, or it cannot be read."""

    vi = "Không tìm thấy hoặc không đọc được tệp {file}."
    en = "The file {file} was not found or cannot be read."
    todo_vi = "Kiểm tra lại đường dẫn và quyền đọc tệp."
    todo_en = "Check the path and that you may read the file."


class FileTooLarge(SourceError):
    """The file, or what it unpacks to, is beyond the limit."""

    vi = "Tệp {file} quá lớn: {size}, giới hạn là {limit}."
    en = "The file {file} is too large: {size}, the limit is {limit}."
    todo_vi = "Chia tệp theo bảng hoặc theo năm rồi nộp từng phần."
    todo_en = "Split the file by table or by year and submit the parts."


class WrongFileType(SourceError):
    """The content is not a workbook, CSV or SDMX message, whatever the name says."""

    vi = "Tệp {file} không phải loại đọc được: {found}."
    en = "The file {file} is not of a readable type: {found}."
    todo_vi = "Nộp tệp .xlsx, .xls, .xlsb, .ods, .csv, .tsv hoặc SDMX-ML (.xml)."
    todo_en = "Submit .xlsx, .xls, .xlsb, .ods, .csv, .tsv or SDMX-ML (.xml)."


class EncryptedFile(SourceError):
    """The workbook asks for a password."""

    vi = "Tệp {file} được bảo vệ bằng mật khẩu."
    en = "The file {file} is protected by a password."
    todo_vi = "Mở tệp bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc), lưu lại rồi nộp."
    todo_en = "Open it in Excel, remove the password (File > Info > Protect Workbook), save and submit again."


class DamagedFile(SourceError):
    """The file is cut off or its inner structure is broken."""

    vi = "Tệp {file} bị hỏng hoặc bị cắt cụt: {found}."
    en = "The file {file} is damaged or cut off: {found}."
    todo_vi = "Mở tệp, lưu lại bằng 'Lưu thành' rồi nộp bản mới; nếu không mở được, xin lại bản gốc."
    todo_en = "Open it, use 'Save as' and submit the new copy; if it does not open, ask for the original again."


class ParseError(LienVungError):
    """A file was read but its layout was not understood."""


class UnknownRecipe(ParseError):
    """The recipe named by the reader does not exist."""

    vi = "Không có công thức đọc '{recipe}'."
    en = "There is no recipe '{recipe}'."
    todo_vi = "Các công thức hiện có: {choices}."
    todo_en = "The recipes there are: {choices}."


class RecipeInvalid(ParseError):
    """A recipe that breaks its own form, or names codes that nobody knows."""

    vi = "Công thức đọc '{recipe}' chưa dùng được: {found}."
    en = "The recipe '{recipe}' cannot be used: {found}."
    todo_vi = "Sửa tệp công thức rồi chạy lại 'lienvung recipe add'; các mã: lienvung pack list, docs/recipes.md."
    todo_en = "Mend the file and run 'lienvung recipe add' again; the codes: lienvung pack list, docs/recipes.md."


class LayoutNotRecognised(ParseError):
    """No recipe matches the file, or the one asked for does not fit."""

    vi = "Không nhận ra cách trình bày của tệp {file}: {found}."
    en = "The layout of {file} was not recognised: {found}."
    todo_vi = "Bảng lạ: 'lienvung recipe propose TỆP'. Hoặc dùng mẫu ('lienvung pack template'), chỉ rõ --recipe."
    todo_en = "For an unknown table: 'lienvung recipe propose FILE'. Or 'lienvung pack template', or --recipe."


class CatalogueError(LienVungError):
    """A code that the pack does not know, or a pack that is wrong."""


class UnknownIndicator(CatalogueError):
    """No indicator has this code."""

    vi = "Không có chỉ tiêu nào mang mã '{indicator}'."
    en = "No indicator has the code '{indicator}'."
    todo_vi = "Có phải bạn muốn: {choices}? Danh mục đầy đủ: lienvung pack list."
    todo_en = "Did you mean: {choices}? The full list: lienvung pack list."


class UnknownArea(CatalogueError):
    """No area has this code or name on the boundary asked for."""

    vi = "Không có địa bàn nào mang mã hoặc tên '{area}' ({boundary})."
    en = "No area has the code or name '{area}' ({boundary})."
    todo_vi = "Có phải bạn muốn: {choices}?"
    todo_en = "Did you mean: {choices}?"


class AmbiguousArea(CatalogueError):
    """A bare code means different territories within the span asked for."""

    vi = "Mã '{area}' chỉ nhiều địa bàn khác nhau trong khoảng được hỏi ({span})."
    en = "The code '{area}' means different territories within the span asked for ({span})."
    todo_vi = "Ghi rõ một trong: {choices}; hoặc giới hạn khoảng thời gian bằng --from và --to."
    todo_en = "Write one of: {choices}; or limit the span with --from and --to."


class UnknownRegion(CatalogueError):
    """No region set has this code."""

    vi = "Không có vùng nào mang mã '{region}'."
    en = "No region has the code '{region}'."
    todo_vi = "Các vùng hiện có: {choices}."
    todo_en = "The regions there are: {choices}."


class UnknownDataflow(CatalogueError):
    """No dataflow has this id."""

    vi = "Không có luồng dữ liệu '{dataflow}'."
    en = "There is no dataflow '{dataflow}'."
    todo_vi = "Các luồng dữ liệu hiện có: {choices}."
    todo_en = "The dataflows there are: {choices}."


class UnknownCode(CatalogueError):
    """A unit, breakdown, activity, issuer or document code that the pack does not list."""

    vi = "Mã '{value}' không có trong danh mục {codelist}."
    en = "The code '{value}' is not in the code list {codelist}."
    todo_vi = "Các mã gần nhất: {choices}."
    todo_en = "The nearest codes: {choices}."


class CrosswalkInvalid(CatalogueError):
    """The successions of the pack do not make a crosswalk between two boundaries."""

    vi = "Bảng chuyển đổi địa giới sai tại {place}: {found}."
    en = "The crosswalk between boundaries is wrong at {place}: {found}."
    todo_vi = "Sửa areas/succession.csv hoặc areas/areas.csv của gói rồi chạy 'lienvung pack check'."
    todo_en = "Mend areas/succession.csv or areas/areas.csv of the pack and run 'lienvung pack check'."


class PackInvalid(CatalogueError):
    """A file of the pack breaks its schema."""

    vi = "Gói dữ liệu sai tại {place}: {found}."
    en = "The pack is wrong at {place}: {found}."
    todo_vi = "Sửa tệp đó rồi chạy 'lienvung pack check'."
    todo_en = "Mend that file and run 'lienvung pack check'."


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


EXIT_CODES: dict[type[LienVungError], int] = {
    LienVungError: 1,
    QuestionError: 2, BadPeriod: 2, BadDate: 2, BadValue: 2, NotSupported: 2, NotAcceptable: 2,
    BoundaryUnknown: 2, NotAdditive: 2,
    NotConvertible: 2, NoExchangeRate: 2, PriceBasisMixed: 2, ComparisonMixed: 2, NotComputable: 2,
    SourceError: 3, FileMissing: 3, FileTooLarge: 3, WrongFileType: 3, EncryptedFile: 3, DamagedFile: 3,
    ParseError: 4, UnknownRecipe: 4, RecipeInvalid: 4, LayoutNotRecognised: 4,
    CatalogueError: 5, UnknownIndicator: 5, UnknownArea: 5, AmbiguousArea: 5, UnknownRegion: 5,
    UnknownDataflow: 5, UnknownCode: 5, CrosswalkInvalid: 5, PackInvalid: 5,
    WorkflowError: 6, AlreadySubmitted: 6, UnknownSubmission: 6, WrongState: 6, HasErrors: 6,
    UnknownFinding: 6, ReasonMissing: 6,
    StoreError: 7, StoreMissing: 7, StoreBusy: 7, NotFound: 8, PartsMissing: 8,
    DoorError: 1, NoSuchAddress: 1, WrongMethod: 1, Unexpected: 1,
}  # fmt: skip
"""Exit code of the command line for every class. 0 is success; 9 is 'findings of severity error'."""

EXIT_FINDINGS = 9

HTTP_STATUSES: dict[type[LienVungError], int] = {
    LienVungError: 500,
    QuestionError: 400, BadPeriod: 400, BadDate: 400, BadValue: 400, NotSupported: 501, NotAcceptable: 406,
    BoundaryUnknown: 400, NotAdditive: 422,
    NotConvertible: 422, NoExchangeRate: 422, PriceBasisMixed: 422, ComparisonMixed: 422, NotComputable: 422,
    SourceError: 400, FileMissing: 404, FileTooLarge: 413, WrongFileType: 415, EncryptedFile: 422, DamagedFile: 422,
    ParseError: 422, UnknownRecipe: 404, RecipeInvalid: 422, LayoutNotRecognised: 422,
    CatalogueError: 400, UnknownIndicator: 404, UnknownArea: 404, AmbiguousArea: 400, UnknownRegion: 404,
    UnknownDataflow: 404, UnknownCode: 404, CrosswalkInvalid: 500, PackInvalid: 500,
    WorkflowError: 409, AlreadySubmitted: 409, UnknownSubmission: 404, WrongState: 409, HasErrors: 422,
    UnknownFinding: 404, ReasonMissing: 400,
    StoreError: 500, StoreMissing: 503, StoreBusy: 503, NotFound: 404, PartsMissing: 404,
    DoorError: 500, NoSuchAddress: 404, WrongMethod: 405, Unexpected: 500,
}  # fmt: skip
"""HTTP status for every class."""
