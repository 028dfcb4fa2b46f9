"""Reading a year of EDTF: four digits, a letter-prefixed year, an exponent, significant digits."""

from timeline.edtf.cursor import Cursor
from timeline.edtf.days import WILD
from timeline.edtf.model import Year

DIGITS = "[0-9]+"
MAX_DIGITS = 400  # of a year: more than any use has, and few enough to compute with at once
LONGEST_SLIP = 12  # digits that may be a long year whose Y was forgotten


def read_year(cursor: Cursor) -> Year:
    """The year at the cursor, without qualification. Raises EdtfError where there is none."""
    at = cursor.at
    prefixed = bool(cursor.take("Y"))
    negative = bool(cursor.take("-"))
    digits = _long_digits(cursor, at) if prefixed else _four_digits(cursor)
    if negative and not digits.strip("0"):
        cursor.fail("there is no year minus zero", "write 0000 for 1 BCE", at=at)
    return Year(digits, negative, _significant(cursor, digits))


def _four_digits(cursor: Cursor) -> str:
    at, digits = cursor.at, cursor.take("[0-9X]+")
    if not digits:
        cursor.fail(f"a date should stand here, not {cursor.here()}", "begin with a year like 1948")
    if len(digits) < 4:
        cursor.fail(
            f"a year has four digits, not {len(digits)}", f"write {digits:0>4} or {digits:X<4}", at
        )
    if len(digits) > 4:
        cursor.fail("a year without Y has four digits", _instead_of_many(digits), at)
    return digits


def _instead_of_many(digits: str) -> str:
    if len(digits) == 8:
        return f"write {digits[:4]}-{digits[4:6]}-{digits[6:]}"
    if WILD in digits or len(digits) > LONGEST_SLIP:
        return "write four of them"
    return f"write Y{digits.lstrip('0')}"


def _long_digits(cursor: Cursor, at: int) -> str:
    digits = cursor.take(DIGITS)
    exponent = cursor.take(DIGITS) if digits and cursor.take("E") else "0"
    if not digits or not exponent:
        cursor.fail(f"digits should follow here, not {cursor.here()}", "write Y17000 or Y17E7")
    if digits.startswith("0"):
        cursor.fail("a year after Y has no leading zero", f"write {digits[-4:]:0>4}", at)
    if len(digits) + int(exponent) > MAX_DIGITS:
        cursor.fail(f"the year has more than {MAX_DIGITS} digits", "write a nearer year", at)
    digits += "0" * int(exponent)
    if len(digits) < 5:
        cursor.fail("Y is for years of five digits or more", f"write {digits:0>4}", at)
    return digits


def _significant(cursor: Cursor, digits: str) -> int | None:
    at = cursor.at
    if not cursor.take("S"):
        return None
    kept = cursor.take(DIGITS)
    if not kept.strip("0") or len(kept) > 2:
        cursor.fail("S takes a number of significant digits", "write S1 to S12", at)
    if WILD in digits:
        cursor.fail("a year has unspecified or significant digits, not both", "leave out S…", at)
    return int(kept)
