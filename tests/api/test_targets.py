from __future__ import annotations

import pytest

from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db

SHANGHAI = {"account": factories.DEVELOPMENT, "region": factories.SHANGHAI}
HANGZHOU = {"account": factories.DEVELOPMENT, "region": factories.HANGZHOU}


def test_targets_are_replaced_as_a_whole_in_either_form(ada: Viewer, policy: Policy) -> None:
    api, address = Api(ada), f"/policies/{policy.pk}/targets/"
    before = api.get(address)
    assert body_of(before) == {"targets": [HANGZHOU]}
    replaced = api.put(address, {"targets": [SHANGHAI]}, If_Match=before["ETag"])
    assert replaced.status_code == 200
    assert body_of(replaced) == {"targets": [SHANGHAI]}
    problem_of(api.put(address, {"targets": []}, If_Match=before["ETag"]), 412)
    bare = api.put(address, [SHANGHAI, HANGZHOU], If_Match=replaced["ETag"])
    assert body_of(bare) == {"targets": [HANGZHOU, SHANGHAI]}
    problem_of(api.put(address, []), 428)


def test_faults_point_at_the_target(ada: Viewer, policy: Policy) -> None:
    api, address = Api(ada), f"/policies/{policy.pk}/targets/"
    elsewhere = {"account": "1111111111111111", "region": factories.HANGZHOU}
    answer = api.put(address, {"targets": [HANGZHOU, elsewhere]}, If_Match="*")
    assert codes_at(answer) == {"/targets/1/account": "unknown-account"}
    assert codes_at(api.put(address, {"targets": [HANGZHOU, HANGZHOU]}, If_Match="*")) == {
        "/targets/1": "duplicate"
    }
    assert codes_at(api.put(address, {"targets": [{"account": "1"}]}, If_Match="*")) == {
        "/targets/0/region": "required"
    }
    assert codes_at(api.put(address, {"targets": 1}, If_Match="*")) == {"/targets": "wrong-type"}
    assert codes_at(api.put(address, [3], If_Match="*")) == {"/0": "wrong-type"}
