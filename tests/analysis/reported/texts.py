"""What people paste, in the shapes that documentation and public reports show; accounts and ids are made up."""

from __future__ import annotations

import json
from typing import Any

ACCOUNT = "1234567890123456"
KEY = f"acs:kms:cn-hangzhou:{ACCOUNT}:key/key-1"
SECRET = f"acs:kms:cn-hangzhou:{ACCOUNT}:secret/team-a"
ENCODED = "AQIBIAAAAOPdwKY2QLOvgMEc7SkkoJfj1kvZwsaRqNYMh10Tv0wTe0fCzaCdrvgazfNb0EnJKETgXyhR+3BIQjx9WAqZryej=="


def diagnostic(**members: Any) -> dict[str, Any]:
    """A decoded diagnostic as RAM answers it. Source: RAM, DecodeDiagnosticMessage."""
    message = {
        "ExplicitDeny": False,
        "NoPermissionPolicyType": "AccountLevelIdentityBasedPolicy",
        "AuthAction": "kms:Decrypt",
        "AuthResource": KEY,
        "AuthPrincipal": {
            "AuthPrincipalType": "SubUser",
            "AuthPrincipalOwnerId": ACCOUNT,
            "AuthPrincipalDisplayName": "288774244375210000",
        },
        "AuthConditions": [{"ConditionKey": "acs:SourceIp", "ConditionValues": ["203.0.113.7"]}],
        "MatchedPolicies": [],
        **members,
    }
    return {"RequestId": "D2331703-AADF-5564-BA9B-26CD51A33BA0", "DecodedDiagnosticMessage": message}


def detail(**members: Any) -> dict[str, Any]:
    """What an error says of a denial, as the SDKs' examples have it."""
    return {
        "PolicyType": "AccountLevelIdentityBasedPolicy",
        "AuthPrincipalOwnerId": ACCOUNT,
        "EncodedDiagnosticMessage": ENCODED,
        "AuthPrincipalType": "SubUser",
        "AuthPrincipalDisplayName": "288774244375210000",
        "NoPermissionType": "ImplicitDeny",
        "AuthAction": "kms:Encrypt",
        **members,
    }


def event(**members: Any) -> dict[str, Any]:
    """An event of the trail. Source: ActionTrail, sample events of KMS."""
    return {
        "eventId": "ab35a7a7-373a-4a36-a4f8-01fd6adcc6a0",
        "eventVersion": 1,
        "eventSource": "kms-intranet.cn-hangzhou.aliyuncs.com",
        "requestParameters": {"KeyId": "key-1"},
        "sourceIpAddress": "203.0.113.7",
        "userAgent": "AliyunConsole",
        "eventType": "ApiCall",
        "userIdentity": {
            "accountId": ACCOUNT,
            "principalId": "2887",
            "type": "ram-user",
            "userName": "alice",
        },
        "serviceName": "Kms",
        "apiVersion": "2016-01-20",
        "eventTime": "2021-08-05T09:21:32Z",
        "isGlobal": False,
        "acsRegion": "cn-hangzhou",
        "eventName": "Decrypt",
        **members,
    }


FROM_JAVA = (
    f"com.aliyuncs.exceptions.ClientException: Forbidden.NoPermission : This operation for {KEY} is forbidden by "
    "permission system. \n\tat com.aliyuncs.DefaultAcsClient.parseAcsResponse(DefaultAcsClient.java:190)"
)
FROM_COMMAND_LINE = f"""$ aliyun kms GetSecretValue --SecretName team-a --region cn-hangzhou
ERROR: SDK.ServerError
ErrorCode: Forbidden.NoPermission
Recommend: https://api.aliyun.com/troubleshoot?q=Forbidden.NoPermission&product=Kms
RequestId: 75ED230B-E2EE-479D-AADD-BB84B906716F
Message: This operation for {SECRET} is forbidden by permission system.
RespHeaders: map[Connection:[keep-alive] Content-Type:[application/json;charset=utf-8]]
"""
FROM_RAM = json.dumps(
    {
        "HttpStatus": 403,
        "RequestId": "75ED230B-E2EE-479D-AADD-BB84B906716F",
        "HostId": "ram.aliyuncs.com",
        "Code": "NoPermission",
        "Message": f"You are not authorized to do this action. Resource: {KEY} Action: kms:Encrypt",
    },
    indent=4,
)
FROM_PYTHON = (
    f"Tea.exceptions.TeaException: Error: Forbidden.NoPermission code: 403, This operation for {KEY} is forbidden by "
    "permission system. request id: 75ED230B-E2EE-479D-AADD-BB84B906716F Response: "
    + str({"Code": "Forbidden.NoPermission", "AccessDeniedDetail": detail(), "Success": False, "Data": None})
)
FROM_GO = f"""SDKError:
   StatusCode: 403
   Code: Forbidden.NoPermission
   Message: code: 403, This operation for {KEY} is forbidden by permission system. request id: 75ED230B
   Data: """ + json.dumps(
    {
        "Code": "Forbidden.NoPermission",
        "HostId": "kms.cn-hangzhou.aliyuncs.com",
        "Message": f"This operation for {KEY} is forbidden by permission system.",
        "Recommend": "https://api.aliyun.com/troubleshoot?q=Forbidden.NoPermission&product=Kms",
        "AccessDeniedDetail": detail(),
        "statusCode": 403,
    }
)
