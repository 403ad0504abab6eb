"""Whom to believe: the certificates that the operator put into the trust folder, and chains that end there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
)
from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy

from lienvung.errors import Both

SUFFIXES = {".pem", ".crt", ".cer", ".der"}
"""How the files of the trust folder end; others are left alone."""
MAX_FILES, MAX_FILE_BYTES = 500, 2**20

_SIGNS = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
NO_ROOTS = Both(
    "thư mục chứng thư tin cậy (trust) còn trống nên chưa tin cậy được người ký",
    "the folder of trusted certificates (trust) is empty, so the signer cannot be trusted",
)
_UNKNOWN = Both(
    "chứng thư của người ký không dẫn về cơ quan chứng thực nào trong thư mục trust",
    "the signer's certificate leads to no authority in the trust folder",
)
_WEAK_CHAIN = Both(
    "chuỗi chứng thư dùng thuật toán yếu (MD5, SHA-1 hoặc khóa RSA dưới 2048 bit)",
    "the chain of certificates uses a weak algorithm (MD5, SHA-1 or an RSA key below 2048 bits)",
)
_USAGE = Both("chứng thư không được cấp để ký", "the certificate was not issued for signing")
_CHAIN_TIME = Both(
    "một chứng thư của cơ quan chứng thực không còn hoặc chưa có hiệu lực tại thời điểm ký",
    "a certificate of the authority was not valid when it was signed",
)


@dataclass(frozen=True)
class Trust:
    """Trusted certificates and the present moment (aware, UTC). ``unread`` names files that hold none."""

    roots: tuple[x509.Certificate, ...]
    now: datetime
    unread: tuple[str, ...] = ()

    def context(self, at: datetime, others: tuple[x509.Certificate, ...] = ()) -> ValidationContext:
        """What a chain is validated with at a moment: nothing is fetched, revocation is not asked."""
        return ValidationContext(
            trust_roots=list(self.roots), other_certs=list(others), moment=at, best_signature_time=at,
            allow_fetching=False, revinfo_policy=CertRevTrustPolicy(NO_REVOCATION),
        )  # fmt: skip

    def find_fault(
        self, certificate: x509.Certificate, others: tuple[x509.Certificate, ...], at: datetime
    ) -> Both | None:
        """Why the certificate cannot be trusted as of ``at``; None if it can."""
        lasted = _outside(certificate, at)
        if lasted:
            return lasted
        if not self.roots:
            return self._with_unread(NO_ROOTS)
        validator = CertificateValidator(certificate, validation_context=self.context(at, others))
        try:
            path = asyncio.run(validator.async_validate_path())
            if path.pkix_len and certificate.key_usage_value is not None:
                _SIGNS.validate(certificate)
        except PathBuildingError:
            return self._with_unread(_UNKNOWN)
        except DisallowedAlgorithmError:
            return _WEAK_CHAIN
        except (ExpiredError, NotYetValidError):
            return _CHAIN_TIME
        except (InvalidCertificateError, SignatureValidationError):
            return _USAGE
        except (PathValidationError, ValueError, TypeError) as error:
            said = printable(str(error))
            return Both(f"chuỗi chứng thư không hợp lệ ({said})", f"the chain of certificates is not valid ({said})")
        return None

    def _with_unread(self, fault: Both) -> Both:
        if not self.unread:
            return fault
        names = ", ".join(self.unread[:5])
        return Both(f"{fault.vi} (không đọc được: {names})", f"{fault.en} (could not be read: {names})")


def read_trust(folder: Path, now: datetime) -> Trust:
    """The trusted certificates of a folder: each file holds one DER or any number of PEM certificates."""
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES) if folder.is_dir() else []
    roots: list[x509.Certificate] = []
    unread = []
    for path in files[:MAX_FILES]:
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                raise ValueError(path.name)
            roots += _certificates(path.read_bytes())
        except (OSError, ValueError, TypeError):
            unread.append(printable(path.name))
    return Trust(tuple(roots), now, tuple(unread))


def _certificates(data: bytes) -> list[x509.Certificate]:
    ders = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
    found = [x509.Certificate.load(der, strict=True) for der in ders]
    for each in found:
        each.native  # noqa: B018 - asn1crypto decodes only what is asked for: a broken one shows itself here
    return found


def _outside(certificate: x509.Certificate, at: datetime) -> Both | None:
    start, end = certificate.not_valid_before, certificate.not_valid_after
    if start <= at <= end:
        return None
    return Both(
        f"chứng thư của người ký chỉ có hiệu lực từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}, "
        f"không bao gồm thời điểm ký {at:%d/%m/%Y}",
        f"the signer's certificate is valid from {start:%Y-%m-%d} to {end:%Y-%m-%d} only, not at {at:%Y-%m-%d}",
    )


def printable(text: object, most: int = 200) -> str:
    """Text from a file, fit to be shown: one line, no control or direction signs, not endless."""
    return "".join(c for c in str(text)[: most * 2] if c.isprintable())[:most].strip()


def as_utc(moment: datetime) -> datetime:
    """An instant as aware UTC; one without a zone is taken as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
