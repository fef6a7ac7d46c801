"""One module per service; importing them all registers every type the layer knows."""

from . import (  # noqa: F401
    cdk,
    cloudtrail,
    cloudwatch,
    custom_resource,
    dynamodb,
    ec2_network,
    ec2_security,
    ecr,
    events,
    iam,
    kms,
    lambda_,
    logs,
    messaging,
    organizations,
    rds,
    route53resolver,
    s3,
    secretsmanager,
    ssm,
)
