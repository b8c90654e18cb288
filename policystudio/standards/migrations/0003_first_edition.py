import hashlib
from datetime import UTC, date, datetime
from typing import Any

from django.db import migrations

# What the catalogue of the product held when editions began to be recorded; releases from before are judged by it.
COMPILED_ON = date(2026, 11, 24)
NAMES = """
    AdvanceEncrypt AsymmetricDecrypt AsymmetricEncrypt AsymmetricSign AsymmetricVerify
    BatchGetSecretValue CancelKeyDeletion CertificatePrivateKeyDecrypt CertificatePrivateKeySign
    CertificatePublicKeyEncrypt CertificatePublicKeyVerify ConnectKmsInstance CreateAlias
    CreateApplicationAccessPoint CreateCertificate CreateClientKey CreateKey CreateKeyVersion
    CreateNetworkRule CreatePolicy CreateSecret Decrypt DeleteAlias DeleteApplicationAccessPoint
    DeleteCertificate DeleteClientKey DeleteKeyMaterial DeleteNetworkRule DeletePolicy DeleteSecret
    DescribeAccountKmsStatus DescribeApplicationAccessPoint DescribeCertificate DescribeKey
    DescribeKeyVersion DescribeNetworkRule DescribePolicy DescribeRegions DescribeSecret DisableKey
    EnableKey Encrypt ExportDataKey GenerateAndExportDataKey GenerateDataKey
    GenerateDataKeyWithoutPlaintext GenerateMac GetCertificate GetChallenge
    GetCheckAssociateResourceTaskResults GetClientKey GetDefaultKmsInstance GetKeyDefaultPolicy
    GetKeyPolicy GetKmsInstance GetKmsInstanceQuotaInfos GetKmsInstanceSharedAccounts GetManagedDataKey
    GetParametersForImport GetPublicKey GetRandomPassword GetSecretDefaultPolicy GetSecretPolicy
    GetSecretValue GetUploadBackupDataInfo ImportKeyMaterial ListAliases ListAliasesByKeyId
    ListApplicationAccessPoints ListClientKeys ListKeyVersions ListKeys ListKmsInstances
    ListManagedDataKeyVersions ListNetworkRules ListPolicies ListResourceTags ListSecretVersionIds
    ListSecrets ListTagResources OpenKmsService PutSecretValue ReEncrypt ReEncryptFrom ReEncryptTo
    ReleaseKmsInstance RestoreSecret RotateSecret ScheduleKeyDeletion SetDeletionProtection SetKeyPolicy
    SetSecretPolicy TagResource TagResources UntagResource UntagResources UpdateAlias
    UpdateApplicationAccessPoint UpdateCertificateStatus UpdateKeyDescription UpdateKmsInstanceBindVpc
    UpdateNetworkRule UpdatePolicy UpdateRotationPolicy UpdateSecret UpdateSecretRotationPolicy
    UpdateSecretVersionStage UploadCertificate VerifyMac
"""


def sha256_of(names: list[str]) -> str:
    """As `catalog.edition` hashed editions then."""
    text = "".join(f"{line}\n" for line in (COMPILED_ON.isoformat(), *names))
    return hashlib.sha256(text.encode()).hexdigest()


def add(apps: Any, schema_editor: Any) -> None:
    names = [f"kms:{name}" for name in NAMES.split()]
    apps.get_model("standards", "CatalogueEdition").objects.get_or_create(
        sha256=sha256_of(names),
        defaults={"compiled_on": COMPILED_ON, "names": names, "recorded_at": datetime.now(UTC)},
    )


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("standards", "CatalogueEdition").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("standards", "0002_catalogue_edition")]

    operations = [migrations.RunPython(add, remove)]
