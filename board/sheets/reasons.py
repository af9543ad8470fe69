"""Why a file is not read, or not read whole, for the clerk: what is wrong with it and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from board.rules.bilingual import Words
from board.sheets.limits import MOST_BYTES, ROWS

_SAVE_AS = "请用 WPS 或 Excel 打开它，选“文件→另存为”，类型选“Excel 工作簿（*.xlsx）”，再上传新存的文件"
_SAVE_AS_EN = "Open it in WPS or Excel, choose File > Save as, type “Excel workbook (*.xlsx)”, and upload the new file"


def too_large(megabytes: int) -> Words:
    """What is said of a file that is larger than this, or of too many cells."""
    return Words(
        f"这个文件太大（文件超过 {megabytes} MB，或格子超过 300 万个）。请删去表格外的空行空列和图片，或分成几个表上传",
        f"This file is too large (over {megabytes} MB, or over 3 million cells). Please delete empty rows and pictures, or split it",
    )


REASONS: Mapping[str, Words] = {
    "empty": Words("这个文件是空的，里面没有内容。请检查选的是不是这个文件", "This file is empty. Please check that it is the right one"),
    "no_cells": Words(
        "表里一个有字的格子都没有。请打开看看内容是不是在另一个文件里",
        "No cell of the sheet has anything in it. Please open it and see whether the table is in another file",
    ),
    "all_hidden": Words(
        "有内容的工作表都是隐藏的，没有读。请打开它，在下面的工作表名上点右键，选“取消隐藏”，保存后再上传",
        "All sheets with anything in them are hidden and were not read. Please open it, unhide the sheet, save it and upload it again",
    ),
    "password": Words(
        "这个表格设了打开密码。请打开它，在“文件→文档加密”里去掉密码，保存后再上传；没有设密码也这样的，"
        "多半是“保护工作簿”或只读，请另存为一个新的 .xlsx 再上传",
        "This sheet has a password. Please open it, take the password off under File > Encrypt, save it and upload it again; if none was"
        " set, its structure is protected: save it as a new .xlsx",
    ),
    "damaged": Words(
        f"这个文件不完整或已损坏，可能没有下载完或没有复制完。请重新取一份；如果能打开，{_SAVE_AS}",
        f"This file is cut off or damaged. Please get a fresh copy; if it does open: {_SAVE_AS_EN}",
    ),
    "picture": Words(
        "这是图片或扫描件，读不出表格里的数字。请找制表的人要原来的电子表格（.xlsx、.xls、.et）",
        "This is a picture or a scan, whose figures cannot be read. Please ask whoever made the table for the spreadsheet itself",
    ),
    "not_a_sheet": Words(
        f"这不是电子表格。如果里面有表格，请把表格复制到 WPS 表格里；如果本来就是表格，{_SAVE_AS}",
        f"This is not a spreadsheet. If there is a table in it, copy that into a spreadsheet. {_SAVE_AS_EN}",
    ),
    "web_page": Words(
        f"这个文件名是表格，里面其实是网页，网页里没有表格。{_SAVE_AS}",
        f"This file is named like a sheet but is a web page without a table. {_SAVE_AS_EN}",
    ),
    "pdf": Words(
        "这是 PDF，读不准里面的格子。请找制表的人要原来的电子表格（.xlsx、.xls、.et）；PDF 可以作为附件上传",
        "This is a PDF, whose cells cannot be told apart. Please ask whoever made it for the spreadsheet; a PDF can be an attachment",
    ),
    "letter": Words(
        "这是 Word 文档，不是电子表格。请在 WPS 里选中文档里的表格，复制到一个新的电子表格里，再上传或粘贴",
        "This is a Word document and not a spreadsheet. Please copy the table in it into a new spreadsheet and upload or paste that",
    ),
    "archive": Words(
        "这是压缩包（.rar、.7z 等），打不开。请先解压，再上传里面的表格；也可以改压成 .zip 上传",
        "This is an archive (.rar, .7z or the like). Please unpack it and upload the sheet in it, or pack it as .zip",
    ),
    "nested_zip": Words(
        "压缩包里还有压缩包，不收。请先解开，再把里面的表格上传",
        "There is an archive inside the archive, which is not taken. Please unpack it and upload the sheets in it",
    ),
    "many_files": Words(
        "压缩包里的文件太多（超过 50 个）。请只压要公开的几个表，再上传",
        "There are too many files in the archive (over 50). Please pack only the sheets to be posted",
    ),
    "nested": Words(
        f"这个文件一层套一层，套得太深，不能读。请只留表格部分。{_SAVE_AS}",
        f"This file has too many layers inside one another and is not read. Keep only the table. {_SAVE_AS_EN}",
    ),
    "old_sheet": Words(
        f"这是很早以前的表格格式，读不了。{_SAVE_AS}",
        f"This is a very old spreadsheet format, which is not read. {_SAVE_AS_EN}",
    ),
    "no_columns": Words(
        "这个文本文件没有分成格子，不像是表格。请把表格放到电子表格里，再上传或粘贴",
        "This text is not parted into cells and does not look like a table. Please put the table in a spreadsheet and upload or paste it",
    ),
    "xlsb": Words(f"这是二进制工作簿（.xlsb），不收。{_SAVE_AS}", f"This is a binary workbook (.xlsb), which is not taken. {_SAVE_AS_EN}"),
    "too_large": too_large(MOST_BYTES >> 20),
    "too_long": Words(
        f"这张表太长，超过 {ROWS // 10_000} 万行。请按乡镇或村分成几张表，一张一张上传；没有这么多行的，请删去表格下面的空行再上传",
        f"This table is too long, over {ROWS:,} lines. Please split it by township or village; or delete the empty lines below it",
    ),
    "bomb": Words(
        f"这个文件展开后大得不正常，不能读。{_SAVE_AS}",
        f"This file unpacks to an abnormal size and is not read. {_SAVE_AS_EN}",
    ),
    "crashed": Words(
        f"读这个文件时出了错，可能有格子写到了很远的地方。请把表格部分复制到一个新表里再上传，或者：{_SAVE_AS}",
        f"Reading this file failed; some cell may be very far out. Copy the table into a new sheet and upload that. {_SAVE_AS_EN}",
    ),
    "timeout": Words(
        f"读这个文件用的时间太长，已停下。请删去表格外的空行空列和图片后再上传，或者：{_SAVE_AS}",
        f"Reading this file took too long and was stopped. Delete empty rows and pictures and try again. {_SAVE_AS_EN}",
    ),
    "encoding": Words(f"认不出这个文本文件的文字编码。{_SAVE_AS}", f"The encoding of this text file is not recognised. {_SAVE_AS_EN}"),
    "quotes": Words(
        f"这个文本表格的引号没有配对，分不出格子。{_SAVE_AS}",
        f"The quotes of this text table do not pair up, so its cells cannot be told apart. {_SAVE_AS_EN}",
    ),
}

NOTES: Mapping[str, Words] = {
    "macros": Words("文件里有宏，宏没有运行，只读了格子", "The file has macros; they were not run, and only its cells were read"),
    "not_read": Words("压缩包里的“{file}”没有读：{reason}", "“{file}” in the archive was not read: {reason}"),
}


def note(code: str, file: str, why: Words) -> Words:
    """Return a remark on how a file was read; ``file`` is its name in a zip, ``why`` the words of a refusal or empty."""
    words = NOTES[code]
    remark = Words(words.zh.format(file=file, reason=why.zh), words.en.format(file=file, reason=why.en))
    if file and "{file}" not in words.zh:
        return Words(f"{file}：{remark.zh}", f"{file}: {remark.en}")
    return remark
