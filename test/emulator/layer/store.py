"""Memory of the resources for which no service API stands behind the layer."""

_records = {}


def records(environment, kind):
    """Records of one kind in one environment, by id; a live dict."""
    return _records.setdefault((environment.account, environment.region, kind), {})
