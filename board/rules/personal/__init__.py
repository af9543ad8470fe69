"""Personal data in texts and how it is masked: all that a privacy auditor has to read.

``identifiers`` (ID, bank card and mobile numbers, by their check digits) -> ``detection`` (finding and masking them in any text) and
``descriptions`` (birth dates, illness, addresses in words) with ``mentions`` (is a person meant) -> ``free_text`` (warnings on titles,
facts and replies) and ``public_answer`` (answers that are published). ``name_masking`` masks names (张*三).
"""
