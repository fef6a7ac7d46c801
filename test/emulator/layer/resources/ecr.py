"""Container repositories, as the CDK bootstrap stack needs one."""

from ..handler import Handler, Made, document, handles, stale_tags
from ..properties import BOOLEAN, JSON, STRING, TAGS, pick


@handles("AWS::ECR::Repository")
class Repository(Handler):
    properties = {
        "EncryptionConfiguration": {"EncryptionType": STRING, "KmsKey": STRING},
        "ImageScanningConfiguration": {"ScanOnPush": BOOLEAN},
        "ImageTagMutability": STRING,
        "LifecyclePolicy": {"LifecyclePolicyText": STRING, "RegistryId": STRING},
        "RepositoryName": STRING,
        "RepositoryPolicyText": JSON,
        "Tags": TAGS,
    }
    mutable = ("ImageScanningConfiguration", "ImageTagMutability", "LifecyclePolicy", "RepositoryPolicyText", "Tags")

    def create(self, at, p):
        ecr, name = at.client("ecr"), p.get("RepositoryName") or at.name(256, lower=True)
        wanted = {"tags": p.get("Tags", []), **pick(p, ImageTagMutability="imageTagMutability")}
        if "ImageScanningConfiguration" in p:
            wanted["imageScanningConfiguration"] = pick(p["ImageScanningConfiguration"], ScanOnPush="scanOnPush")
        if "EncryptionConfiguration" in p:
            wanted["encryptionConfiguration"] = pick(
                p["EncryptionConfiguration"], EncryptionType="encryptionType", KmsKey="kmsKey"
            )
        made = ecr.create_repository(repositoryName=name, **wanted)["repository"]
        at.exists(name)
        self._policies(ecr, name, {}, p)
        return Made(name, {"Arn": made["repositoryArn"], "RepositoryUri": made["repositoryUri"]})

    def update(self, at, made, old, new):
        ecr, name = at.client("ecr"), made.physical_id
        ecr.put_image_tag_mutability(repositoryName=name, imageTagMutability=new.get("ImageTagMutability", "MUTABLE"))
        scan = new.get("ImageScanningConfiguration", {}).get("ScanOnPush", False)
        ecr.put_image_scanning_configuration(repositoryName=name, imageScanningConfiguration={"scanOnPush": scan})
        self._policies(ecr, name, old, new)
        if stale_tags(old, new):
            ecr.untag_resource(resourceArn=made.attributes["Arn"], tagKeys=stale_tags(old, new))
        if new.get("Tags"):
            ecr.tag_resource(resourceArn=made.attributes["Arn"], tags=new["Tags"])
        return made

    def delete(self, at, made, p):
        at.client("ecr").delete_repository(repositoryName=made.physical_id)

    def _policies(self, ecr, name, old, p):
        if "LifecyclePolicy" in p:
            ecr.put_lifecycle_policy(
                repositoryName=name, lifecyclePolicyText=p["LifecyclePolicy"]["LifecyclePolicyText"]
            )
        elif "LifecyclePolicy" in old:
            ecr.delete_lifecycle_policy(repositoryName=name)
        if "RepositoryPolicyText" in p:
            ecr.set_repository_policy(repositoryName=name, policyText=document(p["RepositoryPolicyText"]))
        elif "RepositoryPolicyText" in old:
            ecr.delete_repository_policy(repositoryName=name)
