"""A CloudFormation engine over moto's service back ends, so that the real CDK command line can deploy without AWS.

moto answers the service APIs (S3, KMS, RDS, ...). Its own CloudFormation drops most properties, ignores unknown
types and has no outputs for change sets, so it is replaced as a whole: every resource here is created with boto3
calls over HTTP against this very server, and botocore's parameter validation and moto's service behaviour apply.
"""
