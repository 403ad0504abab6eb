"""Errors of getting a file, understanding its layout, and of codes and packs."""

from __future__ import annotations

from lienvung.errors.family import LienVungError


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


class BadLayer(ParseError):
    """A layer of zones that cannot be laid over another."""

    vi = "Lớp bản đồ {file}, đối tượng {place}: {found}."
    en = "Layer {file}, feature {place}: {found}."
    todo_vi = "Sửa trong phần mềm bản đồ (Fix geometries, đặt lại hệ tọa độ) rồi xuất lại GeoJSON, GPKG hoặc SHP nén."
    todo_en = "Mend it in the map software (fix geometries, set the projection) and export GeoJSON, GPKG or zipped SHP."


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


class UnknownPlan(CatalogueError):
    """No plan has this key, or several documents bear this number."""

    vi = "Không xác định được quy hoạch, kế hoạch '{plan}'."
    en = "There is no single plan '{plan}'."
    todo_vi = "Dùng một trong: {choices}. Danh sách: lienvung plans."
    todo_en = "Use one of: {choices}. List them: lienvung plans."


class UnknownTarget(CatalogueError):
    """No target has this key."""

    vi = "Không có mục tiêu '{target}'."
    en = "There is no target '{target}'."
    todo_vi = "Gần nhất: {choices}. Danh sách: lienvung plans."
    todo_en = "Nearest: {choices}. List them: lienvung plans."


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
