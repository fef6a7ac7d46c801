"""SNS topics and subscriptions, SQS queues, and their policies."""

from ..handler import Handler, Made, all_but, document, handles, stale_tags
from ..properties import BOOLEAN, INTEGER, JSON, STRING, TAGS, pick


def _text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


@handles("AWS::SNS::Topic")
class Topic(Handler):
    properties = {
        "DisplayName": STRING,
        "FifoTopic": BOOLEAN,
        "KmsMasterKeyId": STRING,
        "SignatureVersion": STRING,
        "Tags": TAGS,
        "TopicName": STRING,
        "TracingConfig": STRING,
    }
    mutable = ("DisplayName", "KmsMasterKeyId", "SignatureVersion", "Tags", "TracingConfig")
    _attributes = ("DisplayName", "FifoTopic", "KmsMasterKeyId", "SignatureVersion", "TracingConfig")

    def create(self, at, p):
        name = p.get("TopicName") or at.name(256)
        attributes = {key: _text(p[key]) for key in self._attributes if key in p}
        arn = at.client("sns").create_topic(Name=name, Attributes=attributes, Tags=p.get("Tags", []))["TopicArn"]
        return Made(arn, {"TopicArn": arn, "TopicName": name})

    def update(self, at, made, old, new):
        sns, arn = at.client("sns"), made.physical_id
        for key in self._attributes:
            if old.get(key) != new.get(key):
                sns.set_topic_attributes(TopicArn=arn, AttributeName=key, AttributeValue=_text(new.get(key, "")))
        if stale_tags(old, new):
            sns.untag_resource(ResourceArn=arn, TagKeys=stale_tags(old, new))
        if new.get("Tags"):
            sns.tag_resource(ResourceArn=arn, Tags=new["Tags"])
        return made

    def delete(self, at, made, p):
        at.client("sns").delete_topic(TopicArn=made.physical_id)


@handles("AWS::SNS::TopicPolicy")
class TopicPolicy(Handler):
    properties = {"PolicyDocument": JSON, "Topics": [STRING]}
    required = ("PolicyDocument", "Topics")
    mutable = ("PolicyDocument", "Topics")

    def create(self, at, p):
        self._put(at, p["Topics"], document(p["PolicyDocument"]))
        return Made(at.name(), {"Id": at.logical_id})

    def update(self, at, made, old, new):
        self._put(at, new["Topics"], document(new["PolicyDocument"]))
        self._reset(at, set(old["Topics"]) - set(new["Topics"]))
        return made

    def delete(self, at, made, p):
        self._reset(at, p["Topics"])

    def _reset(self, at, topics):
        """A topic always has a policy: what remains is the service's own, for the owner alone."""
        for topic in topics:
            owner = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "SNS:*", "Resource": topic}
            bound = {
                **owner,
                "Sid": "__default_statement_ID",
                "Condition": {"StringEquals": {"AWS:SourceOwner": at.account}},
            }
            self._put(
                at, [topic], document({"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [bound]})
            )

    def _put(self, at, topics, policy):
        for topic in topics:
            at.client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)


@handles("AWS::SNS::Subscription")
class Subscription(Handler):
    properties = {
        "Endpoint": STRING,
        "FilterPolicy": JSON,
        "FilterPolicyScope": STRING,
        "Protocol": STRING,
        "RawMessageDelivery": BOOLEAN,
        "RedrivePolicy": JSON,
        "TopicArn": STRING,
    }
    required = ("Protocol", "TopicArn")

    def create(self, at, p):
        attributes = {key: _text(p[key]) for key in ("FilterPolicyScope", "RawMessageDelivery") if key in p}
        attributes.update({key: document(p[key]) for key in ("FilterPolicy", "RedrivePolicy") if key in p})
        wanted = pick(p, "Endpoint", "Protocol", "TopicArn")
        arn = at.client("sns").subscribe(ReturnSubscriptionArn=True, Attributes=attributes, **wanted)["SubscriptionArn"]
        return Made(arn, {"Arn": arn})

    def delete(self, at, made, p):
        at.client("sns").unsubscribe(SubscriptionArn=made.physical_id)


@handles("AWS::SQS::Queue")
class Queue(Handler):
    properties = {
        "DelaySeconds": INTEGER,
        "FifoQueue": BOOLEAN,
        "KmsDataKeyReusePeriodSeconds": INTEGER,
        "KmsMasterKeyId": STRING,
        "MaximumMessageSize": INTEGER,
        "MessageRetentionPeriod": INTEGER,
        "QueueName": STRING,
        "ReceiveMessageWaitTimeSeconds": INTEGER,
        "RedrivePolicy": JSON,
        "SqsManagedSseEnabled": BOOLEAN,
        "Tags": TAGS,
        "VisibilityTimeout": INTEGER,
    }
    mutable = all_but(properties, "FifoQueue", "QueueName")
    _defaults = {
        "DelaySeconds": "0",
        "KmsMasterKeyId": "",
        "MaximumMessageSize": "262144",
        "MessageRetentionPeriod": "345600",
        "ReceiveMessageWaitTimeSeconds": "0",
        "RedrivePolicy": "",
        "VisibilityTimeout": "30",
    }

    def create(self, at, p):
        sqs, name = at.client("sqs"), p.get("QueueName") or at.name(80)
        tags = {tag["Key"]: tag["Value"] for tag in p.get("Tags", [])}
        url = sqs.create_queue(QueueName=name, Attributes=self._attributes(p), **({"tags": tags} if tags else {}))[
            "QueueUrl"
        ]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        return Made(url, {"Arn": arn, "QueueName": name, "QueueUrl": url})

    def update(self, at, made, old, new):
        sqs, url = at.client("sqs"), made.physical_id
        dropped = {key: self._defaults[key] for key in old if key not in new and key in self._defaults}
        sqs.set_queue_attributes(QueueUrl=url, Attributes={**self._attributes(new), **dropped})
        if stale_tags(old, new):
            sqs.untag_queue(QueueUrl=url, TagKeys=stale_tags(old, new))
        if new.get("Tags"):
            sqs.tag_queue(QueueUrl=url, Tags={tag["Key"]: tag["Value"] for tag in new["Tags"]})
        return made

    def delete(self, at, made, p):
        at.client("sqs").delete_queue(QueueUrl=made.physical_id)

    def _attributes(self, p):
        plain = {key: _text(value) for key, value in p.items() if key not in ("QueueName", "RedrivePolicy", "Tags")}
        return {**plain, **({"RedrivePolicy": document(p["RedrivePolicy"])} if "RedrivePolicy" in p else {})}


@handles("AWS::SQS::QueuePolicy")
class QueuePolicy(Handler):
    properties = {"PolicyDocument": JSON, "Queues": [STRING]}
    required = ("PolicyDocument", "Queues")
    mutable = ("PolicyDocument", "Queues")

    def create(self, at, p):
        self._put(at, p["Queues"], document(p["PolicyDocument"]))
        return Made(at.name(), {"Id": at.logical_id})

    def update(self, at, made, old, new):
        self._put(at, new["Queues"], document(new["PolicyDocument"]))
        self._put(at, set(old["Queues"]) - set(new["Queues"]), "")
        return made

    def delete(self, at, made, p):
        self._put(at, p["Queues"], "")

    def _put(self, at, queues, policy):
        for queue in queues:
            at.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
