"""The codes by which RAM knows the services of Alibaba Cloud, the part of an action before the colon.

No page lists them all, so this is a list of our own from what services say of themselves, and not complete. Decision:
it is generous, since a code too many only leaves a slip unseen, and one too few warns of what is right.
"""

from __future__ import annotations

_FAMILIES = ("yundun-", "emr-", "hcs-", "ims-", "ram-", "pai")
"""Beginnings that the codes of several services share."""

_CODES = """
acc acms actiontrail adb adcp ahas alb alidns alikafka amqp apig apigateway appflow appstream arms baas
bailian batchcompute bpstudio bss bssapi cas cassandra cbn ccc cddc cdn cen clickhouse cloudapi cloudauth
clouddesktop cloudesl cloudfirewall cloudphone cloudsso cms computenest config cr cs csas csb das datahub
dataphin dataworks dbaudit dbfs dbs dcdn ddosbgp ddoscoo dds devops dfs dg directmail dlf dm dms domain drds
dts dypls dypns dysms dyvms eais eas ebs ecd eci ecs edas eds efc ehpc eip eipanycast elasticsearch emas emr
ens ess eventbridge expressconnectrouter facebody fc fnf foas ga gdb gpdb green gws hbase hbr hdm hitsdb
hologram httpdns ice idaas imageseg imm imp ims iot ivpd kms kvstore lindorm linkwan live log market mgw mns
mobsec mpaas mq mqtt mse mts nas nat nis nlb nlp nls oceanbase odps ons onsmqtt oos openanalytics opensearch
oss ossft ots petadata polardb polardbx privatelink pts pvtz quickbi quotas ram rdc rds resourcecenter
resourcedirectory resourcemanager resourcesharing rocketmq ros rtc sae sag sas scdn schedulerx sddp
searchengine servicecatalog servicemesh slb smartag sms stream sts support swas swas-open tablestore tag tms
trademark transitrouter vcs viapi vod vpc vs waf workorder xtrace
"""

SERVICES = frozenset(_CODES.split())


def is_known(service: str) -> bool:
    """Whether `service`, in lower case, is a code that we have seen."""
    return service in SERVICES or service.startswith(_FAMILIES)
