"""Legal forms of organisations by country: none of them makes another organisation."""

import pytest

from trustgraph._text import match_organisation, organisation_key

FORMS = {
    "Argentina": ["Acme S.A.", "Acme S.R.L.", "Acme SAS", "Acme S.A.U.", "Acme S.C.A."],
    "Australia": ["Acme Pty Ltd", "Acme Pty. Limited", "Acme Proprietary Limited", "Acme Ltd."],
    "Austria": ["Acme GesmbH", "Acme Ges.m.b.H.", "Acme G.m.b.H.", "Acme e.U.", "Acme FlexCo"],
    "Bangladesh": ["Acme (Pvt.) Ltd"],
    "Belgium": ["Acme BV", "Acme SRL", "Acme BVBA", "Acme SPRL", "Acme NV/SA", "Acme SA/NV"],
    "Brazil": ["Acme Ltda.", "Acme Ltda", "Acme S/A", "Acme S.A", "Acme EIRELI",
               "Acme EPP", "Acme Ltda EPP"],
    "Bulgaria": ["Acme EOOD", "Acme OOD", "Acme AD", "Acme EAD", "Акме ООД"],
    "Canada": ["Acme Inc.", "Acme Ltée", "Acme Inc./Ltée", "Acme ULC", "Acme Limitée"],
    "Chile": ["Acme SpA", "Acme Ltda.", "Acme E.I.R.L."],
    "China": ["Acme Co., Ltd.", "Acme有限公司", "Acme股份有限公司", "Acme有限责任公司",
              "Acme Company Limited"],
    "Colombia": ["Acme S.A.S.", "Acme S.A.S. BIC", "Acme Ltda.", "Acme S.A. E.S.P."],
    "Croatia, Serbia, Slovenia": ["Acme d.o.o.", "Acme d. o. o.", "Acme d.d.", "Acme j.d.o.o.",
                                  "Acme a.d.", "Acme DOO"],
    "Czechia, Slovakia": ["Acme s.r.o.", "Acme, s. r. o.", "Acme a.s.", "Acme, a. s.",
                          "Acme spol. s r.o.", "Acme spol. s r. o.", "Acme v.o.s."],
    "Denmark": ["Acme A/S", "Acme ApS", "Acme K/S", "Acme IVS"],
    "Egypt": ["Acme S.A.E.", "Acme SAE"],
    "Estonia": ["Acme OÜ", "Acme AS"],
    "Finland": ["Acme Oy", "Oy Acme Ab", "Acme Oyj", "Acme Oy Ab"],
    "France": ["Acme S.A.", "Acme SAS", "Acme SASU", "Acme SARL", "Acme S.à r.l.", "Acme EURL",
               "Acme SCOP", "Acme & Cie", "Acme SNC"],
    "Germany": ["Acme GmbH", "Acme gGmbH", "Acme GmbH & Co. KG", "Acme GmbH & Co KGaA", "Acme AG",
                "Acme AG & Co. KG", "Acme SE & Co. KGaA", "Acme UG (haftungsbeschränkt)",
                "Acme e.V.", "Acme eG", "Acme OHG", "Acme GbR", "Acme mbH", "Acme e.K.",
                "Acme UG (haftungsbeschränkt) & Co. KG", "Acme PartG mbB"],
    "Greece": ["Acme S.A.", "Acme E.P.E.", "Acme Μ.Ι.Κ.Ε.",
               "Acme Single Member P.C."],
    "Hong Kong": ["Acme Limited", "Acme有限公司", "Acme Ltd"],
    "Hungary": ["Acme Kft.", "Acme Zrt.", "Acme Nyrt.", "Acme Bt."],
    "Iceland": ["Acme ehf.", "Acme hf."],
    "India": ["Acme Pvt Ltd", "Acme (P) Ltd.", "Acme Pvt. Ltd.", "Acme Private Limited",
              "Acme (OPC) Private Limited", "Acme LLP", "Acme P. Ltd."],
    "Indonesia": ["PT Acme", "PT. Acme Tbk", "PT Acme (Persero) Tbk", "PT Acme, Tbk."],
    "Ireland": ["Acme Ltd", "Acme DAC", "Acme plc", "Acme CLG", "Acme Teoranta"],
    "Israel": ["Acme Ltd.", 'Acme בע"מ', "Acme בע״מ", "Acme בעמ"],
    "Italy": ["Acme S.p.A.", "Acme SpA", "Acme S.r.l.", "Acme Srls", "Acme S.r.l.s.", "Acme s.n.c.",
              "Acme S.a.s.", "Acme Società per Azioni", "Acme S.r.l. Unipersonale",
              "Acme Soc. Coop.", "Acme S.R.L. Società Benefit"],
    "Japan": ["Acme K.K.", "Acme KK", "株式会社Acme", "Acme株式会社", "Acme合同会社", "Acme G.K.",
              "株式会社 Acme", "(株)Acme", "㈱Acme", "Acme Kabushiki Kaisha", "Acme Co.,Ltd."],
    "Korea": ["주식회사 Acme", "Acme 주식회사", "(주)Acme", "㈜Acme", "Acme Co., Ltd.",
              "유한회사 Acme"],
    "Latvia": ["SIA Acme", 'SIA "Acme"', "Acme, SIA"],
    "Lithuania": ["UAB Acme", "UAB „Acme“", "Acme, UAB", "AB Acme"],
    "Luxembourg": ["Acme S.à r.l.", "Acme S.A.", "Acme SCA", "Acme SICAV", "Acme SCSp",
                   "Acme S.à.r.l."],
    "Malaysia": ["Acme Sdn Bhd", "Acme Sdn. Bhd.", "Acme Berhad", "Acme Bhd", "Acme SDN.BHD.",
                 "Acme (M) Sdn Bhd"],
    "Mexico": ["Acme S.A. de C.V.", "Acme SA de CV", "Acme, S.A.B. de C.V.", "Acme S de RL de CV",
               "Acme S. de R.L. de C.V.", "Acme SAPI de CV",
               "Acme SA de CV SOFOM ENR", "Acme S.A.P.I. de C.V."],
    "Netherlands": ["Acme B.V.", "Acme BV", "Acme N.V.", "Acme V.O.F.",
                    "Acme Coöperatief U.A."],
    "Nigeria": ["Acme Ltd", "Acme Plc", "Acme Ltd/Gte", "Acme Limited"],
    "Norway": ["Acme AS", "Acme A/S", "Acme ASA", "Acme ANS", "Acme SA", "Acme NUF"],
    "Pakistan": ["Acme (Pvt) Ltd", "Acme (Pvt.) Ltd.", "Acme (Private) Limited", "Acme Pvt Limited",
                 "Acme (SMC-Pvt) Ltd"],
    "Peru": ["Acme S.A.C.", "Acme S.A.A.", "Acme E.I.R.L.", "Acme S.R.L."],
    "Philippines": ["Acme, Inc.", "Acme Corp.", "Acme OPC"],
    "Poland": ["Acme Sp. z o.o.", "Acme sp. z o. o.", "Acme Sp.z o.o.", "Acme Sp. z o.o. Sp. k.",
               "Acme sp. z o.o. sp.k.", "Acme S.A.", "Acme Sp. j.",
               "Acme Spółka z o.o.", "Acme spółka z ograniczoną odpowiedzialnością",
               "Acme Sp zoo"],
    "Portugal": ["Acme Lda.", "Acme, Lda", "Acme, Unipessoal Lda", "Acme SGPS, S.A.", "Acme S.A.",
                 "Acme Limitada"],
    "Romania": ["Acme S.R.L.", "Acme SA"],
    "Russia": ["ООО Acme", "ООО «Acme»", "ОАО Acme", "АО Acme", "ПАО Acme", "ЗАО Acme", "OOO Acme",
               "Acme LLC", "Acme OJSC", "Acme, ООО", "ИП Acme"],
    "Saudi Arabia, Gulf": ["Acme LLC", "Acme L.L.C", "Acme W.L.L.", "Acme FZE", "Acme FZCO",
                           "Acme FZ-LLC", "Acme FZ LLC", "Acme DMCC", "Acme PJSC", "Acme CJSC",
                           "Acme K.S.C.P.", "Acme QPSC",
                           "Acme L.L.C-FZ"],
    "Singapore": ["Acme Pte Ltd", "Acme Pte. Ltd.", "Acme (Pte) Ltd", "Acme Private Limited"],
    "South Africa": ["Acme (Pty) Ltd", "Acme (Pty) Ltd.", "Acme NPC", "Acme (RF) Ltd"],
    "Spain": ["Acme S.L.", "Acme S.L.U.", "Acme SLU", "Acme S.A.U.", "Acme, S.A.", "Acme S.Coop.",
              "Acme S.L.P.", "Acme S.L.L."],
    "Sweden": ["Acme AB", "AB Acme", "Acme AB (publ)", "Acme Aktiebolag", "Acme HB",
               "Aktiebolaget Acme"],
    "Switzerland": ["Acme AG", "Acme SA", "Acme GmbH", "Acme Sàrl", "Acme S.à r.l.", "Acme AG/SA",
                    "Acme Sagl"],
    "Taiwan": ["Acme Co., Ltd.", "Acme股份有限公司", "Acme Inc."],
    "Thailand": ["Acme Co., Ltd.", "Acme PCL", "Acme Public Company Limited",
                 "Acme Ltd."],
    "Turkey": ["Acme Ltd. Şti.", "Acme A.Ş.", "Acme Anonim Şirketi", "Acme Limited Şirketi",
               "Acme San. ve Tic. A.Ş.", "Acme San. Tic. Ltd. Şti.", "Acme Ltd.Şti.",
               "Acme Sanayi ve Ticaret A.Ş."],
    "Ukraine": ["ТОВ Acme", "ТОВ «Acme»", "ПрАТ Acme", "ФОП Acme"],
    "United Kingdom": ["Acme Ltd", "Acme Limited", "Acme PLC", "Acme p.l.c.", "Acme LLP",
                       "Acme CIC", "Acme C.I.C.", "Acme & Co. Ltd", "Acme & Company Limited"],
    "United States": ["Acme Inc", "Acme, Inc.", "Acme Incorporated", "Acme LLC", "Acme, L.L.C.",
                      "Acme Corp.", "Acme Corporation", "Acme L.P.", "Acme, LP", "Acme Co.",
                      "The Acme Company", "Acme PLLC", "Acme PBC", "Acme Company, Inc.",
                      "Acme Co. LLC", "Acme Ltd. Co."],
    "Vietnam": ["Công ty TNHH Acme", "Acme JSC", "Acme Joint Stock Company", "Acme Co., Ltd",
                "Công ty Cổ phần Acme", "CTCP Acme"],
    "Taglines": ["Acme | We build", "Acme Inc. | We build", "Acme GmbH – We build", "Acme || x",
                 "Acme｜We build", "Acme • We build", "Acme - We build",
                 "Acme™ Inc.", "Acme® GmbH"],
}  # fmt: skip

NAMES = [(country, name) for country, names in FORMS.items() for name in names]


def test_there_are_forms_of_more_than_fifteen_countries():
    assert len(FORMS) > 40
    assert len({name for _, name in NAMES}) > 250


@pytest.mark.parametrize(("country", "name"), NAMES, ids=[": ".join(pair) for pair in NAMES])
def test_a_legal_form_makes_no_other_organisation(country, name):
    wanted = "Акме" if "Акме" in name else "Acme"
    assert match_organisation(wanted, name) == "strong"
    assert organisation_key(name) == organisation_key(wanted)


@pytest.mark.parametrize(
    "name",
    [
        "Acme ME",  # Maine; also Brazilian
        "Acme PC",
        "Acme EV",
        "Acme EG",
        "Acme SC",
        "Groupe PSA",
        "CV Library",
        "AS Roma",
        "Mazel Tov",
        "Mike & Ike",
        "BT",
        "株",
        "SE",
        "Co",
    ],
)
def test_what_may_be_a_word_or_a_name_stays(name):
    assert organisation_key(name) == "".join(
        word for word in name.casefold().replace("&", "and").split()
    )
