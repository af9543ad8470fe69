"""Why a file is refused, for the clerk: what is wrong with it and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from board.rules.bilingual import Words

_AS_PDF = "请用 WPS 或 Word 打开它，选“文件→输出为 PDF”，再上传新存的 PDF"
_AS_PDF_EN = "Open it in WPS or Word, choose File > Export as PDF, and upload the new PDF"
_AS_JPG = "请在手机或电脑上另存为 JPG（截个屏也行），再上传"
_AS_JPG_EN = "Save it as JPG on your phone or computer (a screenshot will do) and upload that"

REASONS: Mapping[str, Words] = {
    "empty": Words("这个文件是空的，里面没有内容。请检查选的是不是这个文件", "This file is empty. Please check that it is the right one"),
    "too_large": Words(
        "这个文件太大（超过 10 MB）。请把图片压小，或分成几个文件上传",
        "This file is too large (over 10 MB). Make its pictures smaller, or split it into several files",
    ),
    "too_many_pages": Words(
        "这个 PDF 超过 100 页。请只留要公开的几页，或分成几个文件上传",
        "This PDF has over 100 pages. Keep the pages that are to be public, or split it into several files",
    ),
    "not_taken": Words(
        "附件只收 PDF、Word（.docx）和图片（.jpg、.png）。请把它另存为其中一种，再上传",
        "An attachment is a PDF, a Word file (.docx) or a picture (.jpg, .png). Save it as one of these and upload that",
    ),
    "sheet": Words(
        "这是电子表格。名单请从“上传表格”那一步传，号码会自动去掉；别的表格请输出为 PDF 再上传",
        "This is a spreadsheet. Upload a roster where tables go, so that numbers are taken out; export any other table as PDF",
    ),
    "doc": Words(f"这是旧格式的 Word 文档（.doc），不收。{_AS_PDF}", f"This is an old Word file (.doc), which is not taken. {_AS_PDF_EN}"),
    "letter": Words(f"这种文档不收。{_AS_PDF}", f"This kind of document is not taken. {_AS_PDF_EN}"),
    "macros": Words(f"这个 Word 文档里有宏（.docm），不收。{_AS_PDF}", f"This Word file has macros (.docm) and is not taken. {_AS_PDF_EN}"),
    "password": Words(
        "这个文件设了打开密码。请先去掉密码，再上传", "This file has a password. Please take the password off and upload it again"
    ),
    "damaged": Words(
        f"这个文件不完整或已损坏，可能没有下载完或没有复制完。请重新取一份；如果能打开，{_AS_PDF}",
        f"This file is cut off or damaged. Please get a fresh copy; if it does open: {_AS_PDF_EN}",
    ),
    "bomb": Words(f"这个文件展开后大得不正常，不能收。{_AS_PDF}", f"This file unpacks to an abnormal size and is not taken. {_AS_PDF_EN}"),
    "large_picture": Words(
        f"这张图片的尺寸大得不正常（超过六千万个点），不能收。{_AS_JPG}",
        f"This picture is abnormally large (over 60 million dots) and is not taken. {_AS_JPG_EN}",
    ),
    "picture_kind": Words(
        f"这种图片（webp、heic、gif 等）不收。{_AS_JPG}", f"This kind of picture (webp, heic, gif …) is not taken. {_AS_JPG_EN}"
    ),
    "crashed": Words(f"读这个文件时出了错，不能收。{_AS_PDF}", f"Reading this file failed, so it is not taken. {_AS_PDF_EN}"),
    "timeout": Words(
        f"读这个文件用的时间太长，已停下。请分成几个文件上传，或者：{_AS_PDF}",
        f"Reading this file took too long and was stopped. Split it into several files, or: {_AS_PDF_EN}",
    ),
}
