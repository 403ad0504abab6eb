"""Each class's place at the doors: its exit code and its HTTP status."""

from __future__ import annotations

from lienvung.errors.access import (
    AccountRefused,
    CodeNotValid,
    FormForged,
    SignInFailed,
    SignOnFailed,
    TooManyAttempts,
    UnknownAccount,
    WeakPassword,
)
from lienvung.errors.answering import (
    DoorError,
    NoSuchAddress,
    NotFound,
    PartsMissing,
    StoreBusy,
    StoreError,
    StoreMissing,
    Unexpected,
    WrongMethod,
)
from lienvung.errors.family import (
    LienVungError,
)
from lienvung.errors.office import (
    AccessError,
    AlreadySubmitted,
    EmbargoPast,
    HasErrors,
    NotAllowed,
    NotSignedIn,
    OwnSubmission,
    ReasonMissing,
    SubmissionChanged,
    UnknownFinding,
    UnknownSubmission,
    WorkflowError,
    WrongState,
)
from lienvung.errors.questions import (
    BadDate,
    BadPeriod,
    BadValue,
    BoundaryUnknown,
    ComparisonMixed,
    NoExchangeRate,
    NotAcceptable,
    NotAdditive,
    NotComputable,
    NotConvertible,
    NotSupported,
    PriceBasisMixed,
    QuestionError,
)
from lienvung.errors.reading import (
    AmbiguousArea,
    BadLayer,
    CatalogueError,
    CrosswalkInvalid,
    DamagedFile,
    EncryptedFile,
    FileMissing,
    FileTooLarge,
    LayoutNotRecognised,
    PackInvalid,
    ParseError,
    RecipeInvalid,
    SourceError,
    UnknownArea,
    UnknownCode,
    UnknownDataflow,
    UnknownIndicator,
    UnknownPlan,
    UnknownRecipe,
    UnknownRegion,
    UnknownTarget,
    WrongFileType,
)

EXIT_CODES: dict[type[LienVungError], int] = {
    LienVungError: 1,
    QuestionError: 2, BadPeriod: 2, BadDate: 2, BadValue: 2, NotSupported: 2, NotAcceptable: 2,
    BoundaryUnknown: 2, NotAdditive: 2,
    NotConvertible: 2, NoExchangeRate: 2, PriceBasisMixed: 2, ComparisonMixed: 2, NotComputable: 2,
    SourceError: 3, FileMissing: 3, FileTooLarge: 3, WrongFileType: 3, EncryptedFile: 3, DamagedFile: 3,
    ParseError: 4, UnknownRecipe: 4, RecipeInvalid: 4, LayoutNotRecognised: 4, BadLayer: 4,
    CatalogueError: 5, UnknownIndicator: 5, UnknownArea: 5, AmbiguousArea: 5, UnknownRegion: 5,
    UnknownDataflow: 5, UnknownCode: 5, UnknownPlan: 5, UnknownTarget: 5, CrosswalkInvalid: 5, PackInvalid: 5,
    WorkflowError: 6, AlreadySubmitted: 6, UnknownSubmission: 6, WrongState: 6, HasErrors: 6,
    UnknownFinding: 6, ReasonMissing: 6, SubmissionChanged: 6, EmbargoPast: 6,
    AccessError: 10, NotSignedIn: 10, NotAllowed: 10, OwnSubmission: 10,
    SignInFailed: 10, SignOnFailed: 10, TooManyAttempts: 10, FormForged: 10, CodeNotValid: 10, WeakPassword: 10,
    UnknownAccount: 10, AccountRefused: 10,
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
    ParseError: 422, UnknownRecipe: 404, RecipeInvalid: 422, LayoutNotRecognised: 422, BadLayer: 422,
    CatalogueError: 400, UnknownIndicator: 404, UnknownArea: 404, AmbiguousArea: 400, UnknownRegion: 404,
    UnknownDataflow: 404, UnknownCode: 404, UnknownPlan: 404, UnknownTarget: 404,
    CrosswalkInvalid: 500, PackInvalid: 500,
    WorkflowError: 409, AlreadySubmitted: 409, UnknownSubmission: 404, WrongState: 409, HasErrors: 422,
    UnknownFinding: 404, ReasonMissing: 400, SubmissionChanged: 409, EmbargoPast: 400,
    AccessError: 403, NotSignedIn: 401, NotAllowed: 403, OwnSubmission: 403,
    SignInFailed: 401, SignOnFailed: 401, TooManyAttempts: 429, FormForged: 403, CodeNotValid: 403, WeakPassword: 422,
    UnknownAccount: 404, AccountRefused: 409,
    StoreError: 500, StoreMissing: 503, StoreBusy: 503, NotFound: 404, PartsMissing: 404,
    DoorError: 500, NoSuchAddress: 404, WrongMethod: 405, Unexpected: 500,
}  # fmt: skip
"""HTTP status for every class."""
