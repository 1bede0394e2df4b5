# SPDX-License-Identifier: MIT
# awk -v lines=COUNT -f requests.awk: requests for `simulate` as JSON lines, cross-account AssumeRole, one in four denied.
BEGIN {
    q = "\\\""
    for (i = 0; i < lines; i++) {
        role = "arn:aws:iam::123456789012:role/gitlab-eks-" i % 50
        user = "arn:aws:iam::111122223333:user/gitlab-" i % 20
        printf "{\"PolicyInputList\":[\"{%sVersion%s:%s2012-10-17%s,%sStatement%s:[{%sEffect%s:%sAllow%s,%sAction%s:[%sec2:Describe*%s,%seks:*%s,%ssts:AssumeRole%s],%sResource%s:%sarn:aws:iam::123456789012:role/gitlab-eks-*%s}]}\"],", q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q
        printf "\"ResourcePolicy\":\"{%sVersion%s:%s2012-10-17%s,%sStatement%s:[{%sEffect%s:%sAllow%s,%sPrincipal%s:{%sAWS%s:%s%s%s},%sAction%s:%ssts:AssumeRole%s,%sCondition%s:{%sStringEquals%s:{%ssts:ExternalId%s:%s%040d%s}}}]}\",", q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, user, q, q, q, q, q, q, q, q, q, q, q, q, i % 20, q
        printf "\"ActionNames\":[\"sts:AssumeRole\"],\"ResourceArns\":[\"%s\"],\"CallerArn\":\"%s\",\"ContextEntries\":[{\"ContextKeyName\":\"sts:ExternalId\",\"ContextKeyValues\":[\"%040d\"],\"ContextKeyType\":\"string\"}]}\n", role, user, i % 4 ? i % 20 : 7000 + i
    }
}
