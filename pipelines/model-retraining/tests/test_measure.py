from types import SimpleNamespace

import measure
import pandas as pd
import pytest
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INTERNAL_ERROR, INVALID_PARAMETER_VALUE
from outcome import StepError


class Registry:
    """A model registry with these versions; alias is the version that has it, or the error that asking for it gives."""

    def __init__(self, versions, alias):
        self.versions, self.alias = versions, alias

    def get_model_version_by_alias(self, name, alias):
        if isinstance(self.alias, Exception):
            raise self.alias
        return self.alias

    def search_model_versions(self, query):
        return self.versions


def version(number):
    return SimpleNamespace(name="churn", version=number)


NO_ALIAS = MlflowException("there is no such alias", INVALID_PARAMETER_VALUE)


def test_the_version_with_the_alias_is_current_and_else_the_newest():
    versions = [version("9"), version("10"), version("2")]
    assert measure.current_version(Registry(versions, versions[2]), "churn", "champion").version == "2"
    assert measure.current_version(Registry(versions, NO_ALIAS), "churn", "champion").version == "10"


def test_a_registry_that_fails_is_not_taken_for_one_without_the_alias():
    broken = Registry([version("1")], MlflowException("the database is away", INTERNAL_ERROR))
    with pytest.raises(MlflowException, match="the database is away"):
        measure.current_version(broken, "churn", "champion")


def test_data_without_a_feature_of_the_model_is_refused():
    with pytest.raises(StepError, match=r"it lacks calls, charge, which version 3 of churn takes; check data-path"):
        measure.check_columns(pd.DataFrame({"tenure": [1]}), ["tenure", "calls", "charge"], "s3://raw/", version("3"))
