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
│   ├── LayoutNotRecognised
│   └── BadLayer
├── CatalogueError              codes and the pack
│   ├── UnknownIndicator
│   ├── UnknownArea
│   ├── AmbiguousArea
│   ├── UnknownRegion
│   ├── UnknownDataflow
│   ├── UnknownCode
│   ├── UnknownPlan
│   ├── UnknownTarget
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
│   ├── HasErrors
│   ├── SubmissionChanged
│   ├── EmbargoPast
│   └── AccessError             who asks may not, or is not known
│       ├── NotSignedIn
│       ├── NotAllowed
│       ├── OwnSubmission
│       ├── SignInFailed
│       ├── SignOnFailed
│       ├── TooManyAttempts
│       ├── FormForged
│       ├── CodeNotValid
│       ├── WeakPassword
│       ├── UnknownAccount
│       └── AccountRefused
├── StoreError                  what is published
│   ├── StoreMissing
│   ├── StoreBusy
│   ├── PartsMissing
│   └── NotFound
└── DoorError                   an address that cannot be served
    ├── NoSuchAddress
    ├── WrongMethod
    └── Unexpected

``EXIT_CODES`` and ``HTTP_STATUSES`` (``codes.py``) give every class its place at the doors;
a test checks that none is left out.
"""

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
from lienvung.errors.codes import EXIT_CODES, EXIT_FINDINGS, HTTP_STATUSES
from lienvung.errors.family import (
    Both,
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

__all__ = [
    "EXIT_CODES",
    "EXIT_FINDINGS",
    "HTTP_STATUSES",
    "AccessError",
    "AccountRefused",
    "AlreadySubmitted",
    "AmbiguousArea",
    "BadDate",
    "BadLayer",
    "BadPeriod",
    "BadValue",
    "Both",
    "BoundaryUnknown",
    "CatalogueError",
    "CodeNotValid",
    "ComparisonMixed",
    "CrosswalkInvalid",
    "DamagedFile",
    "DoorError",
    "EmbargoPast",
    "EncryptedFile",
    "FileMissing",
    "FileTooLarge",
    "FormForged",
    "HasErrors",
    "LayoutNotRecognised",
    "LienVungError",
    "NoExchangeRate",
    "NoSuchAddress",
    "NotAcceptable",
    "NotAdditive",
    "NotAllowed",
    "NotComputable",
    "NotConvertible",
    "NotFound",
    "NotSignedIn",
    "NotSupported",
    "OwnSubmission",
    "PackInvalid",
    "ParseError",
    "PartsMissing",
    "PriceBasisMixed",
    "QuestionError",
    "ReasonMissing",
    "RecipeInvalid",
    "SignInFailed",
    "SignOnFailed",
    "SourceError",
    "StoreBusy",
    "StoreError",
    "StoreMissing",
    "SubmissionChanged",
    "TooManyAttempts",
    "Unexpected",
    "UnknownAccount",
    "UnknownArea",
    "UnknownCode",
    "UnknownDataflow",
    "UnknownFinding",
    "UnknownIndicator",
    "UnknownPlan",
    "UnknownRecipe",
    "UnknownRegion",
    "UnknownSubmission",
    "UnknownTarget",
    "WeakPassword",
    "WorkflowError",
    "WrongFileType",
    "WrongMethod",
    "WrongState",
]
