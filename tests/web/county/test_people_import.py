"""The county opens many accounts at once: all of a list or none, and the passwords are seen once, on slips to cut apart."""

from __future__ import annotations

import re

from board.store import ledger, people

GAODONG, BAIHE = "510521116004", "510521116000"
LIST = "姓名,用户名,做什么,在哪里\n钱多多,baihe-qian,经办,百和镇\n孙有余,gaodong-sun,审核,510521116004\n"


def gives(admin, table: str = LIST):
    return admin.submits("/admin/people/import", "都添上", table=table)


def test_everybody_of_the_list_signs_in_with_the_password_on_his_slip(admin, person):
    page = gives(admin)
    assert "添好了 2 个人" in page.text
    assert re.search(r"钱多多 · \S*百和镇\S* · 经办（填表）", page.text)
    slips = dict(re.findall(r"<dd><b>([a-z-]+)</b></dd><dt>临时密码</dt><dd><b>([a-z-]+-\d{4})</b>", page.html))
    assert slips.keys() == {"baihe-qian", "gaodong-sun"}
    for username, password in slips.items():
        assert person().submits("/sign-in", username=username, password=password).path == "/account"
    found = people.named("gaodong-sun")
    assert (found.area, found.role, found.must_change) == (GAODONG, "reviewer", True)
    assert [entry.subject for entry in ledger.entries(BAIHE) if entry.action == "person.added"][-1] == "baihe-qian"


def test_a_file_of_another_encoding_is_read_as_a_sheet_is(admin):
    page = admin.submits("/admin/people/import", "都添上", file=(LIST.encode("gb18030"), "名单.csv"))
    assert "添好了 2 个人" in page.text


def test_nobody_is_added_where_one_line_is_wrong(admin):
    before = len(people.listed(""))
    page = gives(admin, LIST + "周到,baihe-clerk,经办,百和镇\n")
    assert page.status == 422
    assert "一个人都还没有添" in page.text
    assert "第 4 行“用户名”：这个名字已经有了，请换一个。" in page.text
    assert "钱多多,baihe-qian" in page.html, "what was pasted stays"
    page = gives(admin, "姓名,用户名,做什么,在哪里\n甲,jia-1,受理,泸县\n乙,y,经办,云上镇\n丙,bing-1,经办,合江县\n")
    assert "第 2 行“做什么”：受理（纪检）的账号不在这里开" in page.text
    assert "第 3 行“在哪里”：“云上镇”不是本县的地方" in page.text
    assert "第 4 行“在哪里”：“合江县”不是本县的地方" in page.text
    assert len(people.listed("")) == before


def test_an_id_number_in_a_wrong_line_is_shown_to_nobody(admin):
    number = "510521" + "19490101" + "0018"
    page = gives(admin, f"姓名,用户名,做什么,在哪里\n钱多多,baihe-qian,经办,{number}\n孙有余,sun-1,经办,510521999000\n")
    assert number not in page.html
    assert "第 2 行“在哪里”：“●●●●●●●●●●●●●●●●●●”不是本县的地方" in page.text
    assert "“510521999000”不是本县的地方" in page.text, "the code of an area stays"


def test_a_list_of_no_table_says_what_it_needs(admin):
    assert "没有找到这四列的列名" in gives(admin, "钱多多,baihe-qian").text
    assert gives(admin, "").status == 422


def test_only_the_administrator_imports(person):
    assert person("baihe-clerk").sees("/admin/people/import").status == 403


def test_an_area_is_found_by_typing_its_name(admin):
    page = admin.submits("/admin/people/add", name="钱多多", username="gaodong-qian", role="clerk", area="高洞社区")
    assert "临时密码" in page.text
    assert people.named("gaodong-qian").area == GAODONG
    offered = admin.sees("/admin/people/add").html
    assert '<option value="百和镇 (510521116000)">' in offered
    page = admin.submits("/admin/people/add", name="钱多多", username="baihe-qian", role="clerk", area="百和镇 (510521116000)")
    assert people.named("baihe-qian").area == BAIHE
    page = admin.submits("/admin/people/add", name="钱多多", username="qian-3", role="clerk", area="村")
    assert page.status == 400
    assert "叫这个名字的不止一处" in page.text
