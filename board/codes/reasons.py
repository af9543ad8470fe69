"""Why a photo is refused, for staff: what is wrong with it and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from board.rules.bilingual import Words

_AGAIN = Words("请用平板或手机对着二维码重新拍一张（.jpg）", "Take a fresh photo of the code with the tablet or phone (.jpg)")


def _reason(zh: str, en: str) -> Words:
    return Words(f"{zh}。{_AGAIN.zh}", f"{en}. {_AGAIN.en}")


REASONS: Mapping[str, Words] = {
    "empty": _reason("这个文件是空的", "This file is empty"),
    "too_large": _reason("这张照片太大（超过 10 MB）", "This photo is too large (over 10 MB)"),
    "large_picture": _reason("这张照片的尺寸大得不正常", "This photo is abnormally large"),
    "picture_kind": _reason("这不是照片，或者格式不收（webp、heic、gif 等）", "This is no photo, or of a kind not taken (webp, heic …)"),
    "damaged": _reason("这张照片不完整", "This photo is cut off"),
    "crashed": _reason("看这张照片时出了错", "Looking at this photo failed"),
    "timeout": _reason("看这张照片用的时间太长，已停下", "Looking at this photo took too long and was stopped"),
}
