"""CloudTrail trails. Settings are stored; no call made here is ever recorded."""

from ..handler import Handler, Made, all_but, handles, stale_tags
from ..properties import BOOLEAN, JSON, STRING, TAGS, pick


@handles("AWS::CloudTrail::Trail")
class Trail(Handler):
    properties = {
        "AdvancedEventSelectors": [
            {
                "FieldSelectors": [
                    {
                        "EndsWith": [STRING],
                        "Equals": [STRING],
                        "Field": STRING,
                        "NotEndsWith": [STRING],
                        "NotEquals": [STRING],
                        "NotStartsWith": [STRING],
                        "StartsWith": [STRING],
                    }
                ],
                "Name": STRING,
            }
        ],
        "CloudWatchLogsLogGroupArn": STRING,
        "CloudWatchLogsRoleArn": STRING,
        "EnableLogFileValidation": BOOLEAN,
        "EventSelectors": [
            {
                "DataResources": [{"Type": STRING, "Values": [STRING]}],
                "ExcludeManagementEventSources": [STRING],
                "IncludeManagementEvents": BOOLEAN,
                "ReadWriteType": STRING,
            }
        ],
        "IncludeGlobalServiceEvents": BOOLEAN,
        "InsightSelectors": [{"EventCategories": JSON, "InsightType": STRING}],
        "IsLogging": BOOLEAN,
        "IsMultiRegionTrail": BOOLEAN,
        "IsOrganizationTrail": BOOLEAN,
        "KMSKeyId": STRING,
        "S3BucketName": STRING,
        "S3KeyPrefix": STRING,
        "SnsTopicName": STRING,
        "Tags": TAGS,
        "TrailName": STRING,
    }
    required = ("IsLogging", "S3BucketName")
    mutable = all_but(properties, "TrailName")

    def create(self, at, p):
        trail, name = at.client("cloudtrail"), p.get("TrailName") or at.name(128)
        made = trail.create_trail(Name=name, **self._settings(p), **pick(p, Tags="TagsList"))
        at.exists(name)
        self._selectors(trail, name, p)
        if p["IsLogging"]:
            trail.start_logging(Name=name)
        attributes = {"Arn": made["TrailARN"]}
        if "SnsTopicName" in p:
            attributes["SnsTopicArn"] = made.get("SnsTopicARN", p["SnsTopicName"])
        return Made(name, attributes)

    def update(self, at, made, old, new):
        trail, name = at.client("cloudtrail"), made.physical_id
        trail.update_trail(Name=name, **self._settings(new))
        self._selectors(trail, name, new)
        (trail.start_logging if new["IsLogging"] else trail.stop_logging)(Name=name)
        arn = made.attributes["Arn"]
        stale = [tag for tag in old.get("Tags", []) if tag["Key"] in stale_tags(old, new)]
        if stale:
            trail.remove_tags(ResourceId=arn, TagsList=stale)
        if new.get("Tags"):
            trail.add_tags(ResourceId=arn, TagsList=new["Tags"])
        return made

    def delete(self, at, made, p):
        at.client("cloudtrail").delete_trail(Name=made.physical_id)

    def _settings(self, p):
        names = (
            "CloudWatchLogsLogGroupArn",
            "CloudWatchLogsRoleArn",
            "EnableLogFileValidation",
            "IncludeGlobalServiceEvents",
        )
        more = ("IsMultiRegionTrail", "IsOrganizationTrail", "S3BucketName", "S3KeyPrefix", "SnsTopicName")
        return pick(p, *names, *more, KMSKeyId="KmsKeyId")

    def _selectors(self, trail, name, p):
        if "AdvancedEventSelectors" in p:
            trail.put_event_selectors(TrailName=name, AdvancedEventSelectors=p["AdvancedEventSelectors"])
        elif p.get("EventSelectors"):
            trail.put_event_selectors(TrailName=name, EventSelectors=p["EventSelectors"])
        if p.get("InsightSelectors"):
            trail.put_insight_selectors(
                TrailName=name, InsightSelectors=[pick(s, "InsightType") for s in p["InsightSelectors"]]
            )
