*** Settings ***
Documentation    configure-module starts the service, or says what is wrong and changes nothing.
Resource         node.resource

*** Variables ***
${REQUEST}    {"recipients":["admin@example.org"],"sender":"ns8-backup-monitor@example.org","language":"en"}

*** Test Cases ***
What is no address is refused
    Refuse the action    configure-module
    ...    {"recipients":["root"],"sender":"ns8-backup-monitor@example.org"}    recipient_is_no_address

A recipient named twice is refused
    Refuse the action    configure-module
    ...    {"recipients":["a@example.org","A@example.org"],"sender":"b@example.org"}    recipient_is_repeated

An unknown field is refused
    Refuse the action    configure-module
    ...    {"recipients":["a@example.org"],"sender":"b@example.org","shoe_size":43}    additional_property_not_allowed

After refusals nothing runs
    The service should be    inactive

A good configuration starts the service
    Run the action    configure-module    ${REQUEST}
    The service should be    active
    ${configuration} =    Run the action    get-configuration
    Should Be Equal    ${configuration['mail']}    on
    Should Be True    $configuration['service']['status']['cluster']['reachable']

What the daemon logs in to the cluster with is in a file that nobody else reads
    ${file} =    Set Variable    /run/user/$(id -u ${MODULE_ID})/backup-monitor-credentials
    ${mode} =    Run as the module    stat -c %a ${file}
    Should Be Equal    ${mode}    600
    ${names} =    Run as the module    sed 's/=.*//' ${file}
    Should Be Equal    ${names}    REDIS_USER\nREDIS_PASSWORD

What is not given keeps its value
    Run the action    configure-module
    ...    {"recipients":["admin@example.org"],"sender":"ns8-backup-monitor@example.org","subject_prefix":"[test]"}
    Run the action    configure-module    ${REQUEST}
    ${configuration} =    Run the action    get-configuration
    Should Be Equal    ${configuration['subject_prefix']}    [test]

A refused change leaves the service alone
    ${before} =    Run as the module    podman inspect --format={{.Id}} backup-monitor
    Refuse the action    configure-module
    ...    {"recipients":["admin@example.org"],"sender":"root"}    sender_is_no_address
    ${after} =    Run as the module    podman inspect --format={{.Id}} backup-monitor
    Should Be Equal    ${after}    ${before}

The webhook takes an alert with the token and none without
    ${configuration} =    Run the action    get-configuration
    ${post} =    Set Variable    curl -s -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json'
    ${body} =    Set Variable    --data '{"version":"4","status":"firing","alerts":[]}' ${configuration['webhook_url']}
    ${code} =    Execute Command    ${post} ${body}
    Should Be Equal    ${code}    401
    ${token} =    Run the action    reveal-webhook-token
    ${code} =    Execute Command    ${post} -H 'Authorization: Bearer ${token['webhook_token']}' ${body}
    Should Be Equal    ${code}    202
