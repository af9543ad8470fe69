"""What a row of a roster holds, staged or posted."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import Algorithm, Code, Digest, Fen, Json, Key, LongText, Sealed


class RosterRow:
    """The content of a row of a roster, staged or posted. ``no`` counts within its place and is never reused."""

    place: Mapped[Code] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[LongText] = mapped_column(default="")
    shown_name: Mapped[LongText] = mapped_column(default="")  # as the web policy shows it
    sealed_name: Mapped[Sealed | None]  # NULL: the kind has no names, or the person was erased
    name_key: Mapped[Key | None]  # NULL: as above
    person_key: Mapped[Key | None]  # NULL: the sheet had no whole ID number
    account_key: Mapped[Key | None]  # NULL: the sheet had no account number; shown to county staff only
    minor: Mapped[bool]
    amount: Mapped[Fen | None]  # NULL: the kind has no single amount (income and spending)
    measures: Mapped[Json]  # field -> exact decimal as text (yuan, mu), date or text
    texts: Mapped[Json]  # field -> text of the sheet, where it differs
    person_salt: Mapped[Key | None]  # NULL: erased
    money_salt: Mapped[Key]
    person_digest: Mapped[Digest]
    money_digest: Mapped[Digest]
    algorithm: Mapped[Algorithm]
