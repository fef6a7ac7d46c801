"""CloudWatch alarms and dashboards."""

from ..handler import PARTLY, Handler, Made, all_but, handles
from ..properties import BOOLEAN, INTEGER, NUMBER, STRING, TAGS

_DIMENSIONS = [{"Name": STRING, "Value": STRING}]


@handles("AWS::CloudWatch::Alarm")
class Alarm(Handler):
    properties = {
        "ActionsEnabled": BOOLEAN,
        "AlarmActions": [STRING],
        "AlarmDescription": STRING,
        "AlarmName": STRING,
        "ComparisonOperator": STRING,
        "DatapointsToAlarm": INTEGER,
        "Dimensions": _DIMENSIONS,
        "EvaluationPeriods": INTEGER,
        "ExtendedStatistic": STRING,
        "InsufficientDataActions": [STRING],
        "MetricName": STRING,
        "Metrics": [
            {
                "Expression": STRING,
                "Id": STRING,
                "Label": STRING,
                "MetricStat": {
                    "Metric": {"Dimensions": _DIMENSIONS, "MetricName": STRING, "Namespace": STRING},
                    "Period": INTEGER,
                    "Stat": STRING,
                    "Unit": STRING,
                },
                "Period": INTEGER,
                "ReturnData": BOOLEAN,
            }
        ],
        "Namespace": STRING,
        "OKActions": [STRING],
        "Period": INTEGER,
        "Statistic": STRING,
        "Tags": TAGS,
        "Threshold": NUMBER,
        "TreatMissingData": STRING,
        "Unit": STRING,
    }
    required = ("ComparisonOperator", "EvaluationPeriods")
    mutable = all_but(properties, "AlarmName")

    def create(self, at, p):
        return self._put(at, p, p.get("AlarmName") or at.name(255))

    def update(self, at, made, old, new):
        return self._put(at, new, made.physical_id)

    def delete(self, at, made, p):
        at.client("cloudwatch").delete_alarms(AlarmNames=[made.physical_id])

    def _put(self, at, p, name):
        at.client("cloudwatch").put_metric_alarm(**{**p, "AlarmName": name})
        return Made(name, {"Arn": at.arn("cloudwatch", f"alarm:{name}")})


@handles("AWS::CloudWatch::Dashboard")
class Dashboard(Handler):
    properties = {"DashboardBody": STRING, "DashboardName": STRING, "Tags": TAGS}
    required = ("DashboardBody",)
    mutable = ("DashboardBody", "Tags")
    standing = PARTLY

    def create(self, at, p):
        return self._put(at, p, p.get("DashboardName") or at.name(255))

    def update(self, at, made, old, new):
        return self._put(at, new, made.physical_id)

    def delete(self, at, made, p):
        at.client("cloudwatch").delete_dashboards(DashboardNames=[made.physical_id])

    def _put(self, at, p, name):
        at.client("cloudwatch").put_dashboard(DashboardName=name, DashboardBody=p["DashboardBody"])
        return Made(name)
