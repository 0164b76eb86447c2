*** Settings ***
Documentation     An instance of the newest published image is updated to the one under test, and keeps what it has.
Resource          node.resource
Suite Setup       Skip If    $SCENARIO != 'update'    Only in the scenario: -v SCENARIO:update
Suite Teardown    Remove the updated instance

*** Variables ***
${REQUEST}    {"recipients":["admin@example.org"],"sender":"ns8-backup-monitor@example.org","subject_prefix":"[before]"}

*** Test Cases ***
The published module is added and configured
    ${published} =    Evaluate    $IMAGE_URL.rpartition(':')[0] + ':latest'
    ${instance} =    Add the module    ${published}
    Set Suite Variable    ${MODULE_ID}    ${instance}
    Run the action    configure-module    ${REQUEST}
    The service should be    active

It is updated to the image under test
    ${before} =    Run the action    get-configuration
    ${token} =    Run the action    reveal-webhook-token
    Set Suite Variable    ${CONFIGURATION_BEFORE}    ${before}
    Set Suite Variable    ${TOKEN_BEFORE}    ${token}
    ${data} =    Set Variable    {"module_url":"${IMAGE_URL}","instances":["${MODULE_ID}"],"force":true}
    ${out}    ${err}    ${rc} =    Execute Command    api-cli run update-module --data '${data}'
    ...    return_stderr=True    return_rc=True
    Should Be Equal As Integers    ${rc}    0    update-module failed: ${err}${out}
    ${image} =    Run as the module    printenv IMAGE_URL
    Should Be Equal    ${image}    ${IMAGE_URL}

It watches the cluster again
    The service should be    active
    Wait Until Keyword Succeeds    60 s    2 s    The daemon reads the cluster

Its settings, address and token are kept
    ${now} =    Run the action    get-configuration
    FOR    ${name}    IN    recipients    sender    subject_prefix    language    notify_on    webhook_url    mail
        Should Be Equal    ${now['${name}']}    ${CONFIGURATION_BEFORE['${name}']}    ${name} has changed
    END
    ${token} =    Run the action    reveal-webhook-token
    Should Be Equal    ${token}    ${TOKEN_BEFORE}

*** Keywords ***
The daemon reads the cluster
    ${status} =    Status of the daemon
    Should Be True    $status['cluster']['reachable']

Remove the updated instance
    IF    $MODULE_ID != ''
        Execute Command    remove-module --no-preserve ${MODULE_ID}
    END
