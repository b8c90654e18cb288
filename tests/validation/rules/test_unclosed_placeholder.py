"""A placeholder without its bracket is told once, and closed only where it is clear what belongs to it."""

CODE = "unclosed-placeholder"


def test_two_in_one_text_are_one_finding_and_no_guess(judge):
    mine = [f for f in judge({"Resource": "acs:kms:${region$<:${account}:key/*"}) if f.code == CODE]
    assert len(mine) == 1
    assert mine[0].fix is None


def test_name_before_a_colon_is_closed_behind_the_name(judge):
    finding = next(f for f in judge({"Resource": "acs:kms:${region:*:key/*"}) if f.code == CODE)
    assert finding.fix.edits[0].text == '"acs:kms:${region}:*:key/*"'


def test_cut_name_is_refused_and_not_also_called_everything(judge):
    codes = {f.code for f in judge({"Action": "kms:Decrypt", "Resource": "acs:*"})}
    assert "missing-resource-field" in codes
    assert "effectively-every-resource" not in codes
