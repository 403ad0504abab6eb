"""A pack of three provinces and four indicators, written where a test asks for it."""

from __future__ import annotations

from pathlib import Path

FILES: dict[str, str] = {
    "pack.yaml": """\
id: tiny
name_vi: Vùng thử
name_en: Trial region
version: "1"
region: V1
headline: [GRDP_CUR, GRDP_PC]
""",
    "areas/areas.csv": """\
code,valid_from,valid_to,level,kind_vi,name_vi,name_en,aliases,source
72,2004,2025-07-01,province,tỉnh,Tây Ninh,Tay Ninh,,QĐ 124/2004/QĐ-TTg
80,2004,2025-07-01,province,tỉnh,Long An,Long An,T. Long An|LAN,QĐ 124/2004/QĐ-TTg
80,2025-07-01,,province,tỉnh,Tây Ninh,Tay Ninh,,QĐ 19/2025/QĐ-TTg
""",
    "areas/succession.csv": """\
predecessor,successor,day,share,basis,document
72@2004,80@2025-07-01,2025-07-01,1,,NQ 202/2025/QH15
80@2004,80@2025-07-01,2025-07-01,1,,NQ 202/2025/QH15
""",
    "areas/regions.csv": """\
code,set_code,name_vi,name_en,valid_from,valid_to,source
V1,V,Vùng thử,Trial region,,,thử
""",
    "areas/members.csv": """\
region,area,is_partial,note
V1,72@2004,0,
V1,80@2025-07-01,1,chỉ một phần
""",
    "agencies/agencies.csv": """\
code,name_vi,name_en,level,valid_from,valid_to,jurisdiction,function_vi,confidence,source
STC,Sở Tài chính,Department of Finance,province,2025-03-01,,,,high,thử
SKHDT,Sở Kế hoạch và Đầu tư,Department of Planning and Investment,province,,2025-03-01,,,high,thử
""",
    "agencies/succession.csv": """\
predecessor,successor,day,document
SKHDT,STC,2025-03-01,thử
""",
    "plans/documents.csv": """\
plan,number,published,issuer_vi,issuer_en,kind,title_vi,title_en,territory,period_from,period_to,vision,status,\
replaced_by,note_vi,note_en,confidence,source
qd-1,1/QĐ,2023-12,Thử,Trial,provincial_plan,Quy hoạch,Plan,72@2004,2021,2030,,in_force,,,,thử,thử
""",
    "plans/targets.csv": """\
target,plan,indicator,name_vi,name_en,territory,breakdown,activity,coverage_vi,coverage_en,period,period_kind,low,high,\
operator,unit,printed,replaces,confidence
T1,qd-1,GRDP_GROWTH,Tăng trưởng,Growth,72@2004,,,,,2030,at,9,10,range,PCT,9-10 %,,thử
""",
    "indicators/groups.csv": """\
code,dataflow,name_vi,name_en
T01,POPULATION,Dân số,Population
T05,ACCOUNTS,Tài khoản,Accounts
""",
    "indicators/T01.csv": """\
code,indicator_key,official_code,code_status,name_vi,name_en,unit,decimals,price_basis,comparison,aggregation,\
numerator,denominator,weight,scale,direction,frequency,note_vi,note_en
POP_AVG,T01-02,T0102,verified,Dân số trung bình,Average population,PERSONS_TH,1,,,sum,,,,,,A,,
""",
    "indicators/T05.csv": """\
code,indicator_key,official_code,code_status,name_vi,name_en,unit,decimals,price_basis,comparison,aggregation,\
numerator,denominator,weight,scale,direction,frequency,note_vi,note_en
GRDP_CUR,T05-01,T0501,verified,GRDP hiện hành,GRDP at current prices,VND_BN,0,current,,sum,,,,,up,A Q,,
GRDP_CON,T05-01,T0501,verified,GRDP so sánh,GRDP at constant prices,VND_BN,0,constant_2010,,sum,,,,,up,A,,
GRDP_GROWTH,T05-02,T0502,verified,Tăng trưởng,Growth,PCT,2,constant_2010,previous_year,growth,GRDP_CON,,,,up,A,,
GRDP_PC,T05-03,T0503,not verified,GRDP đầu người,GRDP per head,VND_MN,1,current,,ratio,\
GRDP_CUR,POP_AVG,,1000,up,A,,
""",
    "codelists/units.csv": """\
code,name_vi,name_en,base,factor
PCT,%,percent,PCT,1
PERSONS_TH,nghìn người,thousand persons,PERSONS,1000
VND_BN,tỷ đồng,billion VND,VND,1000000000
VND_MN,triệu đồng,million VND,VND,1000000
""",
    "codelists/breakdowns.csv": "code,name_vi,name_en,parent,note\n_T,Tổng số,Total,,\nURBAN,Thành thị,Urban,_T,\n",
    "codelists/activities.csv": "code,name_vi,name_en,parent,note\n_T,Tổng số,Total,,\n",
    "codelists/issuers.csv": "code,name_vi,name_en,parent,note\nGSO,Tổng cục Thống kê,GSO,,\n",
    "codelists/exchange_rates.csv": """\
currency,period,vnd_per_unit,kind,document,note_vi,note_en
USD,2024,24164.89,implied,yearbook-2020,thử,trial
""",
    "codelists/price_links.csv": """\
from_basis,to_basis,scope,factor,document
constant_2010,constant_2020,80,1.5,yearbook-2020
""",
    "sources/gso.csv": """\
document,issuer,title_vi,title_en,published,url,file_name,file_sha256,boundary,note
yearbook-2020,GSO,"Niên giám, 2020",Yearbook 2020,2021-06,,,,2004,
yearbook-2025,GSO,Niên giám 2025,,2026,,,,,
""",
    "breaks/breaks.csv": """\
indicator,issuer,area,period,kind,note_vi,note_en,document
POP_AVG,GSO,80@2004,2019,census,Tổng điều tra 2019,Census of 2019,yearbook-2020
""",
    "figures/population.csv": """\
# lienvung: tidy/1
# document: yearbook-2020
# indicator: POP_AVG
area,period,value,breakdown,status
80,2019,1688.5,,official
80,2019,270.1,URBAN,official
Tây Ninh,2019,..,,preliminary
""",
    "figures/grdp.csv": """\
indicator,area,period,value,unit,document,published
GRDP_CUR,80,2020,131892,VND_BN,yearbook-2020,
GRDP_CUR,80,2020,131900000,VND_MN,yearbook-2025,2026-06-30
GRDP_PC,Tây Ninh,2025,-,,yearbook-2025,
""",
}


def write_pack(folder: Path, **changes: str | None) -> Path:
    """The tiny pack in ``folder``; ``changes`` by path replace a file, or leave it out (None)."""
    for file, text in {**FILES, **changes}.items():
        if text is not None:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return folder


def write_changed(folder: Path, file: str, old: str, new: str) -> Path:
    """The tiny pack with ``old`` replaced by ``new`` in one file, in which it must stand."""
    text = FILES[file]
    assert old in text, f"{old!r} does not stand in {file}"
    return write_pack(folder, **{file: text.replace(old, new)})
